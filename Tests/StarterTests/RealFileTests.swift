import Foundation
import Runs
import Starter
import TestProjects
import Testing

/// The files of the reference projects, which are not part of the repository.
@Suite("Projects from the reference projects' files")
struct RealFileTests {
    static let data = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data", directoryHint: .isDirectory)

    struct File: Sendable, CustomTestStringConvertible {
        var path: String
        var key: String
        var roles: [String: ColumnRole]
        /// The levels of bands, lowest first.
        var orders: [String: [String]] = [:]
        var testDescription: String { path }
    }

    static let files = [
        File(
            path: "credit_card/CC_GENERAL.csv", key: "CUST_ID",
            roles: [
                "CUST_ID": .identifier, "BALANCE": .money, "PURCHASES": .money,
                "CASH_ADVANCE": .money, "BALANCE_FREQUENCY": .rate, "PURCHASES_TRX": .count,
                "CREDIT_LIMIT": .money, "PRC_FULL_PAYMENT": .rate, "TENURE": .duration,
            ]),
        File(
            path: "bank_churners/BankChurners.csv", key: "CLIENTNUM",
            roles: [
                "CLIENTNUM": .identifier, "Attrition_Flag": .outcome, "Credit_Limit": .money,
                "Total_Trans_Ct": .count, "Total_Revolving_Bal": .money, "Gender": .category,
                "Avg_Utilization_Ratio": .rate, "Income_Category": .bands,
                "Customer_Age": .duration,
            ],
            orders: [
                "Income_Category": [
                    "Less than $40K", "$40K - $60K", "$60K - $80K", "$80K - $120K", "$120K +",
                ],
                "Card_Category": ["Blue", "Silver", "Gold", "Platinum"],
            ]),
        File(
            path: "banking/Banking.csv", key: "row_key",
            roles: [
                "Client ID": .identifier, "Name": .person, "Location ID": .identifier,
                "Joined Bank": .date, "Bank Deposits": .money, "GenderId": .code, "BRId": .code,
                "IAId": .code, "Amount of Credit Cards": .count, "Risk Weighting": .score,
                "Banking Contact": .category,
            ], orders: ["Fee Structure": ["Low", "Mid", "High"]]),
        File(
            path: "aurora/users_data.xlsx", key: "id",
            roles: [
                "id": .identifier, "address": .person, "latitude": .coordinate,
                "longitude": .coordinate, "birth_year": .datePart, "birth_month": .datePart,
                "yearly_income": .money, "total_debt": .money, "credit_score": .score,
                "num_credit_cards": .count, "current_age": .duration,
            ]),
        File(
            path: "mass_affluent/KPMG_Customer_Demography.csv", key: "customer_id",
            roles: [
                "customer_id": .identifier, "First_Name": .person, "Last_Name": .person,
                "DOB": .birthDate, "Address": .person, "Postcode": .code, "Country": .constant,
                "wealth_segment": .label, "Owns_Car": .flag, "tenure": .duration,
                "property_valuation": .score, "past_3_years_bike_related_purchases": .count,
            ]),
        File(
            path: "mitron/dim_customers_v3.csv", key: "customer_id",
            roles: [
                "customer_id": .identifier, "age_group": .bands, "avg_income": .money,
                "city": .category, "marital status": .category,
            ], orders: ["age_group": ["21-24", "25-34", "35-45", "45+"]]),
    ]

    @Test("roles are right, and the project runs with nothing to edit", arguments: files)
    func drafts(file: File) async throws {
        let url = Self.data.appending(path: file.path)
        guard FileManager.default.fileExists(atPath: url.path) else {
            print("skipped: \(file.path) of the reference projects is not in ../shared/data")
            return
        }
        let drafted = try await Drafted([:], from: [url])
        #expect(drafted.project.tables[0].key.name == file.key)
        for (column, role) in file.roles {
            #expect(drafted.role(column) == role, "\(column)")
        }
        for (column, order) in file.orders {
            #expect(drafted.project.tables[0][column]?.order == order, "\(column)")
        }
        let measures = try drafted.stated("measures/customers.yaml")
        for column in drafted.project.tables[0].columns where !column.role.isFigure {
            #expect(
                !drafted.project.features.contains {
                    $0.source == column.name && $0.form == .column
                })
            #expect(!measures.contains("sum(\"\(column.name)\")"))
            #expect(!measures.contains("sum(\(column.name))"))
        }
        let groups = try #require(drafted.project.groups)
        #expect(Set(groups.names).count == groups.k)
        #expect(groups.names.allSatisfy { $0.count <= 30 }, "\(groups.names)")
        let held = drafted.project.heldBack.map(\.column)
        #expect(Set(held).isDisjoint(with: drafted.project.features.map(\.source)))
        let page = try drafted.stated("pages/overview.yaml")
        #expect(page.contains("differences:"))
        #expect((2...8).contains(drafted.features.count))
        let record = try await drafted.run()
        #expect(record.notices.allSatisfy { $0.code != "not_converged" })
    }
}

extension ColumnRole {
    fileprivate var isFigure: Bool {
        [.money, .count, .rate, .score, .duration, .number, .flag].contains(self)
    }
}
