import Kernels
import Testing

@Suite("Correlations")
struct CorrelationTests {
    /// Figures of numpy's corrcoef, of the numbers and of their mid-ranks.
    @Test("r and ρ of a hand example with ties")
    func handExample() throws {
        let x = [1.0, 2, 2, 3, 10]
        let y = [2.0, 1, 4, 3, 5]
        let r = try #require(Correlation.pearson(x, y))
        let rho = try #require(Correlation.spearman(x, y))
        #expect(abs(r - 0.737043474095502) < 1e-14)
        #expect(abs(rho - 0.6668859288553503) < 1e-14)
    }

    @Test("equal values share the mean of their places")
    func ranks() {
        #expect(Ranks.mean(of: [30, 10, 20, 10, 10]) == [5, 2, 4, 2, 2])
        #expect(Ranks.mean(of: []) == [])
    }

    @Test("a column of one value has no correlation")
    func constant() {
        #expect(Correlation.pearson([1, 1, 1], [1, 2, 3]) == nil)
        #expect(Correlation.spearman([1, 2, 3], [0, 0, 0]) == nil)
        #expect(Correlation.pearson([], []) == nil)
    }

    @Test("neither offset nor size costs digits", arguments: [1e-200, 1, 1e200])
    func extremes(size: Double) throws {
        let x = (0..<3000).map { size * (1e6 + Double($0 % 7)) }
        let y = (0..<3000).map { Double($0 % 7) * 2 - 5 }
        #expect(abs(try #require(Correlation.pearson(x, y)) - 1) < 1e-9)
        #expect(abs(try #require(Correlation.spearman(x, y.map { -$0 })) + 1) < 1e-12)
    }

    @Test("all pairs in one pass are as each on its own, however the rows are cut")
    func pairwise() throws {
        var state: UInt64 = 7
        func number() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / 1000
        }
        let x = (0..<3000).map { _ in number() }
        let y = x.map { $0 / 2 + number() }
        // Every third value of z is missing.
        let z = y.enumerated().map { $0.offset % 3 == 0 ? Double.nan : number() - $0.element }
        func moments(pieces: Int) -> PairwiseMoments {
            var moments = PairwiseMoments(
                centres: [8000, 12_000, 0], scales: [20_000, 30_000, 40_000],
                mayMiss: [false, false, true])
            for start in stride(from: 0, to: 3000, by: pieces) {
                let rows = start..<min(start + pieces, 3000)
                moments.add([Array(x[rows]), Array(y[rows]), Array(z[rows])])
            }
            moments.finish()
            return moments
        }
        let whole = moments(pieces: 3000)
        let xy = whole.correlation(0, 1)
        #expect(xy.rows == 3000)
        #expect(abs(try #require(xy.r) - (try #require(Correlation.pearson(x, y)))) < 1e-12)
        let present = z.indices.filter { $0 % 3 != 0 }
        let yz = whole.correlation(2, 1)
        #expect(yz.rows == 2000)
        let expected = try #require(
            Correlation.pearson(present.map { y[$0] }, present.map { z[$0] }))
        #expect(abs(try #require(yz.r) - expected) < 1e-12)
        for pieces in [1, 1000, 1024, 2048] {
            let cut = moments(pieces: pieces)
            #expect(cut.correlation(0, 1).r == xy.r)
            #expect(cut.correlation(1, 2).r == yz.r)
        }
    }
}
