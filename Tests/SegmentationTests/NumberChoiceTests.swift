import Columns
import Segmentation
import Testing

@Suite("Another number of segments")
struct NumberChoiceTests {
    static let bare = """
        type: segment/v1
        model: customers
        features: [column: a]  # the only one
        k_means: {k: 2, seed: 1}

        """

    static func patch(
        _ text: String, k: Int = 4, because reason: String = "budget", published: String? = nil,
        seen: Int? = 2
    ) throws -> String {
        try NumberChoice("groups", k: k, by: "anna", because: reason)
            .patch(text, file: "segments/groups.yaml", published: published ?? text, seen: seen)
    }

    static func code(_ work: () throws -> String) -> String? {
        #expect(throws: AuroraError.self) { try work() }?.code
    }

    @Test("is one figure of the project's text, and a line on who chose it")
    func figure() throws {
        #expect(
            try Self.patch(Self.bare) == Self.bare.replacing("k: 2", with: "k: 4")
                + "chosen: {by: anna, why: budget}\n")
        let block = """
            type: segment/v1
            model: customers
            # Kept.
            k_means:
              k: 2  # a first guess
              seed: 1
            features: [column: a]
            chosen:
              by: ben
            label: Groups
            """
        #expect(
            try Self.patch(block, because: "two: too few")
                == block.replacing("k: 2", with: "k: 4").replacing(
                    "by: ben", with: "by: anna\n  why: \"two: too few\""))
    }

    @Test("adds the names that are missing, and takes none away")
    func names() throws {
        let flow = Self.bare + "names: [Low, Segment 3]  # of today\n"
        #expect(
            try Self.patch(flow).contains(
                "names: [Low, Segment 3, Segment 4, Segment 5]  # of today\n"))
        let block = Self.bare + "names:\n  - Low\n  - High-fliers\nlabel: L\n"
        #expect(
            try Self.patch(block).contains(
                "names:\n  - Low\n  - High-fliers\n  - Segment 3\n  - Segment 4\nlabel: L\n"))
        let flush = Self.bare + "names:\n- Low\n- High\n"
        #expect(try Self.patch(flush).contains("names:\n- Low\n- High\n- Segment 3\n- Segment 4\n"))
        let many = Self.bare.replacing("k: 2", with: "k: 3") + "names: [A, B, C]\n"
        #expect(try Self.patch(many, k: 2, seen: 3).contains("names: [A, B, C]\n"))
    }

    @Test("is refused where it makes no sense, or the file has changed")
    func refused() {
        for k in [-1, 0, 1, 101] {
            #expect(Self.code { try Self.patch(Self.bare, k: k) } == "invalid_number")
        }
        for reason in ["", " \n ", String(repeating: "x", count: 301)] {
            #expect(Self.code { try Self.patch(Self.bare, because: reason) } == "invalid_number")
        }
        #expect(Self.code { try Self.patch(Self.bare, seen: 3) } == "stale")
        let other = Self.bare.replacing("column: a", with: "column: b")
        #expect(Self.code { try Self.patch(other, published: Self.bare) } == "stale")
        let implied = Self.bare.replacing("k_means: {k: 2, seed: 1}", with: "dbscan: {radius: 1}")
        #expect(Self.code { try Self.patch(implied, seen: nil) } == "unpatchable")
        let folded = Self.bare + "chosen:\n  by: ben\n  why: >-\n    long\n    words\n"
        #expect(Self.code { try Self.patch(folded) } == "unpatchable")
    }

    @Test("keeps a hostile reason as text")
    func hostile() throws {
        let reason = "\"}, names: [x] # <b>\n- y"
        let patched = try Self.patch(Self.bare, because: reason)
        #expect(
            patched.hasSuffix(
                "chosen: {by: anna, why: \"\\\"}, names: [x] # <b> - y\"}\n"))
    }
}
