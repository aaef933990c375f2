/// Who asks, and what they may see.
package struct Reader: Sendable, Hashable {
    package enum Right: String, Sendable, CaseIterable {
        /// Figures over many customers.
        case aggregates
        /// The customers behind them.
        case customers
        /// The project's own text, like the names of groups.
        case edit
    }

    package var name: String
    package var rights: Set<Right>

    package init(name: String, rights: Set<Right>) {
        self.name = name
        self.rights = rights
    }

    /// Whoever works on the project's own machine with access to its files.
    package static let local = Reader(name: "local", rights: Set(Right.allCases))

    package func may(_ right: Right) -> Bool { rights.contains(right) }
}
