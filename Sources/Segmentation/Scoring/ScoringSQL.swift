package import Engine
package import Columns
import Foundation
import Learning

/// A learnt segmentation as one SELECT over the model's columns: for activation in a warehouse, where
/// no Aurora is.
///
/// It writes the frozen preprocessing and the distances to all centroids with every digit. What it
/// can't promise is the last bit: a warehouse adds and takes logarithms in its own way, so a customer
/// who lies on a boundary to the last digit may fall on its other side.
package struct ScoringSQL: Sendable {
    private let frozen: FrozenSegments
    private let model: KMeans.Model
    private let dialect: any Dialect

    /// - Throws: `not_scorable` where the segments aren't those of the nearest of some centroids.
    package init(
        _ result: SegmentationResult, dialect: any Dialect
    ) throws(AuroraError) {
        guard let frozen = result.frozen, let model = frozen.model as? KMeans.Model else {
            throw AuroraError(
                "not_scorable",
                "segmentation '\(result.name)' is no matter of the nearest centroid, which is all "
                    + "that SQL is written for",
                hint: "aurora score assigns customers by every method")
        }
        (self.frozen, self.model, self.dialect) = (frozen, model, dialect)
    }

    /// The query: the key and the number of each customer's segment, 0 for none.
    ///
    /// - Parameters:
    ///   - table: what stands behind FROM.
    ///   - key: the column that tells customers apart.
    package func query(from table: String, key: String) -> String {
        let key = dialect.quoted(key)
        let columns = frozen.preprocessing.columns.indices
        let kept = frozen.preprocessing.componentsKept
        let points = kept.map { Array(0..<$0) } ?? Array(columns)
        var parts = [
            select(
                [key] + columns.map { "\(designed($0)) AS z\($0 + 1)" }, from: table, as: "scaled")
        ]
        var source = "scaled"
        if let kept, let reduction = frozen.preprocessing.reduction {
            let items = (0..<kept).map { component in
                let terms = columns.map { column in
                    "(z\(column + 1) - \(number(reduction.means[column]))) * "
                        + number(reduction.components[component, column])
                }
                return "\(terms.joined(separator: " + ")) AS y\(component + 1)"
            }
            parts.append(select([key] + items, from: source, as: "reduced"))
            source = "reduced"
        }
        let name = kept == nil ? "z" : "y"
        let distances = (0..<model.k).map { group in
            let terms = points.map { point in
                let difference = "(\(name)\(point + 1) - \(number(model.centroids[group, point])))"
                return "\(difference) * \(difference)"
            }
            return "\(terms.joined(separator: " + ")) AS d\(group + 1)"
        }
        parts.append(select([key] + distances, from: source, as: "distances"))
        return "WITH " + parts.joined(separator: ",\n") + "\nSELECT \(key),\n    CASE\n"
            + branches.map { "        \($0)\n" }.joined() + "    END AS segment\nFROM distances"
    }

    private func select(_ items: [String], from source: String, as name: String) -> String {
        "\(name) AS (\n    SELECT \(items.joined(separator: ",\n        "))\n    FROM \(source)\n)"
    }

    /// Of equally near centroids the one that the fit had first; beyond its limit nobody belongs.
    private var branches: [String] {
        model.tieOrder.enumerated().flatMap { place, group -> [String] in
            let own = "d\(group + 1)"
            let others = model.tieOrder.enumerated().filter { $0.offset != place }.map {
                "\(own) \($0.offset < place ? "<" : "<=") d\($0.element + 1)"
            }
            let nearest = others.isEmpty ? "TRUE" : others.joined(separator: " AND ")
            var branches: [String] = []
            if let limit = frozen.outliers?.limits[group] {
                branches.append(
                    "WHEN \(nearest) AND sqrt(\(own)) > \(number(limit)) "
                        + "THEN \(FrozenSegments.outlierID)")
            }
            branches.append("WHEN \(nearest) THEN \(frozen.ids[group])")
            return branches
        }
    }

    /// One column of the designed matrix.
    private func designed(_ index: Int) -> String {
        let column = frozen.preprocessing.columns[index]
        let feature = frozen.preprocessing.features[column.feature]
        let options = frozen.preprocessing.configuration.features[column.feature]
        let raw = dialect.quoted(feature.name)
        let value: String
        if case .categories(let levels, _) = options.kind, let level = column.level {
            let isLevel =
                levels.indices.contains(level)
                ? "CAST(\(raw) AS \(dialect.typeName(.text))) = \(dialect.literal(levels[level]))"
                : "FALSE"
            let isFilled = feature.fill.map { Int($0) == level } == true
            value =
                isFilled
                ? "CASE WHEN \(raw) IS NULL OR \(isLevel) THEN 1 ELSE 0 END"
                : "CASE WHEN \(isLevel) THEN 1 ELSE 0 END"
        } else {
            value = transformed(raw, feature, options)
        }
        let factor = column.weight.squareRoot()
        let scaled = "(\(value) - \(number(column.centre))) / \(number(column.divisor))"
        return factor == 1 ? scaled : "\(scaled) * \(number(factor))"
    }

    private func transformed(
        _ raw: String, _ feature: Preprocessing.Model.Feature, _ options: Preprocessing.Feature
    ) -> String {
        var value = "CAST(\(raw) AS \(dialect.typeName(.double)))"
        if let fill = feature.fill { value = "COALESCE(\(value), \(number(fill)))" }
        if let bounds = feature.winsorised {
            value = "least(greatest(\(value), \(number(bounds.lower))), \(number(bounds.upper)))"
        }
        switch options.transform {
        case .none: return value
        case .log1p: return "ln(1 + \(value))"
        case .yeoJohnson: return yeoJohnson(value, feature.lambda ?? 1)
        }
    }

    /// Yeo & Johnson 2000.
    private func yeoJohnson(_ value: String, _ lambda: Double) -> String {
        func power(_ base: String, _ exponent: Double) -> String {
            exponent == 0
                ? "ln(\(base))" : "(pow(\(base), \(number(exponent))) - 1) / \(number(exponent))"
        }
        return "CASE WHEN \(value) >= 0 THEN \(power("1 + \(value)", lambda)) "
            + "ELSE -(\(power("1 - \(value)", 2 - lambda))) END"
    }

    /// With all its digits, in brackets so that a minus sign stands by itself.
    private func number(_ value: Double) -> String {
        "CAST('\(value)' AS \(dialect.typeName(.double)))"
    }
}
