package import Workspace

/// The outlines that a map names: a GeoJSON file, and the property by which its regions are called.
package struct GeometrySpec: Sendable {
    /// Relative to the project's folder, or else to the data folder.
    package let file: Located<String>
    /// The property of each feature that names it; nil where the outlines are only a background.
    package let key: Located<String>?
    /// What the data calls a region, and what the file calls it, where the two differ.
    package let names: [(value: Located<String>, region: Located<String>)]

    static let field = Field(
        "geometry",
        .shorthand(
            for: "file",
            [
                Field(
                    "file", .text, required: true,
                    "a GeoJSON file of polygons in degrees, in the project's folder or, like a "
                        + "source's file, in the data folder"),
                Field("key", .text, "the property that names each region"),
            ]), "the outlines of the regions")

    static let namesField = Field(
        "names", .map(.text),
        "what the dimension calls a region: what the geometry calls it, where the two differ")

    init?(_ values: FieldValues) {
        guard let geometry = values.object("geometry"), let file = geometry.located("file") else {
            return nil
        }
        self.file = file
        key = geometry.located("key")
        names = (values.textMap("names") ?? []).map { ($0.key, $0.value) }
    }

    /// What the file calls a value of the data.
    func region(of value: String) -> String {
        names.first { $0.value.value == value }?.region.value ?? value
    }
}
