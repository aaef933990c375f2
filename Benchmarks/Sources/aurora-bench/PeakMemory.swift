import Columns

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How much memory a step takes at most, where the system tells it (Linux).
struct PeakMemory {
    private let before: Int?

    /// Starts to measure: the system forgets its peak.
    init() {
        if let file = fopen("/proc/self/clear_refs", "w") {
            fputs("5", file)
            fclose(file)
        }
        before = Self.bytes("VmRSS:")
    }

    /// `base_bytes`, the process before the step with its raw matrix, and `peak_bytes`.
    var members: [JSON.Member] {
        guard let before, let peak = Self.bytes("VmHWM:") else { return [] }
        return [.init("base_bytes", before), .init("peak_bytes", peak)]
    }

    private static func bytes(_ field: String) -> Int? {
        guard let file = fopen("/proc/self/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, 512, file) != nil {
            let end = line.firstIndex(of: 0) ?? line.endIndex
            let text = String(decoding: line[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let words = text.split(whereSeparator: \.isWhitespace)
            if words.first == Substring(field), words.count > 1 {
                return Int(words[1]).map { $0 * 1024 }
            }
        }
        return nil
    }
}
