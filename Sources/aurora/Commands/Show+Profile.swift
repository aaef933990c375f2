import Columns
import Query
import Reporting

extension Show {
    /// What is in each segment of one segmentation, or of all.
    func profiles(of run: PublishedRun) throws -> [Entry] {
        let view = try SegmentationView(run, for: .local)
        let names = name.map { [$0] } ?? run.segmentations.map(\.name)
        return try names.map { name in
            Entry(
                name: name, json: try view.profile(named: name),
                text: try view.profileText(named: name, table: Terminal.table) + "\n")
        }
    }
}
