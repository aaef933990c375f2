extension RunRecord {
    /// A file of outlines that maps show; a copy of it is in the run's folder.
    package struct Geometry: Codable, Sendable, Hashable {
        package var file: File
        package var features: Int
        /// By property, the names that the features have under it, each once.
        package var regions: [String: [String]]

        package init(file: File, features: Int, regions: [String: [String]]) {
            self.file = file
            self.features = features
            self.regions = regions
        }

        /// The copy, relative to the run's folder.
        package var copy: String { "geometry/\(file.sha256).geojson" }
    }
}
