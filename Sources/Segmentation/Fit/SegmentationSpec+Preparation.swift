import Columns
import Learning
import Workspace

extension SegmentationSpec {
    /// How the features come to the scale on which segments are formed.
    func preparation(
        _ sources: [FeatureTable.Source], types: Schema
    ) throws(AuroraError) -> Preprocessing {
        let features = zip(self.features, sources).map { spec, source in
            var kind = Preprocessing.Kind.number
            if let levels = source.levels {
                let type = types[source.column]?.type ?? .text
                let encoding: Preprocessing.Encoding =
                    switch encoding(of: spec, type) ?? .indicators {
                    case .indicators: .indicators(dropFirst: false)
                    case .dropFirst: .indicators(dropFirst: true)
                    case .famd: .famd
                    case .codes: .codes
                    }
                kind = .categories(levels: levels, encoding: encoding)
            }
            return Preprocessing.Feature(
                source.column, kind: kind, transform: spec.transform, winsorise: spec.winsorise,
                scale: spec.scale ?? scale, missing: spec.missing, weight: spec.weight,
                block: spec.block?.value)
        }
        return Preprocessing(features, blocks: blocks, reduction: reduction)
    }
}
