package import Columns
import Foundation

/// Makes sure that one run at a time writes to a state folder.
///
/// The system releases the lock when its process ends, however it ends, so that nothing has to be
/// cleaned up by hand.
package final class RunLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `run_in_progress`, naming the process that holds the lock.
    package init(_ state: StateFolder) throws(AuroraError) {
        descriptor = open(state.lock.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw AuroraError(
                "state_unwritable", "the state folder \(state.url.path) can't be written",
                cause: String(cString: strerror(errno)),
                hint: "make it writable, or put the state elsewhere with --state DIR")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOf: state.lock, encoding: .utf8)) ?? "another process"
            close(descriptor)
            throw AuroraError(
                "run_in_progress", "another run is under way: \(holder)",
                hint: "wait for it, or use another state folder with --state DIR")
        }
        let holder =
            "process \(ProcessInfo.processInfo.processIdentifier) "
            + "on \(ProcessInfo.processInfo.hostName), since \(Timestamp.now())"
        ftruncate(descriptor, 0)
        _ = holder.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit { close(descriptor) }
}

/// Times for people to read; nothing is ever computed from them.
package enum Timestamp {
    package static func now() -> String { Date().ISO8601Format() }
}
