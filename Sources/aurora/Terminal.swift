import ArgumentParser
import Columns
import Foundation
import Runs
import Synchronization

/// Results go to standard output, everything else to standard error.
enum Terminal {
    static func print(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    static func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    static let isInteractive = isatty(STDERR_FILENO) == 1

    /// Columns as wide as their widest value, numbers to the right.
    static func table(_ header: [String], _ rows: [[Value]]) -> String {
        let cells = [header] + rows.map { $0.map(\.description) }
        let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let lines = cells.enumerated().map { index, row in
            row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.count)
                let isNumber = rows.contains { $0[column].doubleValue != nil }
                return isNumber ? padding + text : text + padding
            }.joined(separator: "  ").trimmingSuffix(while: \.isWhitespace)
        }
        return lines.joined(separator: "\n")
    }
}

/// Shows how far a run is: on a terminal one line that changes, elsewhere one line for each stage.
final class ProgressLine: Sendable {
    private let lastStage = Mutex("")

    func show(_ stage: RunStage) {
        show(stage.stage, fraction: stage.fraction, detail: stage.detail)
    }

    func show(_ stage: String, fraction: Double?, detail: String? = nil) {
        let isNew = lastStage.withLock { last in
            defer { last = stage }
            return last != stage
        }
        guard Terminal.isInteractive else {
            if isNew { Terminal.tell(stage) }
            return
        }
        let share = fraction.map { " \(Int(($0 * 100).rounded())) %" } ?? ""
        let detail = detail.map { " · \($0)" } ?? ""
        write("\r\u{1B}[2K\(stage)\(share)\(detail)")
    }

    func end() {
        if Terminal.isInteractive { write("\r\u{1B}[2K") }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = String(self)
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}
