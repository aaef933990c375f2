import Kernels

/// The tree of merges that agglomerative clustering makes, lowest first.
///
/// Nodes are numbered as by SciPy's `linkage`: the leaves from 0, then one node for each merge.
package struct Dendrogram: Sendable, Equatable {
    package struct Merge: Sendable, Equatable {
        /// The nodes that became one; `a` is below `b`.
        package var a: Int
        package var b: Int
        /// Never below the height of an earlier merge.
        package var height: Double
        /// Rows below the merged node.
        package var size: Int
    }

    /// Rows that each leaf stands for.
    package let leafSizes: [Int]
    /// One fewer than leaves.
    package let merges: [Merge]

    package var leaves: Int { leafSizes.count }

    init(leafSizes: [Int], merges: [Merge]) {
        self.leafSizes = leafSizes
        self.merges = merges
    }

    /// - Parameters:
    ///   - chain: merges in the order in which a chain of nearest neighbours found them.
    ///   - height: of a distance; must not fall where distances rise.
    init(leafSizes: [Int], chain: [ChainMerge], height: (Double) -> Double) {
        // Rounding may put a merge below one of its parts by a last digit.
        var highest = [Double](repeating: 0, count: leafSizes.count)
        var found: [(lower: Int, higher: Int, height: Double)] = []
        for merge in chain {
            let value = max(
                height(merge.distance), highest[merge.lower], highest[merge.higher])
            highest[merge.higher] = value
            found.append((merge.lower, merge.higher, value))
        }
        // The standard library's sort is stable: parts stay before what they became.
        found.sort { $0.height < $1.height }
        var nodes = Array(0..<leafSizes.count)
        var sizes = leafSizes
        var merges: [Merge] = []
        for (lower, higher, height) in found {
            let (a, b) = (nodes[lower], nodes[higher])
            sizes[higher] += sizes[lower]
            nodes[higher] = leafSizes.count + merges.count
            merges.append(
                Merge(a: min(a, b), b: max(a, b), height: height, size: sizes[higher]))
        }
        self.init(leafSizes: leafSizes, merges: merges)
    }

    /// The group of each leaf where k groups are left; groups are numbered by their lowest leaves.
    ///
    /// - Parameter k: from 1 to the number of leaves.
    ///
    /// Complexity: O(leaves).
    package func cut(_ k: Int) -> [Int32] {
        precondition((1...leaves).contains(k), "as many groups as there are leaves")
        let kept = leaves - k
        var owners = Array(0..<leaves + kept)
        for index in (0..<kept).reversed() {
            let owner = owners[leaves + index]
            owners[merges[index].a] = owner
            owners[merges[index].b] = owner
        }
        var numbers = [Int32](repeating: -1, count: leaves + kept)
        var next: Int32 = 0
        return (0..<leaves).map { leaf in
            let owner = owners[leaf]
            if numbers[owner] < 0 {
                numbers[owner] = next
                next += 1
            }
            return numbers[owner]
        }
    }

    /// The group of each leaf after all merges up to this height, inclusive.
    package func cut(height: Double) -> [Int32] {
        cut(leaves - merges.count { $0.height <= height })
    }

    /// The last merges alone, for drawing: leaf g stands for group g of `cut(count)`.
    ///
    /// - Parameter count: leaves, at most; at least 1.
    package func top(_ count: Int = 50) -> Dendrogram {
        guard count < leaves else { return self }
        let groups = cut(count)
        let kept = leaves - count
        var sizes = [Int](repeating: 0, count: count)
        for (leaf, group) in groups.enumerated() { sizes[Int(group)] += leafSizes[leaf] }
        var numbers = groups.map { Int($0) }
        for (index, merge) in merges.enumerated() {
            numbers.append(index < kept ? numbers[merge.a] : count + index - kept)
        }
        let merges = merges[kept...].map { merge in
            let (a, b) = (numbers[merge.a], numbers[merge.b])
            return Merge(a: min(a, b), b: max(a, b), height: merge.height, size: merge.size)
        }
        return Dendrogram(leafSizes: sizes, merges: merges)
    }

    /// The leaves from left to right, so that no branches cross: of two branches the one with the
    /// lower node comes first.
    package var leafOrder: [Int] {
        var order: [Int] = []
        var open = [leaves + merges.count - 1]
        while let node = open.popLast() {
            if node < leaves {
                order.append(node)
            } else {
                open.append(merges[node - leaves].b)
                open.append(merges[node - leaves].a)
            }
        }
        return order
    }
}

extension Dendrogram: Codable {
    private enum CodingKeys: String, CodingKey {
        case leaves, a, b, height, size
        case leafSizes = "leaf_sizes"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(leaves, forKey: .leaves)
        if leafSizes.contains(where: { $0 != 1 }) {
            try values.encode(leafSizes, forKey: .leafSizes)
        }
        try values.encode(merges.map(\.a), forKey: .a)
        try values.encode(merges.map(\.b), forKey: .b)
        try values.encode(merges.map(\.height), forKey: .height)
        try values.encode(merges.map(\.size), forKey: .size)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let leaves = try values.decode(Int.self, forKey: .leaves)
        let a = try values.decode([Int].self, forKey: .a)
        let b = try values.decode([Int].self, forKey: .b)
        let heights = try values.decode([Double].self, forKey: .height)
        let sizes = try values.decode([Int].self, forKey: .size)
        let leafSizes = try values.decodeIfPresent([Int].self, forKey: .leafSizes)
        // Every node but the last is merged once, and only after it came to be.
        let isTree =
            leaves > 0 && Set([a.count, b.count, heights.count, sizes.count]) == [leaves - 1]
            && (leafSizes?.count ?? leaves) == leaves
            && (a + b).sorted() == Array(0..<2 * (leaves - 1))
            && a.indices.allSatisfy { a[$0] < b[$0] && b[$0] < leaves + $0 }
        guard isTree else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "the merges are not a tree of \(leaves) leaves"))
        }
        self.init(
            leafSizes: leafSizes ?? [Int](repeating: 1, count: leaves),
            merges: a.indices.map {
                Merge(a: a[$0], b: b[$0], height: heights[$0], size: sizes[$0])
            })
    }
}
