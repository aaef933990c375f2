import CKernels
import Synchronization

/// Memory of tiles, which starts at a cache line. What one fit gives back another takes over: to
/// have the system find and clear pages takes as long as several passes over them.
///
/// Kept are those given back last, `mostKept` bytes in all.
final class TileMemory: Sendable {
    nonisolated(unsafe) let start: UnsafeMutableRawPointer
    private let capacity: Int

    /// The tiles of a million rows of 24 features.
    static let mostKept = 96 << 20
    private static let largePage = 2 << 20
    private static let spares = Mutex<[Spare]>([])

    private struct Spare: Sendable {
        nonisolated(unsafe) let start: UnsafeMutableRawPointer
        let capacity: Int
    }

    /// Holds any values at first.
    init(bytes: Int) {
        let found = Self.spares.withLock { spares -> Spare? in
            let fitting = spares.indices.filter {
                spares[$0].capacity >= bytes && spares[$0].capacity / 4 <= bytes
            }
            let best = fitting.min { spares[$0].capacity < spares[$1].capacity }
            return best.map { spares.remove(at: $0) }
        }
        if let found {
            (start, capacity) = (found.start, found.capacity)
            return
        }
        let page = bytes < Self.largePage ? 64 : Self.largePage
        capacity = (bytes + page - 1) / page * page
        start = .allocate(byteCount: capacity, alignment: page)
        ckernels_prefer_large_pages(start, capacity)
    }

    deinit {
        let spare = Spare(start: start, capacity: capacity)
        let old = Self.spares.withLock { spares -> [Spare] in
            spares.append(spare)
            var kept = 0
            let first = spares.lastIndex { spare in
                kept += spare.capacity
                return kept > Self.mostKept
            }
            let old = Array(spares[..<(first.map { $0 + 1 } ?? 0)])
            spares.removeFirst(old.count)
            return old
        }
        for spare in old { spare.start.deallocate() }
    }
}
