/// A measured column, one value a row.
package struct NumericVariable: Sendable, Equatable {
    package var name: String
    /// NaN where missing.
    package var values: [Double]

    package init(_ name: String, _ values: [Double]) {
        self.name = name
        self.values = values
    }
}

/// A column of categories, one level a row.
package struct NominalVariable: Sendable, Equatable {
    package var name: String
    /// The place of each row's level in `levels`; −1 where missing.
    package var codes: [Int32]
    package var levels: [String]

    package init(_ name: String, codes: [Int32], levels: [String]) {
        precondition(
            codes.allSatisfy { (-1..<Int32(levels.count)).contains($0) }, "codes are levels")
        self.name = name
        self.codes = codes
        self.levels = levels
    }

    /// Levels in the order of the alphabet.
    ///
    /// - Parameter texts: one a row; nil where missing.
    package init(_ name: String, _ texts: [String?]) {
        let levels = Set(texts.compactMap { $0 }).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(levels, 0..<Int32(levels.count)))
        self.init(name, codes: texts.map { $0.flatMap { places[$0] } ?? -1 }, levels: levels)
    }
}
