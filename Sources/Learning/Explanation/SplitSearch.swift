/// Looks for the question that makes both sides of a node purest: the least Gini impurity, which is
/// the largest Σ_sides (Σ_groups n²) / n.
struct SplitSearch {
    struct Split {
        var feature: Int
        var question: SurrogateTree.Question
        /// What is to be as large as possible.
        var score: Double
    }

    private let classes: [Int32]
    private let classCount: Int
    private let smallest: Int
    private let rounding: Double
    /// The node's rows in each group, all its rows, and the sum of the groups' squares.
    private var counts: [Int]
    private var total = 0
    private var squares = 0

    init(classes: [Int32], classCount: Int, smallest: Int, rounding: Double) {
        (self.classes, self.classCount) = (classes, classCount)
        (self.smallest, self.rounding) = (smallest, rounding)
        counts = Array(repeating: 0, count: classCount)
    }

    /// - Parameter positions: the node's rows.
    mutating func begin(_ positions: ArraySlice<Int32>) {
        for position in positions { counts[Int(classes[Int(position)])] += 1 }
        total = positions.count
        squares = counts.reduce(0) { $0 + $1 * $1 }
    }

    var isPure: Bool { counts.contains(total) }

    /// What a split has to be better than.
    private var unsplit: Double { Double(squares) / Double(total) * (1 + 1e-12) }

    /// The best split by one feature, the first of equal ones; nil where none is better than none.
    ///
    /// - Parameter order: the node's rows, in ascending order of a feature that is a number.
    func best(
        of column: SurrogateTree.Grower.Column, feature: Int, order: ArraySlice<Int32>
    ) -> Split? {
        switch column {
        case .numbers(let numbers): best(of: numbers, feature, order)
        case .codes(let codes, let levels): best(of: codes, levels: levels, feature, order)
        }
    }

    private func best(of numbers: [Double], _ feature: Int, _ order: ArraySlice<Int32>) -> Split? {
        var sides = Sides(counts, squares: squares)
        var cut: Int?
        var score = unsplit
        let (first, last) = (order.startIndex, order.endIndex - 1)
        guard first < last else { return nil }
        for place in first..<last {
            let position = Int(order[place])
            sides.moveLeft(Int(classes[position]), 1)
            let count = place - first + 1
            guard count >= smallest, total - count >= smallest,
                numbers[position] < numbers[Int(order[place + 1])]
            else { continue }
            let value = sides.score(left: count, of: total)
            if value > score { (score, cut) = (value, place + 1) }
        }
        guard let cut else { return nil }
        return Split(
            feature: feature,
            question: .below(feature, threshold(numbers, order, cut: cut)), score: score)
    }

    /// The number with the fewest digits between the last row of the left side and the first of the
    /// right one, or near enough that few rows change sides.
    private func threshold(_ numbers: [Double], _ order: ArraySlice<Int32>, cut: Int) -> Double {
        let (below, above) = (numbers[Int(order[cut - 1])], numbers[Int(order[cut])])
        let middle = below / 2 + above / 2
        let tolerance = Int(rounding * Double(order.count))
        for digits in 1...15 {
            let rounded = RoundNumber.nearest(to: middle, digits: digits)
            if below < rounded, rounded <= above { return rounded }
            let place = firstPlace(numbers, order, from: rounded)
            let isInside = place > order.startIndex && place < order.endIndex
            if isInside, abs(place - cut) <= tolerance { return rounded }
        }
        return above
    }

    /// The first place in ascending order whose number isn't below a threshold.
    private func firstPlace(
        _ numbers: [Double], _ order: ArraySlice<Int32>, from threshold: Double
    ) -> Int {
        var (low, high) = (order.startIndex, order.endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if numbers[Int(order[middle])] < threshold { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Levels are ordered by the share of one group after the other, and cut in two at each place:
    /// for two groups the best of all divisions is among them (Breiman et al. 1984, 4.2.2).
    private func best(
        of codes: [Int32], levels: Int, _ feature: Int, _ order: ArraySlice<Int32>
    ) -> Split? {
        var best: Split?
        var table = [Int](repeating: 0, count: levels * classCount)
        var sizes = [Int](repeating: 0, count: levels)
        for position in order {
            let level = Int(codes[Int(position)])
            table[level * classCount + Int(classes[Int(position)])] += 1
            sizes[level] += 1
        }
        let present = (0..<levels).filter { sizes[$0] > 0 }
        guard present.count > 1 else { return nil }
        for group in 0..<classCount where counts[group] > 0 {
            let shares = (0..<levels).map { level in
                Double(table[level * classCount + group]) / Double(max(1, sizes[level]))
            }
            let ordered = present.sorted { (shares[$1], $0) < (shares[$0], $1) }
            var sides = Sides(counts, squares: squares)
            var count = 0
            for (place, level) in ordered.dropLast().enumerated() {
                for other in 0..<classCount {
                    sides.moveLeft(other, table[level * classCount + other])
                }
                count += sizes[level]
                guard count >= smallest, total - count >= smallest else { continue }
                let score = sides.score(left: count, of: total)
                guard score > best?.score ?? unsplit else { continue }
                best = Split(
                    feature: feature,
                    question: .oneOf(feature, ordered[...place].sorted(), levels: levels),
                    score: score)
            }
        }
        return best
    }
}

/// The rows of each group on both sides, and the sums of their squares.
private struct Sides {
    private var left: [Int]
    private var right: [Int]
    private var leftSquares = 0
    private var rightSquares: Int

    init(_ counts: [Int], squares: Int) {
        (left, right, rightSquares) = (Array(repeating: 0, count: counts.count), counts, squares)
    }

    mutating func moveLeft(_ group: Int, _ rows: Int) {
        leftSquares += rows * (2 * left[group] + rows)
        rightSquares -= rows * (2 * right[group] - rows)
        left[group] += rows
        right[group] -= rows
    }

    func score(left count: Int, of total: Int) -> Double {
        Double(leftSquares) / Double(count) + Double(rightSquares) / Double(total - count)
    }
}
