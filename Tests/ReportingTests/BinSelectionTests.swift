import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("A selected bin keeps exactly its rows")
struct BinSelectionTests {
    /// Columns of values that lie on edges of bins, next to them, and anywhere.
    static let columns: [(name: String, values: [String])] = {
        let steps = Array(-30...90)
        let edges = steps.map { Double($0) / 10 }
        return [
            ("tenths", steps.map { tenths($0) }),
            ("hundredths", steps.map { "\(tenths($0))\(abs($0 * 7) % 10)" }),
            ("whole", steps.map { "\($0 * 3)" }),
            ("large", steps.map { "\($0 * 1_000_000_000).5" }),
            ("at_edges", edges.map { "\($0)e0" }),
            ("below_edges", edges.map { "\($0.nextDown)" }),
            ("above_edges", edges.map { "\($0.nextUp)" }),
            ("just_below", steps.map { "\((Double($0 - 19940) / 100).nextDown)" }),
            ("sums", steps.map { "\(Double($0) * 0.1 + 0.2)" }),
            ("tiny", steps.map { "\(Double($0) * 1e-9)" }),
            ("huge", steps.map { "\(Double($0) * 1.7e22)" }),
            ("constant", steps.map { _ in "0.3" }),
            ("gaps", steps.map { $0 % 3 == 0 ? "" : tenths($0) }),
        ]
    }()

    /// -5 is "-0.5".
    static func tenths(_ value: Int) -> String {
        "\(value < 0 ? "-" : "")\(abs(value) / 10).\(abs(value) % 10)"
    }

    static func project() throws -> TestProject {
        let header = "id," + columns.map(\.name).joined(separator: ",") + "\n"
        let rows = columns[0].values.indices.map { row in
            "\(row)," + columns.map { $0.values[row] }.joined(separator: ",") + "\n"
        }
        return try TestProject([
            "data.csv": header + rows.joined(),
            "sources/file.yaml": "type: source/v1\ncsv: {file: data.csv}\n",
            "models/m.yaml": "type: model/v1\nfrom: file\nkey: id\n",
            "measures/m.yaml": "type: measures/v1\nof: m\ndimensions:\n"
                + columns.map { "  \($0.name): {expression: \($0.name)}\n" }.joined(),
        ])
    }

    @Test("for decimals and doubles, narrow and wide, on edges and beside them")
    func bins() async throws {
        let gate = try await Self.project().run().gate
        for column in Self.columns {
            for limit in [4, 10, 30, 37] {
                let histogram = try await gate.histogram(
                    of: column.name, bins: limit, filter: .init(), for: .local)
                #expect(histogram.bins.count <= limit)
                #expect(histogram.missing == column.values.count { $0.isEmpty })
                for (index, bin) in histogram.bins.enumerated() {
                    let isLast = index == histogram.bins.count - 1
                    let name = "\(column.name), bin \(index) of \(limit)"
                    #expect(index == 0 || histogram.bins[index - 1].to == bin.from, "\(name)")
                    // As the API states ranges, and as the page sends them: both ends included.
                    let ranges: [FilterContext.Selection.Choice] = [
                        .range(from: bin.from, to: bin.to, closed: isLast),
                        .range(from: bin.from, to: isLast ? bin.to : bin.to.nextDown, closed: true),
                    ]
                    for range in ranges {
                        let filter = FilterContext(
                            selections: [.init(dimension: column.name, range)])
                        let rows = try await gate.rowCount(of: "m", filter: filter, for: .local)
                        #expect(rows.used == bin.count, "\(name)")
                    }
                }
            }
        }
    }
}
