/// A figure that follows from a twin's parameters; what is made lies near it.
package struct PlantedFigure: Sendable, Equatable {
    /// "share of Loyalty Classification Jade".
    package var name: String
    package var value: Double
}

extension Levels {
    /// The share of each level of a column.
    func planted(_ column: String) -> [PlantedFigure] {
        names.map { PlantedFigure(name: "share of \(column) \($0)", value: share(of: $0)) }
    }
}
