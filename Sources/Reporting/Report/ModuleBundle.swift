package import Columns
import Foundation

/// ES modules of the browser side as one classic script, for a file that stands alone.
///
/// A page that is opened from disk may load no module: their imports are requests. So each module
/// becomes a function that is called once, after those it imports, and whose result holds what it
/// exports. Every name keeps its scope, and no line of a module is parsed but those with an import
/// or an export, which must begin at the line's start, as they do here.
///
/// Imports and exports in other forms than those of `Web/` are refused rather than guessed at:
/// `export { … }`, `export let`, `export … from`, and `import(…)` of an address.
///
/// - Complexity: O(length of the modules).
package struct ModuleBundle: Sendable {
    /// The addresses of all modules, each after those that it imports.
    package private(set) var addresses: [String] = []
    private var sources: [String: String] = [:]
    private var bodies: [String: String] = [:]

    /// - Parameters:
    ///   - start: the address of the module that imports all others.
    ///   - source: a module's text by its address; nil where there is none.
    /// - Throws: `module_unbundled` where a module is missing or written in a way that this can't
    ///   follow, or where modules import each other in a circle.
    package init(
        from start: String, source: (_ address: String) -> String?
    ) throws(AuroraError) {
        try add(start, above: [], source)
    }

    /// The script; strict, as modules are, and with nothing in it that would end its element.
    package var script: String {
        var script = "\"use strict\";\n(() => {\nconst modules = {};\n"
        for address in addresses {
            script += "modules[\(JSON.string(address).text())] = (() => {\n"
            script += bodies[address] ?? ""
            script += "})();\n"
        }
        return InlineScript.safe(script + "})();\n")
    }

    /// The addresses below `/deps/` that any module names, in the order of the modules.
    package var libraries: [String] {
        var found: [String] = []
        for address in addresses {
            for match in (sources[address] ?? "").matches(of: /"(\/deps\/[^"]+)"/)
            where !found.contains(String(match.1)) {
                found.append(String(match.1))
            }
        }
        return found
    }

    private mutating func add(
        _ address: String, above: [String], _ source: (String) -> String?
    ) throws(AuroraError) {
        guard bodies[address] == nil else { return }
        guard !above.contains(address) else {
            throw Self.unfit(
                address,
                "is imported by a module that it imports itself: "
                    + (above + [address]).joined(separator: ", "))
        }
        guard let text = source(address) else { throw Self.unfit(address, "is not there") }
        let module = try ModuleText(text, at: address)
        for imported in module.imports {
            try add(imported, above: above + [address], source)
        }
        sources[address] = text
        bodies[address] = module.body
        addresses.append(address)
    }

    fileprivate static func unfit(_ address: String, _ what: String) -> AuroraError {
        AuroraError("module_unbundled", "\(address) \(what)")
    }
}

/// One module, turned into the body of a function.
private struct ModuleText {
    private(set) var imports: [String] = []
    private(set) var body = ""
    private let address: String
    private var exports: [(name: String, value: String)] = []

    init(_ text: String, at address: String) throws(AuroraError) {
        self.address = address
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var number = 0
        while number < lines.count {
            var statement = String(lines[number])
            if statement.hasPrefix("import ") || statement.hasPrefix("import{") {
                // An import may go on for several lines, up to its semicolon.
                while !statement.hasSuffix(";"), number + 1 < lines.count {
                    number += 1
                    statement += " " + lines[number].trimmingCharacters(in: .whitespaces)
                }
                try addImport(statement, line: number + 1)
            } else if statement.hasPrefix("export") {
                try addExport(statement, line: number + 1)
            } else {
                guard !statement.contains(/\bimport\(\s*[`$\w]/) else {
                    throw unfit(number + 1, "imports an address that is worked out")
                }
                body += statement + "\n"
            }
            number += 1
        }
        body += "return { " + exports.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        body += " };\n"
    }

    private mutating func addImport(_ statement: String, line: Int) throws(AuroraError) {
        guard
            let match = statement.wholeMatch(
                of: /import (?:(?<what>.+?) from )?"(?<from>[^"]+)";/)
        else { throw unfit(line, "has an import of an unknown form") }
        let from = try resolved(String(match.from), line: line)
        imports.append(from)
        guard let what = match.what else { return }
        let module = "modules[\(JSON.string(from).text())]"
        var rest = String(what)
        if let single = rest.prefixMatch(of: /(\w+)(?:\s*,\s*|$)/) {
            body += "const { default: \(single.1) } = \(module);\n"
            rest.removeSubrange(single.range)
        }
        if rest.isEmpty { return }
        if let all = rest.wholeMatch(of: /\*\s+as\s+(\w+)/) {
            body += "const \(all.1) = \(module);\n"
        } else if let names = rest.wholeMatch(of: /\{\s*([\w\s,$]*?),?\s*\}/) {
            let names = names.1.replacing(/(\w+)\s+as\s+(\w+)/) { "\($0.1): \($0.2)" }
            body += "const { \(names) } = \(module);\n"
        } else {
            throw unfit(line, "has an import of an unknown form")
        }
    }

    private mutating func addExport(_ statement: String, line: Int) throws(AuroraError) {
        if let match = statement.prefixMatch(of: /export default (?!async function|function|class)/)
        {
            exports.append(("default", "defaultExport"))
            body += "const defaultExport = " + statement[match.range.upperBound...] + "\n"
        } else if let match = statement.prefixMatch(
            of: /export (?:(?:async )?function\*? |class |const )(\w+)/)
        {
            exports.append((String(match.1), String(match.1)))
            body += statement.dropFirst("export ".count) + "\n"
        } else {
            throw unfit(line, "has an export of an unknown form")
        }
    }

    /// An address from the server's root, whatever it was stated from.
    private func resolved(_ stated: String, line: Int) throws(AuroraError) -> String {
        if stated.hasPrefix("/") { return stated }
        guard stated.hasPrefix("./") || stated.hasPrefix("../") else {
            throw unfit(line, "imports '\(stated)', which is no address")
        }
        var parts = address.split(separator: "/").dropLast().map(String.init)
        for part in stated.split(separator: "/") where part != "." {
            if part == ".." {
                if parts.isEmpty { throw unfit(line, "imports '\(stated)', which leads nowhere") }
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    private func unfit(_ line: Int, _ what: String) -> AuroraError {
        ModuleBundle.unfit(address, "\(what) (line \(line))")
    }
}

/// JavaScript and data inside HTML's `script` elements.
package enum InlineScript {
    /// The same program without the character sequences that HTML would take for the element's end
    /// or for a comment. They only stand in strings, regular expressions and comments, where an
    /// escaped character is the same one.
    package static func safe(_ script: String) -> String {
        let bytes = Array(script.utf8)
        let ends = ["/script", "!--"].map { Array($0.utf8) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            let begins =
                byte == UInt8(ascii: "<")
                && ends.contains { end in
                    // Letters differ from capitals in one bit, which the other characters have.
                    bytes[(index + 1)...].prefix(end.count).map { $0 | 0x20 } == end
                }
            if begins { result += Array("\\x3c".utf8) } else { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The same document, whose only texts that HTML could see hold no `<`.
    package static func safe(_ document: JSON) -> String {
        document.text().replacingOccurrences(of: "<", with: "\\u003c")
    }
}
