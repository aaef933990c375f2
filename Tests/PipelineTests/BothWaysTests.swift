import Columns
import Query
import Reporting
import Testing

/// A page over customers, their cards and their transactions, against SQL written by hand: whichever of
/// the three a selection is made in, the figures of the others are those of the rows that belong to it,
/// each counted once.
@Suite(
    "Filters both ways between customers, cards and transactions", .onFiles(of: .auroraDashboard))
struct BothWaysTests {
    private static let measures = [
        "customers", "avg_credit_score", "cards", "credit_card_holders", "transactions", "refunds",
        "avg_transaction_amount",
    ]

    /// What one SQL condition on each table leaves, in the order of the measures.
    private static func expected(
        users: String, cards: String, transactions: String, in run: ReferenceRun
    ) async throws -> [String] {
        try await run.sql("SELECT count(*), avg(credit_score) FROM users u WHERE \(users)")
            + run.sql(
                """
                SELECT count(*), count(DISTINCT client_id) FILTER (WHERE is_credit)
                FROM cards c WHERE \(cards)
                """)
            + run.sql(
                """
                SELECT count(*), count(*) FILTER (WHERE is_refund), avg(amount)
                FROM transactions t WHERE \(transactions)
                """)
    }

    private static func figures(
        _ selections: [FilterContext.Selection], in run: ReferenceRun
    ) async throws -> [String] {
        let query = FigureQuery(measures: measures, filter: .init(selections: selections))
        let row = try await run.published.gate.answer(query, for: .local).rows[0]
        return [row[0..<2], row[2..<4], row[4..<7]]
            .map { $0.map(\.description).joined(separator: " ") }
    }

    private static func check(
        _ selections: FilterContext.Selection..., users: String, cards: String,
        transactions: String
    ) async throws {
        let run = try await ReferenceProject.auroraDashboard.run
        let found = try await figures(selections, in: run)
        let wanted = try await expected(
            users: users, cards: cards, transactions: transactions, in: run)
        #expect(found == wanted)
        #expect(try await figures([], in: run) != found, "the selection takes something away")
    }

    private static func picking(_ dimension: String, _ values: String...) -> FilterContext.Selection
    {
        .init(dimension: dimension, .values(values.map { .text($0) }))
    }

    @Test("a kind of card keeps customers who have one, once each, and all their transactions")
    func card() async throws {
        let has = "SELECT client_id FROM cards WHERE card_type = 'Credit'"
        try await Self.check(
            Self.picking("card_type", "Credit"),
            users: "id IN (\(has))", cards: "card_type = 'Credit'",
            transactions: "client_id IN (\(has))")
    }

    @Test("two attributes of cards must hold for the same card")
    func sameCard() async throws {
        let has =
            "SELECT client_id FROM cards WHERE card_type = 'Credit' AND card_brand = 'Visa'"
        try await Self.check(
            Self.picking("card_type", "Credit"), Self.picking("card_brand", "Visa"),
            users: "id IN (\(has))",
            cards: "card_type = 'Credit' AND card_brand = 'Visa'",
            transactions: "client_id IN (\(has))")
        let run = try await ReferenceProject.auroraDashboard.run
        let apart = try await run.sql(
            """
            SELECT count(*) FROM users WHERE id IN (SELECT client_id FROM cards
            WHERE card_type = 'Credit') AND id IN (SELECT client_id FROM cards
            WHERE card_brand = 'Visa')
            """)
        let together = try await Self.figures(
            [Self.picking("card_type", "Credit"), Self.picking("card_brand", "Visa")], in: run)
        #expect(!together[0].hasPrefix(apart[0] + " "), "on one card or on two is not the same")
    }

    @Test("an attribute of customers keeps their cards and their transactions")
    func customer() async throws {
        let young = "SELECT id FROM users WHERE age_bracket = '18-25' AND gender = 'Female'"
        try await Self.check(
            Self.picking("age_bracket", "18-25"), Self.picking("gender", "Female"),
            users: "id IN (\(young))", cards: "client_id IN (\(young))",
            transactions: "client_id IN (\(young))")
    }

    @Test("an attribute of transactions keeps customers with such a one, and their cards")
    func transaction() async throws {
        let paid = "SELECT client_id FROM transactions WHERE date_part('hour', date) < 6"
        try await Self.check(
            .init(dimension: "hour", .range(from: 0, to: 6, closed: false)),
            users: "id IN (\(paid))", cards: "client_id IN (\(paid))",
            transactions: "date_part('hour', date) < 6")
    }

    @Test("a merchant's category reaches customers and cards through transactions")
    func category() async throws {
        let name = "Money Transfer"
        let mcc = "SELECT mcc_id FROM merchant_categories WHERE Description = '\(name)'"
        let paid = "SELECT client_id FROM transactions WHERE mcc IN (\(mcc))"
        try await Self.check(
            Self.picking("merchant_category", name), users: "id IN (\(paid))",
            cards: "client_id IN (\(paid))", transactions: "mcc IN (\(mcc))")
    }

    @Test("selections of all three hold together")
    func together() async throws {
        let card = "SELECT client_id FROM cards WHERE card_brand = 'Visa'"
        let user = "SELECT id FROM users WHERE gender = 'Male'"
        let paid = "SELECT client_id FROM transactions WHERE age_bracket_then = '26-35'"
        try await Self.check(
            Self.picking("card_brand", "Visa"), Self.picking("gender", "Male"),
            Self.picking("age_then", "26-35"),
            users: "gender = 'Male' AND id IN (\(card)) AND id IN (\(paid))",
            cards: "card_brand = 'Visa' AND client_id IN (\(user)) AND client_id IN (\(paid))",
            transactions: "age_bracket_then = '26-35' AND client_id IN (\(user)) "
                + "AND client_id IN (\(card))")
    }

    @Test("the rows behind a mark are as many as its figure, whichever of the three it counts")
    func rows() async throws {
        let run = try await ReferenceProject.auroraDashboard.run
        let selections = [Self.picking("card_type", "Credit"), Self.picking("gender", "Female")]
        let filter = FilterContext(selections: selections)
        for (measure, model) in [
            ("customers", "users"), ("cards", "cards"), ("credit_cards", "cards"),
            ("transactions", "transactions"), ("refunds", "transactions"),
        ] {
            let query = FigureQuery(measures: [measure], filter: filter)
            let figure = try await run.published.gate.answer(query, for: .local).rows[0][0]
            var rows = RowQuery(of: model, behind: measure, filter: filter)
            rows.limit = 1
            let page = try await run.published.gate.rows(rows, for: .local)
            #expect(page.total == figure.integerValue, "\(measure)")
        }
    }
}
