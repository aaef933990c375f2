/// A `NeighbourIndex` inside one scope: pointers instead of arrays.
struct NeighbourTree {
    let columns: Int
    let nodes: UnsafePointer<NeighbourIndex.Node>
    let order: UnsafePointer<Int32>
    let tiles: UnsafePointer<SIMD8<Double>>
    let lower: UnsafePointer<Double>
    let upper: UnsafePointer<Double>

    func left(_ node: Int) -> Int { node + 1 }
    func right(_ node: Int) -> Int { Int(nodes[node].right) }
    func isLeaf(_ node: Int) -> Bool { nodes[node].right == 0 }
    func tiles(_ node: Int) -> Range<Int> {
        Int(nodes[node].tiles.lowerBound)..<Int(nodes[node].tiles.upperBound)
    }

    /// The squared distances of a tile's rows; NaN where there is no row.
    @inline(__always)
    func distances(_ point: UnsafePointer<Double>, tile: Int) -> SIMD8<Double> {
        let values = tiles + tile * columns
        var sum = SIMD8<Double>(repeating: 0)
        for column in 0..<columns {
            let difference = values[column] - SIMD8(repeating: point[column])
            sum += difference * difference
        }
        return sum
    }

    /// A bound that no row of the node lies below.
    @inline(__always)
    func nearest(_ point: UnsafePointer<Double>, node: Int) -> Double {
        let (lower, upper) = (lower + node * columns, upper + node * columns)
        var sum = 0.0
        for column in 0..<columns {
            let value = point[column]
            let below = lower[column] - value
            let above = value - upper[column]
            let outside = below > 0 ? below : (above > 0 ? above : 0)
            sum += outside * outside
        }
        return sum
    }

    /// A bound that no row of the node lies above.
    @inline(__always)
    func farthest(_ point: UnsafePointer<Double>, node: Int) -> Double {
        let (lower, upper) = (lower + node * columns, upper + node * columns)
        var sum = 0.0
        for column in 0..<columns {
            let value = point[column]
            let below = value - lower[column]
            let above = upper[column] - value
            let outside = below > above ? below : above
            sum += outside * outside
        }
        return sum
    }
}

extension NeighbourIndex {
    func withTree<Result>(_ body: (NeighbourTree) -> Result) -> Result {
        nodes.withUnsafeBufferPointer { nodes in
            order.withUnsafeBufferPointer { order in
                tiles.withUnsafeBufferPointer { tiles in
                    lower.withUnsafeBufferPointer { lower in
                        upper.withUnsafeBufferPointer { upper in
                            // An index has a row, so that no buffer is empty.
                            body(
                                NeighbourTree(
                                    columns: columns, nodes: nodes.baseAddress!,
                                    order: order.baseAddress!, tiles: tiles.baseAddress!,
                                    lower: lower.baseAddress!, upper: upper.baseAddress!))
                        }
                    }
                }
            }
        }
    }
}
