import Columns
import Runs
import TestProjects
import Testing

@Suite("Mean imputation repeats to the bit")
struct MeanRepeatabilityTests {
    /// 200,000 rows whose plain floating-point sum depends on its order; every 50th value is missing.
    static let file: String = {
        var lines = "id,rough,money\n"
        var state: UInt64 = 1
        for row in 1...200_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let digits = state >> 20
            let rough = row % 50 == 0 ? "" : "\(digits % 9_000_000).\(digits)e-3"
            let money = row % 50 == 1 ? "" : "\(digits % 100_000).\(10 + digits % 90)"
            lines += "\(row),\(rough),\(money)\n"
        }
        return lines
    }()

    static func record(threads: Int) async throws -> RunRecord {
        let project = try TestProject(
            csv: file,
            steps: [
                "impute: {column: rough, with: mean}", "impute: {column: money, with: mean}",
            ])
        return try await project.publish(threads: threads)
    }

    @Test("on 1, 2 and 4 threads, and again")
    func threads() async throws {
        let first = try await Self.record(threads: 1)
        #expect(first.step(0).cellsChanged == ["rough": 4000])
        #expect(first.step(1).cellsChanged == ["money": 4000])
        for threads in [1, 2, 4] {
            let again = try await Self.record(threads: threads)
            #expect(again.models[0].steps.map(\.fitted) == first.models[0].steps.map(\.fitted))
            #expect(again.outputs == first.outputs)
        }
    }

    @Test("and the mean is the right one")
    func value() async throws {
        let fitted = try await Self.record(threads: 2).models[0].steps.map(\.fitted)
        let rows = Self.file.split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let rough = rows.compactMap { Double($0[1]) }
        let cents = rows.compactMap { Int($0[2].filter { $0 != "." }) }
        let mean = rough.reduce(0, +) / Double(rough.count)
        let found = try #require(fitted[0]["rough"].flatMap(Double.init))
        #expect(abs(found / mean - 1) < 1e-12)
        let cent = (Double(cents.reduce(0, +)) / Double(cents.count)).rounded()
        let money = try #require(fitted[1]["money"].flatMap(Double.init))
        #expect((money * 100).rounded() == cent)
    }
}
