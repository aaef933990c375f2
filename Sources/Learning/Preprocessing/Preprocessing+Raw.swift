#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Preprocessing.Model {
    /// The raw value of a number that becomes `value` in a column of the designed matrix: what
    /// explanations say in the customer's own units.
    ///
    /// Winsorised tails aren't undone: a value beyond the bounds gives what the transform gives
    /// back, and no raw value has reached it.
    ///
    /// - Parameter column: of `columns`.
    /// - Returns: nil for a category's column, and where the transform reaches no such value.
    package func raw(_ value: Double, column: Int) -> Double? {
        let column = columns[column]
        let options = configuration.features[column.feature]
        guard options.kind == .number else { return nil }
        let transformed = value / column.weight.squareRoot() * column.divisor + column.centre
        let raw: Double? =
            switch options.transform {
            case .none: transformed
            case .log1p: expm1(transformed)
            case .yeoJohnson:
                YeoJohnson(lambda: features[column.feature].lambda ?? 1).inverse(transformed)
            }
        return raw.flatMap { $0.isFinite ? $0 : nil }
    }
}
