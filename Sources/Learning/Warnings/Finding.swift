/// Something about a grouping that its reader should know before trusting it.
package struct Finding: Sendable, Equatable, Codable {
    package struct Value: Sendable, Equatable, Codable {
        package let name: String
        package let value: Double

        package init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// Stable and searchable; every code has an entry in docs/errors.md.
    package let code: String
    package let message: String
    /// The figures of the message, unrounded.
    package let values: [Value]

    package init(_ code: String, _ message: String, values: [(String, Double)] = []) {
        self.code = code
        self.message = message
        self.values = values.map { Value($0.0, $0.1) }
    }

    /// The figure of this name.
    package subscript(name: String) -> Double? { values.first { $0.name == name }?.value }
}
