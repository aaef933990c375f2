import CKernels
package import Columns
import Synchronization

extension Assignment {
    /// A pass over tiles that are there already.
    mutating func pass(_ matrix: Matrix, _ tiles: Tiles, _ centroids: Matrix, threads: Int) {
        let keepsGaps = startGaps()
        centres.set(centroids, offsets: tiles.offsets)
        guard centres.fit else { return pass(matrix, centroids, threads: threads) }
        let areTileSums = startTileSums(tiles)
        let (columns, loops) = (columns, tiles.path.table)
        tiles.withTiles { floats, norms in
            Self.withPointers(matrix, centroids, &labels) { values, exact, labels in
                var rows = ckernels_rows(
                    values: values, tiles: floats, norms: norms, features: columns,
                    sumsTiles: areTileSums ? 1 : 0)
                withUnsafePointer(to: &rows) { rows in
                    centres.withCentres(exact) { centres in
                        withUnsafePointer(to: centres) { centres in
                            gaps.withUnsafeMutableBufferPointer { gaps in
                                let gaps = keepsGaps ? gaps.baseAddress : nil
                                sums.pass(threads: threads) { chunk, record in
                                    loops.assign(
                                        rows, centres, chunk.lowerBound, chunk.count,
                                        labels + chunk.lowerBound,
                                        gaps.map { $0 + chunk.lowerBound / Self.gapRows }, record)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A pass over rows that become tiles for a moment, a block at a time. Rows that are too long
    /// for tiles take the reference loop.
    mutating func pass(
        _ matrix: Matrix, _ centroids: Matrix, threads: Int, path: KernelPath = .current
    ) {
        leaveTileSums()
        let (columns, clusters, loops) = (columns, clusters, path.table)
        let offsets = Tiles.offsets(of: matrix)
        centres.set(centroids, offsets: offsets)
        let fit = centres.fit
        Self.withPointers(matrix, centroids, &labels) { values, exact, labels in
            centres.withCentres(exact) { centres in
                sums.pass(threads: threads) { chunk, record in
                    let labels = labels + chunk.lowerBound
                    let values = values + chunk.lowerBound * columns
                    let changed =
                        fit
                        ? loops.assign(
                            values, chunk.count, columns, offsets, centres, labels, record)
                        : nil
                    return changed
                        ?? Self.reference(
                            values, chunk.count, columns: columns, centres: exact,
                            clusters: clusters, labels: labels, record: record)
                }
            }
        }
    }

    /// Sums all rows anew, from the matrix.
    mutating func sum(_ matrix: Matrix, threads: Int) {
        let (columns, clusters) = (columns, clusters)
        let loops = KernelPath.current.table
        leaveTileSums()
        sums.renew()
        Self.withPointers(matrix, matrix, &labels) { values, _, labels in
            sums.pass(threads: threads) { chunk, record in
                loops.sums(
                    values + chunk.lowerBound * columns, columns, clusters, chunk.count,
                    labels + chunk.lowerBound, record)
                return 0
            }
        }
    }

    private static func withPointers(
        _ matrix: Matrix, _ centroids: Matrix, _ labels: inout [Int32],
        _ body: (
            UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Int32>
        ) -> Void
    ) {
        matrix.storage.withUnsafeBufferPointer { values in
            centroids.storage.withUnsafeBufferPointer { exact in
                labels.withUnsafeMutableBufferPointer { labels in
                    guard let values = values.baseAddress, let exact = exact.baseAddress,
                        let labels = labels.baseAddress
                    else { return }
                    body(values, exact, labels)
                }
            }
        }
    }

    /// The nearest centroid of each row, ties to the lowest index, without anything for an update.
    ///
    /// - Returns: also whether no distance can be beyond the largest number; where it is false, one
    ///   may be.
    ///
    /// Complexity: O(rows · clusters · columns).
    package static func nearest(
        _ matrix: Matrix, to centroids: Matrix, threads: Int, path: KernelPath = .current
    ) -> (labels: [Int32], areFinite: Bool) {
        precondition(centroids.columns == matrix.columns, "one shape")
        let areFinite = Atomic<Bool>(true)
        let (columns, clusters, loops) = (matrix.columns, centroids.rows, path.table)
        let offsets = Tiles.offsets(of: matrix)
        var packed = TileCentres(clusters: clusters, columns: columns)
        packed.set(centroids, offsets: offsets)
        let fit = packed.fit
        var labels = [Int32](repeating: -1, count: matrix.rows)
        withPointers(matrix, centroids, &labels) { values, exact, labels in
            packed.withCentres(exact) { centres in
                Parallel.forEachChunk(of: matrix.rows, threads: threads) { _, chunk in
                    let labels = labels + chunk.lowerBound
                    let values = values + chunk.lowerBound * columns
                    let changed =
                        fit
                        ? loops.assign(
                            values, chunk.count, columns, offsets, centres, labels, nil)
                        : nil
                    if changed == nil {
                        areFinite.store(false, ordering: .relaxed)
                        _ = reference(
                            values, chunk.count, columns: columns, centres: exact,
                            clusters: clusters, labels: labels, record: nil)
                    }
                }
            }
        }
        return (labels, areFinite.load(ordering: .relaxed))
    }
}

extension ckernels_functions {
    /// Makes tiles of one chunk's or block's rows and assigns them.
    ///
    /// - Returns: the number of labels that changed; nil, with nothing done, where a row is too long.
    fileprivate func assign(
        _ values: UnsafePointer<Double>, _ count: Int, _ columns: Int, _ offsets: [Double],
        _ centres: ckernels_centres, _ labels: UnsafeMutablePointer<Int32>,
        _ record: UnsafeMutablePointer<Double>?
    ) -> Int? {
        let height = Tiles.height
        let tiles = (count + height - 1) / height
        return withUnsafeTemporaryAllocation(
            byteCount: tiles * (height * columns + height) * 4, alignment: 64
        ) { bytes in
            let floats = bytes.bindMemory(to: Float.self)
            guard let floats = floats.baseAddress else { return nil }
            let norms = floats + tiles * height * columns
            for index in 0..<tiles {
                let row = index * height
                norms[index] = tile(
                    values + row * columns, min(height, count - row), columns, offsets,
                    floats + row * columns)
                guard norms[index] <= Tiles.longest else { return nil }
            }
            var rows = ckernels_rows(
                values: values, tiles: floats, norms: norms, features: columns, sumsTiles: 0)
            var centres = centres
            return assign(&rows, &centres, 0, count, labels, nil, record)
        }
    }
}
