/// What is in a table: counted over all its rows, never over a sample.
///
/// Columns that name a customer or that no reader gets are counted, but none of their values is told.
package struct TableProfile: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable { case source, model }

    package var kind: Kind
    package var name: String
    package var rows: Int
    /// The column that tells rows apart; nil for a source.
    package var key: String?
    /// Rows that say the same as an earlier one in every column but the key.
    package var duplicates: Int
    package var columns: [Column]
    package var correlations: Correlations
    /// What was left out because of the table's size, in words.
    package var limits: [String]
    /// What is worth a look, worst first.
    /// Nil for readers from whom they are kept.
    package var findings: [Finding]?

    package subscript(column name: String) -> Column? { columns.first { $0.name == name } }

    package struct Column: Codable, Sendable, Equatable {
        package var name: String
        package var type: String
        /// True where none of its values may be told.
        package var isPrivate: Bool
        package var missing: Int
        /// Different values, exactly counted; a missing one is none.
        package var distinct: Int
        package var numbers: Numbers?
        package var dates: Dates?
        package var texts: Texts?
        package var booleans: Booleans?
    }

    /// Numbers are given as the nearest floating-point ones; nil where the column has no value.
    package struct Numbers: Codable, Sendable, Equatable {
        /// By linear interpolation between neighbours (Hyndman & Fan 1996, type 7).
        package struct Quantiles: Codable, Sendable, Equatable {
            package var minimum: Double
            package var p1: Double
            package var p25: Double
            package var median: Double
            package var p75: Double
            package var p99: Double
            package var maximum: Double
        }

        package var quantiles: Quantiles?
        /// Of exact numbers the exact sum divided once.
        package var mean: Double?
        package var zeros: Int
        package var negatives: Int
        /// NaN and infinities: they count as present, and stand in none of the other figures.
        package var notFinite: Int
        /// Beyond 1½ times the quartiles' distance (Tukey 1977); nil where the quartiles are equal.
        package var outliers: Outliers?
        package var histogram: Histogram?
        package var deciles: Intervals?
    }

    package struct Outliers: Codable, Sendable, Equatable {
        package var lowerFence: Double
        package var upperFence: Double
        package var below: Int
        package var above: Int
    }

    /// Bins of a round width around the 1st to the 99th percentile, so that a few extreme values
    /// don't press all others into one; `edges` is one longer than `counts`, and a bin holds its
    /// lower edge.
    package struct Histogram: Codable, Sendable, Equatable {
        package var edges: [Double]
        package var counts: [Int]
        /// Rows before the first and from the last edge on.
        package var below: Int
        package var above: Int
    }

    /// Counts up to and with each edge, and beyond the last: one more than edges. A later run is
    /// measured against these edges.
    package struct Intervals: Codable, Sendable, Equatable {
        package var edges: [Double]
        package var counts: [Int]
    }

    package struct Dates: Codable, Sendable, Equatable {
        package struct Bin: Codable, Sendable, Equatable {
            /// Like 2024-12-31, 2024-12, 2024 or 2020s.
            package var label: String
            package var rows: Int
        }

        package struct Day: Codable, Sendable, Equatable {
            package var day: String
            package var rows: Int
        }

        package var minimum: String?
        package var maximum: String?
        /// day, month, year or decade.
        package var unit: String
        /// The units with any rows between the 1st and the 99th percentile, in order.
        package var bins: [Bin]
        /// Rows before the first and after the last bin.
        package var before: Int
        package var after: Int
        /// Days that usually stand for "unknown".
        package var sentinels: [Day]
        /// Rows after the project's as-of date; nil where it states none.
        package var afterAsOf: Int?
        /// Rows without beginning or end (±infinity).
        package var notFinite: Int
    }

    package struct Texts: Codable, Sendable, Equatable {
        package struct Level: Codable, Sendable, Equatable {
            package var value: String
            package var rows: Int
        }

        package struct Rest: Codable, Sendable, Equatable {
            package var levels: Int
            package var rows: Int
        }

        /// The most frequent ones that enough rows share.
        package var levels: [Level]
        /// Levels that too few rows share: told as counts only.
        package var rare: Rest
        /// Levels behind the most frequent ones.
        package var others: Rest
        /// In characters.
        package var shortest: Int?
        package var longest: Int?
        /// Rows with a space at either end.
        package var padded: Int
        /// Rows with a text of no characters or of spaces only.
        package var blank: Int
        /// Levels that differ from another one in case or padding only.
        package var variants: Int
        /// Such levels, each with those that it is like, where enough rows share each of them.
        package var variantGroups: [[String]]
    }

    package struct Booleans: Codable, Sendable, Equatable {
        package var yes: Int
        package var no: Int
    }

    package struct Correlations: Codable, Sendable, Equatable {
        package struct Pair: Codable, Sendable, Equatable {
            package var x: String
            package var y: String
            /// Rows that have both values.
            package var rows: Int
            package var pearson: Double
            /// Nil where ranks were not taken; `limits` tells why.
            package var spearman: Double?
            /// |r| above 0.9: nearly the same, so that using both counts it double.
            package var isNearlySame: Bool
        }

        /// Pairs of numeric columns that are neither private nor the key, the strongest first.
        /// Pairs with a column of one value only have no correlation.
        package var pairs: [Pair]
    }

    package struct Finding: Codable, Sendable, Equatable {
        package enum Severity: String, Codable, Sendable, Comparable {
            case serious, look, note

            package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

            private var rank: Int {
                switch self {
                case .serious: 0
                case .look: 1
                case .note: 2
                }
            }
        }

        package var code: String
        package var severity: Severity
        package var column: String?
        package var words: String
        /// The share of rows that it is about, by which findings of one severity are ordered.
        package var share: Double
    }

    /// The findings' sentences.
    package var words: [String] {
        findings?.isEmpty == true ? ["nothing to note"] : (findings ?? []).map(\.words)
    }
}
