package import Workspace

/// A value of a dimension that a page's text states.
package struct StatedValue: Sendable {
    /// Nil for a segment's name, of whichever segmentation has it.
    package var dimension: String?
    package var text: Located<String>

    init(_ text: Located<String>, of dimension: String?) {
        self.text = text
        self.dimension = dimension
    }
}

extension PageSpec {
    /// All values that the page's text states: by its bookmarks and its visuals.
    var statedValues: [StatedValue] {
        let filtered = bookmarks.flatMap(\.filters).flatMap { filter in
            (filter.values ?? []).map {
                StatedValue($0.map(\.text), of: filter.dimension.value)
            }
        }
        return filtered + visuals.flatMap(\.chart.statedValues)
    }
}
