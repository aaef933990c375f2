package import Columns
package import Kernels

/// Runs the replicates of a resampling method, several at a time.
///
/// A replicate may depend on its index only, so that the results don't depend on the threads.
enum Replicates {
    /// - Parameters:
    ///   - work: told before each batch of replicates, one for each thread. Replicates that run
    ///     beside each other can't be stopped in their midst; one alone can.
    ///   - name: what one replicate is called in progress reports.
    ///   - body: gets an index and how to run; is called from several threads.
    /// - Returns: the replicates in the order of their indices.
    /// - Throws: what `work` throws, or the error of the failed replicate with the lowest index.
    static func run<Value>(
        _ count: Int, work: Work, named name: String,
        _ body: (Int, Work) throws(AuroraError) -> Value
    ) throws(AuroraError) -> [Value] {
        var values = [Value]()
        values.reserveCapacity(count)
        for start in stride(from: 0, to: count, by: work.threads) {
            let end = min(start + work.threads, count)
            let share = Double(start) / Double(count)...Double(end) / Double(count)
            try work.report(share.lowerBound, "\(name) \(start + 1) of \(count)")
            let part = work.threads == 1 ? work.part(share) : Work()
            for result in batch(start..<end, part, body) { values.append(try result.get()) }
        }
        return values
    }

    private static func batch<Value>(
        _ indices: Range<Int>, _ work: Work, _ body: (Int, Work) throws(AuroraError) -> Value
    ) -> [Result<Value, AuroraError>] {
        var results = [Result<Value, AuroraError>?](repeating: nil, count: indices.count)
        results.withUnsafeMutableBufferPointer { results in
            Parallel.forEach(indices.count, threads: indices.count) { place in
                do throws(AuroraError) {
                    results[place] = .success(try body(indices.lowerBound + place, work))
                } catch {
                    results[place] = .failure(error)
                }
            }
        }
        return results.compactMap { $0 }
    }
}

extension RandomNumbers {
    /// A seed for a part of a method, so that its numbers have nothing to do with other parts'.
    ///
    /// - Parameters:
    ///   - purpose: tells the parts of one method apart, from 1.
    ///   - index: a replicate.
    package static func derivedSeed(_ seed: UInt64, purpose: Int, index: Int = 0) -> UInt64 {
        RandomNumbers(seed: seed, restart: index, step: -purpose).bits(0)
    }
}

extension Matrix {
    /// The rows with these indices, in their order; an index may come more than once.
    package func gathered(_ indices: [Int]) -> Matrix {
        var result = Matrix(rows: indices.count, columns: columns)
        let width = columns
        result.storage.withUnsafeMutableBufferPointer { target in
            storage.withUnsafeBufferPointer { source in
                for (place, row) in indices.enumerated() {
                    for column in 0..<width {
                        target[place * width + column] = source[row * width + column]
                    }
                }
            }
        }
        return result
    }

    /// All rows, or a random sample where there are more than `limit`.
    func sampled(_ limit: Int, seed: UInt64) -> Matrix {
        rows <= limit ? self : gathered(RandomNumbers(seed: seed).sample(limit, below: rows))
    }

    /// The columns with these indices, in their order.
    func selecting(_ indices: [Int]) -> Matrix {
        guard indices != Array(0..<columns) else { return self }
        var result = Matrix(rows: rows, columns: indices.count)
        for row in 0..<rows {
            for (place, column) in indices.enumerated() { result[row, place] = self[row, column] }
        }
        return result
    }
}
