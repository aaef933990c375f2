import Columns
import Kernels
import Learning

/// Trees that SciPy 1.17.1 makes of 24 rows: `linkage(X, method)`.
enum LinkageReference {
    static let rows = Matrix(
        (0..<24).map { i -> [Double] in
            let (square, cube) = (i * i, i * i * i)
            let (x, y, z) = (square * 31 % 997, i * 577 % 499, cube * 7 % 241)
            return [Double(x) / 100, Double(y) / 100, Double(z) / 40]
        })

    typealias Merge = (a: Int, b: Int, height: Double, size: Int)

    static let merges: [Agglomerative.Linkage: [Merge]] = [
        .ward: [
            (5, 11, 0.3862965182343742, 2),
            (0, 1, 0.8573943083552631, 2),
            (2, 22, 1.0173617842242748, 2),
            (6, 18, 1.0547630065564493, 2),
            (8, 16, 1.4186260959111103, 2),
            (19, 27, 1.7456350324929515, 3),
            (9, 23, 1.7877639665235454, 2),
            (10, 26, 1.8325778746527162, 3),
            (13, 14, 1.9036872117025951, 2),
            (7, 21, 2.1091763795377565, 2),
            (17, 28, 2.233606948413261, 3),
            (12, 30, 2.2601253652544733, 3),
            (3, 4, 2.3494254616820687, 2),
            (20, 35, 3.206576575311018, 4),
            (25, 31, 3.4304822304354436, 5),
            (33, 36, 4.313752716603027, 4),
            (24, 34, 4.323454058967205, 5),
            (32, 39, 5.916394242554609, 6),
            (15, 40, 6.078913965504035, 6),
            (29, 38, 6.4575485544696685, 8),
            (37, 41, 8.070206110544307, 10),
            (43, 44, 12.863778432309669, 18),
            (42, 45, 19.462775599276114, 24),
        ],
        .average: [
            (5, 11, 0.3862965182343742, 2),
            (0, 1, 0.8573943083552631, 2),
            (2, 22, 1.0173617842242748, 2),
            (6, 18, 1.0547630065564493, 2),
            (8, 16, 1.4186260959111103, 2),
            (19, 27, 1.5404005578048348, 3),
            (10, 26, 1.666442702672021, 3),
            (9, 23, 1.7877639665235454, 2),
            (13, 14, 1.9036872117025951, 2),
            (17, 28, 2.047805413739809, 3),
            (7, 21, 2.1091763795377565, 2),
            (12, 31, 2.1384280453288835, 3),
            (3, 32, 2.287272090467227, 3),
            (25, 30, 2.3717118317916435, 5),
            (20, 35, 2.746944800722728, 4),
            (4, 34, 2.7944041403423947, 3),
            (24, 33, 2.9460100073217252, 5),
            (29, 37, 3.512546538941242, 8),
            (39, 40, 4.063641846591839, 8),
            (36, 38, 4.479043560995547, 7),
            (41, 43, 4.51004204445325, 15),
            (15, 42, 5.732665124751662, 9),
            (44, 45, 7.1491386004018445, 24),
        ],
        .complete: [
            (5, 11, 0.3862965182343742, 2),
            (0, 1, 0.8573943083552631, 2),
            (2, 22, 1.0173617842242748, 2),
            (6, 18, 1.0547630065564493, 2),
            (8, 16, 1.4186260959111103, 2),
            (10, 26, 1.6883794004903045, 3),
            (9, 23, 1.7877639665235454, 2),
            (13, 14, 1.9036872117025951, 2),
            (19, 27, 1.9771254386103077, 3),
            (7, 21, 2.1091763795377565, 2),
            (17, 24, 2.2652814394683944, 3),
            (3, 4, 2.3494254616820687, 2),
            (20, 30, 2.3511061226580146, 3),
            (25, 29, 3.0265202791324564, 5),
            (28, 34, 3.690447127381721, 5),
            (12, 36, 3.9051376416203314, 4),
            (35, 39, 4.558774506377783, 6),
            (32, 40, 5.391857286687028, 9),
            (31, 37, 5.524094948496089, 7),
            (33, 38, 5.623951013300169, 7),
            (15, 43, 7.44225940155273, 8),
            (41, 42, 7.8177122612692775, 16),
            (44, 45, 11.49162303593361, 24),
        ],
    ]

    /// Merges the closest pair again and again, by the definition of the linkage.
    static func closestPairs(
        _ matrix: Matrix, _ linkage: Agglomerative.Linkage
    ) -> (heights: [Double], cut: (Int) -> [[Int]]) {
        var clusters = (0..<matrix.rows).map { [$0] }
        var (heights, states) = ([Double](), [clusters])
        while clusters.count > 1 {
            var best = (0, 1, Double.infinity)
            for a in clusters.indices {
                for b in a + 1..<max(a + 1, clusters.count) {
                    let distance = distance(matrix, clusters[a], clusters[b], linkage)
                    if distance < best.2 { best = (a, b, distance) }
                }
            }
            heights.append(best.2)
            clusters[best.0] = (clusters[best.0] + clusters[best.1]).sorted()
            clusters.remove(at: best.1)
            states.append(clusters)
        }
        return (heights, { states[matrix.rows - $0].sorted { $0[0] < $1[0] } })
    }

    private static func distance(
        _ matrix: Matrix, _ a: [Int], _ b: [Int], _ linkage: Agglomerative.Linkage
    ) -> Double {
        func root(_ x: [Double], _ y: [Double]) -> Double {
            zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        if linkage == .ward {
            func mean(_ rows: [Int]) -> [Double] {
                (0..<matrix.columns).map { column in
                    rows.reduce(0) { $0 + matrix[$1, column] } / Double(rows.count)
                }
            }
            let factor = 2 * Double(a.count * b.count) / Double(a.count + b.count)
            return factor.squareRoot() * root(mean(a), mean(b))
        }
        let pairs = a.flatMap { i in b.map { root(matrix.row(i), matrix.row($0)) } }
        return linkage == .average
            ? pairs.reduce(0, +) / Double(pairs.count) : pairs.max() ?? .infinity
    }
}
