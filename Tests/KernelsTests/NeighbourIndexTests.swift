import Columns
import Kernels
import Testing

@Suite("Neighbour index")
struct NeighbourIndexTests {
    /// Rows on a coarse grid have many ties and duplicates, others none.
    private static func rows(_ rows: Int, _ columns: Int, levels: Double?, seed: Int) -> Matrix {
        let random = RandomNumbers(seed: UInt64(seed))
        return Matrix(
            rows: rows, columns: columns,
            storage: (0..<rows * columns).map { index in
                let value = random.uniform(index)
                return levels.map { (value * $0).rounded(.down) / $0 } ?? value
            })
    }

    /// Every length around a tile and a leaf; scattered rows, a coarse grid and one single value.
    @Test(
        "gives what a scan of all rows gives, to the bit",
        arguments: [1, 2, 7, 8, 9, 31, 32, 33, 63, 64, 65, 129, 400, 1000],
        [nil, 4, 1] as [Double?])
    func scan(count: Int, levels: Double?) throws {
        for columns in [1, 2, 5, 13] {
            let matrix = Self.rows(count, columns, levels: levels, seed: count)
            let points = Matrix(
                (0..<min(count, 40)).map { matrix.row($0 * count / 40 % count) }
                    + (0..<40).map { row in
                        Self.rows(40, columns, levels: nil, seed: 99).row(row).map {
                            $0 * 1.4 - 0.2
                        }
                    })
            let (index, scan) = (NeighbourIndex(matrix), NeighbourScan(matrix))
            let work = Work(threads: 2)
            #expect(try index.nearest(to: points, work: work) == scan.nearest(to: points))
            for limit in [0, 0.0625, 0.01, 0.3] {
                #expect(
                    try index.nearest(to: points, withinSquared: limit, work: work)
                        == scan.nearest(to: points, withinSquared: limit))
                for neighbours in [1, 4, 30] {
                    #expect(
                        try index.hasNeighbours(
                            neighbours, of: points, withinSquared: limit, work: work)
                            == scan.hasNeighbours(neighbours, of: points, withinSquared: limit))
                }
                #expect(
                    try index.components(withinSquared: limit, work: work)
                        == scan.components(withinSquared: limit))
            }
            for neighbours in [1, 3, 20] where neighbours <= count {
                #expect(
                    try index.squaredDistances(toNearest: neighbours, of: points, work: work)
                        == scan.squaredDistances(toNearest: neighbours, of: points))
            }
        }
    }

    @Test("chains that cross many leaves are one group, gaps are kept")
    func chains() throws {
        // Two interleaved chains on parallel lines, visited in a mixed order.
        let rows = (0..<2000).map { row -> [Double] in
            let mixed = row * 7919 % 2000
            return [Double(mixed / 2), mixed % 2 == 0 ? 0 : 3]
        }
        let groups = try NeighbourIndex(Matrix(rows)).components(withinSquared: 1, work: Work())
        for (row, group) in zip(rows, groups) { #expect(group == (row[1] == rows[0][1] ? 0 : 1)) }
    }

    @Test("a limit is inclusive, ties go to the lowest row, beyond it there is none")
    func limits() throws {
        let index = NeighbourIndex(Matrix([[2], [0], [2]]))
        let points = Matrix([[1], [3], [-2]])
        #expect(
            try index.nearest(to: points, withinSquared: 1, work: Work()) == [
                Neighbour(row: 0, squaredDistance: 1), Neighbour(row: 0, squaredDistance: 1),
                Neighbour(),
            ])
    }

    @Test("work stops between blocks")
    func stops() {
        let index = NeighbourIndex(Matrix([[0], [1]]))
        let work = Work { _, _ throws(AuroraError) in throw AuroraError.interrupted }
        #expect(throws: AuroraError.self) {
            _ = try index.nearest(to: Matrix([[0]]), work: work)
        }
        #expect(throws: AuroraError.self) {
            _ = try index.components(withinSquared: 1, work: work)
        }
    }
}
