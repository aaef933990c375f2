import Columns
import Engine
import Testing

@Suite("Checked expressions")
struct CheckedExpressionTests {
    /// An expression of every kind around `leaf`, which stands where only that kind would reach it.
    private static func surrounding(_ leaf: CheckedExpression) -> [CheckedExpression] {
        let one = CheckedExpression.integer(1)
        return [
            leaf, .call(function: "f", arguments: [one, leaf]),
            .cast(leaf, .text, orMissing: false),
            .choice(branches: [.init(when: leaf, then: one)], otherwise: one),
            .choice(branches: [.init(when: one, then: leaf)], otherwise: one),
            .choice(branches: [.init(when: one, then: one)], otherwise: leaf),
            .comparison(.equal, leaf, one), .comparison(.equal, one, leaf),
            .between(leaf, lower: one, upper: one), .between(one, lower: leaf, upper: one),
            .between(one, lower: one, upper: leaf), .isIn(leaf, options: [one], negated: false),
            .isIn(one, options: [one, leaf], negated: false), .all([one, leaf]), .any([one, leaf]),
            .not(leaf), .isMissing(leaf, negated: false),
        ]
    }

    @Test("a column is found wherever it stands", arguments: surrounding(.column("a")))
    func columns(expression: CheckedExpression) {
        #expect(expression.columns.map(\.name) == ["a"])
        #expect(!expression.containsAggregate)
        #expect(!expression.isAggregated)
    }

    @Test("an aggregate is found wherever it stands", arguments: surrounding(.aggregate("count")))
    func aggregates(expression: CheckedExpression) {
        #expect(expression.columns.isEmpty)
        #expect(expression.containsAggregate)
        #expect(expression.isAggregated)
    }

    @Test(
        "every aggregate is replaced, wherever it stands",
        arguments: surrounding(.aggregate("count")))
    func mapping(expression: CheckedExpression) async {
        let mapped = await expression.mapAggregates { _ in .column("total") }
        #expect(!mapped.containsAggregate)
        #expect(mapped.columns.map(\.name) == ["total"])
        let same = await expression.mapAggregates { .aggregate($0) }
        #expect(same == expression)
    }

    @Test("columns come in the order of the text, aggregates' filters included")
    func order() {
        let sum = CheckedExpression.aggregate(
            .init(function: "sum", arguments: [.column("b")], filter: .column("c")))
        let ratio = CheckedExpression.call(function: "/", arguments: [.column("a"), sum])
        #expect(ratio.columns.map(\.name) == ["a", "b", "c"])
    }

    @Test("a column beside an aggregate makes no figure")
    func mixed() {
        let sum = CheckedExpression.aggregate("sum", .column("b"))
        #expect(
            !CheckedExpression.call(function: "/", arguments: [sum, .column("a")]).isAggregated)
        #expect(CheckedExpression.call(function: "/", arguments: [sum, sum]).isAggregated)
        #expect(CheckedExpression.call(function: "/", arguments: [sum, .integer(2)]).isAggregated)
    }
}
