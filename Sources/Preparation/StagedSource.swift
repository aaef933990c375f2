import Columns
import Engine
package import Runs

/// A source whose rows are in a table, and what was found out about them so far.
package struct StagedSource: Sendable {
    package let spec: SourceSpec
    let raw: RawTable
    let readings: [ColumnReading]
    /// The columns of which some value could not be read.
    let misfits: [String]
    /// How each column was read, in words.
    let told: [String: String]
    /// The rows that could not be split into columns.
    var unsplitRows = 0
    /// The rules that could be compiled, in the order of the source file.
    var rules: [CheckedRule] = []
    var notices: [Notice] = []

    init(
        spec: SourceSpec, raw: RawTable, readings: [ColumnReading], misfits: [String],
        told: [String: String]
    ) {
        self.spec = spec
        self.raw = raw
        self.readings = readings
        self.misfits = misfits
        self.told = told
    }

    package var name: String { spec.name }

    var schema: Schema { Schema(readings.map { .init($0.column, $0.type) }) }

    /// A rule in words, with the ways in which a row can break it.
    typealias Breaches = (rule: String, breaches: [RulePlan.Breach])

    /// What sets a row aside: values that can't be read, and broken rules.
    func breaches(_ dialect: any Dialect) -> [Breaches] {
        unread(dialect)
            + rules.compactMap { rule in
                guard rule.stated.onFail == .quarantine, let breaches = rule.breaches else {
                    return nil
                }
                return (rule.plan.words, breaches)
            }
    }

    /// Values that can't be read and set their rows aside.
    func unread(_ dialect: any Dialect) -> [Breaches] {
        readings.indices.filter { index in
            misfits.contains(readings[index].column)
                && spec[column: readings[index].column]?.misfits == .quarantine
        }.map { index in
            let reading = readings[index]
            let marks = dialect.quoted(":misfits\(index / 32)")
            let breach = RulePlan.Breach(
                condition: "(\(marks) & \(1 << (index % 32))) <> 0",
                reason: "\(reading.column) can't be read as \(reading.type)")
            return ("\(reading.column) is \(reading.type)", [breach])
        }
    }
}

/// A rule of a source, and by how many rows it is broken.
struct CheckedRule: Sendable {
    /// Its place among the source's rules.
    let index: Int
    let stated: StatedRule
    let plan: RulePlan
    /// How many rows break it, of all that were split.
    var broken = 0
    /// The position of the first of them in the table, from 1.
    var first: Int?

    var breaches: [RulePlan.Breach]? {
        if case .rows(let breaches) = plan.test { breaches } else { nil }
    }

    /// SQL that is true for a row that breaks it, and false for all others.
    var condition: String? { breaches?.map(\.condition).anyOf }
}

extension [String] {
    /// SQL that is true where one of these conditions is, and false where none is known to be.
    var anyOf: String {
        isEmpty ? "FALSE" : "(" + map { "COALESCE(\($0), FALSE)" }.joined(separator: " OR ") + ")"
    }
}

/// A source that is staged for good: its table has the rows that are kept.
package struct FinishedSource: Sendable {
    package let input: RunRecord.Input
    package let notices: [RunRecord.Caveat]
    /// What is another than in the last published run.
    package let drift: SchemaDrift?
}
