/// The levels of a category with their weights.
struct Levels: Sendable {
    let names: [String]
    private let weights: [Double]
    private let total: Double

    /// - Parameter levels: names with counts or shares of any scale.
    init(_ levels: KeyValuePairs<String, Double>) {
        self.init(levels.map(\.key), weights: levels.map(\.value))
    }

    init(_ names: [String], weights: [Double]) {
        self.names = names
        self.weights = weights
        total = weights.reduce(0, +)
    }

    /// Names that are all as likely.
    init(even names: [String]) { self.init(names, weights: names.map { _ in 1 }) }

    /// Names with a bar between them, all as likely.
    init(text: String) {
        self.init(even: text.split(whereSeparator: { $0 == "|" || $0.isNewline }).map(String.init))
    }

    /// The place of the level below whose cumulated share lies a number between 0 and 1.
    func index(at uniform: Double) -> Int {
        var rest = uniform * total
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return names.count - 1
    }

    func name(at uniform: Double) -> String { names[index(at: uniform)] }

    func share(of name: String) -> Double {
        (names.firstIndex(of: name).map { weights[$0] } ?? 0) / total
    }

    /// The mean of `value` over the levels.
    func mean(of value: (Int) -> Double) -> Double {
        names.indices.reduce(0) { $0 + weights[$1] * value($1) } / total
    }
}
