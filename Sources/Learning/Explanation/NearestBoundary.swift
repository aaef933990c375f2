import Columns

/// The smallest changes along declared columns that take a row to the boundary of another group.
///
/// Along a straight line each group is the nearest in one interval, which is found exactly from the
/// margins to all other groups: a change is told only where the row really lands in that group.
/// It says where the boundary is, not what will happen to a customer who changes.
///
/// Source: METHODS.md section 8.
package struct NearestBoundary: Sendable, Equatable, Codable {
    /// Columns that can't change one without another.
    package struct Link: Sendable, Equatable {
        package let columns: [Int]
        /// How far each column goes while the others go; nil where nobody can say, so that none of
        /// them is changed.
        package let steps: [Double]?

        package init(columns: [Int], steps: [Double]? = nil) {
            precondition(steps.map { $0.count == columns.count } ?? true, "a step for each column")
            (self.columns, self.steps) = (columns, steps)
        }
    }

    /// A way to a boundary.
    package struct Change: Sendable, Equatable, Codable {
        /// The columns that change, together.
        package let columns: [Int]
        /// By how much each, in units of the model's scale.
        package let changes: [Double]
        /// The group whose boundary this reaches.
        package let target: Int

        /// The length of the way.
        package var size: Double { changes.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    }

    /// The row's group.
    package let own: Int
    /// The smallest change along each way and to each group that can be reached by it, the smallest
    /// of all first.
    package let changes: [Change]
    /// Actionable columns that aren't changed, since they are linked to others by no stated steps or
    /// to columns that aren't actionable.
    package let refused: [Int]

    package var nearest: Change? { changes.first }

    /// - Parameters:
    ///   - row: one number for each column, on the scale of the model.
    ///   - own: the row's group; the nearest one without it.
    ///   - actionable: columns that may change.
    ///   - links: columns that move together or not at all.
    ///   - limits: what each column's value may become; any without it.
    ///
    /// Complexity: O(actionable · groups² · columns).
    package init(
        of row: [Double], own: Int? = nil, actionable: [Int], links: [Link] = [],
        limits: [ClosedRange<Double>]? = nil, in geometry: CentroidGeometry
    ) {
        precondition(limits.map { $0.count == row.count } ?? true, "a limit for each column")
        let distances = geometry.distances(row)
        let own =
            own ?? distances.indices.min { (distances[$0], $0) < (distances[$1], $1) } ?? 0
        let (ways, refused) = Self.ways(actionable: actionable, links: links)
        var changes: [Change] = []
        for way in ways {
            let line = Line(from: row, along: way, in: geometry)
            let allowed = limits.map { line.interval(within: $0, row: row) } ?? Line.everywhere
            for target in 0..<geometry.groups where target != own {
                guard let step = line.step(to: target, allowed: allowed) else { continue }
                changes.append(
                    Change(
                        columns: way.columns, changes: way.steps.map { $0 * step }, target: target))
            }
        }
        self.own = own
        self.refused = refused
        self.changes = changes.enumerated().sorted {
            ($0.element.size, $0.offset) < ($1.element.size, $1.offset)
        }.map(\.element)
    }

    /// Columns that move together, and how far each.
    struct Way {
        let columns: [Int]
        let steps: [Double]
    }

    private static func ways(actionable: [Int], links: [Link]) -> (ways: [Way], refused: [Int]) {
        let allowed = Set(actionable)
        var linked: Set<Int> = []
        var refused: Set<Int> = []
        var ways: [Way] = []
        for link in links {
            linked.formUnion(link.columns)
            if let steps = link.steps, allowed.isSuperset(of: link.columns) {
                ways.append(Way(columns: link.columns, steps: steps))
            } else {
                refused.formUnion(allowed.intersection(link.columns))
            }
        }
        for column in allowed.sorted() where !linked.contains(column) {
            ways.append(Way(columns: [column], steps: [1]))
        }
        // A column of two links is refused when one of them is.
        ways.removeAll { $0.columns.contains { refused.contains($0) } }
        let moving = Set(ways.flatMap(\.columns))
        return (ways, allowed.subtracting(moving).sorted())
    }
}

/// The line that a row moves along, and where on it each group is the nearest.
private struct Line {
    typealias Interval = (low: Double, high: Double)
    static let everywhere: Interval = (-.infinity, .infinity)

    let way: NearestBoundary.Way
    /// For each two groups: the margin at the row, and what it gains for each step.
    let margins: Matrix
    let slopes: Matrix

    init(from row: [Double], along way: NearestBoundary.Way, in geometry: CentroidGeometry) {
        self.way = way
        let groups = geometry.groups
        var margins = Matrix(rows: groups, columns: groups)
        var slopes = margins
        for a in 0..<groups {
            for b in 0..<a {
                let gradient = geometry.gradient(own: a, other: b)
                let slope = zip(way.columns, way.steps).reduce(0) { $0 + gradient[$1.0] * $1.1 }
                let margin = geometry.margin(row, own: a, other: b)
                (margins[a, b], margins[b, a]) = (margin, -margin)
                (slopes[a, b], slopes[b, a]) = (slope, -slope)
            }
        }
        (self.margins, self.slopes) = (margins, slopes)
    }

    /// The step nearest to 0 at which the row is on the boundary of `target` and of no other group's
    /// inside; nil where there is none.
    func step(to target: Int, allowed: Interval) -> Double? {
        var (low, high) = allowed
        for other in 0..<margins.rows where other != target {
            let (margin, slope) = (margins[target, other], slopes[target, other])
            if slope > 0 {
                low = max(low, -margin / slope)
            } else if slope < 0 {
                high = min(high, -margin / slope)
            } else if margin < 0 {
                return nil
            }
        }
        // A group that is only touched in a corner isn't reached.
        guard high - low > 1e-12 * max(1, min(abs(low), abs(high))) else { return nil }
        let step = max(low, min(high, 0))
        return step.isFinite ? step : nil
    }

    func interval(within limits: [ClosedRange<Double>], row: [Double]) -> Interval {
        var (low, high) = Self.everywhere
        for (column, step) in zip(way.columns, way.steps) where step != 0 {
            let ends = [
                (limits[column].lowerBound - row[column]) / step,
                (limits[column].upperBound - row[column]) / step,
            ]
            low = max(low, min(ends[0], ends[1]))
            high = min(high, max(ends[0], ends[1]))
        }
        return (low, high)
    }
}
