import Columns
import DemoBank
import Foundation
import Testing

/// A twin of several files in a temporary folder.
struct WrittenFolder {
    let folder = TemporaryFolder()
    let written: WrittenTwin

    init(_ name: String, rows: Int, seed: UInt64 = 1) throws {
        written = try Twins.named(name).write(rows: rows, seed: seed, to: folder.path)
    }

    /// The files below the folder with their bytes, labels and truth included.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let url = URL(filePath: folder.path + "/" + path)
            guard (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
            else { continue }
            files[path] = try Data(contentsOf: url)
        }
        return files
    }

    /// The lines of a CSV file that has no commas within fields.
    func table(_ path: String) throws -> [[Substring]] {
        let text = try String(contentsOfFile: folder.path + "/" + path, encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }
}

@Suite("Twins of several files")
struct TwinFilesTests {
    static let names = ["banking", "mass-affluent", "financial-services", "aurora-dashboard"]

    @Test("the same seed gives the same bytes in every file, another seed others", arguments: names)
    func seed(name: String) throws {
        let first = try WrittenFolder(name, rows: 300, seed: 5).files()
        #expect(try WrittenFolder(name, rows: 300, seed: 5).files() == first)
        let other = try WrittenFolder(name, rows: 300, seed: 6).files()
        #expect(Set(other.keys) == Set(first.keys))
        let main = try Twins.named(name).fileName
        #expect(other[main] != first[main])
    }

    @Test("every file has its label, with the hash of its bytes", arguments: names)
    func labels(name: String) throws {
        let twin = try WrittenFolder(name, rows: 60)
        let files = try twin.files()
        let data = files.keys.filter {
            !$0.hasSuffix(".synthetic.json") && !$0.hasSuffix(".truth.csv")
        }
        #expect(files.count == 2 * data.count + 1)
        for path in data {
            let label = try #require(files[path + ".synthetic.json"])
            let text = String(decoding: label, as: UTF8.self)
            #expect(text.contains("\"generator\": \"aurora generate --like \(name)\""))
        }
        let label = try #require(files[try Twins.named(name).fileName + ".synthetic.json"])
        #expect(String(decoding: label, as: UTF8.self).contains(twin.written.sha256))
    }

    @Test("any number of rows is made", arguments: names, [1, 2, 47, 1000])
    func rows(name: String, count: Int) throws {
        let twin = try WrittenFolder(name, rows: count)
        #expect(twin.written.rows == count)
        if twin.written.path.hasSuffix(".csv") {
            #expect(try twin.table(try Twins.named(name).fileName).count == count + 1)
        }
    }

    @Test(
        "headers are the original's",
        arguments: [
            (
                "banking", "Banking.csv", "\u{FEFF}Client ID,Name,Age,Location ID,Joined Bank,",
                "Risk Weighting,BRId,GenderId,IAId\r\n"
            ),
            ("banking", "Gender.csv", "\u{FEFF}GenderId,Gender\r\n1,Male\r\n2,Female\r\n", ""),
            (
                "banking", "Banking-Relationships.csv",
                "\u{FEFF}BRId,Banking Relationship\r\n1,Retail\r\n2,Institutional\r\n", ""
            ),
            (
                "banking", "Investment-Advisiors.csv", "\u{FEFF}IAId,Investment Advisor\r\n1,", ""
            ),
            (
                "mass-affluent", "mass_affluent/KPMG_Customer_Demography.csv",
                "\u{FEFF}customer_id,First_Name,Last_Name,gender,DOB,AGE,past_3_years_bike_related_",
                "Owns_Car,Address,Postcode,State,Country,property_valuation\r\n"
            ),
            (
                "mass-affluent", "geo/australian-postcodes.csv",
                "Postcode,Suburb,State,Lat,Lon\n200,", ""
            ),
            (
                "mass-affluent", "geo/au_states.min.geojson",
                #"{"type":"FeatureCollection","features":["#, #"[\#n"#
            ),
            (
                "financial-services", "bank_churners/BankChurners.csv",
                "CLIENTNUM,Attrition_Flag,Customer_Age,Gender,Dependent_count,Education_Level,",
                "Dependent_count_Education_Level_Months_Inactive_12_mon_2\n"
            ),
            (
                "financial-services", "mitron/dim_customers_v3.csv",
                "customer_id,age_group,city,occupation,gender,marital status,avg_income\r\n", ""
            ),
            (
                "financial-services", "mitron/fact_spends_sample.csv",
                "customer_id,month,category,payment_type,spend\r\n", ""
            ),
            (
                "aurora-dashboard", "sd254_users.csv",
                "Person,Current Age,Retirement Age,Birth Year,Birth Month,Gender,Address,Apartment,",
                "Yearly Income - Person,Total Debt,FICO Score,Num Credit Cards\r\n"
            ),
            (
                "aurora-dashboard", "transactions_data_sample.csv",
                "id,date,client_id,card_id,amount,use_chip,merchant_id,merchant_city,",
                "merchant_state,zip,mcc,errors\r\n"
            ),
        ])
    func header(name: String, path: String, start: String, end: String) throws {
        let bytes = try #require(try WrittenFolder(name, rows: 20).files()[path])
        #expect(bytes.starts(with: Data(start.utf8)))
        let firstLine = bytes.prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
        #expect(end.isEmpty || firstLine.suffix(end.utf8.count) == Data(end.utf8))
    }

    @Test("workbooks are the same zip archive each time and have no time in them")
    func workbook() throws {
        let bytes = try #require(
            try WrittenFolder("aurora-dashboard", rows: 30).files()["users_data.xlsx"])
        #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]))
        // Stored, at midnight of 1 January 1980.
        #expect(Array(bytes[8..<14]) == [0, 0, 0, 0, 33, 0])
    }

    @Test("an unlabelled file is never replaced, and nothing else is written", arguments: names)
    func original(name: String) throws {
        let folder = TemporaryFolder()
        let twin = try Twins.named(name)
        let path = URL(filePath: folder.path + "/" + twin.fileName)
        try FileManager.default.createDirectory(
            at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("the original".utf8).write(to: path)
        let error = #expect(throws: AuroraError.self) {
            try twin.write(rows: 10, seed: 1, to: folder.path)
        }
        #expect(error?.code == "not_synthetic")
        #expect(try String(contentsOf: path, encoding: .utf8) == "the original")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        #expect(files.count { $0.contains(".") } == 1)
    }

    @Test("numbers of rows that can't be are refused", arguments: names, [-1, 0, Int.max])
    func refused(name: String, count: Int) throws {
        let folder = TemporaryFolder()
        let twin = try Twins.named(name)
        let error = #expect(throws: AuroraError.self) {
            try twin.write(rows: count, seed: 1, to: folder.path)
        }
        #expect(error?.code == "rows_out_of_range")
        #expect(folder.contents.isEmpty)
    }

    @Test("an interruption leaves no file behind", arguments: names)
    func interruption(name: String) throws {
        let folder = TemporaryFolder()
        let twin = try Twins.named(name)
        let error = #expect(throws: AuroraError.self) {
            try twin.write(rows: 9000, seed: 1, to: folder.path) { _ throws(AuroraError) in
                throw .interrupted
            }
        }
        #expect(error?.code == "interrupted")
        let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        #expect(left.filter { $0.contains(".") } == [])
    }

    @Test("the truth file states what the parameters say", arguments: names)
    func truth(name: String) throws {
        let twin = try WrittenFolder(name, rows: 10)
        let planted = try Twins.named(name).planted
        #expect(planted.count > 3)
        let text = try String(contentsOfFile: twin.written.truthPath, encoding: .utf8)
        #expect(text.hasPrefix("figure,value\r\n"))
        for figure in planted { #expect(text.contains(figure.name)) }
    }
}
