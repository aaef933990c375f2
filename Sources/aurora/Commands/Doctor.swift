import ArgumentParser
import Columns
import DuckDBEngine
import Foundation
import Kernels
import Pipeline

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what Aurora needs on this machine and what is missing.",
        discussion: """
            Exits with 1 where something is missing that running a project needs.

              aurora doctor
              aurora doctor --json
            """)

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    private struct Finding {
        var name: String
        var isFound: Bool
        var detail: String
        /// False for what only the tests need.
        var isNeeded = true
        var remedy = Home.remedy
    }

    func run() async throws {
        try await Execution.run(json: false) { [json] in
            let findings = Self.findings()
            if json {
                Terminal.print(
                    JSON.object([
                        "version": .string(Version.current),
                        "findings": .array(findings.map { Self.json($0) }),
                    ]).text(indented: true))
            } else {
                Terminal.print("aurora \(Version.current)")
                for finding in findings { Terminal.print(Self.text(finding)) }
            }
            if findings.contains(where: { $0.isNeeded && !$0.isFound }) { throw ExitCode(1) }
        }
    }

    private static func json(_ finding: Finding) -> JSON {
        .object([
            "name": .string(finding.name), "found": .bool(finding.isFound),
            "needed": .bool(finding.isNeeded), "detail": .string(finding.detail),
            "remedy": finding.isFound ? .null : .string(finding.remedy),
        ])
    }

    private static func text(_ finding: Finding) -> String {
        let mark = finding.isFound ? "found  " : finding.isNeeded ? "MISSING" : "absent "
        let remedy = finding.isFound ? "" : " — \(finding.remedy)"
        return "  \(mark)  \(finding.name): \(finding.detail)\(remedy)"
    }

    private static func findings() -> [Finding] {
        let system = ProcessInfo.processInfo
        let machine = Finding(
            name: "machine", isFound: true,
            detail:
                "\(system.operatingSystemVersionString), \(system.activeProcessorCount) processors, "
                + "\(system.physicalMemory >> 30) GB, kernels for \(KernelPath.current.rawValue)")
        guard let home = Home.url else {
            let missing = Finding(
                name: "home", isFound: false, detail: "no folder above the program holds Web/",
                remedy: "set AURORA_HOME to Aurora's folder")
            return [machine, engine(nil), missing]
        }
        let extensions = DuckDBExtension.allCases.map {
            ("DuckDB's \($0.rawValue)", ".deps/duckdb/extensions/" + $0.fileName, false)
        }
        let required = [
            ("pages", "Web/index.html", true), ("ECharts", ".deps/web/echarts.min.js", true),
            ("Tabulator", ".deps/web/tabulator.min.js", true),
            ("Inter", ".deps/web/inter/Inter-Regular.woff2", true),
        ]
        let files = (required + extensions).map { name, path, isNeeded in
            let file = home.appending(path: path).path
            return Finding(
                name: name, isFound: FileManager.default.fileExists(atPath: file), detail: file,
                isNeeded: isNeeded)
        }
        let found = [machine, engine(home)] + files
        return Home.isUnpacked ? found : found + tests(home)
    }

    private static func tests(_ home: URL) -> [Finding] {
        let system = ProcessInfo.processInfo
        let chromium = system.environment["AURORA_CHROMIUM"] ?? "/usr/bin/chromium"
        return [
            ("Chromium", chromium), ("playwright", home.path + "/.deps/python/playwright"),
            ("PostgreSQL", system.environment["AURORA_POSTGRES"] ?? "/usr/lib/postgresql"),
        ]
        .map { name, path in
            Finding(
                name: "\(name), for the tests",
                isFound: FileManager.default.fileExists(atPath: path), detail: path,
                isNeeded: false, remedy: "Scripts/setup --tests")
        }
    }

    private static func engine(_ home: URL?) -> Finding {
        do throws(AuroraError) {
            let library = try DuckDBLibrary.load(home: home)
            let isExpected = library.version == DuckDBLibrary.expectedVersion
            return Finding(
                name: "DuckDB", isFound: isExpected,
                detail: "\(library.version) at \(library.path)"
                    + (isExpected ? "" : ", but \(DuckDBLibrary.expectedVersion) is expected"),
                remedy: "unset AURORA_DUCKDB and \(Home.remedy), or install 1.5.5")
        } catch {
            return Finding(
                name: "DuckDB", isFound: false,
                detail: [error.message, error.cause].compactMap { $0 }.joined(separator: ": ")
                    .split(separator: "\n").joined(separator: ", "),
                remedy: Home.isUnpacked ? Home.remedy : error.hint ?? Home.remedy)
        }
    }
}
