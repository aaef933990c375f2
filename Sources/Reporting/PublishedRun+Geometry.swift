package import Columns
package import Foundation
import Runs

extension PublishedRun {
    /// What the run knows of a file of outlines.
    ///
    /// - Throws: `geometry_missing`.
    func geometry(at path: String) throws(AuroraError) -> RunRecord.Geometry {
        guard let known = record.geometries?.first(where: { $0.file.path == path }) else {
            throw AuroraError(
                "geometry_missing", "the run has kept no outlines of \(path)",
                hint: "run the project again")
        }
        return known
    }

    /// The run's copy of a file of outlines, byte for byte.
    ///
    /// - Parameter sha256: its hash, in hexadecimal digits.
    /// - Throws: `geometry_missing` where the run has none with this hash.
    package func outlines(_ sha256: String) throws(AuroraError) -> Data {
        guard let known = record.geometries?.first(where: { $0.file.sha256 == sha256 }),
            let data = try? Data(contentsOf: folder.appending(path: known.copy))
        else {
            throw AuroraError(
                "geometry_missing", "the run has kept no outlines of that hash",
                hint: "run the project again")
        }
        return data
    }
}
