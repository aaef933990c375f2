import Columns
import Foundation
import TestProjects
import Testing

@Suite("Text files of the reference projects")
struct CSVRealFileTests {
    private static let data = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data", directoryHint: .isDirectory)

    private static let isThere = FileManager.default.fileExists(atPath: data.path)

    struct Expected: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rows: Int
        let columns: Int
        let fact: String

        init(_ file: String, _ rows: Int, _ columns: Int, _ fact: String = "UTF-8") {
            (testDescription, self.rows, self.columns, self.fact) = (file, rows, columns, fact)
        }
    }

    /// As Python's csv module counts them.
    private static let files = [
        Expected("aurora/sd254_users.csv", 2000, 18),
        Expected("aurora/transactions_data_sample.csv", 4999, 12),
        Expected("bank_churners/BankChurners.csv", 10127, 23),
        Expected("banking/Banking.csv", 3000, 25, "UTF-8 with a byte order mark"),
        Expected("banking/Banking-Relationships.csv", 4, 2, "UTF-8 with a byte order mark"),
        Expected("credit_card/CC_GENERAL.csv", 8950, 18),
        Expected("geo/australian-postcodes.csv", 16742, 5),
        Expected("mass_affluent/KPMG_Customer_Demography.csv", 3908, 17, "with a byte order mark"),
        Expected("mass_affluent/mass_affluent_segmented.csv", 3906, 23),
        Expected("mitron/dim_customers_v3.csv", 4000, 7),
        Expected("mitron/fact_spends_sample.csv", 3999, 5),
    ]

    @Test(
        "nothing needs to be stated",
        .enabled(if: isThere, "the reference files, ../shared/data, are not here"),
        arguments: files)
    func read(file: Expected) async throws {
        let reading = try await CSVReading(file: file.testDescription, data: Self.data)
        let answer = try await reading.read()
        #expect(answer.diagnostics.isEmpty)
        #expect(answer.rows.count == file.rows)
        #expect(answer.names.count == file.columns)
        #expect(answer.facts.count == 2)
        #expect(answer.facts.first?.contains(file.fact) == true)
        #expect(answer.facts.last == "commas between values")
    }

    @Test(
        "a workbook is told, whatever it is called",
        .enabled(if: isThere, "the reference files, ../shared/data, are not here"))
    func workbook() async throws {
        let reading = try await CSVReading(file: "aurora/*.xlsx", data: Self.data)
        let codes = try await reading.read().diagnostics.map(\.code)
        #expect(Set(codes) == ["not_delimited_text"])
    }
}
