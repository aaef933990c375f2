import Columns
import Foundation
import Pipeline
import Query
import Reporting
import Runs
import TestProjects
import Testing

@Suite("Maps")
struct MapTests {
    /// A square of one degree.
    private static func square(_ name: String, _ west: Int, _ south: Int) -> String {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
        let ring = corners.map { "[\(west + $0.0),\(south + $0.1)]" }.joined(separator: ",")
        return #"{"type":"Feature","properties":{"name":"\#(name)","code":"\#(name.prefix(1))"},"#
            + #""geometry":{"type":"Polygon","coordinates":[[\#(ring)]]}}"#
    }

    private static func collection(_ features: [String]) -> String {
        #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
    }

    private static let outlines = collection([
        square("North", 10, 50), square("South", 10, 40), square("West", 0, 45),
    ])

    /// 3 sales in North, 2 in S, 1 in Atlantis, 1 nowhere.
    private static let sales = """
        nr,town,part,north,east,amount
        1,Oslo,North,59.9,10.7,1
        2,Oslo,North,59.9,10.7,2
        3,Bern,North,46.9,7.4,3
        4,Bern,S,46.9,7.4,4
        5,Rome,S,41.9,12.5,5
        6,Cork,Atlantis,,,6
        7,Nice,,95.0,7.3,7
        """

    private static func project(
        _ visuals: String, smallest: Int = 0, sales: String = sales, outlines: String = outlines
    ) throws -> TestProject {
        try TestProject([
            "aurora.yaml":
                "type: project/v1\nname: T\ndata: files\nprivacy: {smallest_cell: \(smallest)}\n",
            "files/sales.csv": sales, "files/parts.geojson": outlines,
            "sources/till.yaml": "type: source/v1\ncsv: {file: sales.csv}\n",
            "models/sales.yaml": "type: model/v1\nfrom: till\nkey: nr\n",
            "measures/sales.yaml": """
            type: measures/v1
            of: sales
            measures:
              sales: {expression: count(*), label: Sales}
              average: {expression: avg(amount), label: Average}
            dimensions:
              town: {expression: town, label: Town}
              part: {expression: part, label: Part}
              north: {expression: north}
              east: {expression: east}
            """,
            "pages/main.yaml": "type: page/v1\ntitle: T\nvisuals:\n" + visuals,
        ])
    }

    private static let regions =
        "  - map: {measure: sales, by: part, geometry: {file: parts.geojson, key: name}, "
        + "names: {S: South}}\n"
    private static let bubbles =
        "  - map: {measure: sales, by: town, latitude: north, longitude: east}\n"

    @Test("a region has its figure; a value that no outline has keeps its row and has no place")
    func regionFigures() async throws {
        let project = try Self.project(Self.regions)
        let data = try await project.page().data([])
        #expect(data.rows(of: "v1") == #"[["Atlantis",1],["North",3],["S",2],[null,1]]"#)
        let visual = try #require(data["visuals"]?["v1"])
        #expect(visual["places"]?.text() == #"[null,"North","South",null]"#)
        #expect(visual["rows_used"] == 7)
        #expect(visual["geometry"]?["features"] == 3)
        #expect(
            visual["geometry"]?["hash"] == .string(ContentHash.of(Data(Self.outlines.utf8))))
    }

    @Test("two values that are one region are no figure of it")
    func regionTwice() async throws {
        let sales = Self.sales + "\n8,Oslo,South,59.9,10.7,1\n"
        let data = try await Self.project(Self.regions, sales: sales).page().data([])
        let error = data["visuals"]?["v1"]?["error"]
        #expect(error?["code"] == "region_twice")
        #expect(error?["title"]?.text().contains("'S' and 'South'") == true)
    }

    @Test("a bubble lies where all rows of its value lie; one without a place has none")
    func bubbleFigures() async throws {
        let data = try await Self.project(
            Self.bubbles + "  - map: {measure: average, latitude: north, longitude: east}\n"
        ).page().data([])
        #expect(
            data.rows(of: "v1")
                == #"[["Bern",2],["Cork",1],["Nice",1],["Oslo",2],["Rome",1]]"#)
        let visual = data["visuals"]?["v1"]
        // 95 degrees north is nowhere.
        #expect(
            visual?["places"]?.text() == "[[7.4,46.9],null,null,[10.7,59.9],[12.5,41.9]]")
        #expect(visual?["geometry"] == .null)
        let places = data["visuals"]?["v2"]
        #expect(places?["columns"]?.text() == #"["north","east","average"]"#)
        #expect(places?["rows"]?[0]?.text() == "[41.9,12.5,5.0]")
        #expect(places?["places"]?[0]?.text() == "[12.5,41.9]")
    }

    @Test("a value at several places is refused, and no place of a hidden figure is told")
    func bubbleGuards() async throws {
        let moved = Self.sales.replacing("3,Bern,North,46.9,7.4,3", with: "3,Bern,North,46.9,7.5,3")
        let data = try await Self.project(Self.bubbles, sales: moved).page().data([])
        #expect(data["visuals"]?["v1"]?["error"]?["code"] == "place_ambiguous")
        let hidden = try await Self.project(Self.bubbles, smallest: 2).page().data([])
        let visual = try #require(hidden["visuals"]?["v1"])
        #expect(visual["rows"]?.text().contains(#"["Rome",null]"#) == true)
        #expect(visual["places"]?.text().contains("41.9") == false)
        #expect(visual["suppressed"] != 0)
    }

    @Test("selections filter places and figures alike")
    func filtered() async throws {
        let page = try await Self.project(Self.regions + Self.bubbles).page()
        let data = try await page.data([.picking("part", .text("S"), from: "v1")])
        #expect(data.rows(of: "v2") == #"[["Bern",1],["Rome",1]]"#)
        #expect(data["visuals"]?["v2"]?["places"]?.text() == "[[7.4,46.9],[12.5,41.9]]")
        #expect(data.rows(of: "v1")?.contains("North") == true)
    }

    // MARK: What a run keeps

    @Test("pages work from the run's copy, and verifying tells that the file has changed")
    func kept() async throws {
        let project = try Self.project(Self.regions)
        let record = try await project.publish()
        let known = try #require(record.geometries?.first)
        #expect(known.file.path == "parts.geojson")
        #expect(known.regions == ["name": ["North", "South", "West"]])
        #expect(record.outputs["geometry/parts.geojson"] == known.file.sha256)
        let changed = Self.collection([Self.square("North", 10, 51), Self.square("South", 10, 40)])
        try project.write(changed, to: "files/parts.geojson")
        let run = try await project.reopened()
        #expect(try run.outlines(known.file.sha256) == Data(Self.outlines.utf8))
        #expect(throws: AuroraError.self) { try run.outlines("../run.json") }
        let verification = try await project.pipeline()
            .verify(record, in: project.state) { _, _, _ in }
        #expect(verification.changedInputs.map(\.name) == ["parts.geojson"])
        #expect(verification.changedOutputs.map(\.name) == ["geometry/parts.geojson"])
    }

    @Test("outlines in the project's own folder are part of the project, and win")
    func ownFile() async throws {
        let project = try Self.project(Self.regions)
        let own = Self.collection([Self.square("South", 10, 40)])
        try project.write(own, to: "parts.geojson")
        let record = try await project.publish()
        #expect(record.project["parts.geojson"] == own)
        #expect(record.geometries?.first?.regions == ["name": ["South"]])
        // A past run is repeated from its own texts.
        try project.write("gone", to: "parts.geojson")
        let again = Pipeline(
            try Project.parse(record.project),
            data: project.folder.appending(path: "files", directoryHint: .isDirectory),
            provider: try TestProject.provider(), threads: 1)
        let verification = try await again.verify(record, in: project.state) { _, _, _ in }
        #expect(verification.isRepeated)
    }

    @Test("a saved report holds the outlines of its maps as the file has them")
    func saved() async throws {
        // Its folder is there as long as the project is.
        let project = try Self.project(Self.regions + Self.bubbles)
        let report = try await PageReport(.init(), of: project.run(), for: .local)
        let hash = ContentHash.of(Data(Self.outlines.utf8))
        #expect(report.json["geometries"]?[hash] == .string(Self.outlines))
        withExtendedLifetime(project) {}
    }

    // MARK: Mistakes

    static let mistakes: [(visual: String, outlines: String, code: String, says: String)] = [
        (
            "{measure: sales, by: part, geometry: {file: part.geojson, key: name}}", outlines,
            "file_missing", "part.geojson does not exist"
        ),
        (
            "{measure: sales, by: part, geometry: {file: parts.geojson, key: nam}}", outlines,
            "geometry_key", "no feature of parts.geojson has a name under 'nam'"
        ),
        (
            "{measure: sales, by: part, geometry: {file: parts.geojson, key: name}, "
                + "names: {S: Suoth}}", outlines,
            "unknown_region", "no region 'Suoth'"
        ),
        (
            "{measure: sales, by: part, geometry: {file: parts.geojson, key: name}}",
            collection([square("North", 10, 50), square("", 10, 40)]),
            "geometry_key", "1 of 2 features"
        ),
        (
            "{measure: sales, by: part, geometry: {file: parts.geojson, key: name}}", "not JSON",
            "geometry_unreadable", "not a JSON object"
        ),
        (
            "{measure: sales, by: part, geometry: {file: parts.geojson, key: name}}",
            #"{"type":"Topology","objects":{}}"#,
            "geometry_unreadable", "'Topology'"
        ),
        (
            "{measure: sales, by: part, geometry: {file: parts.geojson, key: name}}",
            collection([square("North", 331_000, 6_600_000)]),
            "geometry_unreadable", "which is not in degrees"
        ),
        (
            "{measure: sales, by: part, geometry: {file: parts.geojson, key: name}}",
            collection([
                #"{"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Point","coordinates":[1,2]}}"#
            ]),
            "geometry_unreadable", "feature 1 is a 'Point'"
        ),
        (
            "{measure: sales, by: part, geometry: parts.geojson}", outlines,
            "missing_key", "without 'key'"
        ),
        ("{measure: sales, by: part}", outlines, "missing_key", "no 'geometry'"),
        ("{measure: sales}", outlines, "missing_key", "neither 'by' nor"),
        (
            "{measure: sales, by: town, latitude: north}", outlines,
            "missing_key", "no 'longitude'"
        ),
        (
            "{measure: sales, by: town, latitude: part, longitude: east}", outlines,
            "not_a_number", "'part'"
        ),
    ]

    @Test("mistakes are told before a run is published", arguments: mistakes)
    func mistake(
        _ mistake: (visual: String, outlines: String, code: String, says: String)
    ) async throws {
        let project = try Self.project(
            "  - map: \(mistake.visual)\n", outlines: mistake.outlines)
        let found = try await project.mistakes()
        #expect(found.map(\.code) == [mistake.code])
        #expect(found.first?.message.contains(mistake.says) == true, "\(found)")
        #expect(found.first?.place.file == "pages/main.yaml")
        #expect(project.state.published == nil)
    }

    @Test("a file too large for a page is refused by its size")
    func tooLarge() async throws {
        let blanks = String(repeating: " ", count: 8 << 20)
        let project = try Self.project(Self.regions, outlines: Self.outlines + blanks)
        #expect(try await project.mistakes().map(\.code) == ["geometry_too_large"])
    }

    // MARK: Files that many use

    private static let shared = TestProject.home.deletingLastPathComponent()
        .appending(path: "shared/data/geo", directoryHint: .isDirectory)

    static let files = [
        (file: "us-states.json", key: "name", features: 52, names: "S: Texas, North: Alaska"),
        (
            file: "au_states.min.geojson", key: "STATE_NAME", features: 8,
            names: "S: Victoria, North: Northern Territory"
        ),
    ]

    @Test(
        "outlines in public files are read as they are, Alaska beyond the date line too",
        .enabled(
            if: FileManager.default.fileExists(atPath: shared.path),
            "../shared/data/geo is not there"),
        arguments: files)
    func publicFiles(
        _ known: (file: String, key: String, features: Int, names: String)
    ) async throws {
        let data = try Data(contentsOf: Self.shared.appending(path: known.file))
        let project = try Self.project(
            "  - map: {measure: sales, by: part, geometry: {file: parts.geojson, key: "
                + "\(known.key)}, names: {\(known.names)}}\n")
        try project.write(data, to: "files/parts.geojson")
        let run = try await project.run()
        let geometry = try #require(run.record.geometries?.first)
        #expect(geometry.features == known.features)
        #expect(geometry.regions[known.key]?.count == known.features)
        #expect(try run.outlines(geometry.file.sha256) == data)
        let page = try await PageView("main", of: run, for: .local).data([])
        #expect(page["visuals"]?["v1"]?["places"]?[1] != .null)
    }

    @Test("the tiles of the example are the 51 states, each in a place of its own")
    func tiles() throws {
        let file = TestProject.home.appending(
            path: "Examples/aurora-dashboard/geo/us_state_tiles.geojson")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let features = try #require(document["features"] as? [[String: Any]])
        var corners: Set<[Double]> = []
        var codes: Set<String> = []
        for feature in features {
            let geometry = feature["geometry"] as? [String: Any]
            let rings = try #require(geometry?["coordinates"] as? [[[Double]]])
            corners.insert(rings[0][0])
            codes.insert((feature["properties"] as? [String: String])?["code"] ?? "")
        }
        #expect(features.count == 51)
        #expect(corners.count == 51)
        #expect(codes.count == 51 && codes.allSatisfy { $0.count == 2 })
    }
}
