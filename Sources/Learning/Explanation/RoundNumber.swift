#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Numbers that are short to write.
enum RoundNumber {
    /// The number with this many significant digits that is nearest to a value: the double that its
    /// decimals read as.
    static func nearest(to value: Double, digits: Int) -> Double {
        guard value != 0, value.isFinite else { return value }
        let decimals = digits - 1 - Int(log10(abs(value)).rounded(.down))
        // Powers of ten up to 10²² are exact, so that one rounding is all there is.
        guard abs(decimals) <= 22 else { return value }
        let power = (0..<abs(decimals)).reduce(1.0) { result, _ in result * 10 }
        let scaled = decimals >= 0 ? value * power : value / power
        guard abs(scaled) < 0x1p53 else { return value }
        let whole = scaled.rounded()
        return decimals >= 0 ? whole / power : whole * power
    }
}
