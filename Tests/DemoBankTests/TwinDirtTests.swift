import DemoBank
import Foundation
import Testing

@Suite("Twins have the originals' formats and flaws")
struct TwinDirtTests {
    @Test("banking: 59 ids of 3,000 rows are shared by 119, never by two of one name")
    func sharedIdentifiers() throws {
        let rows = try WrittenFolder("banking", rows: 3000).table("Banking.csv").dropFirst()
        let people = Dictionary(grouping: rows) { $0[0] }.mapValues { $0.map { $0[1] } }
        let shared = people.values.filter { $0.count > 1 }
        #expect(shared.count == 59)
        #expect(shared.reduce(0) { $0 + $1.count } == 119)
        #expect(shared.allSatisfy { Set($0).count == $0.count })
        #expect(rows.allSatisfy { $0.count == 25 })
    }

    @Test("banking: days come first in dates, amounts have two decimals")
    func bankingFormats() throws {
        let rows = try WrittenFolder("banking", rows: 3000).table("Banking.csv").dropFirst()
        for row in rows {
            #expect(row[0].wholeMatch(of: /IND[1-9][0-9]{4}/) != nil)
            #expect(row[4].wholeMatch(of: /[0-3][0-9]-[01][0-9]-(199[4-9]|20[0-2][0-9])/) != nil)
            for amount in row[13...19] {
                #expect(amount.wholeMatch(of: /[0-9]+\.[0-9]{2}/) != nil)
            }
        }
        #expect(rows.contains { $0[4].hasPrefix("31-") })
    }

    @Test("mass-affluent: month, day and year without zeros; names, industries missing")
    func cleanedFile() throws {
        let rows = try WrittenFolder("mass-affluent", rows: 3908)
            .table("mass_affluent/KPMG_Customer_Demography.csv").dropFirst()
        for row in rows {
            #expect(row[4].wholeMatch(of: /1?[0-9]\/[1-3]?[0-9]\/[0-9]{4}/) != nil)
            let year = row[4].split(separator: "/").last.flatMap { Int($0) } ?? 0
            #expect(Int(row[5]) == 2022 - year)
        }
        #expect(rows.count { $0[9] == "Y" } == 2)
        #expect((80...165).contains(rows.count { $0[2].isEmpty }))
        #expect((560...750).contains(rows.count { $0[7] == "n/a" }))
        #expect(rows.last?[0] == "4000" || rows.last?[0] == "3999")
        #expect(Set(rows.map { $0[14] }) == ["New South Wales", "Victoria", "Queensland"])
    }

    @Test("financial-services: quotes, capped limits, and scores that know the outcome")
    func churners() throws {
        let rows = try WrittenFolder("financial-services", rows: 4000)
            .table("bank_churners/BankChurners.csv").dropFirst()
        #expect(Set(rows.map { $0[0] }).count == 4000)
        for row in rows {
            #expect(row.count == 23)
            #expect(row[1].hasPrefix("\"") && row[1].hasSuffix(" Customer\""))
            let (limit, owed) = (Double(row[13]) ?? -1, Double(row[14]) ?? -1)
            #expect((1438.3...34_516).contains(limit))
            #expect(((Double(row[15]) ?? -1) - (limit - owed)).magnitude < 0.001)
            #expect(((Double(row[20]) ?? -1) - owed / limit).magnitude < 0.00051)
            #expect(((Double(row[21]) ?? -1) > 0.5) == row[1].contains("Attrited"))
        }
        #expect(rows.contains { $0[21].wholeMatch(of: /[1-9]\.[0-9]{1,4}e-0[5-9]/) != nil })
        #expect(rows.contains { $0[13] == "1438.3" } && rows.contains { $0[13] == "34516" })
    }

    @Test("financial-services: each customer but one spends once")
    func spenders() throws {
        let twin = try WrittenFolder("financial-services", rows: 10_127)
        let people = try twin.table("mitron/dim_customers_v3.csv").dropFirst().map { $0[0] }
        let spends = try twin.table("mitron/fact_spends_sample.csv").dropFirst().map { $0[0] }
        #expect(people.count == 4000 && Set(people).count == 4000)
        #expect(spends.count == 3999 && Set(spends).isStrictSubset(of: people))
    }

    @Test("aurora-dashboard: dollars with commas and a blank, zips with a decimal")
    func dollars() throws {
        let twin = try WrittenFolder("aurora-dashboard", rows: 500)
        let files = try twin.files()
        let people = String(decoding: try #require(files["sd254_users.csv"]), as: UTF8.self)
        #expect(people.contains(/,"\$[1-9][0-9]{0,2},[0-9]{3} ",/))
        let rows = try twin.table("transactions_data_sample.csv").dropFirst()
        #expect(rows.count == 1250)
        #expect(Set(rows.map { $0[0] }).count == 1250)
        #expect(rows.map { $0[1] } == rows.map { $0[1] }.sorted())
        for row in rows {
            #expect(row.count == 12)
            #expect(row[4].wholeMatch(of: /\$-?[0-9]+\.[0-9]{2}/) != nil)
            #expect(row[9].wholeMatch(of: /([1-9][0-9]{3,4}\.0)?/) != nil)
        }
        #expect(rows.contains { $0[4].hasPrefix("$-") })
    }
}
