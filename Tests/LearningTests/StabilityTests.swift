import Columns
import Kernels
import Learning
import Synchronization
import Testing

@Suite("Clusterwise stability")
struct StabilityTests {
    @Test("the largest Jaccard of each group, by hand")
    func byHand() {
        // Present: rows 0 1 2 of group 0, rows 4 5 of group 1, none of group 2. Row 1 stands twice.
        let labels: [Int32] = [0, 0, 0, 0, 1, 1, 1, 2]
        let values = ClusterwiseJaccard.jaccards(
            of: labels, groups: 3, rows: [0, 1, 1, 2, 4, 5], found: [1, 1, 1, 0, 0, 0])
        // Group 0: 2 shared with group 1, which has 2 of the 3. Group 1: 2 of {2, 4, 5}.
        #expect(values == [2.0 / 3, 2.0 / 3, nil])
        // Rows without a group stand in the union of the group that holds them, and in no group.
        let noise = ClusterwiseJaccard.jaccards(
            of: [0, 0, -1, -1], groups: 1, rows: [0, 1, 2, 3], found: [0, -1, 0, 1])
        #expect(noise == [1.0 / 3])
        let lost = ClusterwiseJaccard.jaccards(of: [0], groups: 1, rows: [0], found: [-1])
        #expect(lost == [0])
    }

    @Test("the same as with sets")
    func sets() {
        let random = RandomNumbers(seed: 4)
        let labels = (0..<200).map { Int32(random.integer($0, below: 4)) }
        let rows = Resampling.bootstrap.rows(of: 200, replicate: 1, seed: 3)
        let found = rows.map { Int32(random.integer(1000 + $0, below: 5)) }
        let values = ClusterwiseJaccard.jaccards(of: labels, groups: 4, rows: rows, found: found)
        for group in 0..<4 {
            let own = Set(rows.filter { labels[$0] == group })
            let best = (0..<5).map { new in
                let other = Set(zip(rows, found).filter { $0.1 == new }.map(\.0))
                return Double(own.intersection(other).count) / Double(own.union(other).count)
            }.max()
            #expect(values[group] == best)
        }
    }

    @Test("readings, badges and counts")
    func readings() throws {
        let group = ClusterwiseJaccard.Group([1, 0.5, 0.75, 0.76])
        #expect(group.dissolved == 1)
        #expect(group.recovered == 2)
        #expect(group.replicates == 4)
        #expect(group.mean == 0.7525)
        #expect(group.badge == "Repeatable 75/100")
        #expect(ClusterwiseJaccard.Group([0.9499]).badge == "Repeatable 94/100")
        #expect(ClusterwiseJaccard.Group([0.9499]).reading == .highlyRepeatable)
        #expect(
            ClusterwiseJaccard.Group([0.7499]).badge == "A pattern, its members doubtful 74/100")
        #expect(ClusterwiseJaccard.Group([0.5]).badge == "Not repeatable 50/100")
        #expect(ClusterwiseJaccard.Group([]).badge == nil)
        #expect(
            [0.85, 0.75, 0.6, 0.59].map { ClusterwiseJaccard.Reading($0) }
                == [.highlyRepeatable, .repeatable, .pattern, .doNotTrust])
    }

    @Test("a bootstrap holds 63 % of the rows, a half holds half, each in ascending order")
    func resampling() {
        let rows = Resampling.bootstrap.rows(of: 10_000, replicate: 7, seed: 1)
        #expect(rows.count == 10_000)
        #expect(rows == rows.sorted())
        // 1 − 1/e = 0.632, with a standard deviation of 0.003.
        #expect(abs(Double(Set(rows).count) / 10_000 - 0.632) < 0.015)
        let half = Resampling.half.rows(of: 10_001, replicate: 7, seed: 1)
        #expect(half.count == 5_000)
        #expect(Set(half).count == 5_000)
        #expect(half != Resampling.half.rows(of: 10_001, replicate: 8, seed: 1))
        #expect(Resampling.half.rows(of: 1, replicate: 0, seed: 1) == [0])
    }

    /// Scaling and groups from scratch, as a caller would.
    private func refit(_ raw: Matrix, k: Int) -> ClusterwiseJaccard.Refit {
        { (rows, replicate) throws(AuroraError) in
            let sample = Matrix(rows.map { raw.row($0) })
            let names = (0..<raw.columns).map { "\($0)" }
            let scales = try Preprocessing(names).fit(sample)
            return try KMeans(k: k, seed: UInt64(replicate), restarts: 2)
                .fit(scales.apply(sample)).labels
        }
    }

    @Test(
        "separate clouds are repeated, cuts of one cloud into six are not",
        arguments: Resampling.allCases)
    func clouds(resampling: Resampling) throws {
        let stability = ClusterwiseJaccard(replicates: 30, resampling: resampling, seed: 2)
        let three = Samples.separate(rows: 300)
        let labels = try KMeans(k: 3).fit(three).labels
        let sure = try stability.measure(labels: labels, groups: 3, refit: refit(three, k: 3))
        #expect(sure.groups.allSatisfy { $0.mean == 1 && $0.recovered == 30 && $0.dissolved == 0 })
        #expect(sure.mean == 1)
        let one = Samples.clouds(rows: 300, groups: 1)
        let cut = try KMeans(k: 6).fit(one).labels
        let doubtful = try stability.measure(labels: cut, groups: 6, refit: refit(one, k: 6))
        #expect(try #require(doubtful.mean) < 0.75)
        #expect(doubtful.groups.contains { $0.dissolved > 0 })
        #expect(try roundTrip(doubtful) == doubtful)
    }

    @Test("the same to the bit on any number of threads, another with another seed")
    func threads() throws {
        let one = Samples.clouds(rows: 300, groups: 1)
        let labels = try KMeans(k: 4).fit(one).labels
        let results = try [1, 2, 5].map { threads in
            try ClusterwiseJaccard(replicates: 12, seed: 6).measure(
                labels: labels, groups: 4, work: Work(threads: threads), refit: refit(one, k: 4))
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
        let other = try ClusterwiseJaccard(replicates: 12, seed: 7).measure(
            labels: labels, groups: 4, refit: refit(one, k: 4))
        #expect(other != results[0])
    }

    @Test("it tells its progress, stops when told, and passes on the first replicate's error")
    func work() throws {
        let told = Mutex<[String]>([])
        let report = Work { (_, detail) throws(AuroraError) in told.withLock { $0.append(detail) } }
        let same: ClusterwiseJaccard.Refit = { (rows, _) throws(AuroraError) in rows.map { _ in 0 }
        }
        let stability = ClusterwiseJaccard(replicates: 3)
        let labels = [Int32](repeating: 0, count: 9)
        _ = try stability.measure(labels: labels, groups: 1, work: report, refit: same)
        #expect(told.withLock { $0 } == (1...3).map { "replicate \($0) of 3" })
        let stop = Work(threads: 2) { (_, _) throws(AuroraError) in throw .interrupted }
        expectError("interrupted") {
            _ = try stability.measure(labels: labels, groups: 1, work: stop, refit: same)
        }
        let failing: ClusterwiseJaccard.Refit = { (_, replicate) throws(AuroraError) in
            throw AuroraError("no_rows", "replicate \(replicate)")
        }
        for threads in [1, 3] {
            let message = expectError("no_rows") {
                _ = try stability.measure(
                    labels: labels, groups: 1, work: Work(threads: threads), refit: failing)
            }
            #expect(message == "replicate 0")
        }
    }

    @Test("what makes no sense is refused")
    func refused() {
        let short: ClusterwiseJaccard.Refit = { (_, _) throws(AuroraError) in [0] }
        expectError("rows_differ") {
            _ = try ClusterwiseJaccard().measure(labels: [0, 0], groups: 1, refit: short)
        }
        expectError("replicates_below_one") {
            _ = try ClusterwiseJaccard(replicates: 0).measure(labels: [0], groups: 1, refit: short)
        }
        expectError("no_rows") {
            _ = try ClusterwiseJaccard().measure(labels: [], groups: 1, refit: short)
        }
    }

    @Test("a hundred thousand rows under other numbers")
    func large() throws {
        let labels = (0..<100_000).map { Int32($0 % 5) }
        let turned: ClusterwiseJaccard.Refit = { (rows, _) throws(AuroraError) in
            rows.map { Int32(($0 % 5 + 1) % 5) }
        }
        let result = try ClusterwiseJaccard(replicates: 10).measure(
            labels: labels, groups: 5, refit: turned)
        #expect(result.groups.allSatisfy { $0.mean == 1 && $0.replicates == 10 })
    }
}
