import Query
import Workspace

/// Which dimensions tell single customers apart, and so which visuals are tables of customers.
///
/// The gate masks the columns that a project marks as identifying. What it doesn't mark, it may show
/// on its pages; but a file that is passed on shall hold no row for each customer either. A model's
/// key has a value for every row. The models above one that is segmented, like the branches of
/// customers, are groups of customers, though: their keys may stay.
struct CustomerRows {
    static let words = "It shows single customers, who are not part of a file that is passed on."

    private let catalogue: Catalogue
    /// Models whose rows are groups of customers.
    private let groups: Set<String>

    init(_ run: PublishedRun) {
        let catalogue = run.gate.catalogue
        self.catalogue = catalogue
        let segmented = run.project.segmentations.map(\.model.value)
        var groups: Set<String> = []
        var next = segmented
        while let model = next.popLast() {
            let above = catalogue.tables[model]?.references.keys.sorted() ?? []
            next += above.filter { groups.insert($0).inserted }
        }
        self.groups = groups.subtracting(segmented)
    }

    /// Why a visual can't be in a file; nil where it can.
    func reason(toLeaveOut visual: PageSpec.Visual) -> String? {
        visual.chart.dimensions.contains { tellsApart($0.value) } ? Self.words : nil
    }

    /// Whether a dimension is worked out from its model's key.
    func tellsApart(_ name: String) -> Bool {
        guard let dimension = catalogue.dimensions[name],
            let key = catalogue.tables[dimension.model]?.key
        else { return false }
        return !groups.contains(dimension.model) && dimension.columns.contains(key)
    }
}
