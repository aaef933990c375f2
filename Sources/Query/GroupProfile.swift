package import Columns
package import Kernels

/// The groups of one dimension, and how others spread in each of them.
///
/// What privacy hides is nil; arrays are in the order of ``groups``.
package struct GroupProfile: Sendable, Equatable {
    package struct Group: Sendable, Equatable {
        /// Missing for rows that are in no group.
        package var value: Value
        package var rows: Int?
    }

    package struct Numbers: Sendable, Equatable {
        package var dimension: String
        package var groups: [Spread?]
        /// Of all groups together.
        package var all: Spread?
        package var isNowhereNegative: Bool
    }

    /// The values of a text or boolean dimension, without missing ones.
    package struct Levels: Sendable, Equatable {
        package struct Level: Sendable, Equatable {
            package var value: Value
            package var rows: [Int?]
            /// Of all groups together.
            package var all: Int?
        }

        package var dimension: String
        package var levels: [Level]
    }

    /// A dimension that can't be compared, and why, in words that complete "it is not compared:".
    package struct Omission: Sendable, Equatable {
        package var dimension: String
        package var reason: String
    }

    package var groups: [Group] = []
    package var numbers: [Numbers] = []
    package var levels: [Levels] = []
    package var omissions: [Omission] = []
    /// Nil where privacy hides it, and with it all of the profile.
    package var rowsUsed: Int?
    package var rowsTotal: Int
    /// Cells of groups that privacy hides.
    package var suppressed = 0

    init(rowsUsed: Int?, rowsTotal: Int) {
        self.rowsUsed = rowsUsed
        self.rowsTotal = rowsTotal
    }
}
