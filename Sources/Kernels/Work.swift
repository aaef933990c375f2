package import Columns

/// How a long operation runs: on how many threads, and whom it tells about its progress.
///
/// A result never depends on either. The hook is called from the thread that started the
/// operation, between iterations; it stops the operation by throwing `AuroraError.interrupted`.
package struct Work: Sendable {
    /// Takes the share that is done (0 to 1) and what is being done ("restart 3 of 10").
    package typealias Report = @Sendable (Double, String) throws(AuroraError) -> Void

    /// Threads that compute at the same time, at least 1.
    package let threads: Int
    private let hook: Report?

    package init(threads: Int = 1, report hook: Report? = nil) {
        self.threads = max(1, threads)
        self.hook = hook
    }

    /// Tells how far the operation is, and gives the caller its chance to stop it.
    ///
    /// - Throws: what the hook throws, unchanged.
    package func report(
        _ fraction: Double, _ detail: @autoclosure () -> String
    ) throws(AuroraError) {
        if let hook { try hook(fraction, detail()) }
    }

    /// The work of one part, which fills `share` of the whole.
    package func part(_ share: ClosedRange<Double>) -> Work {
        guard let hook else { return self }
        let width = share.upperBound - share.lowerBound
        return Work(threads: threads) { (fraction, detail) throws(AuroraError) in
            try hook(share.lowerBound + fraction * width, detail)
        }
    }

    /// The work of one of several parts that are equally long.
    package func part(_ index: Int, of count: Int) -> Work {
        part(Double(index) / Double(count)...Double(index + 1) / Double(count))
    }
}
