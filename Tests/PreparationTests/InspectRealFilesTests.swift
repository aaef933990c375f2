import Columns
import Foundation
import Preparation
import TestProjects
import Testing

/// The files of the reference projects, which are not part of the repository.
@Suite("Readings of the reference projects' files")
struct InspectRealFilesTests {
    static let data = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data", directoryHint: .isDirectory)

    struct File: Sendable, CustomTestStringConvertible {
        var path: String
        /// Types by column, and what the readings say.
        var types: [String: ColumnType]
        var summaries: [String: String] = [:]
        /// Parts of oddities by column.
        var oddities: [String: String] = [:]
        var testDescription: String { path }
    }

    static let money = ColumnType.decimal(precision: 18, scale: 2)
    static let dollars = "amounts in USD, written like 1,234.56"

    static let files = [
        File(
            path: "aurora/sd254_users.csv",
            types: [
                "Yearly Income - Person": money, "Total Debt": money, "Current Age": .integer,
                "Gender": .text, "Zipcode": .integer,
            ],
            summaries: ["Total Debt": dollars + "; spaces around values left out"]),
        File(
            path: "aurora/transactions_data_sample.csv",
            types: ["amount": money, "date": .timestamp(zoned: false), "errors": .text],
            summaries: ["amount": dollars]),
        File(
            path: "bank_churners/BankChurners.csv",
            types: ["CLIENTNUM": .integer, "Income_Category": .text, "Education_Level": .text],
            oddities: ["Income_Category": "'Unknown', which may stand for missing"]),
        File(
            path: "banking/Banking.csv",
            types: ["Joined Bank": .date, "Estimated Income": money, "Fee Structure": .text],
            summaries: ["Joined Bank": "dates written as day-month-year"]),
        File(
            path: "mass_affluent/KPMG_Customer_Demography.csv",
            types: ["DOB": .date, "Owns_Car": .boolean, "State": .text, "AGE": .integer],
            summaries: ["Owns_Car": "'yes' read as true and 'no' as false"]),
        File(
            path: "geo/australian-postcodes.csv",
            types: ["Postcode": .integer, "Suburb": .text],
            oddities: ["Lat": "0, which is in the Gulf of Guinea"]),
        File(
            path: "mitron/dim_customers_v3.csv",
            types: ["customer_id": .text, "age_group": .text, "avg_income": .integer]),
    ]

    @Test("read", arguments: files)
    func reads(file: File) async throws {
        let url = Self.data.appending(path: file.path)
        guard FileManager.default.fileExists(atPath: url.path) else {
            print("skipped: \(file.path) of the reference projects is not in ../shared/data")
            return
        }
        let inspection = try await Inspection.of(url)
        for (name, type) in file.types {
            #expect(try inspection.column(name).reading.type == type, "\(name)")
        }
        for (name, summary) in file.summaries {
            #expect(try inspection.column(name).reading.summary == summary)
        }
        for (name, part) in file.oddities {
            let oddities = try inspection.column(name).oddities
            #expect(oddities.contains { $0.contains(part) }, "\(oddities)")
        }
    }

    @Test("1,810 rows of Banking.csv are impossible as month-day-year")
    func deciding() async throws {
        let url = Self.data.appending(path: "banking/Banking.csv")
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let joined = try await Inspection.of(url).column("Joined Bank")
        #expect(joined.reason.hasPrefix("1810 values are impossible"))
    }
}
