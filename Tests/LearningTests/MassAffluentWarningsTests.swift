import Columns
import Foundation
import Kernels
import Learning
import Testing

/// The published clustering of reference 001, from its file: three groups are one industry each, and
/// the start that was published is stuck.
@Suite(
    "Reference 001: the published clustering",
    .enabled(
        if: DemographyFile.isThere,
        "../shared/data/mass_affluent/KPMG_Customer_Demography.csv is not here"))
struct MassAffluentWarningsTests {
    @Test("degenerate, and a poor local optimum")
    func published() throws {
        let file = try DemographyFile()
        let kMeans = KMeans(k: 4, start: .centroids(file.start))
        let model = try kMeans.fit(file.scaled)
        #expect(abs(model.inertia - 56793.99) < 0.01)
        #expect(model.sizes.sorted() == [150, 655, 796, 2305])
        let found = CategorySegments.findings(
            labels: model.labels, segments: ["1", "2", "3", "4"], categories: file.categories)
        #expect(found.count == 4)
        for (size, level) in [(655, "Not Specified"), (150, "IT"), (796, "Manufacturing")] {
            let segment = try #require(model.sizes.firstIndex(of: size)) + 1
            let message =
                "degenerate: '\(segment)' is the category \(level) of job_industry "
                + "(100 % of the segment, 100 % of the category)"
            #expect(found.contains { $0.message == message && $0["share_of_segment"] == 1 })
        }
        #expect(found.last?.code == "degenerate_segmentation")
        #expect(found.last?["segments"] == 3)
        let optimum = try LocalOptimum.findings(
            of: model, by: kMeans, on: file.scaled, starts: 100, work: Work(threads: 2))
        let poor = try #require(optimum.first { $0.code == "poor_local_optimum" })
        // The best of another 100 starts was 56255.38.
        #expect(abs((poor["best"] ?? 0) / 56255.38 - 1) < 0.002)
        #expect(optimum.contains { $0.code == "restarts_disagree" })
    }
}

/// KPMG_Customer_Demography.csv as REFERENCE_DASHBOARDS.md prepares it; it has no quoted field.
struct DemographyFile {
    static let url = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "shared/data/mass_affluent/KPMG_Customer_Demography.csv")
    static var isThere: Bool { FileManager.default.fileExists(atPath: url.path) }

    let scaled: Matrix
    /// The scaled rows of the four customers that were published as the start.
    let start: Matrix
    let categories: [NominalVariable]

    init() throws {
        let text = try String(contentsOf: Self.url, encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        // A byte-order mark stands before the first name only.
        let names = lines[0]
        let column = { (name: String) in try #require(names.firstIndex { $0.hasSuffix(name) }) }
        let deceased = try column("deceased_indicator")
        let rows = lines.dropFirst().filter { $0[deceased] == "N" }
        let texts = { (name: String) in
            let place = try column(name)
            return rows.map { $0[place] }
        }
        let industries = try texts("job_industry_category").map {
            $0 == "n/a" ? "Not Specified" : $0 == "Argiculture" ? "Agriculture" : $0
        }
        categories = [
            NominalVariable("state", try texts("State")),
            NominalVariable("job_industry", industries),
            NominalVariable("wealth_segment", try texts("wealth_segment")),
        ]
        var columns = try [
            "AGE", "tenure", "past_3_years_bike_related_purchases", "property_valuation",
        ].map { name in try texts(name).map { try #require(Double($0)) } }
        columns.append(try texts("Owns_Car").map { $0 == "Yes" ? 1 : 0 })
        for variable in categories {
            for level in variable.levels.indices.dropFirst() {
                columns.append(variable.codes.map { $0 == Int32(level) ? 1 : 0 })
            }
        }
        let matrix = Matrix(columns: columns)
        #expect(matrix.columns == 18)
        #expect(matrix.rows == 3906)
        scaled = try Preprocessing(columns.indices.map { "\($0)" }).fit(matrix).apply(matrix)
        let ids = try texts("customer_id")
        let places = try ["1500", "2381", "240", "3457"].map {
            try #require(ids.firstIndex(of: $0))
        }
        start = Matrix(places.map { [scaled] in scaled.row($0) })
    }
}
