import Columns
import Engine
import Foundation
import Pipeline
import Preparation
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing

/// One of the five projects under `Examples/`, run as it stands on the original's files.
struct ReferenceProject: Sendable {
    /// Files of the five projects, which are not part of the repository.
    static let files = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data", directoryHint: .isDirectory)

    static let auroraDashboard = ReferenceProject(
        "aurora-dashboard", data: "aurora", needs: "users_data.xlsx")
    static let massAffluent = ReferenceProject(
        "mass-affluent", data: "", needs: "mass_affluent/KPMG_Customer_Demography.csv",
        "kpmg/KPMG_VI_New_raw_data_update_final.xlsx")
    static let banking = ReferenceProject("banking", data: "banking", needs: "Banking.csv")
    static let creditCard = ReferenceProject(
        "credit-card", data: "credit_card", needs: "CC_GENERAL.csv")
    static let financialServices = ReferenceProject(
        "financial-services", data: "", needs: "bank_churners/BankChurners.csv",
        "mitron/dim_customers_v3.csv")

    let data: URL
    /// Whether the files are on this machine.
    let isThere: Bool
    /// Which files are missing, where they are not.
    let reason: Comment
    private let onlyRun: OnlyRun

    private init(_ example: String, data folder: String, needs files: String...) {
        let data = Self.files.appending(path: folder, directoryHint: .isDirectory)
        let missing = files.filter {
            !FileManager.default.fileExists(atPath: data.appending(path: $0).path)
        }
        self.data = data
        isThere = missing.isEmpty
        reason =
            "files of Examples/\(example) are not in ../shared/data: \(missing.joined(separator: ", "))"
        onlyRun = OnlyRun(TestProject.home.appending(path: "Examples/\(example)"), data)
    }

    /// What the project's run has published; all tests share one run.
    var run: ReferenceRun {
        get async throws { try await onlyRun.value }
    }

    /// Runs another project on the same files.
    func run(_ files: [String: String]) async throws -> ReferenceRun {
        let project = try TestProject(files)
        defer { withExtendedLifetime(project) {} }
        return try await ReferenceRun(project.folder, data)
    }
}

/// A run that starts when it is first asked for.
private actor OnlyRun {
    private let project: URL
    private let data: URL
    private var task: Task<ReferenceRun, any Error>?

    init(_ project: URL, _ data: URL) {
        self.project = project
        self.data = data
    }

    var value: ReferenceRun {
        get async throws {
            let task = task ?? Task { [project, data] in try await ReferenceRun(project, data) }
            self.task = task
            return try await task.value
        }
    }
}

/// A published run of a reference project, and what its tests ask of it.
struct ReferenceRun: Sendable {
    let published: PublishedRun
    /// The profiles of the sources by their names.
    let quality: [String: QualityReport]
    private let engine: any Engine
    /// Whose folder holds what the run keeps besides its database.
    private let temporary: TestProject

    var record: RunRecord { published.record }

    /// Runs a project in a folder of its own.
    init(_ folder: URL, _ data: URL) async throws {
        var diagnostics: [Diagnostic] = []
        let project = try Project.read(folder, &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidProject(diagnostics) }
        temporary = try TestProject([:])
        _ = try await Pipeline(
            project, data: data, provider: try TestProject.provider(), threads: 2
        ).publish(in: temporary.state) { _ in }
        published = try await temporary.reopened()
        let run = try #require(temporary.state.published)
        engine = try await TestProject.provider()
            .published(at: run.appending(path: "data.duckdb").path, readers: 1)
        var quality: [String: QualityReport] = [:]
        for input in published.record.inputs {
            quality[input.source] = try QualityReport.read(.source, input.source, from: run)
        }
        self.quality = quality
    }

    func table(
        _ measures: String..., by dimensions: String..., where condition: String? = nil
    ) async throws -> FigureTable {
        try await table(measures, by: dimensions, where: condition)
    }

    func table(
        _ measures: [String], by dimensions: [String], where condition: String? = nil
    ) async throws -> FigureTable {
        var filter = FilterContext()
        if let condition { filter.conditions = [try await published.gate.condition(condition)] }
        let query = FigureQuery(measures: measures, by: dimensions, filter: filter)
        return try await published.gate.answer(query, for: .local)
    }

    /// The answer's rows, a text each.
    func rows(_ measure: String, by dimension: String) async throws -> [String] {
        try await table(measure, by: dimension).rows.map {
            $0.map(\.description).joined(separator: ": ")
        }
    }

    /// What plain SQL gives over the models' tables: a text for each row, "–" where missing.
    func sql(_ query: String) async throws -> [String] {
        let batch = try await engine.query(query)
        return (0..<batch.rowCount).map { row in
            batch.row(row).map(\.description).joined(separator: " ")
        }
    }

    func model(_ name: String) throws -> RunRecord.Model {
        try #require(record.models.first { $0.name == name })
    }

    /// The first step of a kind that has to do with a column.
    func step(_ kind: String, of column: String, in name: String) throws -> RunRecord.Step {
        let steps = try model(name).steps.filter { $0.kind == kind }
        return try #require(
            steps.first { $0.columnsAdded.contains(column) || $0.cellsChanged[column] != nil })
    }

    func input(_ source: String) throws -> RunRecord.Input {
        try #require(record.inputs.first { $0.source == source })
    }

    /// Messages of a code, with what they are about: "source 'people': …".
    func notices(_ code: String) -> [String] {
        record.notices.filter { $0.code == code }.map { "\($0.about): \($0.message)" }
    }

    func segmentation(_ name: String) throws -> SegmentationResult {
        try #require(published.segmentations.first { $0.name == name })
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips what needs the project's files where they are not on this machine.
    static func onFiles(of project: ReferenceProject) -> Self {
        .enabled(if: project.isThere, project.reason)
    }
}

extension Double {
    /// As the reference states it, with so many digits after the point.
    func rounded(to digits: Int) -> Double {
        let power = (0..<digits).reduce(1.0) { power, _ in power * 10 }
        return (self * power).rounded() / power
    }
}
