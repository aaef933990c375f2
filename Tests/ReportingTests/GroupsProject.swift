import Columns
import Foundation
import Query
import Reporting
import TestProjects
import Testing

/// 40 customers who spend little and 20 who spend much; all else is as a test wants it.
enum GroupsProject {
    /// - Parameters:
    ///   - visuals: lines of the page's visuals.
    ///   - small: customers of a third group, who spend most of all.
    static func make(
        _ visuals: String, small: Int = 0, settings: String = ""
    ) throws -> TestProject {
        var lines = "id,amount,age,job,height,flag\n"
        for id in 0..<60 {
            let isLow = id < 40
            let amount = (isLow ? 10 : 1000) + id % 3
            let job = (id % 4 == 0) == isLow ? "retired" : "clerk"
            lines +=
                "\(id),\(amount),\(30 + id % 5),\(job),\((isLow ? 10 : 20) + id % 4),\(isLow)\n"
        }
        for id in 0..<small { lines += "\(100 + id),\(9000 + id),77,baron,99,false\n" }
        return try TestProject([
            "aurora.yaml": "type: project/v1\nname: T\n" + settings, "data.csv": lines,
            "sources/data.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/customers.yaml": """
            type: model/v1
            from: data
            key: id
            steps:
              - derive: {column: double, as: amount * 2}
            """,
            "segments/groups.yaml": """
            type: segment/v1
            label: Group
            model: customers
            features: [column: amount]
            k_means: {k: \(small > 0 ? 3 : 2)}
            names: [Many, Few\(small > 0 ? ", Rich" : "")]
            """,
            "measures/customers.yaml": """
            type: measures/v1
            of: customers
            measures:
              total: {expression: sum(amount), label: Total amount}
              total_age: {expression: sum(age)}
              average: {expression: avg(amount)}
            dimensions:
              amount: {expression: amount}
              double: {expression: double}
              age: {expression: age, label: Age}
              job: {expression: job, label: Job}
              height: {expression: height, label: Height, format: decimal, digits: 1, unit: cm}
              flag: {expression: flag}
            """,
            "pages/main.yaml": "type: page/v1\ntitle: T\nvisuals:\n" + visuals,
        ])
    }

    static func visual(
        _ text: String, small: Int = 0, settings: String = "", for reader: Reader = .local,
        _ selections: PageSelection...
    ) async throws -> JSON {
        let page = try await make("  - \(text)\n", small: small, settings: settings).page(
            for: reader)
        return try #require(try await page.data(selections)["visuals"]?["v1"])
    }
}

extension JSON {
    var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// A phrase in plain text, figures with a few digits.
    var words: String {
        elements.map { part in
            if case .string(let text)? = part["text"] ?? part["name"] { return text }
            if let name = part["name"] { return name.text() }
            func number(_ name: String) -> Double? {
                if case .number(let digits)? = part[name] { Double(digits) } else { nil }
            }
            if let count = number("count") { return String(Int(count)) }
            if let share = number("share") { return "\(Int((share * 100).rounded()))%" }
            return number("value").map { String(format: "%.2f", $0) } ?? "?"
        }.joined()
    }
}
