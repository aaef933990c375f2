package import Columns
import Learning
package import Query
import Workspace

extension SegmentationSpec {
    /// What makes no sense in the file by itself.
    func check(_ diagnostics: inout [Diagnostic]) {
        func report(_ code: String, _ place: Diagnostic.Place, _ message: String, _ hint: String?) {
            diagnostics.append(Diagnostic(code, at: place, message, hint: hint))
        }
        if method is any ClusterMethod, features.isEmpty {
            report("no_features", place, "segmentation '\(name)' has no features", nil)
        }
        if method is any ConditionMethod, let feature = features.first {
            report(
                "features_unused", feature.column.place,
                "'\(type(of: method).name)' states its columns itself, so features have no effect",
                "leave 'features' out")
        }
        // After a refit a segment may have a number above the number of segments.
        if let names, let announced = method.announced, names.count < announced.count {
            report(
                "names_mismatch", names.first?.place ?? place,
                "there are \(names.count) names for \(announced.count) segments",
                "one name for each")
        }
        Self.checkNames(names ?? [], &diagnostics)
        for (index, feature) in features.enumerated()
        where features[..<index].contains(where: { $0.column.value == feature.column.value }) {
            report(
                "feature_twice", feature.column.place,
                "'\(feature.column.value)' is a feature twice, which would count it double", nil)
        }
        let columns = features.map(\.column.value)
        for feature in features {
            for other in feature.linked where !columns.contains(other.value) {
                report(
                    "unknown_column", other.place, "'\(other.value)' is not a feature",
                    NearestName.hint(for: other.value, among: columns))
            }
        }
        method.check(self, &diagnostics)
        if order == .start, method is any ClusterMethod,
            (method as? any ClusterMethod)?.start == nil
        {
            report(
                "start_missing", place,
                "segments are to be numbered by the start, but none is given",
                "state 'start' under 'k_means', or order by size")
        }
    }

    /// Two segments of one name would be one in every figure.
    static func checkNames(_ names: [Located<String>], _ diagnostics: inout [Diagnostic]) {
        for (index, name) in names.enumerated()
        where names[..<index].contains(where: { $0.value == name.value }) {
            diagnostics.append(
                Diagnostic(
                    "name_taken", at: name.place, "two segments are named '\(name.value)'"))
        }
    }

    /// Tells what has no effect where segments are stated.
    func checkUnused(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        guard method is any ConditionMethod else { return }
        let learnt = [
            "scale", "blocks", "components", "outliers", "order", "silhouette", "repeatability",
            "evidence",
        ]
        for key in learnt where values.states(key) {
            diagnostics.append(
                Diagnostic(
                    "unused_key", at: values.place(of: key),
                    "'\(key)' has no effect on segments that '\(type(of: method).name)' states",
                    hint: "leave it out"))
        }
    }

    /// Checks the features against the model's table.
    package func check(_ table: Catalogue.Table, _ diagnostics: inout [Diagnostic]) {
        for column in SegmentTable.columns(of: self) {
            // Engines compare names without regard to case.
            let taken = table.schema.names.first { $0.lowercased() == column.lowercased() }
            guard let taken else { continue }
            diagnostics.append(
                Diagnostic(
                    "name_taken", at: place,
                    "model '\(model.value)' has a column '\(taken)' already, as the segmentation's "
                        + "result would be named",
                    hint: "rename the file, or the column in the model"))
        }
        for feature in features { check(feature, in: table, &diagnostics) }
    }

    private func check(
        _ feature: FeatureSpec, in table: Catalogue.Table, _ diagnostics: inout [Diagnostic]
    ) {
        let column = feature.column
        func report(_ code: String, _ message: String, hint: String? = nil) {
            diagnostics.append(Diagnostic(code, at: column.place, message, hint: hint))
        }
        guard let field = table.schema[column.value] else {
            report(
                "unknown_column", "model '\(model.value)' has no column '\(column.value)'",
                hint: NearestName.hint(for: column.value, among: table.schema.names))
            return
        }
        if column.value == table.key {
            report(
                "key_as_feature",
                "'\(column.value)' tells customers apart, so it can't make them alike")
        } else if field.type == .text, encoding(of: feature, field.type) == nil {
            report(
                "not_a_number",
                "'\(column.value)' is \(field.type), but a feature must be a number",
                hint: "say how a category is to become numbers, as with 'as: indicators', or use "
                    + "k_prototypes or famd")
        } else if !field.type.isNumeric, field.type != .boolean, field.type != .text {
            report(
                "not_a_number", "'\(column.value)' is \(field.type), but a feature must be a number"
            )
        } else {
            check(feature, as: encoding(of: feature, field.type), &diagnostics)
        }
    }

    /// Checks what is stated of a feature against what it is.
    ///
    /// - Parameter encoding: nil for a number.
    private func check(
        _ feature: FeatureSpec, as encoding: CategoryEncoding?, _ diagnostics: inout [Diagnostic]
    ) {
        let name = feature.column.value
        func report(_ place: Diagnostic.Place, _ message: String, _ hint: String? = nil) {
            diagnostics.append(Diagnostic("feature_options", at: place, message, hint: hint))
        }
        guard let encoding else {
            if feature.missing == .ownLevel {
                report(
                    feature.options.missing,
                    "'\(name)' is a number, but only a category can have a level for missing values",
                    "median, mean or most_frequent")
            }
            return
        }
        if feature.transform != .none {
            report(
                feature.options.transform,
                "'\(name)' is a category, but \(feature.transform.rawValue) is for numbers")
        }
        if feature.winsorise != nil {
            report(
                feature.options.winsorise, "'\(name)' is a category, but winsorising is for numbers"
            )
        }
        if feature.missing == .mean || feature.missing == .median {
            report(
                feature.options.missing,
                "'\(name)' is a category, but the \(feature.missing.rawValue) is of numbers",
                "own_level or most_frequent")
        }
        guard encoding == .codes else { return }
        if let cluster = method as? any ClusterMethod,
            Swift.type(of: cluster).usualEncoding != .codes
        {
            report(
                feature.encoding?.place ?? feature.column.place,
                "'\(name)' would be compared by the numbers of its levels, which mean nothing to "
                    + "'\(Swift.type(of: cluster).name)'",
                "as: indicators, or k_prototypes")
        } else if reduction != .none {
            diagnostics.append(
                Diagnostic(
                    "codes_reduced", at: feature.column.place,
                    "'\(name)' stays a category, which can't become components",
                    hint: "as: famd or as: indicators, or leave 'components' out"))
        }
    }

    /// How a column becomes numbers if it is a category; nil for a number.
    func encoding(of feature: FeatureSpec, _ type: ColumnType) -> CategoryEncoding? {
        if let stated = feature.encoding { return stated.value }
        guard type == .text || type == .boolean else { return nil }
        guard let method = method as? any ClusterMethod else { return nil }
        return Swift.type(of: method).usualEncoding
    }
}
