import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("The chart segment_cards")
struct SegmentCardsTests {
    static let all =
        "segment_cards: {segmentation: groups, measure: total, traits: [age, job, height, flag, amount]}"

    static func traits(_ visual: JSON, _ card: Int) -> [String] {
        (visual["cards"]?[card]?["traits"]?.elements ?? []).map {
            "\($0["words"]?.words ?? "") (\($0["detail"]?.words ?? ""))"
        }
    }

    @Test("has a card for each group with its number, and the strongest three traits")
    func cards() async throws {
        let visual = try await GroupsProject.visual(Self.all)
        #expect(visual["cards"]?[0]?["value"] == "Many")
        #expect(visual["cards"]?[1]?["segment"] == 2)
        #expect(visual["rows"]?[0]?[1] == 40)
        #expect(
            Self.traits(visual, 1) == [
                "flag: less often true (0% against 67%)",
                "amount 2.94× the average (1001.05 against 341.00)",
                "Height 45% above average (21.50 against 14.83)",
            ])
        #expect(visual["cards"]?[1]?["rest"] == "")
    }

    @Test("says how often a text is met, and that the rest is like the average")
    func few() async throws {
        let visual = try await GroupsProject.visual(
            "segment_cards: {segmentation: groups, traits: [age, job]}")
        #expect(Self.traits(visual, 0) == ["More often clerk (Job: 75% against 58%)"])
        #expect(visual["cards"]?[0]?["rest"] == "Close to the average in all else.")
        let age = try await GroupsProject.visual(
            "segment_cards: {segmentation: groups, traits: [age]}")
        #expect(age["cards"]?[0]?["rest"] == "Close to the average in all that is compared.")
    }

    @Test("gives an average without a share")
    func average() async throws {
        let visual = try await GroupsProject.visual(
            "segment_cards: {segmentation: groups, measure: average}")
        #expect(visual["rows"]?[1]?[3] == .number("1001.05"))
        #expect(visual["rows"]?[1]?[4] == .null)
    }

    @Test("tells nothing of small groups, and no trait from a small cell")
    func small() async throws {
        let visual = try await GroupsProject.visual(
            Self.all, small: 3, settings: "privacy: {smallest_cell: 5}\n")
        #expect(Self.traits(visual, 2) == [])
        #expect(visual["cards"]?[2]?["rest"] == "Too few customers to be told of.")
        let text = visual.text()
        for told in ["baron", "9001", "27003"] { #expect(!text.contains(told)) }
    }

    @Test("its own selection does not empty the other cards")
    func own() async throws {
        let visual = try await GroupsProject.visual(
            Self.all, .picking("groups", .text("Few"), from: "v1"))
        #expect(visual["cards"]?.elements.count == 2)
        let other = try await GroupsProject.visual(
            Self.all, .picking("groups", .text("Few"), from: "s1"))
        #expect(other["cards"]?.elements.count == 1)
        #expect(other["cards"]?[0]?["segment"] == 2)
        #expect(other["cards"]?[0]?["rest"] == "All customers shown are in this group.")
    }

    @Test("its About tells how the groups were made")
    func about() async throws {
        let about = try #require(try await GroupsProject.visual(Self.all)["about"]?.text())
        for told in [#"["Method","K-Means, k = 2"]"#, #"["Features","amount"]"#, "Silhouette"] {
            #expect(about.contains(told))
        }
    }
}
