import Columns
import Foundation
import Learning

/// Number columns of the reference projects' files, as their methods see them.
enum Examples {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data", directoryHint: .isDirectory)

    static let areThere = [cardFile, affluentFile, churnFile, clientFile].allSatisfy {
        FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
    }

    private static let cardFile = "credit_card/CC_GENERAL.csv"
    private static let affluentFile = "mass_affluent/KPMG_Customer_Demography.csv"
    private static let churnFile = "bank_churners/BankChurners.csv"
    private static let clientFile = "banking/Banking.csv"

    static let all = Result { [try cards(), try affluent(), try churners(), try clients()] }

    /// 003: five features, log1p and z-score.
    static func cards() throws -> Matrix {
        let file = try Table(folder.appending(path: cardFile))
        let (oneOff, instalments) = (
            try file.numbers("ONEOFF_PURCHASES"), try file.numbers("INSTALLMENTS_PURCHASES")
        )
        let (bought, cash) = (try file.numbers("PURCHASES"), try file.numbers("CASH_ADVANCE"))
        let spending = bought.indices.map { row in
            let parts = oneOff[row] + instalments[row]
            return (abs(parts - bought[row]) > 0.005 ? parts : bought[row]) + cash[row]
        }
        let names = [
            "PURCHASES_FREQUENCY", "CASH_ADVANCE_FREQUENCY", "PURCHASES_TRX", "CASH_ADVANCE_TRX",
        ]
        return try scaled(names.map { try file.numbers($0) } + [spending], .log1p)
    }

    /// 001: the four number columns of living customers.
    static func affluent() throws -> Matrix {
        let file = try living()
        return try scaled(try affluentNames.map { try file.numbers($0) }, .none)
    }

    private static let affluentNames = [
        "AGE", "tenure", "past_3_years_bike_related_purchases", "property_valuation",
    ]

    /// 001: all 18 columns, and what they stand for.
    static func affluentWithCategories() throws -> (Matrix, [StructureTest.Column]) {
        let file = try living()
        var columns = try affluentNames.map { try file.numbers($0) }
        var kinds = [StructureTest.Column](repeating: .number, count: columns.count)
        let categories = ["Owns_Car", "State", "job_industry_category", "wealth_segment"]
        for (number, name) in categories.enumerated() {
            let texts = try file.texts(name).map { $0.isEmpty ? "Not Specified" : $0 }
            for level in Set(texts).sorted().dropFirst() {
                columns.append(texts.map { $0 == level ? 1 : 0 })
                kinds.append(.indicator(of: number))
            }
        }
        return (try scaled(columns, .none), kinds)
    }

    private static func living() throws -> Table {
        var file = try Table(folder.appending(path: affluentFile))
        let dead = try file.texts("deceased_indicator")
        file.rows = file.rows.indices.filter { dead[$0] == "N" }.map { file.rows[$0] }
        return file
    }

    /// 004: the behaviour columns.
    static func churners() throws -> Matrix {
        let file = try Table(folder.appending(path: churnFile))
        return try scaled(
            [
                "Total_Relationship_Count", "Months_Inactive_12_mon", "Contacts_Count_12_mon",
                "Credit_Limit", "Total_Revolving_Bal", "Total_Trans_Amt", "Total_Trans_Ct",
                "Total_Amt_Chng_Q4_Q1", "Total_Ct_Chng_Q4_Q1", "Avg_Utilization_Ratio",
            ].map { try file.numbers($0) }, .none)
    }

    /// 002: balances.
    static func clients() throws -> Matrix {
        let file = try Table(folder.appending(path: clientFile))
        return try scaled(
            [
                "Estimated Income", "Credit Card Balance", "Bank Loans", "Bank Deposits",
                "Checking Accounts", "Saving Accounts", "Business Lending",
            ].map { try file.numbers($0) }, .log1p)
    }

    private static func scaled(
        _ columns: [[Double]], _ transform: Preprocessing.Transform
    ) throws -> Matrix {
        let matrix = Matrix(columns: columns)
        let names = columns.indices.map { "\($0)" }
        return try Preprocessing(names, transform: transform).fit(matrix).apply(matrix)
    }
}

/// A CSV file without line breaks inside of its fields.
private struct Table {
    struct Missing: Error { var column: String }

    let names: [String]
    var rows: [[String]]

    init(_ file: URL) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map { Self.fields($0) }
        names = lines[0].map { $0.trimmingCharacters(in: ["\u{FEFF}"]) }
        rows = Array(lines.dropFirst())
    }

    private static func fields(_ line: Substring) -> [String] {
        var (fields, field, isQuoted) = ([String](), "", false)
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                fields.append(field)
                field = ""
            default: field.append(character)
            }
        }
        return fields + [field]
    }

    func texts(_ name: String) throws -> [String] {
        guard let place = names.firstIndex(of: name) else { throw Missing(column: name) }
        return rows.map { $0[place] }
    }

    func numbers(_ name: String) throws -> [Double] {
        try texts(name).map {
            guard let number = Double($0) else { throw Missing(column: name) }
            return number
        }
    }
}
