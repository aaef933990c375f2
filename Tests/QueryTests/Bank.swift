import Columns
import Foundation
import Query
import Reporting
import TestProjects

/// A bank small enough to check by hand: regions ← customers ← cards, customers ← transactions, and
/// branches, which have to do with nothing.
struct Bank: Sendable {
    let project: TestProject
    let gate: Gate

    /// - Parameters:
    ///   - privacy: what stands under `privacy:`, in braces.
    ///   - files: more files, or others in place of the bank's own.
    init(privacy: String? = nil, files: [String: String] = [:]) async throws {
        var texts = Self.files.merging(files) { $1 }
        if let privacy { texts["aurora.yaml", default: ""] += "privacy: \(privacy)\n" }
        project = try TestProject(texts)
        gate = try await project.run().gate
    }

    /// - Parameters:
    ///   - measures: names between commas, as `aurora query` takes them; likewise the dimensions.
    ///   - conditions: as `--where` states them.
    func table(
        _ measures: String, by dimensions: String = "", where conditions: [String] = [],
        selecting selections: [FilterContext.Selection] = [], for reader: Reader = .local
    ) async throws -> FigureTable {
        var filter = FilterContext(selections: selections)
        for condition in conditions {
            filter.conditions.append(try await gate.condition(condition))
        }
        func names(_ list: String) -> [String] { list.split(separator: ",").map(String.init) }
        let query = FigureQuery(measures: names(measures), by: names(dimensions), filter: filter)
        return try await gate.answer(query, for: reader)
    }

    /// The answer's rows, a text each.
    func rows(
        _ measures: String, by dimensions: String = "", where conditions: String...,
        selecting selections: [FilterContext.Selection] = []
    ) async throws -> [String] {
        try await table(measures, by: dimensions, where: conditions, selecting: selections).texts
    }

    func sql(_ query: String) async throws -> [String] { try await project.sql(query) }

    static let files = [
        "aurora.yaml": "type: project/v1\nname: Bank\n",
        "regions.csv": "code,name\nn,North\ns,South\ne,East\n",
        "customers.csv": """
        id,region,age,income,joined
        1,n,30,1000.10,2020-01-31
        2,n,40,2000.20,2021-02-28
        3,s,50,,2020-01-31
        4,s,60,4000.40,
        5,,70,500.05,2019-12-31
        """,
        "cards.csv": """
        card,owner,kind,credit
        a,1,gold,100
        b,1,basic,50
        c,2,gold,200
        d,4,basic,75
        e,,gold,10
        f,99,student,20
        """,
        "transactions.csv": """
        nr,client,category,amount
        1,1,food,10.10
        2,1,travel,20.20
        3,2,food,30.30
        4,2,food,-5.05
        5,3,travel,40.40
        6,3,cash,0.00
        7,5,food,1.01
        8,1,food,10.10
        9,4,,7.07
        """,
        "branches.csv": "branch,city\n1,Oslo\n",
        "sources/region_file.yaml": "type: source/v1\ncsv: {file: regions.csv}\n",
        "sources/customer_file.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
        "sources/card_file.yaml": "type: source/v1\ncsv: {file: cards.csv}\n",
        "sources/transaction_file.yaml": "type: source/v1\ncsv: {file: transactions.csv}\n",
        "sources/branch_file.yaml": "type: source/v1\ncsv: {file: branches.csv}\n",
        "models/regions.yaml": "type: model/v1\nfrom: region_file\nkey: code\n",
        "models/customers.yaml": """
        type: model/v1
        from: customer_file
        key: id
        references: {regions: region}
        steps:
          - bucket: {column: age, into: age_band, edges: [45], labels: [young, old]}
        """,
        "models/cards.yaml": """
        type: model/v1
        from: card_file
        key: card
        references: {customers: owner}
        """,
        "models/transactions.yaml": """
        type: model/v1
        from: transaction_file
        key: nr
        references: {customers: client}
        """,
        "models/branches.yaml": "type: model/v1\nfrom: branch_file\nkey: branch\n",
        "measures/regions.yaml": """
        type: measures/v1
        of: regions
        measures: {regions: {expression: count(*)}}
        dimensions: {region: {expression: name}}
        """,
        "measures/customers.yaml": """
        type: measures/v1
        of: customers
        measures:
          customers: {expression: count(*)}
          avg_age: {expression: avg(age)}
          income: {expression: sum(income)}
          income_per_old: {expression: sum(income) / count(*) FILTER (WHERE age > 65)}
        dimensions:
          age_band: {expression: age_band}
          age: {expression: age}
          region_code: {expression: region}
          joined: {expression: joined}
          is_rich: {expression: income > 1500}
          income_paid: {expression: income}
        """,
        "measures/cards.yaml": """
        type: measures/v1
        of: cards
        measures:
          cards: {expression: count(*)}
          gold_cards: {expression: count(*) FILTER (WHERE kind = 'gold')}
          holders: {expression: count(DISTINCT owner)}
          credit: {expression: sum(credit)}
        dimensions:
          kind: {expression: kind, order: [gold, basic]}
        """,
        "measures/transactions.yaml": """
        type: measures/v1
        of: transactions
        measures:
          transactions: {expression: count(*)}
          turnover: {expression: sum(amount)}
        dimensions:
          category: {expression: category}
          amount: {expression: amount}
        """,
        "measures/branches.yaml": """
        type: measures/v1
        of: branches
        measures: {branches: {expression: count(*)}}
        dimensions: {city: {expression: city}}
        """,
    ]
}

extension FigureTable {
    /// The rows, a text each, "–" where a value is missing.
    var texts: [String] { rows.map { $0.map(\.description).joined(separator: " ") } }
}
