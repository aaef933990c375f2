import Columns
import Foundation
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("What is in each segment")
struct SegmentProfileTests {
    private static let analyst = Reader(name: "analyst", rights: [.aggregates])

    private static func make(small: Int = 0, settings: String = "") throws -> TestProject {
        try GroupsProject.make("  - kpi: {measure: total}\n", small: small, settings: settings)
    }

    private static func profile(
        of project: TestProject, for reader: Reader = .local
    ) async throws -> JSON {
        try SegmentationView(try await project.run(), for: reader).profile(named: "groups")
    }

    private static func column(_ name: String, of profile: JSON) throws -> JSON {
        try #require(profile["columns"]?.elements.first { $0["name"] == .string(name) })
    }

    private static func number(_ json: JSON?) throws -> Double {
        guard case .number(let digits) = try #require(json) else { throw CancellationError() }
        return try #require(Double(digits))
    }

    @Test("a number has mean, quartiles, lift and effect over all rows, worked out by hand")
    func numbers() async throws {
        let profile = try await Self.profile(of: try Self.make())
        #expect(profile["rows"] == 60)
        let amount = try Self.column("amount", of: profile)
        #expect(amount["is_forming"] == true)
        #expect(amount["kind"] == "number")
        let many = try #require(amount["segments"]?[0])
        // 14 times 10, 13 times 11 and 12.
        #expect(many["count"] == 40)
        #expect(try Self.number(many["mean"]) == 10.975)
        #expect(try Self.number(many["lower_quartile"]) == 10)
        #expect(try Self.number(many["median"]) == 11)
        #expect(try Self.number(many["upper_quartile"]) == 12)
        #expect(abs(try Self.number(many["lift"]) - 10.975 / 341) < 1e-15)
        #expect(try Self.number(amount["all"]?["mean"]) == 341)
        // Heights 10 to 13 and 20 to 23, each as often: squares 50 + 25 within, over 58.
        let height = try Self.column("height", of: profile)
        #expect(height["is_forming"] == false)
        let effect = try Self.number(height["segments"]?[1]?["effect"])
        #expect(abs(effect - 10 / (75 / 58.0).squareRoot()) < 1e-12)
    }

    @Test("a category has shares, lifts and effects of its levels; a boolean says yes only")
    func categories() async throws {
        let profile = try await Self.profile(of: try Self.make())
        let job = try Self.column("job", of: profile)
        #expect(job["kind"] == "category")
        #expect(job["levels"]?[0]?["level"] == "clerk")
        let clerks = try #require(job["levels"]?[0])
        #expect(clerks["count"] == 35)
        #expect(clerks["segments"]?[0]?["count"] == 30)
        #expect(try Self.number(clerks["segments"]?[0]?["share"]) == 0.75)
        #expect(abs(try Self.number(clerks["segments"]?[0]?["lift"]) - 0.75 * 60 / 35) < 1e-15)
        // 0.75 and 0.25, each with a variance of 0.1875.
        let effect = try Self.number(clerks["segments"]?[0]?["effect"])
        #expect(abs(effect - 0.5 / 0.1875.squareRoot()) < 1e-12)
        let flag = try Self.column("flag", of: profile)
        #expect(flag["levels"]?.elements.count == 1)
        #expect(flag["levels"]?[0]?["level"] == "Yes")
    }

    @Test("the key is not told, and there is no p-value anywhere")
    func withheld() async throws {
        let profile = try await Self.profile(of: try Self.make())
        #expect(
            profile["columns"]?.elements.map { $0["name"] } == [
                "amount", "age", "job", "height", "flag", "double",
            ])
        #expect(profile["columns_hidden"] == 1)
        #expect(!profile.text().contains("\"p\""))
        #expect(!profile.text().contains("p_value"))
    }

    @Test("facts are ranked by effect, and the paragraph is made of the first of them")
    func story() async throws {
        let profile = try await Self.profile(of: try Self.make())
        let few = try #require(profile["segments"]?[1])
        let effects = try (few["facts"]?.elements ?? []).map { abs(try Self.number($0["effect"])) }
        #expect(effects == effects.sorted(by: >))
        #expect(few["facts"]?.elements.contains { $0["column"] == "age" } == false)
        #expect(
            few["story"]?.words
                == "Few holds 20 customers, 33% of all. Of what formed the segments, amount is much "
                + "higher (1001.05 against 341.00 on average). Of all else, double is much higher "
                + "(2002.10 against 682.00 on average), flag is less often Yes (0% against 67%) and "
                + "Height is much higher (21.50 against 14.83 on average).")
    }

    @Test("where nothing sets a segment apart, the paragraph says so")
    func nothing() async throws {
        let project = try Self.make()
        try project.write(
            """
            type: segment/v1
            model: customers
            rules:
              segments: [{name: Even, when: 'age in (30, 32, 34)'}]
              otherwise: Odd
            """, to: "segments/groups.yaml")
        try project.write(
            "id,age,amount\n"
                + (0..<60).map { "\($0),\(30 + $0 % 5),\($0 / 10)\n" }.joined(), to: "data.csv")
        try project.write("type: model/v1\nfrom: data\nkey: id\n", to: "models/customers.yaml")
        try project.write(
            "type: measures/v1\nof: customers\nmeasures: {total: {expression: sum(amount)}}\n",
            to: "measures/customers.yaml")
        let profile = try await Self.profile(of: project)
        let words = try #require(profile["segments"]?[0]?["story"]?.words)
        #expect(words.hasPrefix("Even holds 36 customers, 60% of all. Nothing sets it apart"))
    }

    @Test("text and figures are the same for everybody who asks again, and for a repeated run")
    func repeats() async throws {
        let project = try Self.make()
        let first = try await project.publish()
        let second = try await project.publish(threads: 3)
        for path in ["segments/groups.profile.json", "segments/groups.plots.json"] {
            #expect(first.outputs[path] != nil)
            #expect(first.outputs[path] == second.outputs[path])
        }
        // Other names are no other profile; nothing is worked out anew for them.
        let text = try String(
            contentsOf: project.folder.appending(path: "segments/groups.yaml"), encoding: .utf8)
        try project.write(text.replacing("Few", with: "Rare"), to: "segments/groups.yaml")
        let renamed = try await project.publish(reusing: true)
        #expect(
            renamed.outputs["segments/groups.profile.json"]
                == first.outputs["segments/groups.profile.json"])
        let profile = try SegmentationView(try await project.reopened(), for: .local)
            .profile(named: "groups")
        #expect(profile["segments"]?[1]?["story"]?.words.hasPrefix("Rare holds") == true)
    }

    // MARK: Privacy

    @Test("a column that is hidden later is gone from the next run's file, whatever is taken over")
    func hiddenLater() async throws {
        let project = try Self.make()
        // No figure may read what is hidden.
        try project.write(
            "type: measures/v1\nof: customers\nmeasures: {total: {expression: sum(amount)}}\n",
            to: "measures/customers.yaml")
        try await project.publish(reusing: true)
        try project.write(
            "type: project/v1\nname: T\nprivacy: {hidden: [height]}\n", to: "aurora.yaml")
        let record = try await project.publish(reusing: true)
        let file = try project.state.run(record.id)
        let kept = try String(
            contentsOf: file.appending(path: "segments/groups.profile.json"), encoding: .utf8)
        #expect(kept.contains("\"withheld\" : [\n    \"id\",\n    \"height\"\n  ]"))
        let profile = try SegmentationView(try await project.reopened(), for: .local)
            .profile(named: "groups")
        #expect(!profile.text().contains("height"))
        #expect(profile["columns_hidden"] == 2)
    }

    @Test("a segment of few customers is left blank, and what is theirs alone is not named")
    func smallSegment() async throws {
        let project = try Self.make(small: 3, settings: "privacy: {smallest_cell: 5}\n")
        let profile = try await Self.profile(of: project, for: Self.analyst)
        let segments = try #require(profile["segments"]).elements
        let rich = try #require(segments.firstIndex { $0["name"] == "Rich" })
        #expect(segments[rich]["is_hidden"] == true)
        #expect(segments[rich]["size"] == .null)
        #expect(segments[rich]["story"]?.words == "Too few customers to be told of.")
        #expect(segments[rich]["facts"]?.elements.isEmpty == true)
        for column in try #require(profile["columns"]).elements {
            #expect(column["segments"]?[rich] ?? .null == .null)
            for level in column["levels"]?.elements ?? [] {
                #expect(level["segments"]?[rich] == .null)
            }
        }
        // Another segment is blank, too, or the three could be worked out.
        #expect(segments.count { $0["is_hidden"] == true } == 2)
        #expect(!profile.text().contains("baron"))
    }

    @Test("quartiles are told only where enough customers lie beyond them")
    func quartiles() async throws {
        let project = try Self.make(settings: "privacy: {smallest_cell: 6}\n")
        let profile = try await Self.profile(of: project)
        let age = try Self.column("age", of: profile)
        // 40 and 20 customers: ten and five in a quarter of them.
        #expect(age["segments"]?[0]?["lower_quartile"] != .null)
        #expect(age["segments"]?[1]?["lower_quartile"] == .null)
        #expect(age["segments"]?[1]?["median"] != .null)
        #expect(age["segments"]?[1]?["mean"] != .null)
    }

    @Test("readers who may not see single customers get no quartile of a handful")
    func analystQuartiles() async throws {
        let project = try Self.make(small: 12)
        let run = try await project.run()
        for (reader, isTold) in [(Reader.local, true), (Self.analyst, false)] {
            let profile = try SegmentationView(run, for: reader).profile(named: "groups")
            let age = try Self.column("age", of: profile)
            let rich = try #require(
                profile["segments"]?.elements.firstIndex { $0["name"] == "Rich" })
            #expect((age["segments"]?[rich]?["upper_quartile"] != .null) == isTold)
            #expect(age["segments"]?[rich]?["median"] != .null)
        }
    }

    @Test("a run without a profile says so")
    func missing() async throws {
        let project = try Self.make()
        let record = try await project.publish()
        try FileManager.default.removeItem(
            at: try project.state.run(record.id).appending(path: "segments/groups.profile.json"))
        let run = try await project.reopened()
        let error = #expect(throws: AuroraError.self) {
            try SegmentationView(run, for: .local).profile(named: "groups")
        }
        #expect(error?.code == "no_profile")
    }
}
