import Columns
import Kernels

extension Matrix {
    /// Refuses what no algorithm here can learn from.
    ///
    /// - Parameters:
    ///   - features: names of the columns for messages; without them a column is "feature 3".
    ///   - mayMiss: columns in which missing values are allowed; none without it.
    ///   - work: only its threads are used.
    /// - Throws: `no_rows`, `no_features`, `missing_values` or `infinite_values`.
    func requireComplete(
        features: [String]? = nil, mayMiss: [Bool]? = nil, work: Work
    ) throws(AuroraError) {
        guard rows > 0 else { throw AuroraError("no_rows", "there are 0 rows but 1 is needed") }
        guard columns > 0 else {
            throw AuroraError("no_features", "there are 0 features but 1 is needed")
        }
        let (missing, infinite) = countNotFinite(threads: work.threads)
        for column in 0..<columns {
            let name = features.map { "'\($0[column])'" } ?? "\(column + 1)"
            if missing[column] > 0, mayMiss?[column] != true {
                throw AuroraError(
                    "missing_values",
                    "feature \(name) is missing in \(missing[column]) of \(rows) rows",
                    hint: "impute it or filter these rows out in the recipe")
            }
            if infinite[column] > 0 {
                throw AuroraError(
                    "infinite_values",
                    "feature \(name) is infinite in \(infinite[column]) of \(rows) rows",
                    hint: "look for a division by zero in the recipe")
            }
        }
    }

    /// - Throws: `feature_count` when the columns aren't those that a fitted model knows.
    func requireFeatures(_ count: Int, of what: String) throws(AuroraError) {
        guard columns == count else {
            throw AuroraError(
                "feature_count",
                "\(what) has \(counted(count, "feature")) but the rows have \(columns)")
        }
    }

    /// Sums of squares that left the range of floating-point numbers.
    static func tooLarge(_ what: String) -> AuroraError {
        AuroraError(
            "values_too_large",
            "\(what) is beyond the largest number, \(Double.greatestFiniteMagnitude)",
            hint: "scale the features, or use log1p")
    }
}

/// "1 row", "3 rows".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
