import Columns
import Engine
import Workspace

/// A column of ours and the one of another table that it must equal.
struct KeyPair: Sendable {
    var ours: Schema.Field
    var theirs: Schema.Field
}

extension StepInput {
    /// The pairs of columns, or nil with diagnostics; texts and numbers never meet.
    mutating func keyPairs(
        _ names: [(key: Located<String>, value: Located<String>)], at place: Diagnostic.Place,
        in other: inout StepInput
    ) -> [KeyPair]? {
        guard columns(names.map(\.key), under: "on", at: place) != nil else { return nil }
        var pairs: [KeyPair] = []
        for (our, their) in names {
            guard let ours = schema[our.value], let theirs = other.column(their) else { continue }
            guard ours.type.compares(with: theirs.type) else {
                diagnostics.append(
                    Diagnostic(
                        "key_type", at: our.place,
                        "'\(ours.name)' is \(ours.type), but '\(theirs.name)' of '\(other.name)' is "
                            + "\(theirs.type), so no row would match",
                        hint: "cast one of the two, or state its type in the source file"))
                continue
            }
            pairs.append(KeyPair(ours: ours, theirs: theirs))
        }
        diagnostics += other.diagnostics
        other.diagnostics = []
        return pairs.count == names.count ? pairs : nil
    }

    /// The columns, or nil with diagnostics; `place` is where they stand under `key`.
    mutating func columns(
        _ names: [Located<String>], under key: String, at place: Diagnostic.Place
    ) -> [Schema.Field]? {
        let fields = names.compactMap { column($0) }
        if let twice = names.indices.first(where: {
            names[..<$0].map(\.value).contains(names[$0].value)
        }) {
            diagnostics.append(
                Diagnostic(
                    "column_exists", at: names[twice].place,
                    "'\(key)' names '\(names[twice].value)' twice", hint: "remove one"))
            return nil
        }
        if names.isEmpty {
            diagnostics.append(
                Diagnostic(
                    "nothing_named", at: place, "'\(key)' names no column",
                    hint: "name at least one"))
        }
        return fields.count == names.count && !names.isEmpty ? fields : nil
    }
}
