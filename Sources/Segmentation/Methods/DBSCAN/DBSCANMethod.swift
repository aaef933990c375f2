package import Columns
package import Kernels
package import Learning
package import Workspace

/// DBSCAN: segments are dense regions, and what lies between them belongs to none.
package struct DBSCANMethod: ClusterMethod {
    package typealias Model = DBSCAN.Model

    package static let name = "dbscan"
    package static let title = "DBSCAN"
    package static let summary =
        "DBSCAN: dense regions of any shape; the method finds their number, and outliers"
    package static let fields = [
        Field(
            "eps", .number,
            "how near neighbours are, on the features' scale; from the k-distance "
                + "curve if not stated"),
        Field(
            "minimum_points", .integer(1...1_000_000),
            "rows within eps that make a region dense; twice the number of features by default"),
        Field(
            "noise_within", .number,
            "rows outside all regions join the nearest one within so many eps; without it, they are "
                + "outliers"),
    ]

    let eps: Double?
    let minimumPoints: Int?
    let noiseWithin: Double?

    package init(_ values: FieldValues, _ diagnostics: inout [Diagnostic]) {
        eps = values.number("eps")
        minimumPoints = values.integer("minimum_points")
        noiseWithin = values.number("noise_within")
        if let eps, !(eps > 0) {
            diagnostics.append(
                Diagnostic(
                    "eps_out_of_range", at: values.place(of: "eps"),
                    "eps is \(eps) but must be above 0",
                    hint: "leave it out to have it read from the k-distance curve"))
        }
        if let noiseWithin, !(noiseWithin >= 1) {
            diagnostics.append(
                Diagnostic(
                    "noise_reach_below_one", at: values.place(of: "noise_within"),
                    "noise_within is \(noiseWithin) but must be 1 or more"))
        }
    }

    package var announced: [String]? { nil }

    package static let repeatedRows = 5_000

    package func fit(_ rows: PreparedRows, work: Work) throws(AuroraError) -> DBSCAN.Model {
        let points = minimumPoints ?? max(4, 2 * rows.matrix.columns)
        let reach: Double
        if let eps { reach = eps } else { reach = try suggested(rows.matrix, points, work) }
        return try DBSCAN(
            eps: reach, minimumPoints: points,
            noise: noiseWithin.map { .nearest(within: $0) } ?? .leave
        ).fit(rows.matrix, work: work)
    }

    private func suggested(
        _ matrix: Matrix, _ points: Int, _ work: Work
    ) throws(AuroraError) -> Double {
        let curve = try KDistance.measure(matrix, minimumPoints: points, work: work)
        // Where most rows have equals, the curve may bend at 0, within which there is nobody else.
        guard let eps = curve.suggestedEps, eps > 0 else {
            throw AuroraError(
                "no_eps", "the k-distance curve has no knee, so no eps can be read from it",
                hint: "state 'eps'; distances to neighbour \(points) lie between "
                    + "\(curve.distances.first ?? 0) and \(curve.distances.last ?? 0)")
        }
        return eps
    }
}
