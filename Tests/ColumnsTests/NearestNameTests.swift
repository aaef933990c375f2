import Columns
import Testing

@Suite("The nearest name")
struct NearestNameTests {
    private let columns = ["client_id", "age", "average_balance", "Purchases", "region"]

    @Test(
        "a mistyped name finds the one that was meant",
        arguments: [
            ("cleint_id", "client_id"), ("client", nil), ("agee", "age"), ("AGE", "age"),
            ("purchase", "Purchases"), ("avergae_balanc", "average_balance"), ("regoin", "region"),
            ("", nil), ("x", nil), ("ag", "age"), ("zz", nil), ("completely_other", nil),
        ])
    func nearest(name: String, expected: String?) {
        #expect(NearestName.of(name, among: columns) == expected)
    }

    @Test("swapped neighbours count once")
    func swap() {
        #expect(NearestName.of("abdc", among: ["abcdxx", "abcd", "abd"]) == "abcd")
    }

    @Test("of equally near names the first in the alphabet is taken, in whatever order they come")
    func ties() {
        #expect(NearestName.of("sum_c", among: ["sum_b", "sum_a"]) == "sum_a")
        #expect(NearestName.of("sum_c", among: ["sum_a", "sum_b"]) == "sum_a")
    }

    @Test("a name that shares no letter is no suggestion, however short")
    func nothingInCommon() {
        #expect(NearestName.of("**", among: ["ln"]) == nil)
        #expect(NearestName.of("x", among: ["y"]) == nil)
    }

    @Test("a hint names the nearest, or what there is, or that there is nothing")
    func hints() {
        #expect(NearestName.hint(for: "agee", among: columns) == "did you mean 'age'?")
        #expect(NearestName.hint(for: "zzzzzz", among: ["b", "a"]) == "known here: 'b', 'a'")
        #expect(NearestName.hint(for: "zzzzzz", among: [String]()) == "there are none here")
    }

    @Test("a long list of known names is cut after twelve")
    func longList() {
        let names = (10..<40).map { "column_\($0)" }
        let hint = NearestName.hint(for: "zzzzzzzzzzzz", among: names)
        #expect(hint.hasSuffix("'column_21'"))
        #expect(!hint.contains("column_22"))
    }
}
