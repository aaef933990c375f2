import Columns
import Segmentation
import Testing

@Suite("Another name for a segment")
struct SegmentNamingTests {
    static let unnamed = """
        type: segment/v1
        model: customers
        features: [column: a]  # the only one
        k_means: {k: 2}

        """
    static let named = unnamed + "names: [Low, High]\n"

    static func patch(
        _ text: String, _ segment: Int = 1, to name: String = "Savers", published: String? = nil,
        seen: String? = nil
    ) throws -> String {
        try SegmentNaming("groups", segment, to: name)
            .patch(text, file: "segments/groups.yaml", published: published ?? text, seen: seen)
    }

    static func code(_ work: () throws -> String) -> String? {
        #expect(throws: AuroraError.self) { try work() }?.code
    }

    @Test("is one line of the project's text")
    func line() throws {
        #expect(try Self.patch(Self.named) == Self.unnamed + "names: [Savers, High]\n")
        #expect(try Self.patch(Self.unnamed, 2) == Self.unnamed + "names: [Segment 1, Savers]\n")
        #expect(
            try Self.patch(Self.named, to: " Savers\u{A0}") == Self.unnamed
                + "names: [Savers, High]\n")
        #expect(try Self.patch(Self.named, to: "Low") == Self.named)
    }

    @Test("is not empty, not long, on one line, and nobody else's")
    func refused() {
        for name in [
            "", "  ", String(repeating: "x", count: 61), "a\nb", "a\u{2028}b", "a\u{202E}b",
            "a\u{7}",
        ] {
            #expect(Self.code { try Self.patch(Self.named, to: name) } == "invalid_segment_name")
        }
        #expect(Self.code { try Self.patch(Self.named, to: "High") } == "name_taken")
        #expect(Self.code { try Self.patch(Self.unnamed, to: "Segment 2") } == "name_taken")
        for segment in [0, 3, -1, Int.max] {
            #expect(Self.code { try Self.patch(Self.named, segment) } == "unknown_segment")
        }
    }

    @Test("is for the segments that the reader sees")
    func stale() throws {
        let refitted = Self.named.replacing("column: a", with: "column: b")
        #expect(Self.code { try Self.patch(refitted, published: Self.named) } == "stale")
        let renamed = Self.unnamed + "names: [Thrifty, High]\n"
        #expect(Self.code { try Self.patch(renamed, published: Self.named) } == "stale")
        // Another segment's name, a label or a comment don't matter.
        #expect(
            try Self.patch(renamed, 2, published: Self.named)
                == Self.unnamed + "names: [Thrifty, Savers]\n")
        #expect(
            try Self.patch(renamed, published: Self.named, seen: "Thrifty")
                == Self.unnamed + "names: [Savers, High]\n")
        let labelled = "label: L # c\n" + Self.named
        #expect(try Self.patch(labelled, published: Self.named).hasPrefix("label: L # c\n"))
    }

    @Test("does not mend a file with mistakes")
    func broken() {
        let broken = Self.named.replacing("{k: 2}", with: "{k: 3}")
        #expect(Self.code { try Self.patch(broken, published: Self.named) } == "unpatchable")
    }
}
