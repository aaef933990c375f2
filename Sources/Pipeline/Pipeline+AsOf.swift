import Columns
import Foundation
import Reporting
import Workspace

/// The as-of date of a project whose deliveries bring it.
extension Pipeline {
    /// This run with the day that `as_of: {file: …}` names; unchanged where the project states its
    /// day itself, or none.
    ///
    /// What the file holds is never repeated: it may be a table of customers, named by mistake.
    func dated(_ diagnostics: inout [Diagnostic]) -> Pipeline {
        guard let file = project.settings.asOfFile else { return self }
        let url = data.appending(path: file.value)
        guard let handle = try? FileHandle(forReadingFrom: url) else {
            diagnostics.append(
                Diagnostic(
                    "file_missing", at: file.place, "\(url.path) can't be read",
                    hint: "it should hold the day that the data describes, like 2024-12-31"))
            return self
        }
        defer { try? handle.close() }
        let bytes = (try? handle.read(upToCount: Self.longestDay)) ?? Data()
        let text = String(decoding: bytes, as: UTF8.self)
            .trimmingCharacters(
                in: CharacterSet(charactersIn: "\u{FEFF}").union(.whitespacesAndNewlines))
        guard let day = CalendarDate(text) else {
            diagnostics.append(
                Diagnostic(
                    "invalid_date", at: file.place,
                    "\(url.path) holds something else than one day",
                    hint: "write year, month and day into it, like 2024-12-31"))
            return self
        }
        var dated = self
        dated.project.settings.asOf = Located(day, at: file.place)
        return dated
    }

    /// A day with a mark of its encoding and the ends of some lines; what is longer is none.
    private static let longestDay = 64
}
