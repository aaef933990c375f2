import Columns
import Foundation
import Pipeline
import Preparation
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

/// Reference project 003: `Examples/credit-card` as it stands, run once on the original's file.
struct CreditCard: Sendable {
    let run: PublishedRun
    /// Customers whose cash-advance frequency is above 1.
    let frequenciesAboveOne: [String]
    /// The profile of its file.
    let quality: QualityReport

    private static let data = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data/credit_card", directoryHint: .isDirectory)

    static let isThere = FileManager.default.fileExists(
        atPath: data.appending(path: "CC_GENERAL.csv").path)

    static let reason: Comment =
        "the file of reference project 003, ../shared/data/credit_card/CC_GENERAL.csv, is not here"

    /// The folder of the run goes at once; the database in it stays readable while it is open.
    static let shared = Task {
        var diagnostics: [Diagnostic] = []
        let project = try Project.read(
            TestProject.home.appending(path: "Examples/credit-card"), &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        let temporary = try TestProject([:])
        _ = try await Pipeline(
            project, data: data, provider: try TestProject.provider(), threads: 2
        ).publish(in: temporary.state) { _ in }
        return CreditCard(
            run: try await temporary.reopened(),
            frequenciesAboveOne: try await temporary.sql(
                "SELECT count(*), max(CASH_ADVANCE_FREQUENCY) FROM customers "
                    + "WHERE CASH_ADVANCE_FREQUENCY > 1"),
            quality: try QualityReport.read(
                .source, "cc_general", from: try #require(temporary.state.published)))
    }

    func table(
        _ measures: String..., by dimensions: String..., where condition: String? = nil
    ) async throws -> FigureTable {
        var filter = FilterContext()
        if let condition { filter.conditions = [try await run.gate.condition(condition)] }
        let query = FigureQuery(measures: measures, by: dimensions, filter: filter)
        return try await run.gate.answer(query, for: .local)
    }

    /// The answer's rows, a text each.
    func rows(_ measure: String, by dimension: String) async throws -> [String] {
        try await table(measure, by: dimension).rows.map {
            $0.map(\.description).joined(separator: ": ")
        }
    }

    func segmentation(_ name: String) throws -> SegmentationResult {
        try #require(run.segmentations.first { $0.name == name })
    }
}

extension Double {
    /// As the reference states it, with so many digits after the point.
    func rounded(to digits: Int) -> Double {
        let power = (0..<digits).reduce(1.0) { power, _ in power * 10 }
        return (self * power).rounded() / power
    }
}
