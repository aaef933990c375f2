package import Columns
package import Foundation

/// What one run read, did and gave: enough to do it again and to compare.
package struct RunRecord: Codable, Sendable {
    package var id = ""
    package var number = 0
    package var started = Timestamp.now()
    package var finished = ""
    package var versions: [String: String] = [:]
    /// Where the sources were read, as a path of the machine that ran.
    package var data = ""
    /// The project's files as they were, by path.
    package var project: [String: String] = [:]
    /// The day at which ages and windows were taken; nil where the project states none, and in
    /// records of earlier versions.
    package var asOf: String?
    package var inputs: [Input] = []
    package var models: [Model] = []
    /// The hash of each output: of a table over its canonical form, of a file over its bytes.
    package var outputs: [String: String] = [:]
    package var notices: [Caveat] = []
    /// The outlines that maps show; nil where there are none, and in records of earlier versions.
    package var geometries: [Geometry]?
    /// By segmentation, the hash of all that its fit depends on; nil in records of earlier versions.
    package var fits: [String: String]?

    package init() {}

    /// One model and what each of its steps did.
    package struct Model: Codable, Sendable {
        package var name: String
        package var from: String
        package var rows: Int
        package var steps: [Step]
        /// The order of labels by column, where a step gave one.
        package var levels: [String: [String]] = [:]
        /// The columns that the recipe has made; segmentations add others to the table.
        package var columns: [String] = []
        /// The hash of all that the table depends on.
        package var fingerprint = ""

        package init(name: String, from: String, rows: Int, steps: [Step]) {
            self.name = name
            self.from = from
            self.rows = rows
            self.steps = steps
        }
    }

    package struct Step: Codable, Sendable {
        package var kind: String
        /// What the step did, in words.
        package var summary: String
        package var rowsIn: Int
        package var rowsOut: Int
        /// By column, where any cell changed.
        package var cellsChanged: [String: Int]
        package var columnsAdded: [String]
        package var columnsRemoved: [String] = []
        /// Values that were computed from the data, as text with all digits.
        package var fitted: [String: String]
        /// What else there is to tell, in words: "12 cards belong to no customer".
        package var facts: [String] = []
        /// What became of the cells that changed most alike.
        package var examples: [Example] = []
        /// By column that the step made or changed: the columns that it was made from, those of
        /// another table as table.column.
        package var lineage: [String: [String]] = [:]

        package init(
            kind: String, summary: String, rowsIn: Int, rowsOut: Int, cellsChanged: [String: Int],
            columnsAdded: [String], fitted: [String: String]
        ) {
            self.kind = kind
            self.summary = summary
            self.rowsIn = rowsIn
            self.rowsOut = rowsOut
            self.cellsChanged = cellsChanged
            self.columnsAdded = columnsAdded
            self.fitted = fitted
        }
    }

    /// A cell before and after a step; nil where it was or is missing. What could tell a customer
    /// is told by its shape.
    package struct Example: Codable, Sendable, Hashable {
        package var column: String
        package var before: String?
        package var after: String?

        package init(column: String, before: String?, after: String?) {
            self.column = column
            self.before = before
            self.after = after
        }
    }

    package struct Caveat: Codable, Sendable, Hashable {
        package var code: String
        package var message: String
        /// What it is about: a model, a step, a segmentation.
        package var about: String

        package init(_ notice: Notice, about: String) {
            code = notice.code
            message = notice.message
            self.about = about
        }
    }

    package var levels: [String: [String: [String]]] {
        Dictionary(uniqueKeysWithValues: models.map { ($0.name, $0.levels) })
    }

    package var isSynthetic: Bool { inputs.contains(where: \.isSynthetic) }

    /// One hash over all outputs, in the order of their names.
    package var outputHash: String {
        ContentHash.of(
            outputs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined())
    }

    package static func read(_ folder: URL) throws(AuroraError) -> RunRecord {
        let url = folder.appending(path: "run.json")
        do {
            return try JSONDecoder().decode(RunRecord.self, from: Data(contentsOf: url))
        } catch {
            throw AuroraError(
                "run_unreadable", "the record \(url.path) can't be read", cause: "\(error)")
        }
    }
}
