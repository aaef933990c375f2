import Columns
import Kernels
import Synchronization
import Testing

@Suite("Chunked execution")
struct ParallelTests {
    @Test("every index is visited once", arguments: [0, 1, 2, 1000], [1, 2, 7])
    func everyIndexOnce(count: Int, threads: Int) {
        let visits = Mutex([Int](repeating: 0, count: count))
        Parallel.forEach(count, threads: threads) { index in visits.withLock { $0[index] += 1 } }
        #expect(visits.withLock { $0 } == [Int](repeating: 1, count: count))
    }

    @Test("every index is visited once, whoever else asks at the same time or from within")
    func manyAtOnce() async {
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<6 {
                group.addTask {
                    var wrong = 0
                    for round in 0..<200 {
                        let count = 2 + (task + round) % 9
                        let sum = Atomic<Int>(0)
                        Parallel.forEach(count, threads: 2 + round % 3) { index in
                            guard round % 50 == 0 else {
                                sum.wrappingAdd(1 << index, ordering: .relaxed)
                                return
                            }
                            Parallel.forEach(3, threads: 3) { part in
                                let value = part == 0 ? 1 << index : 0
                                sum.wrappingAdd(value, ordering: .relaxed)
                            }
                        }
                        // What helpers wrote is seen as soon as it returns.
                        if sum.load(ordering: .relaxed) != (1 << count) - 1 { wrong += 1 }
                    }
                    return wrong
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("what was written is there after each of many short rounds")
    func shortRounds() {
        var values = [Int](repeating: 0, count: 64)
        values.withUnsafeMutableBufferPointer { values in
            nonisolated(unsafe) let values = values
            for _ in 0..<5_000 {
                Parallel.forEach(8, threads: 4) { index in
                    for place in 8 * index..<8 * index + 8 { values[place] += 1 }
                }
            }
        }
        #expect(values == [Int](repeating: 5_000, count: 64))
    }

    @Test("chunks cover all rows in order", arguments: [0, 1, 1023, 1024, 1025, 5000])
    func chunksCoverRows(rows: Int) {
        let ranges = Mutex([Int: Range<Int>]())
        Parallel.forEachChunk(of: rows, threads: 2) { chunk, range in
            ranges.withLock { $0[chunk] = range }
        }
        let found = ranges.withLock { $0 }
        #expect(found.count == Parallel.chunks(of: rows))
        #expect((0..<found.count).flatMap { Array(found[$0] ?? 0..<0) } == Array(0..<rows))
    }

    @Test(
        "sums don't depend on threads, and a second pass starts anew", arguments: [1, 1024, 10_000])
    func sums(rows: Int) {
        let random = RandomNumbers(seed: 1)
        let results = [1, 2, 3, 4, 7].map { threads in
            var sums = ChunkedSums(rows: rows, width: 2)
            for _ in 0..<2 {
                sums.pass(threads: threads) { rows, record in
                    for row in rows {
                        record[0] += random.uniform(row) / 3
                        record[1] += 1
                    }
                }
            }
            return sums.totals
        }
        #expect(results.allSatisfy { $0 == results[0] })
        #expect(results[0][1] == Double(rows))
        let plain = (0..<rows).reduce(0) { $0 + random.uniform($1) / 3 }
        #expect(abs(results[0][0] - plain) <= 1e-12 * plain)
    }

    @Test("no rows have sums of zero")
    func noRows() {
        var sums = ChunkedSums(rows: 0, width: 3)
        sums.pass(threads: 2) { _, record in record[0] += 1 }
        #expect(sums.totals == [0, 0, 0])
    }

    @Test("a part reports its share of the whole")
    func parts() throws {
        let reports = Mutex([(Double, String)]())
        let work = Work(threads: 0) { fraction, detail in
            reports.withLock { $0.append((fraction, detail)) }
        }
        #expect(work.threads == 1)
        try work.part(0.5...1).part(0...0.5).report(0.5, "half")
        #expect(reports.withLock { $0.map(\.0) } == [0.625])
        #expect(reports.withLock { $0.map(\.1) } == ["half"])
    }

    @Test("a hook stops the work by throwing")
    func stops() {
        let work = Work { _, _ throws(AuroraError) in throw AuroraError.interrupted }
        let error = #expect(throws: AuroraError.self) { try work.part(0...1).report(0, "x") }
        #expect(error?.code == "interrupted")
    }
}
