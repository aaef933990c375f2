import Columns
import Foundation
import Kernels
import Learning
import Testing

/// Starts on a sample of the rows, the best of them refined on all, beside starts on all rows.
@Suite("Sampled starts")
struct SampledStartsTests {
    /// By how much the inertia of sampled starts exceeds that of starts on all rows, at most.
    private static let mostAbove = 0.001
    private static let work = Work(threads: ProcessInfo.processInfo.activeProcessorCount)

    private func compare(_ matrix: Matrix, sample: Int, _ name: String) throws {
        for k in 2...8 {
            var method = KMeans(k: k, seed: 1, restarts: 10)
            let full = try method.fit(matrix, work: Self.work)
            method.sample = sample
            let sampled = try method.fit(matrix, work: Self.work)
            #expect(sampled.restartRows == sample && full.restartRows == matrix.rows)
            let above = sampled.inertia / full.inertia - 1
            #expect(above <= Self.mostAbove, "\(name), k \(k): \(above)")
        }
    }

    @Test("end as low on overlapping clouds")
    func clouds() throws {
        try compare(
            Samples.clouds(rows: 20_000, columns: 6, groups: 6), sample: 5_000, "clouds")
    }

    @Test(
        "end as low on card customers and on bank customers",
        .enabled(if: Examples.areThere, "the files of ../shared/data are not here"))
    func examples() throws {
        try compare(try Examples.cards(), sample: 4_000, "cards")
        try compare(try Examples.churners(), sample: 4_000, "churners")
    }

    @Test(
        "end as low on a million rows",
        .enabled(
            if: ProcessInfo.processInfo.environment["AURORA_SLOW_TESTS"] != nil,
            "AURORA_SLOW_TESTS is not set"))
    func millionRows() throws {
        try compare(
            Samples.clouds(rows: 1_000_000, columns: 10, groups: 8), sample: 30_000, "a million")
    }
}
