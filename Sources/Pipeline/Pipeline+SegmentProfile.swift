import Columns
import Engine
import Foundation
import Kernels
import Preparation
import Reporting
import Runs
import Segmentation
import Workspace

extension Pipeline {
    /// Measures every column of a model in each of its segments, and keeps that.
    ///
    /// - Parameters:
    ///   - columns: the model's own.
    ///   - earlier: the run whose fit was taken over; its profile is, too, unless privacy has
    ///     changed since.
    func keepProfile(
        of result: SegmentationResult, _ columns: [Schema.Field], _ earlier: Earlier?,
        in engine: any Engine, _ folder: URL, _ record: inout RunRecord, report: @escaping Report
    ) async throws {
        let privacy = PrivateColumns(project.settings.privacy, models: record.models)
        let key = project.recipes[model: result.model]?.key.value
        let withheld = columns.map(\.name).filter {
            $0 == key || privacy.contains($0, of: result.model)
        }
        let known = earlier?.folder.flatMap { SegmentProfile.read(result.name, from: $0) }
        let profile: SegmentProfile
        if let known, known.withheld == withheld {
            profile = known
        } else {
            let profiler = SegmentProfiler(
                engine,
                work: Work(threads: threads) { (fraction, detail) throws(AuroraError) in
                    report("Profiling: \(result.name)", fraction, detail)
                })
            profile = try await profiler.profile(
                result, of: result.model, columns: columns, withheld: Set(withheld))
        }
        try keep(profile, at: SegmentProfile.path(result.name), in: folder, &record)
    }
}
