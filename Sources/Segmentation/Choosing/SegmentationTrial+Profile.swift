package import Columns
import Engine
package import Kernels
import Learning
import Query

extension SegmentationTrial {
    /// Every column of the model in each segment of a fit, as a run that published it would keep it.
    ///
    /// The columns are read once, in the order of the key, as the fit's labels are; 8 bytes a value.
    package func profile(
        of fitted: Segmenter.Fitted, work: Work
    ) async throws(AuroraError) -> SegmentProfile {
        let result = fitted.result
        let table = try table(of: result.model)
        let profiler = SegmentProfiler(engine, work: work)
        let name = engine.dialect.quoted(table.name)
        var profile = SegmentProfile(
            rows: result.rows, segments: result.segments.map { .init(id: $0.id, size: $0.size) },
            columns: [], omitted: [], withheld: [])
        var read: [(field: Schema.Field, levels: SegmentProfiler.FrequentLevels?)] = []
        for field in table.schema.fields where !isSegmentColumn(field.name, of: table) {
            guard field.name != table.key, !isPrivate(field.name, of: table) else {
                profile.withheld.append(field.name)
                continue
            }
            switch field.type {
            case .time:
                profile.omitted.append(.init(column: field.name, reason: "it is a time of day"))
            case .text, .boolean:
                let levels = try await profiler.frequentLevels(
                    of: engine.dialect.quoted(field.name), in: name)
                if levels.names == nil {
                    profile.omitted.append(.init(column: field.name, reason: levels.reason))
                } else {
                    read.append((field, levels))
                }
            default: read.append((field, nil))
            }
        }
        let items = read.map { item($0.field, $0.levels?.names) }
        let numbers = try await KeyedColumns.read(items, of: table, in: engine) { _, column in
            column.magnitudes
        }.columns
        let labels = places(of: fitted)
        let segments = result.segments.count
        let forming = Set(result.formedBy)
        let columns = read
        let measured = try await Blocking.run { isCancelled throws(AuroraError) in
            var measured: [(column: SegmentProfile.Column?, reason: String)] = []
            for (place, (field, known)) in columns.enumerated() {
                if isCancelled() { throw .interrupted }
                try work.report(Double(place) / Double(columns.count), field.name)
                let column = SegmentProfile.Column(
                    name: field.name, kind: .number, isForming: forming.contains(field.name),
                    missing: 0)
                let values = numbers[place]
                if let known, let names = known.names {
                    let levels = SegmentProfile.Levels(
                        names, besides: known.distinct - names.count, segments: segments
                    ).counting(values, labels)
                    measured.append(
                        (SegmentProfiler.category(column, levels, missing: known.missing), ""))
                } else {
                    let summary = try NumberSummary(
                        values, labels: labels, groups: segments,
                        work: Work(threads: work.threads))
                    measured.append(
                        SegmentProfiler.numbers(column, field.type, summary, rows: values.count))
                }
            }
            return measured
        }
        for (measured, (field, _)) in zip(measured, read) {
            if let column = measured.column {
                profile.columns.append(column)
            } else {
                profile.omitted.append(.init(column: field.name, reason: measured.reason))
            }
        }
        return profile
    }

    /// A number as it is, a level by its place, all others by −1.
    private func item(_ field: Schema.Field, _ levels: [String]?) -> String {
        let dialect = engine.dialect
        let column = dialect.quoted(field.name)
        guard let levels else { return column }
        let text = "CAST(\(column) AS \(dialect.typeName(.text)))"
        let branches = levels.enumerated().map { "WHEN \(dialect.literal($1)) THEN \($0)" }
        return "CASE WHEN \(column) IS NOT NULL THEN "
            + "CASE \(text) \(branches.joined(separator: " ")) ELSE -1 END END"
    }

    /// The place of each row's segment among the result's.
    private func places(of fitted: Segmenter.Fitted) -> [Int32] {
        let places = Dictionary(
            fitted.result.segments.enumerated().map { (Int64($1.id), Int32($0)) },
            uniquingKeysWith: { first, _ in first })
        guard case .integers(let ids) = fitted.labels.columns[1].values else { return [] }
        return ids.map { places[$0] ?? Noise.label }
    }
}

extension SegmentProfile.Levels {
    /// - Parameter codes: a level's place, below 0 for another level, NaN where missing.
    fileprivate func counting(_ codes: [Double], _ labels: [Int32]) -> Self {
        var levels = self
        for (code, label) in zip(codes, labels) where !code.isNaN && label >= 0 {
            if code >= 0 {
                levels.counts[Int(label)][Int(code)] += 1
            } else {
                levels.others.counts[Int(label)] += 1
            }
        }
        return levels
    }
}
