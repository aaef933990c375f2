import Columns
import Query
import Runs
import Workspace

/// A figure by region, as the colour of its outline, or by place, as the area of a bubble.
///
/// The outlines are those of a file that the project names. Nothing is fetched from anywhere.
struct Map: Chart {
    static let name = "map"
    static let summary = "a figure by region as its colour, or by place as a bubble"
    static let fields = [
        ChartFields.measure,
        Field(
            "by", .text,
            "the dimension whose values are regions, or have a place each; bubbles need none"),
        GeometrySpec.field, GeometrySpec.namesField,
        Field("latitude", .text, "the numeric dimension north of the equator, for bubbles"),
        Field("longitude", .text, "the numeric dimension east of Greenwich, for bubbles"),
        Field(
            "classes", .integer(2...7),
            "so many colours, each for about as many regions; without it the colour is continuous"),
        Field(
            "fit", .choice(["geometry", "data"]),
            "what fills the map: all outlines, the default for regions, or where there is data"),
        Field("source", .text, "who made the outlines or places, as their licence may ask to say"),
    ]
    static let usualSize = (width: 6, height: 6)

    let measures: [Located<String>]
    let dimensions: [Located<String>]
    let numbers: [Located<String>]
    let options: JSON
    let geometries: [GeometrySpec]
    /// Whether figures are shown by place rather than by region.
    private let isOfBubbles: Bool
    private let values: FieldValues

    init(_ values: FieldValues) {
        self.values = values
        measures = [values.required("measure")]
        numbers = ["latitude", "longitude"].compactMap { values.located($0) }
        let by = values.located("by")
        dimensions = by.map { [$0] } ?? numbers
        isOfBubbles = !numbers.isEmpty
        geometries = [GeometrySpec(values)].compactMap { $0 }
        options = .object([
            "kind": .string(numbers.isEmpty ? "regions" : "bubbles"),
            "classes": JSON(values.integer("classes")),
            "fit": .string(values.text("fit") ?? (numbers.isEmpty ? "geometry" : "data")),
            "source": JSON(values.text("source")),
        ])
    }

    func check(_ catalogue: Catalogue) -> [Diagnostic] {
        func miss(_ key: String, _ message: String, _ hint: String) -> [Diagnostic] {
            [Diagnostic("missing_key", at: values.place(of: key), message, hint: hint)]
        }
        if isOfBubbles {
            guard numbers.count < 2 else { return [] }
            let (stated, missing) =
                values.names("latitude") ? ("latitude", "longitude") : ("longitude", "latitude")
            return miss(
                stated, "a map of places has '\(stated)', but no '\(missing)'",
                "\(missing): the other numeric dimension")
        }
        if values.located("by") == nil {
            return miss(
                "measure", "a map has neither 'by' nor 'latitude' and 'longitude'",
                "by: the dimension whose values are regions")
        }
        if geometries.isEmpty, !values.names("geometry") {
            return miss(
                "by", "a map of regions has no 'geometry'",
                "geometry: {file: a GeoJSON file, key: the property that names its regions}")
        }
        if let geometry = geometries.first, geometry.key == nil {
            return miss(
                "geometry", "a map of regions has a geometry without 'key'",
                "key: the property by which \(geometry.file.value) names its regions")
        }
        return []
    }

    // MARK: Figures

    func data(
        in run: PublishedRun, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let query = try await query(run.gate, filter, for: reader)
        let table = try await run.gate.answer(query, for: reader)
        try requireRoom(table)
        let geometry = geometries.first
        let known = try geometry.map { spec throws(AuroraError) in
            try run.geometry(at: spec.file.value)
        }
        var members = table.members([:])
        if isOfBubbles {
            let places = try await places(table, run.gate, filter, for: reader)
            members.append(.init(name: "places", value: .array(places.map { $0?.json ?? .null })))
        } else if let geometry, let known {
            let regions = try Self.regions(table, geometry, known)
            members.append(.init(name: "places", value: .array(regions.map { JSON($0) })))
        }
        members.append(
            .init(
                name: "geometry",
                value: known.map { known in
                    .object([
                        "hash": .string(known.file.sha256), "key": JSON(geometry?.key?.value),
                        "features": JSON(known.features),
                    ])
                } ?? .null))
        members.append(
            .init(name: "about", value: AboutEntry.json(about(known))))
        return .object(members)
    }

    /// The region of each row; nil where the file has none of that name.
    ///
    /// - Throws: `region_twice` where two values are the same region: their figures can't be one.
    private static func regions(
        _ table: FigureTable, _ geometry: GeometrySpec, _ known: RunRecord.Geometry
    ) throws(AuroraError) -> [String?] {
        let names = Set(geometry.key.flatMap { known.regions[$0.value] } ?? [])
        var owners: [String: String] = [:]
        var regions: [String?] = []
        for row in table.rows {
            let value = row[0].isMissing ? nil : row[0].description
            let region = value.map { geometry.region(of: $0) }.flatMap {
                names.contains($0) ? $0 : nil
            }
            regions.append(region)
            guard let region, let value else { continue }
            if let other = owners.updateValue(value, forKey: region) {
                throw AuroraError(
                    "region_twice",
                    "'\(other)' and '\(value)' are both the region '\(region)'",
                    hint: "make them one value in the model")
            }
        }
        return regions
    }

    /// The place of each row; nil where it has none, or where its figure may not be seen.
    private func places(
        _ table: FigureTable, _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> [MapPlace?] {
        guard values.located("by") != nil else {
            return table.rows.map { MapPlace($0[0].doubleValue, $0[1].doubleValue) }
        }
        let places = try await gate.places(
            of: dimensions[0].value, latitude: numbers[0].value, longitude: numbers[1].value,
            measuredBy: measures[0].value, filter: filter, for: reader)
        return table.rows.map { row in row[1].isMissing ? nil : places[row[0]] }
    }

    private func about(_ known: RunRecord.Geometry?) -> [AboutEntry] {
        var entries: [AboutEntry] = []
        if isOfBubbles {
            entries.append(
                AboutEntry(term: "Bubbles", words: "The area of a bubble is its figure."))
        } else if let classes = values.integer("classes") {
            entries.append(
                AboutEntry(
                    term: "Colours",
                    words: "At most \(classes) classes of about as many regions each."))
        } else {
            entries.append(
                AboutEntry(
                    term: "Colours", words: "Continuous, in proportion to the figure."))
        }
        entries.append(
            AboutEntry(
                term: "Projection",
                words: "Equirectangular, with degrees of longitude as long as they are in the "
                    + "middle of what is shown."))
        if let known {
            entries.append(
                AboutEntry(
                    term: "Outlines",
                    words: "\(known.features) of \(known.file.path), as they are in the file "
                        + "(SHA-256 \(known.file.sha256.prefix(12))…)."))
        }
        return entries
    }
}

extension MapPlace {
    fileprivate var json: JSON { .array([JSON(longitude), JSON(latitude)]) }
}
