import Columns
import Query
import Reporting
import Testing

/// A figure of REFERENCE_DASHBOARDS.md: a measure and its value, as it stands there.
struct ReferenceFigure: Sendable, CustomTestStringConvertible {
    var measure: String
    var value: String
    var condition: String?

    init(_ measure: String, _ value: String, where condition: String? = nil) {
        self.measure = measure
        self.value = value
        self.condition = condition
    }

    var testDescription: String {
        "\(measure) \(value)" + (condition.map { " where \($0)" } ?? "")
    }

    /// Numbers that are exact are compared digit for digit, means as far as the reference tells them.
    func check(in run: ReferenceRun) async throws {
        let found = try await run.table([measure], by: [], where: condition).rows[0][0]
        guard case .double(let number) = found else {
            #expect(found.description == value)
            return
        }
        let digits = value.split(separator: ".").dropFirst().first?.count ?? 0
        #expect(number.rounded(to: digits) == Double(value), "\(number)")
    }
}

/// A figure broken down by a dimension, in the order of its levels.
struct ReferenceBreakdown: Sendable, CustomTestStringConvertible {
    var measure: String
    var dimension: String
    /// "Low: 1027"; a missing level is "–".
    var rows: [String]
    /// Nil for the figures as they are, else how many digits of millions.
    var digitsOfMillions: Int?

    init(
        _ measure: String, by dimension: String, _ rows: String..., digitsOfMillions: Int? = nil
    ) {
        self.measure = measure
        self.dimension = dimension
        self.rows = rows
        self.digitsOfMillions = digitsOfMillions
    }

    var testDescription: String { "\(measure) by \(dimension)" }

    func check(in run: ReferenceRun) async throws {
        let found = try await run.table([measure], by: [dimension]).rows.map { row in
            guard let digits = digitsOfMillions, let number = row[1].doubleValue else {
                return "\(row[0]): \(row[1])"
            }
            return "\(row[0]): \((number / 1_000_000).rounded(to: digits))"
        }
        #expect(found == rows)
    }
}

extension ReferenceRun {
    /// Every figure of every page can be computed.
    func expectPagesAnswer() async throws {
        let pages = published.project.pages
        #expect(!pages.isEmpty)
        for page in pages {
            let data = try await PageView(page.name, of: published, for: .local).data([])
            let visuals = try #require(data.members?.first { $0.name == "visuals" }?.value.members)
            #expect(!visuals.isEmpty)
            let failed = visuals.filter { visual in
                visual.value.members?.contains { $0.name == "error" } != false
            }
            #expect(failed.map { $0.name } == [], "page '\(page.name)'")
        }
    }

    /// What a page's visual has under a name, as text.
    func shown(_ name: String, of visual: String, on page: String) async throws -> String {
        let data = try await PageView(page, of: published, for: .local).data([])
        let visuals = data.members?.first { $0.name == "visuals" }?.value.members
        let members = visuals?.first { $0.name == visual }?.value.members
        return try #require(members?.first { $0.name == name }).value.text()
    }

    /// The names that are a contract.
    func expectNames(measures: [String], dimensions: [String]) {
        let catalogue = published.gate.catalogue
        #expect(measures.filter { catalogue.measures[$0] == nil } == [])
        #expect(dimensions.filter { catalogue.dimensions[$0] == nil } == [])
    }
}

extension JSON {
    fileprivate var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }
}
