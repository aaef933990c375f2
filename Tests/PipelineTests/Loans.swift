import Foundation
import Runs
import TestProjects

extension TestProject {
    /// A project with a bit of everything: steps, two models, a segmentation, figures and a page.
    static func loans(rows: Int = 400) throws -> TestProject {
        var lines = "id,amount,rate,branch\n"
        var state: UInt64 = 3
        for row in 1...rows {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Int(state >> 33)
            let amount = row % 9 == 0 ? "" : "\(number % 90_000).\(10 + number % 90)"
            let rate = row % 7 == 0 ? "" : "0.0\(number % 1_000_000_007)\(number)"
            lines += "\(row),\(amount),\(rate),\(["Oslo", "Rome", "Bern"][number % 3])\n"
        }
        return try TestProject([
            "loans.csv": lines,
            "sources/loan_file.yaml": "type: source/v1\ncsv: {file: loans.csv}\n",
            "models/loans.yaml": """
            type: model/v1
            from: loan_file
            key: id
            steps:
              - impute: {column: amount, with: mean}
              - impute: {column: rate, with: mean}
              - derive: {column: interest, as: amount * rate}
            """,
            "models/large.yaml": """
            type: model/v1
            from: loans
            key: id
            steps:
              - filter: {keep: amount > 45000}
            """,
            "segments/kinds.yaml": """
            type: segment/v1
            model: loans
            features: [{column: amount, transform: log1p}, {column: rate}]
            k_means: {k: 3, seed: 1, restarts: 4}
            """,
            "measures/loans.yaml": """
            type: measures/v1
            of: loans
            measures: {loans: {expression: count(*)}, interest: {expression: sum(interest)}}
            dimensions: {branch: {expression: branch}}
            """,
            "pages/main.yaml":
                "type: page/v1\ntitle: T\nvisuals: [bar: {measure: loans, by: kinds}]\n",
        ])
    }

    /// What lies in a folder of the state, hidden files too.
    func contents(of path: String) -> [String] {
        let url = state.url.appending(path: path)
        return ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }
}
