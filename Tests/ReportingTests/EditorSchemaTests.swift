import Columns
import Foundation
import Reporting
import Testing

@Suite("What an editor's forms are made of")
struct EditorSchemaTests {
    static let kinds: [String: [String: String?]] = {
        let data = Data(EditorSchema.kinds.text().utf8)
        let document =
            try? JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]]
        var kinds: [String: [String: String?]] = [:]
        for kind in document?["visuals"] ?? [] {
            guard let name = kind["name"] as? String,
                let fields = kind["fields"] as? [[String: Any]]
            else { continue }
            for field in fields {
                guard let key = field["name"] as? String else { continue }
                kinds[name, default: [:]][key] = .some(field["role"] as? String)
            }
        }
        return kinds
    }()

    @Test(
        "each kind itself tells what its names are of",
        arguments: [
            ("bar", "measure", "measure"), ("bar", "by", "dimension"), ("bar", "sort", nil),
            ("histogram", "of", "number"), ("pair", "x", "number"), ("pair", "of", "model"),
            ("pair", "x_label", nil), ("kpi", "against", "measure"), ("kpi", "over", "date"),
            ("treemap", "measure", "sum"), ("finding", "segmentation", "segmentation"),
            ("finding", "measure", "sum"), ("table", "measures", "measure"),
            ("table", "by", "dimension"), ("donut", "centre", nil),
        ])
    func roles(kind: String, field: String, role: String?) throws {
        let found = try #require(Self.kinds[kind]?[field], "\(kind) has no field \(field)")
        #expect(found == role)
    }

    @Test("every kind of visual is there with its fields")
    func complete() {
        #expect(Set(Self.kinds.keys) == Set(ChartKind.all.map(\.name)))
        for kind in ChartKind.all {
            let found = Self.kinds[kind.name]?.keys.map { $0 } ?? []
            #expect(Set(found) == Set(kind.fields.map(\.name)))
        }
    }
}
