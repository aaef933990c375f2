package import Foundation
package import Learning

/// What is in each segment: every column of the model over all rows and in the data's own units, as a
/// run keeps it (`segments/NAME.profile.json`).
///
/// Columns that no reader gets or that name customers are not looked at. There are effect sizes and
/// no tests: what formed the segments differs between them by design.
package struct SegmentProfile: Codable, Sendable, Equatable {
    package struct Segment: Codable, Sendable, Equatable {
        package var id: Int
        package var size: Int
    }

    package struct Column: Codable, Sendable, Equatable {
        package enum Kind: String, Codable, Sendable { case number, date, category }

        package var name: String
        package var kind: Kind
        /// Whether it was used to form the segments.
        package var isForming: Bool
        /// Rows without a value; of a number also those that are not finite.
        package var missing: Int
        /// Of numbers, and of dates as days since 1970-01-01; its groups are in the order of the
        /// segments.
        package var numbers: NumberSummary?
        package var levels: Levels?

        private enum CodingKeys: String, CodingKey {
            case name, kind, missing, numbers, levels
            case isForming = "is_forming"
        }
    }

    /// Rows of a category's levels in each segment.
    package struct Levels: Codable, Sendable, Equatable {
        /// The most frequent ones that enough rows share, most frequent first.
        package var names: [String]
        /// Segments × these levels.
        package var counts: [[Int]]
        /// How many levels there are besides, and of each segment its rows in them.
        package var others: Others
        /// V of the levels, all others as one of them, and the segments; nil where there is nothing
        /// to compare.
        package var cramersV: Double?

        /// Counts of 0.
        init(_ names: [String], besides others: Int, segments: Int) {
            self.names = names
            counts = [[Int]](
                repeating: [Int](repeating: 0, count: names.count), count: segments)
            self.others = .init(levels: others, counts: [Int](repeating: 0, count: segments))
        }

        package struct Others: Codable, Sendable, Equatable {
            package var levels: Int
            package var counts: [Int]
        }

        private enum CodingKeys: String, CodingKey {
            case names, counts, others
            case cramersV = "cramers_v"
        }
    }

    /// A column that can't be compared, and why, in words that complete "it is not compared:".
    package struct Omission: Codable, Sendable, Equatable {
        package var column: String
        package var reason: String
    }

    package var rows: Int
    /// In the order of the result's.
    package var segments: [Segment]
    /// In the order of the model's.
    package var columns: [Column]
    package var omitted: [Omission]
    /// Columns that were not looked at, since no reader gets them or they name customers.
    package var withheld: [String]

    package static func path(_ name: String) -> String { "segments/\(name).profile.json" }

    /// What a run has kept; nil where it kept none, or nothing that can be read.
    package static func read(_ name: String, from run: URL) -> Self? {
        guard let data = try? Data(contentsOf: run.appending(path: path(name))) else { return nil }
        return try? JSONDecoder().decode(Self.self, from: data)
    }
}
