import Columns
import Preparation

/// A length of time that a model derives from a date of the file.
package struct DerivedColumn: Sendable {
    /// The column of dates.
    package var source: String
    /// The column of the model.
    package var name: String
    /// As the step `age` names it.
    package var unit: String
    /// What readers know it by.
    package var label: String
    /// Rows without a date.
    package var missing: Int
    package var reason: String
}

/// Derives an age from a date of birth, and a tenure from the day on which a customer joined.
struct DerivedFinder {
    let table: StarterTable
    let asOf: StarterAsOf?

    /// The columns that are derived, and why others are not.
    func find() -> (derived: [DerivedColumn], leftOut: [(column: String, reason: String)]) {
        var (derived, leftOut) = ([DerivedColumn](), [(column: String, reason: String)]())
        var taken = Set(table.columns.map { $0.name.lowercased() } + [table.key.name.lowercased()])
        let births = table.columns.filter { $0.role == .birthDate }
        let starts = table.columns.filter {
            $0.role == .date && NameSigns($0.name).saysStart && $0.inspected.distinct > 1
        }
        for (columns, stem, known) in [
            (births, "age", existing { $0.saysAge }),
            (starts, "tenure", existing { $0.saysTenure }),
        ] {
            guard let column = columns.first else { continue }
            if let known {
                leftOut.append((column.name, "no \(stem) is derived, because \(known) tells it"))
            } else if let asOf {
                derived.append(elapsed(column, stem, asOf, &taken))
            } else {
                leftOut.append(
                    (
                        column.name,
                        "no \(stem) is derived, because no date says which day the data describes; "
                            + "state as_of in aurora.yaml, and a step "
                            + "- age: {column: \(YAML.text(column.name)), into: \(stem)}"
                    ))
            }
        }
        return (derived, leftOut)
    }

    /// A column that says it already.
    private func existing(_ says: (NameSigns) -> Bool) -> String? {
        table.columns.first {
            ($0.role.isQuantity || $0.role == .bands) && says(NameSigns($0.name))
        }?.name
    }

    private func elapsed(
        _ column: StarterColumn, _ stem: String, _ asOf: StarterAsOf, _ taken: inout Set<String>
    ) -> DerivedColumn {
        let unit = stem == "age" || years(column, asOf) > 5 ? "years" : "months"
        return DerivedColumn(
            source: column.name, name: Words.free(stem, &taken), unit: unit,
            label: "\(Words.label(stem)) in \(unit)", missing: column.inspected.missing,
            reason: "completed \(unit) from \(column.name) to the project's as_of, \(asOf.day)")
    }

    /// How long the earlier half of the customers is there.
    private func years(_ column: StarterColumn, _ asOf: StarterAsOf) -> Int {
        guard column.inspected.quartiles.count == 5,
            let middle = Int(column.inspected.quartiles[2].description.prefix(4)),
            let now = Int(asOf.day.prefix(4))
        else { return 0 }
        return now - middle
    }
}
