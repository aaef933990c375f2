import Columns
import Kernels
import Learning
import Synchronization

/// So many updates from one given start, with all that belongs to a fit: checks, tiles, labels.
enum LloydStep: Step {
    static let name = "lloyd"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        let k = request.integer("k", 6)
        let kMeans = KMeans(
            k: k, start: .centroids(request.start(matrix, k: k)),
            maxIterations: request.integer("updates", 20))
        let passes = PassTimes()
        var model: KMeans.Model?
        let time = try seconds { () throws(AuroraError) in
            model = try kMeans.fit(
                matrix,
                work: Work(threads: work.threads) { _, detail in passes.note(detail) })
        }
        guard let model else { return [] }
        return [
            .init("seconds", time), .init("updates", model.iterations),
            .init("inertia", model.inertia), .init("sizes", model.sizes.sorted()),
            .init("late_pass_seconds", passes.late),
            // The rows as they lie in tiles, and their labels: what a pass has to go through.
            .init("pass_bytes", matrix.rows * (4 * matrix.columns + 4)),
            .init("start_seconds", passes.beforeFirst),
        ]
    }
}

/// When each update of a fit began.
final class PassTimes: Sendable {
    private let began = ContinuousClock().now
    private let starts = Mutex<[ContinuousClock.Instant]>([])

    func note(_ detail: String) {
        guard detail.contains("update") else { return }
        starts.withLock { $0.append(ContinuousClock().now) }
    }

    /// Until the first update: checks, tiles, the first assignment.
    var beforeFirst: Double { starts.withLock { $0.first.map { ($0 - began) / .seconds(1) } ?? 0 } }

    /// The median of the last quarter of the passes; 0 where there were none.
    var late: Double {
        let starts = starts.withLock { $0 }
        let passes = zip(starts, starts.dropFirst()).map { ($1 - $0) / .seconds(1) }
        let last = passes.suffix(max(1, passes.count / 4)).sorted()
        return last.isEmpty ? 0 : last[last.count / 2]
    }
}
