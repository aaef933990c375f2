import Columns
import Kernels
import Learning

/// Size, mean, median and quartiles of each column in each group, exactly.
enum ProfileStep: Step {
    static let name = "profile"

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        let k = request.integer("k", 6)
        let labels = request.labels(matrix, k: k, threads: work.threads)
        let columns = (0..<matrix.columns).map { matrix.column($0) }
        var (means, quartiles) = ([Double](), [Double]())
        let time = try seconds { () throws(AuroraError) in
            for column in columns {
                let profile = try NumberProfile(column, labels: labels, groups: k, work: work)
                means += profile.groups.map { $0.mean ?? 0 }
            }
            for column in columns { quartiles += Self.quartiles(column, labels, k, work.threads) }
        }
        return [
            .init("seconds", time), .init("means", means), .init("quartiles", quartiles),
        ]
    }

    private static func quartiles(
        _ values: [Double], _ labels: [Int32], _ k: Int, _ threads: Int
    ) -> [Double] {
        var keys = [[UInt64]](repeating: [], count: k)
        for (value, label) in zip(values, labels) { keys[Int(label)].append(RadixSort.key(value)) }
        keys.withUnsafeMutableBufferPointer { keys in
            nonisolated(unsafe) let keys = keys
            Parallel.forEach(k, threads: threads) { RadixSort.sort(&keys[$0]) }
        }
        return keys.flatMap { sorted in
            [0.25, 0.5, 0.75].map { share in
                guard let last = sorted.indices.last else { return 0.0 }
                let place = share * Double(last)
                let below = Int(place)
                let low = RadixSort.double(sorted[below])
                let high = RadixSort.double(sorted[min(below + 1, last)])
                return low + (high - low) * (place - Double(below))
            }
        }
    }
}
