package import Columns
import Engine
import Foundation
import Runs
import Workspace

extension Staging {
    /// Checks what needs all sources, moves the rows that are set aside to tables of their own, and
    /// sums up.
    ///
    /// - Parameter sources: every source that could be staged.
    /// - Returns: the sources but for those with a rule that stops the run, of which diagnostics
    ///   tell.
    package func finish(
        _ sources: [StagedSource], _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> [FinishedSource] {
        var sources = sources
        try await checkReferences(&sources, &diagnostics)
        var stopped: Set<String> = []
        var quarantined: [String: Int] = [:]
        for index in sources.indices {
            if try await !tellBrokenRules(of: &sources[index], &diagnostics) {
                stopped.insert(sources[index].name)
            }
            quarantined[sources[index].name] = try await writeQuarantine(of: sources[index])
        }
        for source in sources { try await removeQuarantined(from: source) }
        var result: [FinishedSource] = []
        for index in sources.indices {
            let name = sources[index].name
            let input = try await input(
                &sources[index], quarantined: quarantined[name] ?? 0, &diagnostics)
            guard let input, !stopped.contains(name) else { continue }
            let drift = drift(of: sources[index].spec, to: input)
            let notices = sources[index].notices + (drift?.notices ?? [])
            result.append(
                FinishedSource(
                    input: input, notices: notices.map { .init($0, about: "source '\(name)'") },
                    drift: drift))
        }
        return result
    }

    /// - Returns: nil where a rule about the table as a whole stops the run.
    private func input(
        _ staged: inout StagedSource, quarantined: Int, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> RunRecord.Input? {
        let counts = staged.readings.map { "count(*) - count(\(dialect.quoted($0.column)))" }
        let row = try await intake.query(
            "SELECT \((["count(*)"] + counts + measures(of: staged)).joined(separator: ", ")) "
                + "FROM \(dialect.quoted(staged.name))"
        ).row(0)
        let rows = row[0].integerValue ?? 0
        let isSound = judge(&staged, Array(row.dropFirst(1 + counts.count)), &diagnostics)
        if quarantined > 0 {
            staged.notices.append(
                Notice(
                    "rows_quarantined",
                    "\(quarantined) of \(rows + quarantined) rows were set aside, each with its "
                        + "reason: aurora show quarantine --name \(staged.name)"))
        }
        guard isSound else { return nil }
        return RunRecord.Input(
            source: staged.name, file: staged.spec.reader.origin.value,
            files: try await files(of: staged), rows: rows, quarantined: quarantined,
            columns: zip(staged.readings, row.dropFirst()).map { reading, missing in
                .init(
                    name: reading.column, type: reading.type.description,
                    reading: staged.told[reading.column], missing: missing.integerValue ?? 0)
            }, facts: staged.raw.facts,
            contracts: staged.rules.map {
                .init(
                    rule: $0.plan.words, onFail: $0.stated.onFail.rawValue, broken: $0.broken)
            })
    }

    // MARK: Rules about the table as a whole

    private func measures(of staged: StagedSource) -> [String] {
        staged.rules.compactMap { rule in
            if case .table(let measure, _) = rule.plan.test { measure } else { nil }
        }
    }

    /// - Parameter values: of the measures, in the order of the rules.
    /// - Returns: false where the run stops.
    private func judge(
        _ staged: inout StagedSource, _ values: [Value], _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        var isSound = true
        var values = values[...]
        for index in staged.rules.indices {
            let rule = staged.rules[index]
            guard case .table(_, let breach) = rule.plan.test, let value = values.popFirst(),
                let found = breach(value)
            else { continue }
            staged.rules[index].broken = 1
            let message = "the rule '\(rule.plan.words)' is broken: \(found)"
            isSound = tell(rule, message, &staged, &diagnostics) && isSound
        }
        return isSound
    }

    // MARK: Files

    private func files(of staged: StagedSource) async throws(AuroraError) -> [RunRecord.File] {
        var files: [RunRecord.File] = []
        if staged.raw.files.isEmpty {
            // A database has no file to take the hash of: what tells one content from another is
            // what was read.
            let hash = try await ContentHash.ofTable(
                "SELECT * FROM \(dialect.quoted(staged.name)) ORDER BY \(position)", in: intake)
            let origin = staged.spec.reader.origin.value
            files.append(.init(path: origin, bytes: 0, sha256: hash, isSynthetic: false))
        }
        for file in staged.raw.files {
            let size = (try? FileManager.default.attributesOfItem(atPath: file.url.path))?[.size]
            let isSynthetic = FileManager.default.fileExists(
                atPath: file.url.path + ".synthetic.json")
            files.append(
                .init(
                    path: file.path, bytes: size as? Int ?? 0,
                    sha256: try hashes.hash(of: file.url), isSynthetic: isSynthetic))
        }
        return files
    }
}
