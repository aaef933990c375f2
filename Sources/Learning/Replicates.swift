package import Columns
package import Kernels
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Runs the replicates of a resampling method, several at a time.
///
/// A replicate may depend on its index only, so that the results don't depend on the threads.
enum Replicates {
    /// - Parameters:
    ///   - work: told whenever its own thread begins a replicate. Replicates that run beside each
    ///     other can't be stopped in their midst; one alone can.
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
        guard work.threads > 1, count > 1 else {
            for index in 0..<count {
                let share = Double(index) / Double(count)...Double(index + 1) / Double(count)
                try work.report(share.lowerBound, "\(name) \(index + 1) of \(count)")
                // A part of one thread's work is told of, too.
                values.append(try body(index, work.part(share)))
            }
            return values
        }
        for result in try beside(count, work, name, body) { values.append(try result.get()) }
        return values
    }

    /// Each thread takes the next index as soon as it is through, so that none waits for others.
    private static func beside<Value>(
        _ count: Int, _ work: Work, _ name: String,
        _ body: (Int, Work) throws(AuroraError) -> Value
    ) throws(AuroraError) -> [Result<Value, AuroraError>] {
        var results = [Result<Value, AuroraError>?](repeating: nil, count: count)
        let own = pthread_self()
        let stopped = Mutex<AuroraError?>(nil)
        try work.report(0, "\(name) 1 of \(count)")
        results.withUnsafeMutableBufferPointer { results in
            Parallel.forEach(count, threads: work.threads) { index in
                if stopped.withLock({ $0 != nil }) { return }
                do throws(AuroraError) {
                    if pthread_equal(pthread_self(), own) != 0 {
                        let done = Double(index) / Double(count)
                        try work.report(done, "\(name) \(index + 1) of \(count)")
                    }
                } catch {
                    stopped.withLock { $0 = error }
                    return
                }
                do throws(AuroraError) {
                    results[index] = .success(try body(index, Work()))
                } catch {
                    results[index] = .failure(error)
                }
            }
        }
        if let error = stopped.withLock({ $0 }) { throw error }
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
        let width = columns
        let values = [Double](unsafeUninitializedCapacity: indices.count * width) {
            target, count in
            count = indices.count * width
            storage.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress, var place = target.baseAddress else {
                    return
                }
                for row in indices {
                    place.initialize(from: source + row * width, count: width)
                    place += width
                }
            }
        }
        return Matrix(rows: indices.count, columns: width, storage: values)
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
