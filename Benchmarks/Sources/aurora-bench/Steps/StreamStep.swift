import Columns
import Kernels

/// How fast all cores read memory that no cache holds: what a pass over many rows can reach.
enum StreamStep: Step {
    static let name = "stream"
    /// 512 MB.
    private static let count = 64 << 20
    private static let piece = 1 << 16

    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member] {
        let values = [Double](repeating: 1, count: count)
        var sums = [Double](repeating: 0, count: count / piece * 8)
        var best = Double.infinity
        for _ in 0..<request.integer("passes", 5) {
            best = min(best, try seconds { pass(values, &sums, work.threads) })
        }
        let total = stride(from: 0, to: sums.count, by: 8).reduce(0) { $0 + sums[$1] }
        return [
            .init("seconds", best), .init("bytes_per_second", Double(8 * count) / best),
            .init("sum", total),
        ]
    }

    private static func pass(_ values: [Double], _ sums: inout [Double], _ threads: Int) {
        values.withUnsafeBytes { bytes in
            sums.withUnsafeMutableBufferPointer { sums in
                nonisolated(unsafe) let sums = sums
                Parallel.forEach(count / piece, threads: threads) { index in
                    var (a, b) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
                    var (c, d) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
                    let first = 8 * index * piece
                    for at in stride(from: first, to: first + 8 * piece, by: 256) {
                        a += bytes.loadUnaligned(fromByteOffset: at, as: SIMD8<Double>.self)
                        b += bytes.loadUnaligned(fromByteOffset: at + 64, as: SIMD8<Double>.self)
                        c += bytes.loadUnaligned(fromByteOffset: at + 128, as: SIMD8<Double>.self)
                        d += bytes.loadUnaligned(fromByteOffset: at + 192, as: SIMD8<Double>.self)
                    }
                    sums[8 * index] = (a + b + c + d).sum()
                }
            }
        }
    }
}
