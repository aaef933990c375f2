import Query
import Segmentation
import Workspace

extension PublishedRun {
    /// Whether a dimension is made from what formed the segments of a segmentation: from one of its
    /// features, or from a column of a source that a feature is made from, too.
    ///
    /// Whether groups differ in what they were cut by is no question for a test: they do even
    /// where the data is noise.
    func formed(_ dimension: String, _ segmentation: String) -> Bool {
        guard let dimension = gate.catalogue.dimensions[dimension] else { return false }
        return formed(dimension.columns, in: dimension.model, segmentation)
    }

    /// The same of a model's columns.
    func formed(_ columns: [String], in model: String, _ segmentation: String) -> Bool {
        guard let result = segmentations.first(where: { $0.name == segmentation }) else {
            return false
        }
        let features = roots(of: result.formedBy, in: result.model)
        return !roots(of: columns, in: model).isDisjoint(with: features)
    }

    /// Where columns come from: themselves, and the sources' columns behind them.
    private func roots(of columns: [String], in model: String) -> Set<String> {
        var roots: Set<String> = []
        for column in columns {
            let maker = project.segmentations.first {
                $0.model.value == model && SegmentTable.columns(of: $0).contains(column)
            }
            if let maker, let made = segmentations.first(where: { $0.name == maker.name }) {
                roots.formUnion(self.roots(of: made.formedBy, in: model))
                continue
            }
            roots.insert("\(model).\(column)")
            for traced in (try? lineage(of: "\(model).\(column)"))?.columns ?? [] {
                roots.formUnion(traced.origins.map { "\($0.source).\($0.column)" })
            }
        }
        return roots
    }
}
