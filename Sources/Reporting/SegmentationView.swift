package import Columns
import Foundation
import Learning
package import Query
import Runs
import Segmentation
import Workspace

/// A segmentation of a published run, as its page shows it to one reader: what was found, what makes
/// each segment, and what is known of other numbers of segments. In the form of docs/http-api.md.
///
/// What would tell of fewer customers than the project's smallest cell, or of a column that no
/// reader gets, is left out.
package struct SegmentationView: Sendable {
    let run: PublishedRun
    let reader: Reader

    /// - Throws: `not_permitted` for a reader who may not even see figures.
    package init(_ run: PublishedRun, for reader: Reader) throws(AuroraError) {
        guard reader.may(.aggregates) else {
            throw AuroraError("not_permitted", "\(reader.name) may not see any figures")
        }
        self.run = run
        self.reader = reader
    }

    /// All segmentations, in the project's order.
    package func json() -> JSON {
        .object([
            "run": .string(run.record.id),
            "segmentations": .array(
                run.segmentations.map { result in
                    .object([
                        "name": .string(result.name), "label": .string(result.label),
                        "description": JSON(spec(result)?.summary),
                        "model": .string(result.model), "method": .string(result.methodName),
                        "k": JSON(result.groups.count), "rows": JSON(result.rows),
                        "verdict": JSON(result.verdict),
                    ])
                }),
        ])
    }

    /// - Throws: `unknown_name`, `run_unreadable`.
    package func segmentation(named name: String) throws(AuroraError) -> JSON {
        let result = try self.result(named: name)
        let guarded = GuardedSegments(result, run)
        let spec = spec(result)
        let choice = try kept(ChoiceEvidence.self, at: ChoiceEvidence.path(name))
        let identity = try kept(SegmentIdentity.self, at: SegmentIdentity.path(name))
        return .object([
            "run": .string(run.record.id), "name": .string(name), "label": .string(result.label),
            "description": JSON(spec?.summary), "model": .string(result.model),
            "method": .string(result.methodName), "k": JSON(result.groups.count),
            "rows": JSON(result.rows),
            "rows_total": JSON(
                run.record.models.first { $0.name == result.model }?.rows ?? result.rows),
            "verdict": JSON(result.verdict),
            "reason": JSON(result.evidence?.structure?.reason),
            "chosen": spec?.chosen.map {
                .object(["by": JSON($0.by), "why": JSON($0.reason)])
            } ?? .null,
            "stated_k": JSON(spec?.statedNumber),
            "findings": .array(guarded.findings.map(\.json)),
            "segments": .array(guarded.segments),
            "features": .array(guarded.features), "features_hidden": JSON(guarded.featuresHidden),
            "suppressed": JSON(guarded.hidden.count),
            "details": details(result),
            "choice": choice.map { guarded.json($0) } ?? .null,
            "identity": identity.map { guarded.json($0) } ?? .null,
        ])
    }

    /// What is known of other numbers of segments, and which number is in use; nil where they were
    /// not compared.
    ///
    /// - Throws: `unknown_name`, `run_unreadable`.
    func choice(named name: String) throws(AuroraError) -> (
        choice: JSON, rows: JSON, current: Int
    )? {
        let result = try self.result(named: name)
        guard let choice = try kept(ChoiceEvidence.self, at: ChoiceEvidence.path(name)) else {
            return nil
        }
        let rows = choice.table.rows.map { row -> JSON in
            [JSON(row.k), JSON(row.inertia), JSON(row.silhouette?.mean)]
        }
        return (
            GuardedSegments(result, run).json(choice), .array(rows),
            spec(result)?.statedNumber ?? result.groups.count
        )
    }

    /// - Throws: `unknown_name`.
    func result(named name: String) throws(AuroraError) -> SegmentationResult {
        if let result = run.segmentations.first(where: { $0.name == name }) { return result }
        throw AuroraError(
            "unknown_name", "there is no segmentation '\(name)'",
            hint: NearestName.hint(for: name, among: run.segmentations.map(\.name)))
    }

    private func spec(_ result: SegmentationResult) -> SegmentationSpec? {
        run.project.segmentations.first { $0.name == result.name }
    }

    /// A file of the run; nil where the run has none.
    private func kept<Content: Decodable>(
        _: Content.Type, at path: String
    ) throws(AuroraError) -> Content? {
        let file = run.folder.appending(path: path)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            return try JSONDecoder().decode(Content.self, from: Data(contentsOf: file))
        } catch {
            throw AuroraError("run_unreadable", "\(file.path) can't be read", cause: "\(error)")
        }
    }

    private func details(_ result: SegmentationResult) -> JSON {
        let structure = result.evidence?.structure
        return .object([
            "silhouette": JSON(result.silhouette?.mean),
            "silhouette_measured": JSON(result.silhouette?.measured),
            "silhouette_margin": JSON(result.silhouette?.margin),
            "davies_bouldin": JSON(result.daviesBouldin),
            "calinski_harabasz": JSON(result.calinskiHarabasz),
            "inertia": JSON(result.fit?.inertia), "iterations": JSON(result.fit?.iterations),
            "converged": result.fit?.converged.map { .bool($0) } ?? .null,
            "fidelity": JSON(result.explanation?.fidelity),
            "replicates": JSON(result.evidence?.repeatability?.replicates),
            "repeated_rows": JSON(result.evidence?.repeatedRows),
            "structure": structure.map {
                .object([
                    "observed": JSON($0.observed), "null_mean": JSON($0.nullMean),
                    "null_highest": JSON($0.nullHighest), "p": JSON($0.p),
                    "correlation": JSON($0.correlation), "replicas": JSON($0.replicas),
                    "rows_tested": JSON($0.rowsTested),
                ])
            } ?? .null,
        ])
    }
}

extension Learning.Finding {
    fileprivate var json: JSON {
        .object(["code": .string(code), "message": .string(message)])
    }
}
