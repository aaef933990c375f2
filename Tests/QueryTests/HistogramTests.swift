import Columns
import Query
import TestProjects
import Testing

@Suite("Distributions")
struct HistogramTests {
    static func histogram(
        _ amounts: KeyValuePairs<Double, Int>, bins: Int = 10, smallest: Int = 0
    ) async throws -> Histogram {
        let crowd = try await Crowd(
            amounts.map { Crowd.Group(a: "a", amount: $0.key, count: $0.value) },
            smallest: smallest)
        return try await crowd.gate.histogram(
            of: "amount", bins: bins, filter: .init(), for: Crowd.analyst)
    }

    @Test("bins have a round width, cover all values, and hold each once")
    func bins() async throws {
        let histogram = try await Self.histogram(
            [0.5: 1, 10: 2, 19.9: 3, 20: 4, 95: 5, 100: 6], bins: 6)
        #expect(histogram.bins.map(\.from) == [0, 20, 40, 60, 80, 100])
        #expect(histogram.bins.map(\.to) == [20, 40, 60, 80, 100, 120])
        #expect(histogram.bins.map(\.count) == [6, 4, 0, 0, 5, 6])
        #expect(histogram.missing == 0)
        #expect(histogram.rowsUsed == 21)
    }

    @Test("a single value has a bin of its own")
    func constant() async throws {
        let histogram = try await Self.histogram([7: 3])
        #expect(histogram.bins.count == 1)
        #expect(histogram.bins[0].from <= 7 && histogram.bins[0].to > 7)
        #expect(histogram.bins[0].count == 3)
    }

    @Test("missing values are counted beside the bins, which stay where they are under a filter")
    func missing() async throws {
        let bank = try await Bank()
        let all = try await bank.gate.histogram(
            of: "income_paid", bins: 5, filter: .init(), for: .local)
        #expect(all.bins.map(\.from) == [0, 1000, 2000, 3000, 4000])
        #expect(all.bins.map(\.count) == [1, 1, 1, 0, 1])
        #expect(all.missing == 1)
        let filter = FilterContext(
            conditions: [try await bank.gate.condition("region_code = 'n'")])
        let some = try await bank.gate.histogram(
            of: "income_paid", bins: 5, filter: filter, for: .local)
        #expect(some.bins.map(\.from) == all.bins.map(\.from))
        #expect(some.bins.map(\.count) == [0, 1, 1, 0, 0])
        #expect(some.missing == 0)
        #expect(some.rowsUsed == 2)
        #expect(some.rowsTotal == 5)
    }

    @Test("only numbers have a histogram")
    func notANumber() async throws {
        let bank = try await Bank()
        let error = await #expect(throws: AuroraError.self) {
            try await bank.gate.histogram(of: "age_band", bins: 5, filter: .init(), for: .local)
        }
        #expect(error?.code == "not_a_number")
    }

    @Test("a small bin is hidden with the smallest other one that holds anything")
    func smallBin() async throws {
        let histogram = try await Self.histogram(
            [5: 30, 15: 2, 25: 9, 45: 20], smallest: Crowd.smallest)
        #expect(histogram.bins.map(\.from) == [5, 10, 15, 20, 25, 30, 35, 40, 45])
        #expect(histogram.bins.map(\.count) == [30, 0, nil, 0, nil, 0, 0, 0, 20])
        #expect(histogram.suppressed == 2)
        #expect(histogram.rowsUsed == 61)
    }

    @Test("too few rows, or a filter that leaves out too few, hide all bins")
    func tooFew() async throws {
        let crowd = try await Crowd([
            .init(a: "a", amount: 5, count: 3), .init(a: "b", amount: 15, count: 30),
        ])
        for group in ["a", "b"] {
            let histogram = try await crowd.gate.histogram(
                of: "amount", bins: 5, filter: Crowd.only(group), for: Crowd.analyst)
            #expect(histogram.bins.allSatisfy { $0.count == nil })
            #expect(histogram.missing == nil)
            #expect(histogram.rowsUsed == nil)
        }
    }

    @Test("a density shows no field of fewer rows, and as many less as it takes")
    func density() async throws {
        let crowd = try await Crowd([
            .init(a: "a", amount: 1, count: 30), .init(a: "a", amount: 5, count: 2),
            .init(a: "a", amount: 9, count: 12), .init(a: "a", amount: 20, count: 40),
        ])
        let raster = try await crowd.gate.density(
            x: "amount", y: "twice", filter: .init(), for: Crowd.analyst)
        #expect(raster.fields.map(\.count) == [30, 40])
        #expect(raster.suppressed == 2)
        #expect(raster.rowsUsed == 84)
        let few = try await crowd.gate.density(
            x: "amount", y: "twice",
            filter: FilterContext(
                selections: [.init(dimension: "amount", .values([.double(5)]))]),
            for: Crowd.analyst)
        #expect(few.fields.isEmpty)
        #expect(few.rowsUsed == nil)
    }
}
