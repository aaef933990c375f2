import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("The chart finding")
struct FindingTests {
    static func sentence(
        _ text: String, small: Int = 0, settings: String = "", _ selections: PageSelection...
    ) async throws -> String? {
        let project = try GroupsProject.make("  - \(text)\n", small: small, settings: settings)
        let data = try await project.page().data(selections)
        return data["visuals"]?["v1"]?["sentence"]?.words
    }

    @Test("names who holds much more than their share")
    func concentrated() async throws {
        #expect(
            try await Self.sentence("finding: {segmentation: groups, measure: total}")
                == "60 customers fall into 2 groups. Few, 33% of them, hold 98% of total amount.")
    }

    @Test("says so where no group does")
    func even() async throws {
        #expect(
            try await Self.sentence("finding: {segmentation: groups, measure: total_age}")
                == "60 customers fall into 2 groups. No group holds much more than its share of "
                + "total_age: Many, 67% of them, hold 67%.")
    }

    @Test("speaks of sizes without a measure")
    func sizes() async throws {
        #expect(
            try await Self.sentence("finding: {segmentation: groups}")
                == "60 customers fall into 2 groups. The largest, Many, has 67% of them; the "
                + "smallest, Few, 33%.")
    }

    @Test("follows the filters")
    func filtered() async throws {
        let finding = "finding: {segmentation: groups, measure: total}"
        #expect(
            try await Self.sentence(finding, .picking("groups", .text("Few"), from: "s1"))
                == "All 20 customers that match are in one group, Few.")
        #expect(
            try await Self.sentence(finding, .picking("job", .text("retired"), from: "s1"))
                == "25 of 60 customers fall into 2 groups. Few, 60% of them, hold 99% of total "
                + "amount.")
        #expect(
            try await Self.sentence(finding, .picking("job", .text("nobody"), from: "s1"))
                == "No customers match.")
    }

    @Test("tells nothing of small groups")
    func small() async throws {
        let settings = "privacy: {smallest_cell: 5}\n"
        let finding = "finding: {segmentation: groups, measure: total}"
        let visual = try await GroupsProject.visual(finding, small: 3, settings: settings)
        let sentence = try #require(visual["sentence"]?.words)
        #expect(sentence.hasPrefix("63 customers fall into 3 groups. "))
        #expect(sentence.hasSuffix(" 2 groups are too small to be told of."))
        #expect(visual["suppressed"] == 2)
        #expect(visual["rows"]?[2] == ["Rich", .null, .null, .null, .null])
        #expect(
            try await Self.sentence(
                finding, small: 3, settings: settings,
                .picking("groups", .text("Rich"), from: "s1"))
                == "Too few customers to say anything without telling of single ones.")
    }

    @Test("its table holds sizes and shares")
    func table() async throws {
        let visual = try await GroupsProject.visual(
            "finding: {segmentation: groups, measure: total_age}")
        #expect(visual["columns"] == ["groups", "rows", "share", "total_age", "value_share"])
        #expect(visual["rows"]?[1]?[1] == 20)
        #expect(visual["rows_used"] == 60)
    }

    @Test("takes sums and segmentations only")
    func mistakes() async throws {
        let visuals = """
              - finding: {segmentation: groups, measure: average}
              - finding: {segmentation: job}
              - finding: {segmentation: grups}

            """
        let mistakes = try await GroupsProject.make(visuals).mistakes()
        #expect(
            mistakes.map(\.code).sorted()
                == ["not_additive", "unknown_dimension", "unknown_segmentation"])
        #expect(mistakes.allSatisfy { $0.place.file == "pages/main.yaml" && $0.place.line != nil })
    }
}
