import Foundation

/// What one statement may use.
package struct DuckDBResources: Sendable {
    package var threads: Int
    /// Bytes, nil for the engine's own choice.
    package var memory: Int?

    /// - Parameter memory: nil for ``usualMemory``.
    package init(threads: Int, memory: Int?) {
        self.threads = threads
        self.memory = memory ?? Self.usualMemory
    }

    /// Four fifths of what the machine and its control group let a process have, but with room for
    /// the rest of the program, of which the engine knows nothing. The engine's own choice, where
    /// neither can be told.
    static var usualMemory: Int? {
        guard let limit = memoryLimit() else { return nil }
        return max(limit * 3 / 10, min(limit * 4 / 5, limit - 600_000_000))
    }

    /// The least of the machine's memory and the limits of the control groups (Linux, v1 and v2)
    /// that hold this process.
    private static func memoryLimit() -> Int? {
        let machine = Int(exactly: ProcessInfo.processInfo.physicalMemory)
        let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        let files = groups.split(separator: "\n").flatMap { line -> [String] in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return [] }
            let isFirst = parts[1].split(separator: ",").contains("memory")
            guard isFirst || parts[1].isEmpty else { return [] }
            let root = isFirst ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
            let name = isFirst ? "memory.limit_in_bytes" : "memory.max"
            // A limit of a group above holds, too; inside a container the group is the root.
            return (["/"] + parents(of: String(parts[2]))).map { root + $0 + "/" + name }
        }
        let limits = files.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
            .compactMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        return (limits + [machine].compactMap { $0 }).min()
    }

    private static func parents(of path: String) -> [String] {
        let names = path.split(separator: "/")
        return names.indices.map { "/" + names[0...$0].joined(separator: "/") }
    }
}
