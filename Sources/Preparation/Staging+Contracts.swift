import Columns
import Engine
import Workspace

/// The rules that sources state, checked on the rows as they were read.
extension Staging {
    /// Checks the rules that need no other source, all in one pass over the rows.
    func checkOwnRules(
        _ staged: inout StagedSource, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) {
        var rules = try await plans(of: staged, others: [:], &diagnostics) {
            $0.rule.uses.isEmpty
        }
        try await count(&rules, in: staged.name)
        staged.rules = rules
        let isBroken = rules.contains { $0.stated.onFail == .quarantine && $0.broken > 0 }
        guard isBroken || !staged.unread(dialect).isEmpty else { return }
        let breaches = staged.breaches(dialect).flatMap(\.breaches)
        try await setAside(where: breaches.map(\.condition).anyOf, from: staged.name)
    }

    /// Checks the rules by which sources refer to each other: against the rows that are kept, until
    /// no more rows are set aside.
    ///
    /// Complexity: a pass over a source for each time that a source it refers to has lost rows.
    func checkReferences(
        _ sources: inout [StagedSource], _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) {
        var relations: [String: StepInput.Relation] = [:]
        for source in sources {
            relations[source.name] = .init(
                sql: "(SELECT * FROM \(dialect.quoted(source.name)) WHERE \(isKept(source.name)))",
                schema: source.schema, key: nil, levels: [:],
                fingerprint: RecipeKey([]))
        }
        for index in sources.indices {
            let rules = try await plans(of: sources[index], others: relations, &diagnostics) {
                !$0.rule.uses.isEmpty
            }
            sources[index].rules = (sources[index].rules + rules).sorted { $0.index < $1.index }
        }
        var changed = Set(sources.map(\.name))
        while !changed.isEmpty {
            var next: Set<String> = []
            for index in sources.indices
            where try await checkReferences(of: &sources[index], to: changed) {
                next.insert(sources[index].name)
            }
            changed = next
        }
    }

    /// - Returns: whether the source has lost rows.
    private func checkReferences(
        of source: inout StagedSource, to changed: Set<String>
    ) async throws(AuroraError) -> Bool {
        func refers(_ rule: CheckedRule) -> Bool {
            rule.stated.rule.uses.contains { changed.contains($0.value) }
        }
        var rules = source.rules.filter(refers)
        guard !rules.isEmpty else { return false }
        try await count(&rules, in: source.name)
        for rule in rules {
            source.rules[source.rules.firstIndex { $0.index == rule.index } ?? 0] = rule
        }
        let broken = rules.filter { $0.stated.onFail == .quarantine && $0.broken > 0 }
        guard !broken.isEmpty else { return false }
        let condition = broken.compactMap(\.condition).anyOf
        return try await setAside(where: condition, from: source.name) > 0
    }

    private func plans(
        of staged: StagedSource, others: [String: StepInput.Relation],
        _ diagnostics: inout [Diagnostic], where isWanted: (StatedRule) -> Bool
    ) async throws(AuroraError) -> [CheckedRule] {
        var input = StepInput(
            name: staged.name, schema: staged.schema, relation: dialect.quoted(staged.name),
            engine: intake,
            scope: ExpressionScope(
                columns: staged.schema.names, owner: "source '\(staged.name)'", parser: parser),
            parser: parser, others: others, settings: settings, levels: [:], isOrdered: false)
        var rules: [CheckedRule] = []
        for (index, stated) in staged.spec.expect.enumerated() where isWanted(stated) {
            guard let plan = try await stated.rule.plan(&input) else { continue }
            rules.append(CheckedRule(index: index, stated: stated, plan: plan))
        }
        drift(of: staged.spec, to: staged.schema.names)?.explain(&input.diagnostics)
        diagnostics += input.diagnostics
        return rules
    }

    /// Counts the rows that break each of the rules that are about rows, in one pass.
    private func count(
        _ rules: inout [CheckedRule], in table: String
    ) async throws(AuroraError) {
        let indices = rules.indices.filter { rules[$0].breaches != nil }
        guard !indices.isEmpty else { return }
        let conditions = indices.compactMap { rules[$0].condition }.enumerated().map {
            "\($1) AS b\($0)"
        }
        let items = indices.indices.map {
            "\(dialect.count(where: "b\($0)")), min(position) FILTER (WHERE b\($0))"
        }
        let row = try await intake.query(
            """
            SELECT \(items.joined(separator: ", ")) FROM (
                SELECT \(position) AS position, \(conditions.joined(separator: ", "))
                FROM \(dialect.quoted(table)))
            """
        ).row(0)
        for (offset, index) in indices.enumerated() {
            rules[index].broken = row[offset * 2].integerValue ?? 0
            rules[index].first = row[offset * 2 + 1].integerValue
        }
    }

    // MARK: What a broken rule leads to

    /// Tells of the rules about rows that warn or stop.
    ///
    /// - Returns: false where the run stops.
    func tellBrokenRules(
        of staged: inout StagedSource, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> Bool {
        var isSound = true
        for rule in staged.rules where rule.breaches != nil && rule.broken > 0 {
            guard rule.stated.onFail != .quarantine, let first = rule.first else { continue }
            let message = try await breach(of: rule, first: first, in: staged)
            isSound = tell(rule, message, &staged, &diagnostics) && isSound
        }
        return isSound
    }

    /// - Returns: false where the run stops.
    func tell(
        _ rule: CheckedRule, _ breach: String, _ staged: inout StagedSource,
        _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        guard rule.stated.onFail == .stop else {
            staged.notices.append(Notice("contract_broken", breach))
            return true
        }
        let other = type(of: rule.stated.rule).scope == .row ? "quarantine or warn" : "warn"
        diagnostics.append(
            Diagnostic(
                "contract_broken", at: rule.stated.place, "source '\(staged.name)': \(breach)",
                hint: "mend the source, change the rule, or state 'on_fail: \(other)'"))
        return false
    }

    private func breach(
        of rule: CheckedRule, first: Int, in staged: StagedSource
    ) async throws(AuroraError) -> String {
        let row = try await row(ofPosition: first, in: staged)
        let total = try await intake.query("SELECT count(*) FROM \(dialect.quoted(staged.name))")
            .columns[0][0]
        var shapes: [String] = []
        if !rule.plan.columns.isEmpty {
            let items = rule.plan.columns.map {
                "CAST(\(dialect.quoted($0)) AS \(dialect.typeName(.text)))"
            }
            let values = try await intake.query(
                "SELECT \(items.joined(separator: ", ")) FROM \(dialect.quoted(staged.name)) "
                    + "WHERE \(position) = \(first)"
            ).row(0)
            shapes = zip(rule.plan.columns, values).map { column, value in
                let shape = value.textValue.map { "is like '\(Redaction.shape(of: $0))'" }
                return "\(column) \(shape ?? "is missing")"
            }
        }
        let example = shapes.isEmpty ? "" : ", where " + shapes.joined(separator: ", ")
        return "\(rule.broken) of \(total) rows break the rule '\(rule.plan.words)'; the first is "
            + "row \(row)\(example)"
    }
}
