package import Columns
package import Kernels
package import Learning
package import Workspace

/// Agglomerative clustering: the nearest segments are joined until k are left.
package struct AgglomerativeMethod: ClusterMethod {
    package typealias Model = Agglomerative.Model

    package static let name = "agglomerative"
    package static let title = "Agglomerative"
    package static let summary =
        "agglomerative: customers are joined step by step, with a tree to read; above 20,000 rows "
        + "from micro-segments"
    package static let fields = [
        Field("k", .integer(1...1000), required: true, "how many segments"),
        Field(
            "linkage", .choice(Agglomerative.Linkage.allCases.map(\.rawValue)),
            "ward by default; average or complete"),
        Field("seed", .integer(0...Int.max), "which micro-segments; 0 by default"),
    ]

    let k: Int
    let linkage: Agglomerative.Linkage
    let seed: UInt64

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        k = values.integer("k") ?? 1
        linkage = values.text("linkage").flatMap(Agglomerative.Linkage.init) ?? .ward
        seed = UInt64(values.integer("seed") ?? 0)
    }

    package var announced: [String]? { numberedSegments(k) }

    package static let repeatedRows = 2_000

    package func fit(_ rows: PreparedRows, work: Work) throws(AuroraError) -> Agglomerative.Model {
        try Agglomerative(k: k, linkage: linkage, seed: seed).fit(rows.matrix, work: work)
    }
}
