package import Columns
import Foundation
import Learning
import Query
import Runs
import Segmentation
import Workspace

extension SegmentationView {
    /// Customers up to which each is a point of its own.
    private static let mostPoints = 20_000
    /// Ranks that stay untold at the ends of curves for readers who may not see single customers.
    private static let beyondCurves = 5

    /// A drawing of how segments lie.
    package enum Plot: String, Sendable, CaseIterable {
        case biplot, dendrogram
        case neighbourDistances = "k_distance"
        case silhouettes = "silhouette"
    }

    /// What drawings of a segmentation need: each null where the method has none, and where it is not
    /// asked for. In the form of docs/http-api.md.
    ///
    /// - Throws: `unknown_name`, the engine's own error.
    package func plots(
        named name: String, only asked: Set<Plot> = Set(Plot.allCases)
    ) async throws(AuroraError) -> JSON {
        let result = try result(named: name)
        let guarded = GuardedSegments(result, run)
        let plots = SegmentPlots.read(name, from: run.folder)
        var members: [JSON.Member] = [
            .init(name: "run", value: .string(run.record.id)),
            .init(name: "name", value: .string(name)),
            .init(name: "label", value: .string(result.label)),
            .init(name: "rows", value: JSON(result.rows)),
            .init(name: "segments", value: segments(guarded)),
        ]
        for plot in Plot.allCases {
            var value: JSON?
            if asked.contains(plot) {
                value =
                    switch plot {
                    case .biplot: try await biplot(plots?.biplot, guarded)
                    case .dendrogram: plots?.tree.map { tree($0, guarded) }
                    case .neighbourDistances: plots?.neighbourDistances.map { distances($0) }
                    case .silhouettes: plots?.silhouettes.map { silhouettes($0, guarded) }
                    }
            }
            members.append(.init(name: plot.rawValue, value: value ?? .null))
        }
        return .object(members)
    }

    private func segments(_ guarded: GuardedSegments) -> JSON {
        .array(
            guarded.result.segments.enumerated().map { place, segment in
                .object([
                    "id": JSON(segment.id), "name": .string(segment.name),
                    "colour": JSON(place + 1), "is_outliers": .bool(segment.isOutliers),
                    "is_hidden": .bool(guarded.hidden.contains(place)),
                ])
            })
    }

    private var fewestBeyond: Int {
        let smallest = run.project.settings.privacy.smallestCell
        return max(smallest, reader.may(.customers) ? 1 : Self.beyondCurves)
    }

    /// Which ranks of a curve leave enough customers on either side of them.
    private func told(_ count: Int, of measured: Int) -> Range<Int> {
        guard fewestBeyond > 1, count > 1 else { return 0..<count }
        let step = Double(measured - 1) / Double(count - 1)
        let left = (Double(fewestBeyond) / max(step, .leastNormalMagnitude)).rounded(.up)
        guard left * 2 < Double(count) else { return 0..<0 }
        return Int(left)..<count - Int(left)
    }

    private func points(_ values: [Double], of measured: Int, _ name: String) -> JSON {
        .array(
            told(values.count, of: measured).map { rank in
                JSON.object([
                    .init(name: "share", value: JSON(Double(rank) / Double(values.count - 1))),
                    .init(name: name, value: JSON(values[rank])),
                ])
            })
    }

    // MARK: Biplot

    private func biplot(
        _ plot: SegmentPlots.Biplot?, _ guarded: GuardedSegments
    ) async throws(AuroraError) -> JSON {
        guard let plot else { return .null }
        let result = guarded.result
        let arrows = plot.arrows.filter {
            !guarded.isUnseen($0.column) && tells($0.level, of: $0.column, guarded)
        }
        let hidden = Set(guarded.hidden.map { result.segments[$0].id })
        func pair(_ values: [Double]?) -> JSON {
            values.map { .array($0.map { JSON($0) }) } ?? .null
        }
        let marks = try await marks(result)
        return .object([
            "explained": .array(result.explainedVariance.prefix(2).map { JSON($0) }),
            "arrows": .array(
                arrows.map {
                    .object([
                        "column": .string($0.column), "label": .string(guarded.label($0.column)),
                        "level": JSON($0.level), "correlations": pair($0.correlations),
                        "loadings": pair($0.loadings),
                    ])
                }), "arrows_hidden": JSON(plot.arrows.count - arrows.count),
            "centres": .array(
                plot.centres.filter { centre in
                    let size = result.segments.first { $0.id == centre.id }?.size ?? 0
                    return !hidden.contains(centre.id) && size >= fewestBeyond
                }.map {
                    .object(["id": JSON($0.id), "scores": pair($0.scores)])
                }), "points": marks.points, "density": marks.density,
        ])
    }

    /// A level's name may be that of few customers.
    private func tells(_ level: String?, of column: String, _ guarded: GuardedSegments) -> Bool {
        guard let level, run.gate.hidesSmallCells else { return true }
        guard let profile = SegmentProfile.read(guarded.result.name, from: run.folder),
            let levels = profile.columns.first(where: { $0.name == column })?.levels,
            let place = levels.names.firstIndex(of: level)
        else { return false }
        return levels.counts.reduce(0) { $0 + $1[place] } >= guarded.smallest
    }

    /// Each customer where the reader may see them and there are not too many, else counts in fields.
    private func marks(
        _ result: SegmentationResult
    ) async throws(AuroraError) -> (points: JSON, density: JSON) {
        let names = [1, 2].map { "\(result.name)_component_\($0)" }
        let known = run.gate.catalogue.dimensions
        guard names.allSatisfy({ known[$0] != nil }) else { return (.null, .null) }
        guard reader.may(.customers), result.rows <= Self.mostPoints else {
            let raster = try await run.gate.density(
                x: names[0], y: names[1], filter: FilterContext(), for: reader)
            return (.null, raster.json)
        }
        let cloud = try await run.gate.points(
            x: names[0], y: names[1], category: result.name, filter: FilterContext(), for: reader)
        let ids = Dictionary(
            result.segments.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
        let segments = (cloud.codes ?? []).map { code in
            JSON(cloud.categories[code].textValue.flatMap { ids[$0] })
        }
        let series: [JSON] = [
            .array(cloud.x.map { JSON($0) }), .array(cloud.y.map { JSON($0) }), .array(segments),
        ]
        return (
            .object(["columns": ["x", "y", "segment"], "series": .array(series)]), .null
        )
    }

    // MARK: Tree and curves

    private func tree(_ tree: SegmentPlots.Tree, _ guarded: GuardedSegments) -> JSON {
        let dendrogram = tree.dendrogram
        // From the sizes of all other branches that of a small one follows.
        let tellsSizes = !dendrogram.leafSizes.contains { guarded.isFew(Double($0)) }
        let hidden = Set(guarded.hidden.map { guarded.result.segments[$0].id })
        let segments = tree.segments.map { hidden.contains($0) ? JSON.null : JSON($0) }
        return .object([
            "linkage": .string(tree.linkage), "rows": JSON(tree.rows),
            "leaves_total": JSON(tree.leaves), "of_micro_clusters": .bool(tree.isOfMicroClusters),
            "last_made": JSON(tree.lastMade), "first_not_made": JSON(tree.firstNotMade),
            "order": .array(dendrogram.leafOrder.map { JSON($0) }),
            "leaves": .array(
                dendrogram.leafSizes.enumerated().map { leaf, size in
                    .object([
                        "size": tellsSizes ? JSON(size) : .null,
                        "segment": segments.isEmpty ? .null : segments[leaf],
                    ])
                }),
            "merges": .array(
                dendrogram.merges.map {
                    .object([
                        "a": JSON($0.a), "b": JSON($0.b), "height": JSON($0.height),
                        "size": tellsSizes ? JSON($0.size) : .null,
                    ])
                }),
        ])
    }

    private func distances(_ curve: SegmentPlots.NeighbourDistances) -> JSON {
        let tellsWithin = !run.gate.hidesFew(curve.within, of: curve.measured)
        return .object([
            "minimum_points": JSON(curve.minimumPoints), "eps": JSON(curve.eps),
            "suggested_eps": JSON(curve.suggestedEps), "measured": JSON(curve.measured),
            "rows": JSON(curve.rows), "within": tellsWithin ? JSON(curve.within) : .null,
            "points": points(curve.distances, of: curve.measured, "distance"),
        ])
    }

    private func silhouettes(
        _ plot: SegmentPlots.Silhouettes, _ guarded: GuardedSegments
    ) -> JSON {
        let hidden = Set(guarded.hidden.map { guarded.result.segments[$0].id })
        return .object([
            "mean": JSON(plot.mean), "measured": JSON(plot.measured), "rows": JSON(plot.rows),
            "segments": .array(
                plot.segments.map { segment in
                    let curve = segment.curve
                    let tells = !hidden.contains(segment.id)
                    let isFew = run.gate.hidesFew(curve.below, of: curve.measured)
                    return .object([
                        "id": JSON(segment.id), "measured": tells ? JSON(curve.measured) : .null,
                        "below": tells && !isFew ? JSON(curve.below) : .null,
                        "points": tells
                            ? points(curve.quantiles, of: curve.measured, "value") : .array([]),
                    ])
                }),
        ])
    }
}
