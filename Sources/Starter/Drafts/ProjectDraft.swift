import Preparation

/// The text of aurora.yaml.
enum ProjectDraft {
    /// - Parameters:
    ///   - data: the folder of the files, as the project names it.
    ///   - currency: what the author says, before what the files say.
    ///   - asOf: the day that the data describes; nil where nothing says it.
    static func text(
        _ tables: [StarterTable], name: String, data: String, currency: String?, asOf: StarterAsOf?
    ) -> String {
        let columns = tables.flatMap(\.columns)
        var lines = ["type: project/v1", "name: \(YAML.text(name))"]
        lines += self.currency(columns, stated: currency)
        lines += locale(columns)
        if let asOf { lines.append("as_of: \(asOf.day)  \(YAML.comment(asOf.reason))") }
        lines += [
            "data: \(YAML.text(data))  # the files are read where they are, and never changed",
            "privacy:",
            "  # What tells who somebody is: masked for readers without the right to see customers.",
        ]
        var identifying: [(name: String, reason: String)] = []
        for table in tables {
            let own = table.columns.filter {
                [.identifier, .person, .birthDate, .text].contains($0.role)
            }
            identifying += own.map { ($0.name, "\($0.role.words): \($0.reason)") }
            if case .pair = table.key.form {
                identifying.append((table.key.name, "the key, made of two of them"))
            }
        }
        if identifying.isEmpty { return (lines.dropLast(2)).joined(separator: "\n") + "\n" }
        lines.append("  identifying:")
        var told: Set<String> = []
        for (name, reason) in identifying where told.insert(name).inserted {
            lines.append("    - \(YAML.text(name))  \(YAML.comment(reason))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func currency(_ columns: [StarterColumn], stated: String?) -> [String] {
        if let stated { return ["currency: \(stated)"] }
        let money = columns.filter { $0.role == .money }
        let units = money.compactMap(\.inspected.reading.unit)
        if let unit = units.first {
            let column = money.first { $0.inspected.reading.unit == unit }
            let reason =
                column?.inspected.confidence == .certain
                ? "" : ": \(column?.inspected.reason ?? "")"
            return [
                "currency: \(unit)  "
                    + YAML.comment("the amounts of \(column?.name ?? "") are written so\(reason)")
            ]
        }
        guard !money.isEmpty else { return [] }
        return [
            "# No amount says its currency. XXX is ISO 4217's word for none; write EUR, USD or INR here.",
            "currency: XXX",
        ]
    }

    private static func locale(_ columns: [StarterColumn]) -> [String] {
        let decimals = columns.compactMap { column -> String? in
            guard case .amount(let form) = column.inspected.reading.form else { return nil }
            return form.decimal
        }
        let commas = decimals.count { $0 == "," }
        guard commas * 2 > decimals.count else {
            return ["locale: en-US  # how pages write numbers and dates"]
        }
        return ["locale: de-DE  # the file's numbers have decimal commas"]
    }
}
