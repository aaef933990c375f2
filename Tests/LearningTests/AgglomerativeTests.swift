import Columns
import Foundation
import Kernels
import Learning
import Testing

@Suite("Agglomerative clustering")
struct AgglomerativeTests {
    static let linkages: [Agglomerative.Linkage] = [.ward, .average, .complete]

    @Test("merges and heights of SciPy", arguments: linkages)
    func scipy(linkage: Agglomerative.Linkage) throws {
        let tree = try Agglomerative(k: 3, linkage: linkage).fit(LinkageReference.rows).dendrogram
        let expected = try #require(LinkageReference.merges[linkage])
        #expect(tree.merges.count == expected.count)
        for (merge, reference) in zip(tree.merges, expected) {
            #expect((merge.a, merge.b, merge.size) == (reference.a, reference.b, reference.size))
            #expect(abs(merge.height - reference.height) < 1e-12)
        }
    }

    @Test("SciPy's groups of METHODS.md section 10", arguments: linkages)
    func golden(linkage: Agglomerative.Linkage) throws {
        let model = try Agglomerative(k: 3, linkage: linkage).fit(Samples.golden)
        // SciPy 1.17.1: the last row is nearer to the second group than to its own of K-Means.
        #expect(model.labels == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 1])
        #expect(model.sizes == [4, 5, 3])
        let heights: [Agglomerative.Linkage: Double] = [
            .ward: 14.256255936722422, .average: 6.641360692104863, .complete: 8.500588214941365,
        ]
        let last = try #require(model.dendrogram.merges.last)
        #expect(abs(last.height - (try #require(heights[linkage]))) < 1e-12)
    }

    @Test("the chain gives what merging the closest pair gives", arguments: linkages, [1, 2, 5])
    func closestPairs(linkage: Agglomerative.Linkage, columns: Int) throws {
        let matrix = Samples.clouds(rows: 70, columns: columns, seed: UInt64(columns))
        let (heights, groups) = LinkageReference.closestPairs(matrix, linkage)
        let tree = try Agglomerative(k: 1, linkage: linkage).fit(matrix).dendrogram
        for (merge, height) in zip(tree.merges, heights) {
            #expect(abs(merge.height - height) < 1e-11)
        }
        for k in [2, 5, 20] {
            let labels = tree.cut(k)
            #expect(groups(k) == (0..<k).map { g in labels.indices.filter { labels[$0] == g } })
        }
    }

    @Test("rows that stand for several merge as those would")
    func weights() throws {
        let weights = [3, 1, 2, 5]
        var copies = WardDistances(
            Matrix(
                weights.indices.flatMap { row in
                    [[Double]](repeating: Samples.golden.row(row), count: weights[row])
                }))
        var weighted = WardDistances(
            Matrix(weights.indices.map { Samples.golden.row($0) }), weights: weights)
        let all = try #require(try NearestNeighbourChain.merges(&copies, work: Work()))
        let few = try #require(try NearestNeighbourChain.merges(&weighted, work: Work()))
        #expect(all.count { $0.distance == 0 } == 7)
        // SciPy 1.17.1 on the copies.
        let expected = [0.44158804331639223, 0.573003781255703, 0.976232709465475]
        for merges in [all.filter { $0.distance > 0 }, few] {
            for (merge, height) in zip(merges.sorted { $0.distance < $1.distance }, expected) {
                #expect(abs(merge.distance.squareRoot() - height) < 1e-12)
            }
        }
    }

    @Test("duplicates merge first and are never parted", arguments: linkages)
    func duplicates(linkage: Agglomerative.Linkage) throws {
        let matrix = Matrix((0..<90).map { [Double($0 % 7) * 0.1, Double($0 % 7) / 3] })
        let model = try Agglomerative(k: 7, linkage: linkage).fit(matrix)
        #expect(model.labels == (0..<90).map { Int32($0 % 7) })
        #expect(model.dendrogram.merges.prefix(83).allSatisfy { $0.height == 0 })
        #expect(model.dendrogram.merges[83].height > 0)
        let message = expectError("k_above_distinct_rows") {
            _ = try Agglomerative(k: 8, linkage: linkage).fit(matrix)
        }
        #expect(message == "k is 8 but the 90 rows have only 7 different values")
        expectError("rows_too_close") {
            _ = try Agglomerative(k: 2, linkage: linkage).fit(Matrix([[0], [1e-200], [1]]))
        }
    }

    @Test("above the limit: micro-clusters, Ward on their means, k-means from its groups")
    func microClusters() throws {
        let matrix = Matrix(
            (0..<6000).map { row -> [Double] in
                let random = RandomNumbers(seed: 1, restart: 0, step: row)
                return [Double(row % 3) * 30 + random.uniform(0), random.uniform(1)]
            })
        let method = Agglomerative(k: 3, limit: 5000, microClusters: 60, seed: 4)
        let model = try method.fit(matrix)
        let truth = (0..<6000).map { Int32($0 % 3) }
        #expect(try AdjustedRandIndex.measure(model.labels, truth) == 1)
        #expect(model.microClusters == 60)
        #expect(model.dendrogram.leafSizes.reduce(0, +) == 6000)
        #expect(model.dendrogram.merges.last?.size == 6000)
        #expect(model.notices.map(\.code) == ["micro_clusters"])
        #expect(model.notices[0].message.contains("6000 rows are above the limit of 5000"))
        #expect(model.notices[0].message.contains("60 groups"))
        let full = try Agglomerative(k: 3).fit(matrix)
        #expect(full.microClusters == nil)
        #expect(try AdjustedRandIndex.measure(full.labels, truth) == 1)
        #expect(model.centroids.columns == 2)
        expectError("rows_above_limit") {
            _ = try Agglomerative(k: 3, linkage: .average, limit: 5999).fit(matrix)
        }
        expectError("k_above_micro_clusters") {
            _ = try Agglomerative(k: 61, limit: 10, microClusters: 60).fit(matrix)
        }
        expectError("micro_clusters_out_of_range") {
            _ = try Agglomerative(k: 3, microClusters: 49).fit(matrix)
        }
    }

    @Test("later rows go to the group of the nearest training row")
    func scoring() throws {
        let model = try Agglomerative(k: 2, linkage: .complete).fit(Matrix([[0], [2], [9], [5]]))
        #expect(model.labels == [0, 0, 1, 1])
        // 3.5 is as near to row 1 as to row 3.
        #expect(try model.predict(Matrix([[3.5], [3.6], [-7], [100]])) == [0, 1, 0, 1])
        #expect(try model.distances(Matrix([[3], [9]])).storage == [1, 4, 49, 0])
        expectError("values_too_large") { _ = try model.predict(Matrix([[1e200]])) }
        expectError("feature_count") { _ = try model.predict(Matrix([[1, 2]])) }
    }

    @Test("values whose squares overflow are refused", arguments: linkages)
    func overflow(linkage: Agglomerative.Linkage) {
        expectError("values_too_large") {
            _ = try Agglomerative(k: 2, linkage: linkage).fit(Matrix([[1e200], [-1e200], [0]]))
        }
    }

    @Test("work stops between merges")
    func stops() {
        let work = Work { _, _ throws(AuroraError) in throw AuroraError.interrupted }
        expectError("interrupted") {
            _ = try Agglomerative(k: 2).fit(Samples.golden, work: work)
        }
    }
}

@Suite("Dendrogram")
struct DendrogramTests {
    private static func tree() throws -> Dendrogram {
        try Agglomerative(k: 1).fit(LinkageReference.rows).dendrogram
    }

    @Test("a cut at a height keeps the merges up to it")
    func height() throws {
        let tree = try Self.tree()
        #expect(tree.cut(height: tree.merges[20].height) == tree.cut(3))
        #expect(tree.cut(height: tree.merges[20].height.nextDown) == tree.cut(4))
        #expect(tree.cut(height: -1) == (0..<24).map { Int32($0) })
        #expect(Set(tree.cut(height: .infinity)) == [0])
    }

    @Test("groups of a cut are numbered by their lowest leaves, and nested in those of a lower one")
    func cuts() throws {
        let tree = try Self.tree()
        for k in 1...23 {
            let (labels, finer) = (tree.cut(k), tree.cut(k + 1))
            let firsts = (0..<Int32(k)).compactMap { labels.firstIndex(of: $0) }
            #expect(firsts.count == k)
            #expect(firsts == firsts.sorted())
            #expect(Set(zip(finer, labels).map { [$0, $1] }).count == k + 1)
        }
    }

    @Test("the top of the tree has the groups of a cut as leaves")
    func top() throws {
        let tree = try Self.tree()
        let top = tree.top(6)
        let groups = tree.cut(6)
        #expect(top.leafSizes == (0..<6).map { g in groups.count { $0 == g } })
        #expect(top.merges.map(\.height) == tree.merges.suffix(5).map(\.height))
        #expect(top.merges.map(\.size) == tree.merges.suffix(5).map(\.size))
        for k in 1...6 {
            let coarse = top.cut(k)
            #expect(groups.map { coarse[Int($0)] } == tree.cut(k))
        }
        #expect(tree.top(50) == tree)
        #expect(tree.top(1).leafSizes == [24])
    }

    @Test("no branches cross in the order of the leaves")
    func order() throws {
        let tree = try Self.tree()
        #expect(tree.leafOrder.sorted() == Array(0..<24))
        for k in 1...24 {
            let labels = tree.leafOrder.map { tree.cut(k)[$0] }
            #expect(zip(labels, labels.dropFirst()).count { $0 != $1 } == k - 1)
        }
    }

    @Test("a tree comes back from JSON; what is no tree is refused")
    func json() throws {
        let top = try Self.tree().top(4)
        for tree in [top, try Self.tree()] { #expect(try roundTrip(tree) == tree) }
        let text = String(decoding: try JSONEncoder().encode(top), as: UTF8.self)
        for (part, damaged) in [
            ("\"leaves\":4", "\"leaves\":5"), ("\"b\":[", "\"b\":[9,"),
            ("\"a\":[1,0", "\"a\":[2,0"),
        ] {
            #expect(text.contains(part), "\(text)")
            let changed = text.replacingOccurrences(of: part, with: damaged)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(Dendrogram.self, from: Data(changed.utf8))
            }
        }
    }
}
