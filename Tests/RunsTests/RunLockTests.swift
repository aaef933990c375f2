import Columns
import Foundation
import Runs
import Testing

@Suite("One run at a time")
struct RunLockTests {
    @Test("the second run is told who holds the lock")
    func secondRun() throws {
        let temporary = TemporaryState()
        let first = try RunInProgress(temporary.state)
        let failure = error { _ = try RunInProgress(temporary.state) }
        #expect(failure?.code == "run_in_progress")
        let process = "process \(ProcessInfo.processInfo.processIdentifier) on "
        #expect(failure?.message.contains(process) == true)
        #expect(failure?.hint?.contains("--state") == true)
        #expect(temporary.names("runs") == [first.folder.lastPathComponent])
        withExtendedLifetime(first) {}
    }

    @Test("the lock is free when its run is gone")
    func released() throws {
        let temporary = TemporaryState()
        try temporary.state.create()
        for _ in 1...3 {
            let lock = try RunLock(temporary.state)
            #expect(error { _ = try RunLock(temporary.state) }?.code == "run_in_progress")
            withExtendedLifetime(lock) {}
        }
        #expect(error { _ = try RunLock(temporary.state) } == nil)
    }

    @Test("the lock of another process holds while it lives, and ends when it is killed")
    func otherProcess() async throws {
        let temporary = TemporaryState()
        try temporary.state.create()
        let holder = Process()
        holder.executableURL = URL(filePath: "/usr/bin/env")
        let lock = temporary.url.appending(path: "lock").path
        let program = """
            import fcntl, time
            lock = open(\(JSON.string(lock).text()), 'w')
            lock.write('process 4711 on elsewhere'); lock.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
            print('held', flush=True)
            time.sleep(600)
            """
        holder.arguments = ["python3", "-c", program]
        let output = Pipe()
        holder.standardOutput = output
        try holder.run()
        defer { kill(holder.processIdentifier, SIGKILL) }
        #expect(try output.fileHandleForReading.read(upToCount: 4) == Data("held".utf8))

        let failure = error { _ = try RunInProgress(temporary.state) }
        #expect(failure?.code == "run_in_progress")
        #expect(failure?.message.contains("process 4711 on elsewhere") == true)

        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        #expect(error { _ = try RunInProgress(temporary.state) } == nil)
    }

    @Test("the note of a longer name is written over whole")
    func holderText() throws {
        let temporary = TemporaryState()
        try temporary.state.create()
        let file = temporary.url.appending(path: "lock")
        try Data(String(repeating: "x", count: 1000).utf8).write(to: file)
        let lock = try RunLock(temporary.state)
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasPrefix("process "))
        #expect(!text.contains("x"))
        withExtendedLifetime(lock) {}
    }

    @Test("a state folder that can't be made or written is named, with the system's reason")
    func unwritable() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "aurora-file-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        for url in [file.appending(path: "state"), URL(filePath: "/dev/null/state")] {
            let failure = error { _ = try RunInProgress(StateFolder(url)) }
            #expect(failure?.code == "state_unwritable")
            #expect(failure?.message.contains(url.path) == true)
            #expect(failure?.cause == "Not a directory")
            #expect(failure?.hint?.contains("--state") == true)
        }
    }

    @Test("a lock that can't be opened is named")
    func lockIsFolder() throws {
        let temporary = TemporaryState()
        let lock = temporary.url.appending(path: "lock")
        try FileManager.default.createDirectory(at: lock, withIntermediateDirectories: true)
        let failure = error { _ = try RunInProgress(temporary.state) }
        #expect(failure?.code == "state_unwritable")
        #expect(failure?.cause?.isEmpty == false)
    }
}
