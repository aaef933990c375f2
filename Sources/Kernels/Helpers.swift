import CKernels
import Dispatch
import Synchronization

/// Threads that help with one piece of work after the other.
///
/// Between two passes of an iteration lie a few microseconds, less than it takes to wake a thread. So
/// a helper that is through looks for more work for a moment before it goes to sleep.
final class Helpers: Sendable {
    static let all = Helpers()

    /// A loop over indices, which any number of threads may run.
    final class Job: Sendable {
        private let next = Atomic<Int>(0)
        private let count: Int
        // Whoever calls `Parallel.forEach` promises that threads don't meet in it.
        private nonisolated(unsafe) let body: (Int) -> Void

        init(count: Int, _ body: @escaping (Int) -> Void) {
            (self.count, self.body) = (count, body)
        }

        /// Takes indices until none is left. Not inlined, so that nothing of the job is held afterwards.
        @inline(never) func run() {
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }
    }

    /// Whether some thread's job has the helpers.
    private let isTaken = Atomic<Bool>(false)
    /// How many helpers may still join the job. Above 0 only while `job` is there.
    private let places = Atomic<Int>(0)
    /// How many have joined it and are through.
    private let finished = Atomic<Int>(0)
    private nonisolated(unsafe) var job: Unmanaged<Job>?
    private let sleepers = Atomic<Int>(0)
    private let alarm = DispatchSemaphore(value: 0)
    /// Whether the job's owner sleeps until all are through.
    private let isAwaited = Atomic<Bool>(false)
    private let end = DispatchSemaphore(value: 0)
    private let count: Int

    /// Looks for what is to come before a thread sleeps: some 50 µs.
    private static let patience = 3000

    private init() {
        // On a small machine some more, so that tests of many threads are such.
        count = max(3, Int(ckernels_cores()) - 1)
        for index in 0..<count {
            DispatchQueue(label: "aurora.helper.\(index)").async { self.help() }
        }
    }

    /// Runs a job on this thread and on up to `wanted` helpers; returns when it is done.
    ///
    /// - Returns: false, with nothing done, where another job has the helpers.
    func run(_ job: Job, helpers wanted: Int) -> Bool {
        let isFree = isTaken.compareExchange(
            expected: false, desired: true, ordering: .acquiringAndReleasing)
        guard isFree.exchanged else { return false }
        defer { isTaken.store(false, ordering: .releasing) }
        let wanted = min(wanted, count)
        self.job = .passUnretained(job)
        finished.store(0, ordering: .relaxed)
        places.store(wanted, ordering: .sequentiallyConsistent)
        // All helpers are through with what came before: those that aren't asleep look for this.
        let awake = count - sleepers.load(ordering: .sequentiallyConsistent)
        for _ in 0..<max(0, wanted - awake) where leaveSleepers() { alarm.signal() }
        job.run()
        // Nobody joins from now on, so those that have are all there is to wait for.
        let joined = wanted - places.exchange(0, ordering: .acquiringAndReleasing)
        awaitEnd(of: joined)
        return true
    }

    private func help() {
        var looks = 0
        while true {
            if join() {
                job?._withUnsafeGuaranteedRef { $0.run() }
                finished.wrappingAdd(1, ordering: .sequentiallyConsistent)
                if stopAwaiting() { end.signal() }
                looks = 0
            } else if looks < Self.patience {
                looks += 1
                ckernels_pause()
            } else {
                looks = 0
                sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
                // A job that came meanwhile may have missed this sleeper. Where it has not, its alarm
                // is on the way, and must be heard.
                let isLate = places.load(ordering: .sequentiallyConsistent) > 0
                if !isLate || !leaveSleepers() { alarm.wait() }
            }
        }
    }

    /// Waits until so many are through.
    private func awaitEnd(of joined: Int) {
        var looks = 0
        while finished.load(ordering: .sequentiallyConsistent) < joined {
            looks += 1
            guard looks >= Self.patience else {
                ckernels_pause()
                continue
            }
            isAwaited.store(true, ordering: .sequentiallyConsistent)
            // As with sleepers: whoever came through meanwhile has seen this or has not.
            let isOver = finished.load(ordering: .sequentiallyConsistent) == joined
            if !isOver || !stopAwaiting() { end.wait() }
        }
    }

    /// Whether somebody awaited the end and shall no longer.
    private func stopAwaiting() -> Bool {
        isAwaited.compareExchange(
            expected: true, desired: false, ordering: .sequentiallyConsistent
        ).exchanged
    }

    /// Takes a place in the job, if there is one.
    private func join() -> Bool {
        let free = places.load(ordering: .acquiring)
        guard free > 0 else { return false }
        return places.compareExchange(
            expected: free, desired: free - 1, ordering: .acquiringAndReleasing
        ).exchanged
    }

    /// Makes the sleepers one fewer; false where there is none.
    private func leaveSleepers() -> Bool {
        var asleep = sleepers.load(ordering: .sequentiallyConsistent)
        while asleep > 0 {
            let (exchanged, now) = sleepers.compareExchange(
                expected: asleep, desired: asleep - 1, ordering: .sequentiallyConsistent)
            if exchanged { return true }
            asleep = now
        }
        return false
    }
}
