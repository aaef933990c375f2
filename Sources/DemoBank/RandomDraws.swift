/// Random numbers that are a function of (seed, stream, index, draw) and of nothing else.
///
/// Each row has draws of its own, so it comes out the same however many rows there are and in
/// whatever order they are made. The numbers are SplitMix64's (Steele, Lea & Flood 2014), started
/// at a point hashed from seed, stream and index.
struct RandomDraws: Sendable {
    /// What the index counts; streams of one seed are independent of each other.
    enum Stream: UInt64 {
        case customers = 1
        case gaps = 2
        case flaws = 3
        case bankBranches = 4
        case bankCustomers = 5
        case bankNames = 6
        case bankHoldings = 7
        case bankMonths = 8
        case bankFlaws = 9
    }

    private let start: UInt64
    /// Shrinks every draw towards its middle, which makes a typical member of a group.
    private let isCalm: Bool

    init(seed: UInt64, _ stream: Stream, index: Int, isCalm: Bool = false) {
        let streamKey = Self.mixed(Self.mixed(seed &+ Self.step) ^ stream.rawValue)
        start = Self.mixed(streamKey &+ UInt64(bitPattern: Int64(index)) &* 0xD134_2543_DE82_EF95)
        self.isCalm = isCalm
    }

    /// A number strictly between 0 and 1.
    func uniform(_ draw: some RawRepresentable<UInt64>) -> Double { uniform(draw.rawValue) }

    func uniform(_ draw: UInt64) -> Double {
        let bits = Self.mixed(start &+ (draw &+ 1) &* Self.step)
        let value = (Double(bits >> 11) + 0.5) * 0x1p-53
        return isCalm ? 0.5 + 0.2 * (value - 0.5) : value
    }

    /// A number of the standard normal distribution.
    func normal(_ draw: some RawRepresentable<UInt64>) -> Double { normal(draw.rawValue) }

    func normal(_ draw: UInt64) -> Double { Elementary.normalQuantile(uniform(draw)) }

    /// A whole number in a range that isn't empty.
    func integer(in range: Range<Int>, _ draw: some RawRepresentable<UInt64>) -> Int {
        range.lowerBound + Int(uniform(draw) * Double(range.count))
    }

    /// An index of `weights`, each as likely as its weight; the last one where they sum to less
    /// than is drawn.
    func index(weights: [Double], _ draw: some RawRepresentable<UInt64>) -> Int {
        var rest = uniform(draw) * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ bits: UInt64) -> UInt64 {
        var bits = bits
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
