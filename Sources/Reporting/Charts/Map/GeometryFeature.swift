import Foundation

/// One feature of a GeoJSON file: what it is called, once its outline has been checked.
struct GeometryFeature {
    /// Texts, numbers and flags by property, as texts; others and empty ones are left out.
    let properties: [String: String]

    struct Problem: Error {
        var message: String
        var hint: String?
    }

    /// - Complexity: O(length of the file).
    static func all(in data: Data) -> Result<[GeometryFeature], Problem> {
        do { return .success(try read(data)) } catch { return .failure(error) }
    }

    private static func read(_ data: Data) throws(Problem) -> [GeometryFeature] {
        guard let document = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            String(data: data, encoding: .utf8) != nil
        else { throw Problem(message: "it is not a JSON object in UTF-8") }
        let type = document["type"] as? String
        guard type == "FeatureCollection", let features = document["features"] as? [Any] else {
            throw Problem(
                message: "it is \(type.map { "a '\($0)'" } ?? "without a type"), but a "
                    + "'FeatureCollection' of GeoJSON is expected",
                hint: type == "Topology" ? "convert the TopoJSON to GeoJSON" : nil)
        }
        guard !features.isEmpty else { throw Problem(message: "it has no features") }
        guard features.count <= GeometryFile.mostFeatures else {
            throw Problem(
                message: "it has \(features.count) features, but a map can show "
                    + "\(GeometryFile.mostFeatures) at most")
        }
        var read: [GeometryFeature] = []
        for (index, feature) in features.enumerated() {
            do throws(Problem) {
                read.append(try GeometryFeature(feature))
            } catch {
                throw Problem(
                    message: "feature \(index + 1) \(error.message)", hint: error.hint)
            }
        }
        return read
    }

    private init(_ value: Any) throws(Problem) {
        let feature = value as? [String: Any] ?? [:]
        let geometry = feature["geometry"] as? [String: Any]
        guard let type = geometry?["type"] as? String, let outline = geometry?["coordinates"] else {
            throw Problem(message: "has no geometry")
        }
        let polygons: [Any]
        switch type {
        case "Polygon": polygons = [outline]
        case "MultiPolygon": polygons = outline as? [Any] ?? []
        default:
            throw Problem(
                message: "is a '\(type)', but outlines are of the type 'Polygon' or 'MultiPolygon'")
        }
        guard !polygons.isEmpty else { throw Problem(message: "has no outline") }
        var longest = 0
        for polygon in polygons { longest = max(longest, try Self.checkedPolygon(polygon)) }
        // Simplified files have rings of fewer positions beside others: they enclose nothing.
        guard longest >= 4 else {
            throw Problem(message: "has a ring of \(longest) positions, but 4 are needed")
        }
        let properties = feature["properties"] as? [String: Any] ?? [:]
        self.properties = properties.compactMapValues { value in
            let text = (value as? String) ?? (value as? NSNumber).map { "\($0)" }
            return text?.isEmpty == true ? nil : text
        }
    }

    /// - Returns: the positions of its longest ring.
    private static func checkedPolygon(_ value: Any) throws(Problem) -> Int {
        guard let rings = value as? [[[Any]]], !rings.isEmpty else {
            throw Problem(message: "has an outline that is no list of rings of positions")
        }
        for ring in rings {
            for position in ring {
                let numbers = position.prefix(2).compactMap { ($0 as? NSNumber)?.doubleValue }
                guard numbers.count == 2 else {
                    throw Problem(message: "has a position that is no pair of numbers")
                }
                // Outlines across the date line go on beyond it.
                guard (-360...360).contains(numbers[0]), (-90...90).contains(numbers[1]) else {
                    throw Problem(
                        message: "has the position \(numbers[0]), \(numbers[1]), which is not in "
                            + "degrees",
                        hint: "convert it to longitude and latitude (WGS 84, EPSG:4326)")
                }
            }
        }
        return rings.map(\.count).max() ?? 0
    }
}
