import Columns
import Foundation
import Preparation
import Runs
import TestProjects
import Testing

extension TestProject {
    /// The profile of the published run's source `data`, or of its model `m`.
    func quality(_ kind: TableProfile.Kind = .source) throws -> QualityReport {
        let run = try #require(state.published)
        return try QualityReport.read(kind, kind == .source ? "data" : "m", from: run)
    }
}

extension TableProfile {
    /// The sentences that a code stands for.
    fileprivate func words(of code: String) -> [String] {
        (findings ?? []).filter { $0.code == code }.map(\.words)
    }
}

@Suite("Profiles of tables")
struct QualityTests {
    @Test("a number: missing, distinct, quantiles, mean, zeros, outliers, bins, deciles")
    func numbers() async throws {
        let values = (1...19).map(String.init) + ["", "0", "-3", "1000.5"]
        let lines = values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        let project = try TestProject(csv: "id,x\n" + lines)
        try await project.publish()
        let column = try #require(try project.quality().profile[column: "x"])
        let numbers = try #require(column.numbers)
        #expect(column.missing == 1)
        #expect(column.distinct == 22)
        #expect(numbers.zeros == 1 && numbers.negatives == 1 && numbers.notFinite == 0)
        #expect(numbers.mean == 1187.5 / 22)
        // As numpy.quantile gives them.
        let quantiles = try #require(numbers.quantiles)
        #expect(quantiles.minimum == -3 && quantiles.maximum == 1000.5)
        #expect(quantiles.p25 == 4.25 && quantiles.median == 9.5 && quantiles.p75 == 14.75)
        #expect(abs(quantiles.p1 + 2.37) < 1e-9 && abs(quantiles.p99 - 794.385) < 1e-9)
        let outliers = try #require(numbers.outliers)
        #expect(outliers.lowerFence == -11.5 && outliers.upperFence == 30.5)
        #expect(outliers.below == 0 && outliers.above == 1)
        let histogram = try #require(numbers.histogram)
        #expect(histogram.edges.first == -50 && histogram.edges.last == 800)
        #expect(histogram.counts.first == 1 && histogram.counts[1] == 20)
        #expect(histogram.below == 0 && histogram.above == 1)
        #expect(numbers.deciles?.counts.reduce(0, +) == 22)
        #expect(numbers.deciles?.edges.count == 9)
    }

    @Test("texts: frequent levels by name, rare ones by number, padding and case")
    func texts() async throws {
        let cities =
            [String](repeating: "Oslo", count: 7) + [String](repeating: "oslo ", count: 5)
            + [String](repeating: "Rome", count: 6) + ["Voss", "Bergen", "   "]
        let lines = cities.enumerated().map { "\($0.offset),\"\($0.element)\"\n" }.joined()
        let project = try TestProject(csv: "id,city\n" + lines)
        try await project.publish()
        let profile = try project.quality().profile
        let texts = try #require(profile[column: "city"]?.texts)
        #expect(texts.levels.map(\.value) == ["Oslo", "Rome", "oslo "])
        #expect(texts.levels.map(\.rows) == [7, 6, 5])
        #expect(texts.rare.levels == 3 && texts.rare.rows == 3)
        #expect(texts.others.levels == 0 && texts.others.rows == 0)
        #expect(texts.shortest == 3 && texts.longest == 6)
        #expect(texts.padded == 6 && texts.blank == 1)
        #expect(texts.variants == 1)
        #expect(texts.variantGroups == [["Oslo", "oslo "]])
        #expect(
            profile.words(of: "case_variants") == [
                "city: 12 rows (57.1 %) have one of several spellings: 1 level is spelled as "
                    + "another one but for case or padding, like 'Oslo' / 'oslo '"
            ])
        let text = try String(
            contentsOf: try #require(project.state.published)
                .appending(path: "quality/sources/data.json"), encoding: .utf8)
        #expect(!text.contains("Voss") && !text.contains("Bergen"))
    }

    @Test("dates: range, bins, days that stand for none, and what lies after the as-of date")
    func dates() async throws {
        let days = (1...28).flatMap { day in
            (1...9).map { month in "2024-0\(month)-\(day < 10 ? "0" : "")\(day)" }
        }
        let lines = (days + ["1900-01-01", "2025-02-01"]).enumerated()
            .map { "\($0.offset),\($0.element)\n" }.joined()
        let project = try TestProject(csv: "id,day\n" + lines)
        try project.write(
            "type: project/v1\nname: T\nas_of: 2024-12-31\n", to: "aurora.yaml")
        try await project.publish()
        let profile = try project.quality().profile
        let dates = try #require(profile[column: "day"]?.dates)
        #expect(dates.minimum == "1900-01-01" && dates.maximum == "2025-02-01")
        #expect(dates.unit == "month")
        #expect(dates.bins.map(\.label) == (1...9).map { "2024-0\($0)" })
        #expect(dates.bins.allSatisfy { $0.rows == 28 })
        #expect(dates.before == 1 && dates.after == 1 && dates.afterAsOf == 1)
        #expect(dates.sentinels.map(\.day) == ["1900-01-01"])
        #expect(dates.sentinels.map(\.rows) == [1])
        #expect(profile.words(of: "after_as_of").count == 1)
        #expect(profile.words(of: "sentinel_date").count == 1)
    }

    @Test("what names customers is counted, and never told, in the source either")
    func privacy() async throws {
        let lines = (0..<30).map { "\($0),\(83461 + $0 % 3),Name\($0 % 3),\($0 % 2)\n" }.joined()
        let project = try TestProject(
            csv: "id,phone,person,x\n" + lines,
            steps: ["rename: {phone: number}", "filter: {keep: x >= 0}"])
        try project.write(
            "type: project/v1\nname: T\nprivacy: {identifying: [number], hidden: [person]}\n",
            to: "aurora.yaml")
        try await project.publish()
        for kind in [TableProfile.Kind.source, .model] {
            let profile = try project.quality(kind).profile
            let phone = try #require(
                profile[column: kind == .source ? "phone" : "number"])
            #expect(phone.isPrivate && phone.distinct == 3 && phone.numbers == nil)
            let person = try #require(profile[column: "person"])
            #expect(person.isPrivate && person.texts?.levels == [])
            #expect(profile.correlations.pairs.allSatisfy { $0.x != "phone" && $0.y != "phone" })
            let file = try #require(project.state.published)
                .appending(path: QualityReport.path(kind, profile.name))
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains("Name1"), "\(kind)")
            #expect(!text.contains("8346"), "\(kind)")
        }
    }

    @Test("whole-row duplicates, and in a model rows that differ in the key only")
    func duplicates() async throws {
        let project = try TestProject([
            "data.csv": "a,b\n1,x\n1,x\n1,x\n2,\n2,\n3,y\n",
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "other.csv": "id,a\n1,5\n2,5\n3,6\n",
            "sources/other.yaml": "type: source/v1\ncsv: {file: other.csv}\n",
            "models/m.yaml": "type: model/v1\nfrom: other\nkey: id\n",
        ])
        try await project.publish()
        let profile = try project.quality().profile
        #expect(profile.duplicates == 3)
        #expect(
            profile.words(of: "duplicate_rows")
                == ["3 rows (50.0 %) say the same as an earlier one in every column"])
        #expect(try project.quality(.model).profile.duplicates == 1)
    }

    @Test("pairs that say nearly the same, over the rows that have both")
    func correlations() async throws {
        let lines = (0..<40).map { row in
            let twin = row % 8 == 0 ? "" : "\(Double(row * 2) + (row % 3 == 0 ? 0.5 : 0))"
            return "\(row),\(row * 3 % 40),\(row),\(twin),7,\(row % 2 == 0)\n"
        }
        let project = try TestProject(csv: "id,mixed,x,twin,same,flag\n" + lines.joined())
        try await project.publish()
        let profile = try project.quality(.model).profile
        let pairs = profile.correlations.pairs
        // Neither the key nor the column of one value has a correlation.
        #expect(pairs.count == 3)
        #expect(pairs[0].x == "x" && pairs[0].y == "twin" && pairs[0].rows == 35)
        #expect(pairs[0].isNearlySame && pairs[0].spearman == 1)
        #expect(!pairs[1].isNearlySame)
        #expect(profile.limits == [])
        #expect(
            profile.words(of: "nearly_same")
                == ["x and twin are nearly the same (r = 1.00): using both counts it double"])
        #expect(profile.words(of: "one_value").count == 1)
        let flag = try #require(profile[column: "flag"]?.booleans)
        #expect(flag.yes == 20 && flag.no == 20)
    }

    @Test("ranks of many columns are left out, which is said")
    func limits() async throws {
        let columns = (1...32).map { "c\($0)" }.joined(separator: ",")
        let lines = (0..<10).map { row in
            "\(row)," + (1...32).map { String((row * $0) % 37) }.joined(separator: ",") + "\n"
        }
        let project = try TestProject(csv: "id,\(columns)\n" + lines.joined())
        try await project.publish()
        let profile = try project.quality(.model).profile
        #expect(
            profile.limits == ["Spearman's ρ is that of the first 30 of 32 numeric columns"])
        let pairs = profile.correlations.pairs
        #expect(pairs.filter { $0.spearman == nil }.allSatisfy { ["c31", "c32"].contains($0.y) })
        #expect(pairs.filter { $0.spearman != nil }.count == 30 * 29 / 2)
    }

    @Test("numbers that are not finite, and those that no sum can hold, stop nothing")
    func extremes() async throws {
        let values = ["nan", "inf", "1e300", "1.5e308", "-1.5e308", "1e-300", "2", "3", ""]
        let lines = values.enumerated().map {
            "\($0.offset),\($0.element),\($0.offset)99999999999999999999999999999999999\n"
        }
        let project = try TestProject(
            csv: "id,x,wide\n" + lines.joined(), types: ["x: double"])
        try await project.publish()
        let profile = try project.quality().profile
        let numbers = try #require(profile[column: "x"]?.numbers)
        #expect(numbers.notFinite == 2)
        #expect(numbers.quantiles?.maximum == 1.5e308)
        #expect(profile.words(of: "not_finite").count == 1)
    }

    @Test("a table without anything remarkable has nothing to note")
    func nothing() async throws {
        let lines = (0..<30).map { "\($0),\($0 * 7 % 31).5\n" }.joined()
        let project = try TestProject(csv: "id,x\n" + lines)
        try await project.publish()
        #expect(try project.quality(.model).profile.words == ["nothing to note"])
    }

    @Test("a table without rows says so", arguments: [1, 2])
    func empty(threads: Int) async throws {
        let project = try TestProject(
            csv: "id,x,t,d\n1,2,a,2024-01-01\n", steps: ["filter: {keep: x > 5}"])
        try await project.publish(threads: threads)
        let profile = try project.quality(.model).profile
        #expect(profile.words == ["the table has no rows"])
    }
}
