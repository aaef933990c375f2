import Columns
import Kernels
import Learning
import Testing

@Suite("Replicas without groups")
struct CopulaNullTests {
    /// SciPy 1.17, `norm.ppf`.
    @Test(
        "quantiles of the normal distribution",
        arguments: [
            (1e-300, -37.0470962993612), (1e-20, -9.262340089798407), (1e-12, -7.034483825301131),
            (1e-6, -4.753424308822899), (0.025, -1.9599639845400545), (0.08, -1.4050715603096329),
            (0.3, -0.5244005127080409), (0.5, 0), (0.975, 1.959963984540054),
            (0.9999999, 5.199337582290661),
        ])
    func quantiles(share: Double, golden: Double) {
        #expect(abs(NormalQuantile.of(share) - golden) <= 4e-15 * max(1, abs(golden)))
        #expect(NormalQuantile.of(0) == -.infinity && NormalQuantile.of(1) == .infinity)
        #expect(NormalQuantile.of(1.5).isNaN)
    }

    /// Two columns that go together, one of them with a spike at 0, and one of its own.
    private static let matrix = Matrix(
        (0..<2000).map { row -> [Double] in
            let random = RandomNumbers(seed: 6, restart: 0, step: row)
            let (shared, own) = (random.uniform(0), random.uniform(1))
            return [shared, max(0, shared + own - 0.8), (random.uniform(2) * 5).rounded()]
        })

    @Test("a replica has every column's values and the correlations")
    func columns() throws {
        let null = try CopulaNull(of: Self.matrix)
        for number in 1...3 {
            let replica = null.replica(number, seed: 2)
            for column in 0..<3 {
                #expect(replica.column(column).sorted() == Self.matrix.column(column).sorted())
            }
            #expect(replica != Self.matrix)
            for (a, b) in [(0, 1), (0, 2), (1, 2)] {
                let r = Correlation.spearman(replica.column(a), replica.column(b)) ?? 0
                let golden =
                    Correlation.spearman(Self.matrix.column(a), Self.matrix.column(b)) ?? 0
                #expect(abs(r - golden) < 0.07)
            }
        }
        #expect(null.replica(1, seed: 2) == null.replica(1, seed: 2))
        #expect(null.replica(1, seed: 2) != null.replica(2, seed: 2))
        #expect(null.replica(1, seed: 2) != null.replica(1, seed: 3))
        #expect(abs(null.independentCorrelations(1, seed: 2)[0, 1]) < 0.1)
    }

    @Test("groups of one table are gone in its replicas")
    func groups() throws {
        // On a diagonal of three clouds, a replica fills corners.
        let matrix = Matrix(
            (0..<600).map { row -> [Double] in
                let random = RandomNumbers(seed: 1, restart: 0, step: row)
                let centre = [(0.0, 9.0), (9, 0), (20, 20)][row % 3]
                return [centre.0 + random.uniform(0), centre.1 + random.uniform(1)]
            })
        let replica = try CopulaNull(of: matrix).replica(1, seed: 1)
        let strays = (0..<600).count { replica[$0, 0] < 2 && replica[$0, 1] < 2 }
        #expect(strays > 20)
    }

    @Test("columns of one category stay together")
    func categories() throws {
        let matrix = Matrix(
            (0..<300).map { row -> [Double] in
                let category = row * row % 7 % 3
                return [category == 1 ? 1 : 0, category == 2 ? 1 : 0, Double(row + 200 * category)]
            })
        let replica = try CopulaNull(of: matrix, units: [[0, 1], [2]]).replica(1, seed: 4)
        #expect(!(0..<300).contains { replica[$0, 0] + replica[$0, 1] > 1 })
        for column in 0..<3 {
            #expect(replica.column(column).sorted() == matrix.column(column).sorted())
        }
        // The third category is that of the largest values.
        let r = Correlation.pearson(replica.column(1), replica.column(2)) ?? 0
        #expect(r > 0.4)
    }

    @Test("constant and repeated columns do no harm")
    func degenerate() throws {
        let matrix = Matrix((0..<40).map { [Double($0), Double($0), 3, -Double($0)] })
        let replica = try CopulaNull(of: matrix).replica(1, seed: 1)
        for row in 0..<40 {
            #expect(replica[row, 0] == replica[row, 1] && replica[row, 2] == 3)
            #expect(replica[row, 3] == replica[row, 0] - 39 || replica[row, 3] == -replica[row, 0])
        }
    }
}
