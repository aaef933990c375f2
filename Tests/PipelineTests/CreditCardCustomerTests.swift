import Columns
import Query
import Reporting
import Segmentation
import Testing

@Suite("Reference 003: one customer", .onFiles(of: .creditCard))
struct CreditCardCustomerTests {
    @Test("contributions add up for customers throughout the file, and boundaries are of others")
    func customers() async throws {
        let card = try await ReferenceProject.creditCard.run
        let keys = (0..<60).map { "C\(10001 + $0 * 140)" }
        var (found, ways, refused) = (0, 0, 0)
        for key in keys {
            // A few numbers are not in the file.
            guard let view = try? await card.published.customer(key, of: "behaviour", for: .local)
            else { continue }
            let explanation = view.explanation
            found += 1
            let margin = try #require(explanation.attribution)
            let sum = explanation.features.compactMap(\.contribution).reduce(0, +)
            #expect(abs(sum - (margin.customer - margin.baseline)) < 1e-10)
            #expect(margin.customer >= 0)
            ways += explanation.boundaries.count
            refused += explanation.refusals.count
            for way in explanation.boundaries {
                #expect(way.segment != explanation.segment)
                #expect(
                    way.changes.map(\.column) == [
                        "PURCHASES_FREQUENCY", "PURCHASES_TRX", "TOTAL_SPENDING",
                    ])
                let shares = way.changes.map { $0.to / $0.from }
                #expect(shares.allSatisfy { abs($0 - shares[0]) < 1e-12 })
            }
        }
        #expect(found > 50)
        #expect(ways > 10)
        #expect(ways + refused == found)
    }
}
