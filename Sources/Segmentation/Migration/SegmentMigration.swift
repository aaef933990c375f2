package import Columns
package import Engine
package import Kernels
package import Learning
package import Query

/// A segmentation as a run has published it, with the table of its customers.
package struct SegmentedTable: Sendable {
    /// What messages call the run.
    package var run: String
    package var result: SegmentationResult
    package var table: Catalogue.Table
    package var engine: any Engine

    package init(
        run: String, result: SegmentationResult, table: Catalogue.Table, engine: any Engine
    ) {
        (self.run, self.result, self.table, self.engine) = (run, result, table, engine)
    }
}

/// Who went from which segment to which between two runs, customer by customer.
///
/// The earlier run's frozen model is held against the later run's customers: what it says of them is
/// their own doing, and what the later model says otherwise is the model's. Segments are told by
/// their permanent numbers, 0 for customers that belong to none.
package struct SegmentMigration: Sendable {
    /// Of the customers who are in both runs, in the order of the later run's key.
    package let labels: Movement.Labels
    /// How far they are from the boundaries of the earlier model, in both runs.
    package let margins: Movement.Margins
    package let movement: Movement
    /// The segments of customers whom only the later run has.
    package let joined: [Int32]
    /// The segments of customers whom only the earlier run has.
    package let gone: [Int32]
    private let keys: Column
    private let rows: [Int]

    /// The key of a customer who is in both.
    package func key(_ index: Int) -> Value { keys[rows[index]] }

    /// - Throws: `other_model`, `segments_stated`, `feature_gone`, `no_common_rows`; `missing_values`
    ///   and others where the frozen model can't take the later run's customers.
    ///
    /// Complexity: that of the frozen model's `distances` on both tables, and O(rows · log rows).
    package init(
        from old: SegmentedTable, to new: SegmentedTable, work: Work = Work()
    ) async throws(AuroraError) {
        let name = old.result.name
        guard old.result.model == new.result.model else {
            throw AuroraError(
                "other_model",
                "'\(name)' has the customers of '\(old.result.model)' in run \(old.run) but those "
                    + "of '\(new.result.model)' in run \(new.run)")
        }
        guard let frozen = old.result.frozen else {
            throw AuroraError(
                "segments_stated",
                "the segments of '\(name)' are stated by conditions in run \(old.run), so there is "
                    + "no model whose boundaries could be crossed",
                hint: "compare the figures of the two runs by '\(name)' instead")
        }
        if let column = frozen.unreadable(in: new.table) {
            throw AuroraError(
                "feature_gone",
                "the model of run \(old.run) reads '\(column)', which model '\(new.table.name)' of "
                    + "run \(new.run) does not have as it had",
                hint: "compare runs between which the features stayed the same")
        }
        let before = try await FeatureTable.read(frozen.sources, of: old.table, in: old.engine)
        let now = try await FeatureTable.read(frozen.sources, of: new.table, in: new.engine)
        let published = try await Self.published(new)
        do throws(AuroraError) {
            self = try await Blocking.run {
                [threads = work.threads] isCancelled throws(AuroraError) in
                let stoppable = Work(threads: threads) { (_, _) throws(AuroraError) in
                    if isCancelled() { throw .interrupted }
                }
                return try SegmentMigration(frozen, before, now, published, work: stoppable)
            }
        } catch {
            throw error.within("segmentation '\(name)'").within("from run \(old.run) to \(new.run)")
        }
    }

    private init(
        _ frozen: FrozenSegments, _ before: FeatureTable, _ now: FeatureTable, _ new: [Int32],
        work: Work
    ) throws(AuroraError) {
        let common = CommonRows(before.keys, now.keys)
        guard !common.new.isEmpty else {
            throw AuroraError(
                "no_common_rows",
                "none of \(before.keys.count) customers is among the \(now.keys.count) of the later "
                    + "run")
        }
        // One period after the other: the distances of a million rows are large.
        let old = try frozen.told(before.matrix, work: work)
        let held = try frozen.told(now.matrix.gathered(common.new), work: work)
        labels = Movement.Labels(
            old: common.old.map { old.ids[$0] }, frozen: held.ids, new: common.new.map { new[$0] })
        margins = Movement.Margins(
            old: common.old.map { old.margins[$0] }, new: held.margins)
        movement = try Movement(labels, margins: margins)
        joined = common.joined.map { new[$0] }
        gone = common.gone.map { old.ids[$0] }
        keys = now.keys
        rows = common.new
    }

    /// The segment of each customer, in the order of the key.
    private static func published(_ run: SegmentedTable) async throws(AuroraError) -> [Int32] {
        let dialect = run.engine.dialect
        let column = dialect.quoted(SegmentTable.segmentColumn(run.result.name))
        let batch = try await run.engine.query(
            "SELECT \(column) FROM \(dialect.quoted(run.table.name)) "
                + "ORDER BY \(dialect.quoted(run.table.key))")
        let none = Int32(FrozenSegments.outlierID)
        return (batch.columns[0].doubles() ?? []).map { $0.isFinite ? Int32($0) : none }
    }
}

extension FrozenSegments {
    /// The segment of each row, and its margin there.
    fileprivate func told(
        _ raw: Matrix, work: Work
    ) throws(AuroraError) -> (ids: [Int32], margins: [Double]) {
        let assigned = try assign(raw, work: work)
        return (assigned.ids.map { Int32($0) }, margins(assigned, work: work))
    }

    /// The first column that a table doesn't have as the model reads it; nil where it has all.
    fileprivate func unreadable(in table: Catalogue.Table) -> String? {
        sources.first { source in
            guard let type = table.schema[source.column]?.type else { return true }
            return source.levels == nil && !type.isNumeric && type != .boolean
        }?.column
    }
}
