package import Columns
import Foundation
import Synchronization

/// Runs long computations on a thread of their own, so that Swift's cooperative threads stay free.
package enum Blocking {
    /// - Parameter body: is told how to find out that it was cancelled.
    package static func run<Success: Sendable>(
        _ body:
            @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws(AuroraError)
            -> Success
    ) async throws(AuroraError) -> Success {
        let isCancelled = Flag()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation {
                (continuation: CheckedContinuation<Result<Success, AuroraError>, Never>) in
                let thread = Thread {
                    do throws(AuroraError) {
                        continuation.resume(returning: .success(try body { isCancelled.isSet }))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
                thread.stackSize = 8 << 20
                thread.start()
            }
        } onCancel: {
            isCancelled.set()
        }
        return try outcome.get()
    }

    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock { $0 } }
        func set() { value.withLock { $0 = true } }
    }
}
