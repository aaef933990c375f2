import Columns
import Foundation
import Workspace

/// A text file in UTF-8: the bank's own, or a copy of it in that encoding.
struct UTF8Text {
    let url: URL
    let survey: TextSurvey
    let isCopy: Bool
    /// How the bank's file is encoded, in words.
    let fact: String

    /// Bytes from which it is seen what a file is.
    static let headSize = 1 << 16

    /// Looks at the whole file once, and copies it where it is not UTF-8.
    ///
    /// - Parameters:
    ///   - quote: what may surround values with line ends; nil for none.
    ///   - controls: control characters that the text is known to hold, like a stated delimiter.
    ///   - copy: where the copy would be.
    /// - Returns: nil with a diagnostic where it is no text.
    /// - Throws: `file_unreadable`, or `state_unwritable` and `disk_full` of the copy.
    ///
    /// Complexity: O(bytes) of time; memory doesn't depend on the file's size.
    static func of(
        _ file: URL, stated: Located<String>?, quote: UInt8?, controls: [UInt8], copy: URL,
        _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) -> UTF8Text? {
        let head = Array(try ByteFile(file).next(headSize))
        let marked = TextEncoding.marked(head)
        var known = marked ?? stated.flatMap { TextEncoding(stated: $0.value) }
        if let problem = conflict(marked, stated) ?? notText(head, known, controls, file) {
            diagnostics.append(problem)
            return nil
        }
        known = known ?? TextEncoding.unmarkedUTF16(head)
        if known == nil || known == .utf8 {
            let survey = try survey(file, quote: quote)
            let utf8 = survey.utf8
            if known == .utf8 || utf8.strays == 0 || utf8.characters > utf8.strays {
                let mark = marked == .utf8 ? " with a byte order mark" : ""
                let doubt = utf8.strays > 0 ? ", with \(utf8.strays) bytes that are not" : ""
                return UTF8Text(
                    url: file, survey: survey, isCopy: false, fact: "UTF-8" + mark + doubt)
            }
            known = utf8.hasStrayControl ? .windows1252 : .latin1
        }
        let isCertain = marked != nil || stated != nil
        return try transcoded(
            file, from: known ?? .latin1, isCertain: isCertain, quote: quote, to: copy)
    }

    private static func survey(_ file: URL, quote: UInt8?) throws(AuroraError) -> TextSurvey {
        let input = try ByteFile(file)
        var survey = TextSurvey(quote: quote)
        while case let chunk = try input.next(), !chunk.isEmpty {
            chunk.withUnsafeBytes { survey.add($0) }
        }
        survey.end()
        return survey
    }

    private static func transcoded(
        _ file: URL, from encoding: TextEncoding, isCertain: Bool, quote: UInt8?, to copy: URL
    ) throws(AuroraError) -> UTF8Text {
        let input = try ByteFile(file)
        let output = try ByteOutput(copy)
        let mark = encoding.mark
        if Array(try input.next(mark.count)) != mark { try input.seek(to: 0) }
        var decoder = TextDecoder(encoding)
        var survey = TextSurvey(quote: quote)
        var isLast = false
        while !isLast {
            let chunk = try input.next()
            isLast = chunk.isEmpty
            let text = chunk.withUnsafeBytes { decoder.decode($0, isLast: isLast) }
            text.withUnsafeBytes { survey.add($0) }
            try output.write(text)
        }
        try output.flush()
        survey.end()
        var fact = "\(encoding.title), read as UTF-8"
        if !isCertain {
            fact += " (not certain: the file doesn't say it; if letters look wrong, state encoding)"
        }
        if decoder.damages > 0 { fact += ", \(decoder.damages) damaged characters as \u{FFFD}" }
        return UTF8Text(url: copy, survey: survey, isCopy: true, fact: fact)
    }

    // MARK: What is no text

    private static func conflict(
        _ marked: TextEncoding?, _ stated: Located<String>?
    ) -> Diagnostic? {
        guard let marked, let stated else { return nil }
        let isSame =
            marked.rawValue == stated.value
            || (stated.value == "utf-16" && marked.rawValue.hasPrefix(stated.value))
        return isSame
            ? nil
            : Diagnostic(
                "encoding", at: stated.place,
                "the encoding is stated as \(stated.value), but the file begins with the mark of "
                    + marked.title,
                hint: "leave it out: the mark decides")
    }

    private static func notText(
        _ head: [UInt8], _ encoding: TextEncoding?, _ controls: [UInt8], _ file: URL
    ) -> Diagnostic? {
        func problem(_ what: String, _ hint: String) -> Diagnostic {
            Diagnostic(
                "not_delimited_text", at: .init(file: file.path),
                "the file is \(what), but a text of delimited values is expected", hint: hint)
        }
        if let signature = FileSignature.of(head) {
            let kind = signature.kind.flatMap { kind in
                SourceKind.all.contains { $0.name == kind } ? kind : nil
            }
            return problem(
                signature.description,
                kind.map { "state it under '\($0):' instead of 'csv:'" } ?? signature.way)
        }
        let isWide = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
        guard !isWide, TextEncoding.unmarkedUTF16(head) == nil else { return nil }
        let usual: Set<UInt8> = Set([9, 10, 12, 13, 26, 27] + controls)
        let odd = head.count { $0 < 32 && !usual.contains($0) }
        return odd * 10 > head.count
            ? problem(
                "binary: many of its first characters are unprintable",
                "export the table as CSV") : nil
    }
}

extension TextEncoding {
    fileprivate var title: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16, low byte first"
        case .utf16BigEndian: "UTF-16, high byte first"
        case .windows1252: "Windows-1252"
        case .latin1: "Latin-1"
        }
    }
}
