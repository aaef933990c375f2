package import Columns
package import Learning
package import Query

/// What became of a segmentation's customers from one run to another, as aggregates.
///
/// A count is nil where it is hidden: cells of fewer customers than `privacy.smallest_cell`, with as
/// many others as it takes that no total gives them away. How many customers a run has is no secret.
package struct MigrationReport: Codable, Sendable, Equatable {
    package struct Run: Codable, Sendable, Equatable {
        package var id: String
        /// The day up to which its data tells; nil where the project has none.
        package var asOf: String?

        package init(id: String, asOf: String?) { (self.id, self.asOf) = (id, asOf) }

        private enum CodingKeys: String, CodingKey {
            case id
            case asOf = "as_of"
        }
    }

    package struct Segment: Codable, Sendable, Equatable {
        package var id: Int
        package var name: String
    }

    /// Who went where: from (outer) and to (inner), in the order of `segments`.
    package struct Matrix: Codable, Sendable, Equatable {
        package var cells: [[Int?]]
        /// Customers whom only the later run has, by segment; nil where that is no question.
        package var joined: [Int?]?
        /// Customers whom only the earlier run has, by segment; nil where that is no question.
        package var gone: [Int?]?
    }

    /// What became of the segments themselves, by their numbers; without counts, which could tell of
    /// a few customers.
    package struct Identity: Codable, Sendable, Equatable {
        package var kept: [Int]
        package var new: [Int]
        package var gone: [Int]
        package var splits: [Int]
        package var merges: [Int]

        init(_ matching: IdentityMatching) {
            kept = matching.groups.filter(\.isKept).map(\.id).sorted()
            new = matching.groups.filter { !$0.isKept }.map(\.id).sorted()
            gone = matching.gone.map(\.id)
            splits = matching.splits.map(\.id)
            merges = matching.merges.map(\.id)
        }
    }

    package let name: String
    package let label: String
    package let from: Run
    package let to: Run
    /// All that occur in either run, by their permanent numbers.
    package let segments: [Segment]
    /// Customers who are in both runs.
    package let customers: Int
    package let joined: Int
    package let gone: Int
    package let stayed: Int?
    package let moved: Int?
    package let borderline: Int?
    package let redrawn: Int?
    /// What a customer must be beyond a boundary to have moved; see ``Wobble``.
    package let wobble: Double?
    /// Earlier model and data → earlier model, later data: all that crossed a boundary.
    package let real: Matrix
    /// Those of `real` that moved for certain; whoever is borderline is where it was.
    package let certain: Matrix
    /// Earlier model → later model, both on the later data.
    package let refit: Matrix
    /// Earlier run → later run: what a reader sees who compares the two reports.
    package let seen: Matrix
    /// How the later run's segments follow the earlier's; nil where it followed another run, or its
    /// model is the earlier one.
    package let identity: Identity?

    /// - Parameters:
    ///   - results: the segmentation as both runs have it.
    ///   - runs: what the two runs are called.
    /// - Throws: `not_permitted`.
    package init(
        _ migration: SegmentMigration,
        of results: (from: SegmentationResult, to: SegmentationResult),
        runs: (from: Run, to: Run), identity: SegmentIdentity?, through gate: Gate,
        for reader: Reader
    ) throws(AuroraError) {
        let names = Dictionary(
            (results.from.segments + results.to.segments).map { ($0.id, $0.name) },
            uniquingKeysWith: { $1 })
        let labels = migration.labels
        let ids = Set(labels.old).union(labels.frozen).union(labels.new ?? [])
            .union(migration.joined).union(migration.gone)
        let segments = ids.sorted().map { id in
            Segment(id: Int(id), name: names[Int(id)] ?? "Segment \(id)")
        }
        let tables = try MigrationTables(migration, segments.map(\.id), through: gate, for: reader)
        (name, label) = (results.to.name, results.to.label)
        (from, to) = runs
        self.segments = segments
        self.identity = identity.map { Identity($0.matching) }
        customers = labels.old.count
        (joined, gone) = (migration.joined.count, migration.gone.count)
        (stayed, redrawn) = (tables.stayed, tables.redrawn)
        (moved, borderline) = (tables.moved, tables.borderline)
        wobble = migration.movement.summary.wobble
        (real, certain) = (tables.real, tables.certain)
        (refit, seen) = (tables.refit, tables.seen)
    }
}
