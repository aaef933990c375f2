import Columns
import Foundation
import Reporting
import Runs
import Workspace

extension Pipeline {
    /// Reads the outlines that the project's maps name, and keeps a copy with the run: its pages
    /// show what it has read, whatever becomes of the file.
    func readGeometries(
        into folder: URL, _ record: inout RunRecord, _ diagnostics: inout [Diagnostic]
    ) throws(AuroraError) {
        let files = GeometryFile.read(
            project.geometries, texts: project.folder.texts, data: data, &diagnostics)
        guard !files.isEmpty else { return }
        for file in files {
            let known = file.record
            try RunFile.write(file.data, to: known.copy, in: folder)
            record.outputs["geometry/\(known.file.path)"] = known.file.sha256
        }
        record.geometries = files.map(\.record)
    }
}
