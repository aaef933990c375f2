import Columns
import Learning
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("Methods and options that make no sense")
struct MethodMistakeTests {
    private static func example(
        _ what: String, _ text: String, _ code: String, _ place: String, _ message: String
    ) -> MistakeTests.Example {
        MistakeTests.Example(
            testDescription: what, text: text + "\n", code: code,
            place: "segments/s.yaml:\(place)", message: message)
    }

    private static let x = "features: [{column: x}]\n"

    static let methods = [
        example("no method", x, "missing_key", "1:1", "names no way of forming segments"),
        example(
            "two methods", x + "famd: {k: 2}\nk_means: {k: 2}", "several_methods", "4:7",
            "in 2 ways: k_means, famd"),
        example(
            "features of stated segments", x + "tiers: {column: y, parts: 2}",
            "features_unused", "3:21", "'tiers' states its columns itself"),
        example(
            "a scale of stated segments", "tiers: {column: y, parts: 2}\nscale: robust",
            "unused_key", "4:8", "'scale' has no effect on segments that 'tiers' states"),
        example(
            "a share of everybody", x + "k_means: {k: 2, minimum_share: 1}", "invalid_share",
            "4:32", "'minimum_share' is 1.0"),
        example(
            "a tolerance below 0", x + "k_means: {k: 2, tolerance: -1}", "tolerance_below_zero",
            "4:28", "tolerance is -1.0"),
        example(
            "a gamma below 0", x + "k_prototypes: {k: 2, gamma: -1}", "gamma_below_zero", "4:29",
            "gamma is -1.0"),
        example(
            "an eps of 0", x + "dbscan: {eps: 0}", "eps_out_of_range", "4:15",
            "eps is 0.0 but must be above 0"),
        example(
            "noise that joins from nearer than eps", x + "dbscan: {eps: 1, noise_within: 0.5}",
            "noise_reach_below_one", "4:32", "noise_within is 0.5"),
        example(
            "outliers within the usual", x + "k_means: {k: 2}\noutliers: {beyond: 0}",
            "outlier_deviations", "5:20", "'beyond' is 0.0"),
        example(
            "another linkage", x + "agglomerative: {k: 2, linkage: single}", "unknown_choice",
            "4:32", "'single'"),
        example(
            "too few names for rules",
            "rules: {segments: [{name: a, when: x > 1}]}\nnames: [one]", "names_mismatch", "4:9",
            "1 names for 2 segments"),
    ]

    static let features = [
        example(
            "a category without an encoding",
            "features: [{column: name}]\ngaussian_mixture: {k: 2}",
            "not_a_number", "3:21", "'name' is text"),
        example(
            "shares in the wrong order",
            "features: [{column: x, winsorise: [0.9, 0.1]}]\nk_means: {k: 2}",
            "invalid_shares", "3:35", "two shares from 0 to 1"),
        example(
            "one share", "features: [{column: x, winsorise: [0.9]}]\nk_means: {k: 2}",
            "invalid_shares", "3:35", "two shares from 0 to 1"),
        example(
            "a weight of 0", "features: [{column: x, weight: 0}]\nk_means: {k: 2}",
            "invalid_weight", "3:32", "the weight of 'x' is 0.0 but must be above 0"),
        example(
            "a level for missing numbers",
            "features: [{column: x, missing: own_level}]\nk_means: {k: 2}",
            "feature_options", "3:33", "only a category can have a level"),
        example(
            "a logarithm of a category",
            "features: [{column: x}, {column: name, transform: log1p}]\nfamd: {k: 2}",
            "feature_options", "3:51", "'name' is a category, but log1p is for numbers"),
        example(
            "a winsorised category",
            "features: [{column: x}, {column: active, winsorise: [0, 0.9]}]\nfamd: {k: 2}",
            "feature_options", "3:53", "winsorising is for numbers"),
        example(
            "the mean of a category",
            "features: [{column: x}, {column: active, missing: mean}]\nfamd: {k: 2}",
            "feature_options", "3:51", "the mean is of numbers"),
        example(
            "codes for K-Means",
            "features: [{column: x}, {column: active, as: codes}]\nk_means: {k: 2}",
            "feature_options", "3:46", "which mean nothing to 'k_means'"),
        example(
            "components of codes",
            "features: [{column: x}, {column: active}]\nk_prototypes: {k: 2}\ncomponents: {count: 1}",
            "codes_reduced", "3:34", "'active' stays a category"),
        example(
            "components in two ways", x + "k_means: {k: 2}\ncomponents: {count: 1, variance: 0.9}",
            "invalid_components", "5:13", "states count and variance"),
        example(
            "components in no way", x + "k_means: {k: 2}\ncomponents: {}", "invalid_components",
            "5:13", "states nothing"),
        example(
            "more than all of the variance", x + "k_means: {k: 2}\ncomponents: {variance: 95}",
            "invalid_components", "5:24", "'variance' is 95.0"),
        example(
            "a block without blocks", "features: [{column: x, block: a}]\nk_means: {k: 2}",
            "unused_key", "3:31", "'block' of 'x' has no effect without 'blocks'"),
        example(
            "a block of another name",
            "features: [{column: x, block: habits}]\nk_means: {k: 2}\nblocks: {weights: {habit: 2}}",
            "unknown_block", "5:20", "block 'habit'"),
        example(
            "a block that counts nothing", x + "k_means: {k: 2}\nblocks: {weights: {x: 0}}",
            "invalid_weight", "5:23", "the weight of block 'x' is 0.0"),
        example(
            "linked to what is no feature", "features: [{column: x, linked: [y]}]\nk_means: {k: 2}",
            "unknown_column", "3:33", "'y' is not a feature"),
    ]

    static let stated = [
        example("no rules", "rules: {segments: []}", "no_segments", "3:19", "state no segment"),
        example(
            "a rule that is no condition", "rules: {segments: [{name: a, when: x + 1}]}",
            "not_a_condition", "3:36", "a condition is expected"),
        example(
            "a rule over many rows", "rules: {segments: [{name: a, when: sum(x) > 1}]}",
            "aggregated", "3:36", "can't aggregate rows"),
        example(
            "a rule on another column", "rules: {segments: [{name: a, when: x > 1 and z = 2}]}",
            "unknown_column", "3:46", "no column 'z'"),
        example(
            "two rules of one name",
            "rules: {segments: [{name: a, when: x > 1}, {name: a, when: y > 1}]}", "name_taken",
            "3:51", "two segments are named 'a'"),
        example(
            "the others under a name that is taken",
            "rules: {segments: [{name: a, when: x > 1}], otherwise: a}", "name_taken", "3:56",
            "two segments are named 'a'"),
        example(
            "scores that aren't there", "rfm: {recency: x, frequency: y}", "unknown_column",
            "3:6", "no column 'm'"),
        example(
            "tiers without cuts", "tiers: {column: x}", "missing_key", "3:8",
            "does not say where tiers end"),
        example(
            "tiers of nothing", "tiers: {parts: 2}", "missing_key", "3:8",
            "lacks the key 'column'"),
        example(
            "tiers of a text", "tiers: {column: name, parts: 2}", "not_a_number", "3:17",
            "'name' is text"),
        example(
            "tiers in two ways", "tiers: {column: x, parts: 2, edges: [1]}", "several_cuts", "3:8",
            "parts and edges"),
        example(
            "edges that descend", "tiers: {column: x, edges: [2, 1]}", "invalid_edges", "3:27",
            "in ascending order"),
        example(
            "a share of all", "tiers: {column: x, shares: [0.5, 1]}", "invalid_edges", "3:28",
            "below 1"),
        example(
            "an axis of nothing", "grid: {rows: {parts: 2}, columns: {column: active}}",
            "missing_key", "3:14", "neither is stated"),
        example(
            "an axis of two things",
            "grid: {rows: {column: x, segmentation: t}, columns: {column: active}}", "either_or",
            "3:14", "both are stated"),
        example(
            "a grid over a segmentation that isn't there",
            "grid: {rows: {segmentation: t}, columns: {column: active}}", "unknown_name", "3:29",
            "no segmentation 't'"),
        example(
            "a grid of itself", "grid: {rows: {segmentation: s}, columns: {column: active}}",
            "circular", "3:29", "'s' is made of itself"),
        example(
            "cut segments of another",
            "grid: {rows: {segmentation: t, parts: 2}, columns: {column: active}}", "several_cuts",
            "3:14", "parts are stated by parts"),
        example(
            "a cell of everybody",
            "grid: {rows: {column: x}, columns: {column: active}, minimum_share: 2}",
            "invalid_share", "3:69", "'minimum_share' is 2.0"),
    ]

    @Test("are told at their place:", arguments: methods + features + stated)
    func told(example: MistakeTests.Example) async throws {
        let mistakes = try await TestProject(segmentations: ["s": example.text]).mistakes()
        try #require(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes[0].code == example.code)
        #expect(mistakes[0].place.description == example.place)
        #expect(mistakes[0].message.contains(example.message), "\(mistakes[0].message)")
    }

    @Test("each column of scores beyond 5 is told")
    func scores() async throws {
        let text = "rfm: {recency: same, frequency: same, monetary: same}\n"
        let mistakes = try await TestProject(segmentations: ["s": text]).mistakes()
        #expect(mistakes.map(\.code) == ["invalid_scores", "invalid_scores", "invalid_scores"])
        #expect(
            mistakes.map(\.place.description) == [
                "segments/s.yaml:3:16", "segments/s.yaml:3:33", "segments/s.yaml:3:49",
            ])
        #expect(mistakes[0].message == "'same' is none of the scores 1 to 5 in 12 rows")
    }

    @Test("grids that are made of each other are both told")
    func circular() async throws {
        func grid(_ other: String) -> String {
            "grid: {rows: {segmentation: \(other)}, columns: {column: active}}\n"
        }
        let mistakes = try await TestProject(
            segmentations: ["s": grid("t"), "t": grid("s"), "u": grid("s")]
        ).mistakes()
        #expect(mistakes.map(\.code).allSatisfy { $0 == "circular" })
        #expect(
            Set(mistakes.compactMap(\.place.file)).isSuperset(
                of: ["segments/s.yaml", "segments/t.yaml"]))
    }

    // MARK: What only the data tells

    static let unfit = [
        ("features: [{column: gap}]\nk_means: {k: 2}\n", "missing_values", "missing in 2 of 12"),
        (
            "features: [{column: x}]\nk_means: {k: 2}\ncomponents: {count: 2}\n",
            "component_count", "2 components asked for"
        ),
        (
            "features: [{column: x}, {column: y}]\ndbscan: {eps: 0.001, minimum_points: 3}\n",
            "no_core_points", "eps is 0.001"
        ),
        (
            "features: [{column: x}]\ndbscan: {minimum_points: 13}\n",
            "minimum_points_above_rows", "minimum_points is 13 but there are 12 rows"
        ),
        ("features: [{column: same}]\ndbscan: {}\n", "no_eps", "no knee"),
        ("features: [{column: x}]\nagglomerative: {k: 13}\n", "k_above_rows", "k is 13"),
        (
            "features: [{column: active}]\nagglomerative: {k: 3}\n", "k_above_distinct_rows",
            "only 2"
        ),
    ]

    @Test("stops the run with both values:", arguments: unfit)
    func stops(text: String, code: String, message: String) async throws {
        let error = try await DataProblemTests.error(text)
        #expect(error.code == code)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.context == ["segmentation 's'"])
    }

    @Test("a category of more than 200 levels, and a column without any value")
    func levels() async throws {
        let rows = (1...201).map { "\($0),n\($0),true,7," }
        let customers = "id,name,active,same,none\n" + rows.joined(separator: "\n")
        func error(_ feature: String) async throws -> AuroraError {
            let project = try TestProject(
                segmentations: ["s": "features: [\(feature)]\nfamd: {k: 2}\n"],
                customers: customers,
                files: [
                    "measures/customers.yaml": "type: measures/v1\nof: customers\nmeasures: {}\n"
                ])
            return try #require(
                await #expect(throws: AuroraError.self) { try await project.publish() })
        }
        let many = try await error("{column: name}")
        #expect(many.code == "too_many_levels")
        #expect(many.message.contains("'name' has more than 200 levels"))
        let none = try await error("{column: none, as: famd, missing: own_level}")
        #expect(none.code == "no_values")
    }

    @Test("an axis of more than 50 levels")
    func axis() async throws {
        let customers =
            "id,x,name,active\n"
            + (1...51).map { "\($0),1,n\($0),true" }.joined(separator: "\n")
        let mistakes = try await TestProject(
            segmentations: ["s": "grid: {rows: {column: name}, columns: {column: active}}\n"],
            customers: customers
        ).mistakes()
        #expect(mistakes.map(\.code) == ["too_many_levels"])
        #expect(mistakes.first?.place.description == "segments/s.yaml:3:23")
        #expect(mistakes.first?.hint == "state 'parts', 'shares' or 'edges'")
    }
}
