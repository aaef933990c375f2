package import Columns
import Runs

/// What is another in a source than it was in the last published run.
package struct SchemaDrift: Sendable {
    package let source: String
    package let changes: [Change]

    package enum Change: Hashable, Sendable {
        /// A column is gone, and a new one looks like it.
        case renamed(String, to: String)
        case missing(String)
        case new(String)
        case retyped(String, from: String, to: String)
        /// The type is the same, but the texts are read in another way.
        case reread(String, from: String, to: String)
        case rows(from: Int, to: Int)
    }

    /// A column as far as it is known.
    struct Column {
        var name: String
        var type: String?
        var reading: String?
        /// The share of values that are missing, 0…1.
        var missing: Double?
        /// True where the author says how it is read.
        var isStated = false

        init(name: String) { self.name = name }

        init(_ column: RunRecord.Column, rows: Int) {
            name = column.name
            type = column.type
            reading = column.reading
            missing = Double(column.missing) / Double(max(rows, 1))
        }
    }

    /// - Parameters:
    ///   - before: the columns of the last run, in their order.
    ///   - rows: all rows that were read, then and now; nil where that is not known.
    init(
        _ source: String, from before: [Column], to now: [Column],
        rows: (before: Int, now: Int)? = nil
    ) {
        self.source = source
        let gone = before.filter { old in !now.contains { $0.name == old.name } }
        var new = now.filter { column in !before.contains { $0.name == column.name } }
        var changes: [Change] = []
        for old in gone {
            let likeness = Likeness(old, from: before, to: now)
            if let index = likeness.best(of: new) {
                changes.append(.renamed(old.name, to: new.remove(at: index).name))
            } else {
                changes.append(.missing(old.name))
            }
        }
        changes += new.map { .new($0.name) }
        for column in now where !column.isStated {
            guard let old = before.first(where: { $0.name == column.name }), let type = column.type,
                let oldType = old.type
            else { continue }
            if type != oldType {
                changes.append(.retyped(column.name, from: oldType, to: type))
            } else if let reading = column.reading, let oldReading = old.reading,
                reading != oldReading
            {
                changes.append(.reread(column.name, from: oldReading, to: reading))
            }
        }
        if let rows, 2 * abs(rows.now - rows.before) > rows.before {
            changes.append(.rows(from: rows.before, to: rows.now))
        }
        self.changes = changes
    }

    // MARK: What is told

    /// A notice for each change, with what can be done about it.
    package var notices: [Notice] {
        changes.map { Notice("schema_drift", message($0)) }
    }

    private func message(_ change: Change) -> String {
        switch change {
        case .renamed(let old, let new):
            "column '\(old)' is gone; '\(new)' is new and looks like it: use '\(new)' in the recipe, "
                + "or have the source exported with '\(old)'"
        case .missing(let name):
            "column '\(name)' is gone, and no new one looks like it: have the source exported with "
                + "it, or take it out of the recipe"
        case .new(let name):
            "column '\(name)' is new: use it in the recipe, or leave it"
        case .retyped(let name, let old, let new):
            "column '\(name)' is \(new) now and was \(old): if it should still be, state its type "
                + "under 'columns:', and with 'misfits:' what becomes of other values"
        case .reread(let name, let old, let new):
            "column '\(name)' is read in another way: \(new); it was: \(old). State its format "
                + "under 'columns:' if it should still be read so"
        case .rows(let old, let new):
            "\(new) rows were read, but \(old) in the last run: see whether the file is whole; a "
                + "rule 'rows' under 'expect:' would watch it"
        }
    }

    /// Adds to diagnostics of unknown columns what became of them.
    package func explain(_ diagnostics: inout [Diagnostic]) {
        for change in changes {
            guard case .renamed(let old, let new) = change else { continue }
            let end = "has no column '\(old)'"
            for index in diagnostics.indices
            where diagnostics[index].code == "unknown_column"
                && diagnostics[index].message.hasSuffix(end)
            {
                diagnostics[index].hint =
                    "source '\(source)' had it in the last run; '\(new)' is new and looks like it"
            }
        }
    }
}

/// How much a new column looks like one that is gone.
///
/// Their values can't be compared, since a run keeps no source: the name, the type, the place
/// between the same neighbours and the share of missing values speak for one.
private struct Likeness {
    private let old: SchemaDrift.Column
    private let before: [SchemaDrift.Column]
    private let now: [SchemaDrift.Column]

    init(_ old: SchemaDrift.Column, from before: [SchemaDrift.Column], to now: [SchemaDrift.Column])
    {
        self.old = old
        self.before = before
        self.now = now
    }

    /// Of all that can speak for a column, at least this much has to.
    private static let enough = 3

    func best(of columns: [SchemaDrift.Column]) -> Int? {
        columns.indices.map { (index: $0, points: points(columns[$0])) }
            .filter { $0.points >= Self.enough }
            .max { ($0.points, $1.index) < ($1.points, $0.index) }?.index
    }

    private func points(_ new: SchemaDrift.Column) -> Int {
        let isOfType = old.type != nil && old.type == new.type
        let isInPlace = neighbours(of: new, in: now) == neighbours(of: old, in: before)
        let name = likenessOfName(new.name)
        guard name > 0 || isOfType && isInPlace else { return 0 }
        var points = name + (isOfType ? 1 : 0) + (isInPlace ? 1 : 0)
        if let share = old.missing, let other = new.missing, abs(share - other) < 0.05 {
            points += 1
        }
        return points
    }

    private func likenessOfName(_ name: String) -> Int {
        let (a, b) = (letters(old.name), letters(name))
        if a == b { return 3 }
        let isWithin = min(a.count, b.count) >= 3 && (a.contains(b) || b.contains(a))
        if isWithin || NearestName.of(old.name, among: [name]) != nil { return 2 }
        let shared = Set(words(old.name)).intersection(words(name))
        return shared.contains { $0.count >= 3 } ? 1 : 0
    }

    private func letters(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private func words(_ name: String) -> [String] {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The columns beside it that were there before and are now.
    private func neighbours(
        of column: SchemaDrift.Column, in columns: [SchemaDrift.Column]
    ) -> [String?] {
        let kept = Set(before.map(\.name)).intersection(now.map(\.name))
        let place = columns.firstIndex { $0.name == column.name } ?? 0
        return [
            columns[..<place].last { kept.contains($0.name) }?.name,
            columns[place...].first { kept.contains($0.name) }?.name,
        ]
    }
}

extension Staging {
    /// What is another than in the last run, of a source whose columns have no types yet; nil where
    /// there was no such source.
    func drift(of source: SourceSpec, to names: [String]) -> SchemaDrift? {
        guard let before = before(source) else { return nil }
        return SchemaDrift(
            source.name, from: columns(before), to: names.map { SchemaDrift.Column(name: $0) })
    }

    func drift(of source: SourceSpec, to input: RunRecord.Input) -> SchemaDrift? {
        guard let before = before(source) else { return nil }
        let now = columns(input).map { column in
            var column = column
            let setting = source[column: column.name]
            column.isStated = setting?.type != nil || setting?.format != nil
            return column
        }
        return SchemaDrift(
            source.name, from: columns(before), to: now,
            rows: (before.rows + before.quarantined, input.rows + input.quarantined))
    }

    private func before(_ source: SourceSpec) -> RunRecord.Input? {
        previous.first { $0.source == source.name && !$0.columns.isEmpty }
    }

    private func columns(_ input: RunRecord.Input) -> [SchemaDrift.Column] {
        input.columns.map { .init($0, rows: input.rows) }
    }
}
