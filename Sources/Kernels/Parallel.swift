import Dispatch

/// Runs pieces of work on several threads so that the result doesn't depend on their number.
///
/// The pieces are cut by fixed sizes and each writes only to its own place; whoever needs a total
/// adds the places in index order (see `ChunkedSums`).
package enum Parallel {
    /// Rows in a chunk. Sums depend on it in their last digits, so it is part of the contract.
    package static let chunkRows = 1024

    package static func chunks(of rows: Int) -> Int { (rows + chunkRows - 1) / chunkRows }

    /// Calls `body` once for each index below `count`, on at most `threads` threads.
    ///
    /// `body` runs on several threads at once: it may write only to memory that belongs to its
    /// index. Which thread takes which index is left to chance.
    package static func forEach(_ count: Int, threads: Int, _ body: (Int) -> Void) {
        let workers = min(threads, count)
        guard workers > 1 else {
            for index in 0..<count { body(index) }
            return
        }
        withoutActuallyEscaping(body) { body in
            let job = Helpers.Job(count: count, body)
            if Helpers.all.run(job, helpers: workers - 1) { return }
            DispatchQueue.concurrentPerform(iterations: workers) { _ in job.run() }
        }
    }

    /// Calls `body` once for each chunk with its index and its rows; see `forEach`.
    package static func forEachChunk(
        of rows: Int, threads: Int, _ body: (Int, Range<Int>) -> Void
    ) {
        forEach(chunks(of: rows), threads: threads) { chunk in
            let start = chunk * chunkRows
            body(chunk, start..<min(start + chunkRows, rows))
        }
    }
}
