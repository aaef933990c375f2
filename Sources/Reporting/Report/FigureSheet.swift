import Columns
import Query
import Workspace

/// The figures of one visual as a table in a file. What its cells are and how its columns are
/// called is decided once, for workbooks and for CSV, by its kind: ``Chart/sheet(_:)``.
package struct FigureSheet: Sendable {
    /// What a kind makes of its answer.
    package struct Content: Sendable {
        /// What the visual says in words, above its figures.
        var words: [(term: String, cell: SheetCell)] = []
        var columns: [String] = []
        var rows: [[SheetCell]] = []
        /// Whether the words are what it shows, so that figures without them would mislead.
        var isOfWords = false
    }

    /// Nil where there are no figures.
    let content: Content?
    private(set) var problem: String?
    private(set) var rowsUsed: Int?
    private(set) var rowsTotal: Int?
    private(set) var suppressed = 0
    /// What the visual leaves out, in words.
    private(set) var shown: [String] = []

    init(_ visual: PageReport.Visual, _ catalogue: Catalogue, _ writer: FigureWriter) {
        guard let data = visual.data else {
            content = nil
            return
        }
        if let error = data["error"] {
            content = nil
            problem = error["title"]?.textValue
            return
        }
        rowsUsed = data["rows_used"]?.wholeValue
        rowsTotal = data["rows_total"]?.wholeValue
        suppressed = data["suppressed"]?.wholeValue ?? 0
        shown = (data["shown"]?.elements ?? []).compactMap { part in
            guard let name = part["dimension"]?.textValue, let shown = part["shown"]?.wholeValue,
                let all = part["of"]?.wholeValue
            else { return nil }
            let measure = part["by"]?.textValue.flatMap { catalogue.measures[$0]?.label }
            let label = catalogue.dimensions[name]?.label ?? name
            return "\(label): \(shown) of \(all), those with the most by \(measure ?? "rows")"
        }
        guard visual.leftOut == nil, data["columns"] != nil else {
            content = nil
            return
        }
        content = visual.chart.sheet(SheetSource(data, visual.chart, catalogue, writer))
    }

    /// UTF-8 with a mark of byte order, so that spreadsheet programs read it; all digits, CRLF.
    ///
    /// Where the words are what a visual shows, each is a column of its own before the figures, the
    /// same in every row: so the file stays one table.
    var csv: String? {
        guard let content else { return nil }
        let words = content.isOfWords ? content.words : []
        let head = words.map { SheetCell.text($0.term) } + content.columns.map { .text($0) }
        let rows = content.rows.map { words.map(\.cell) + $0 }
        return "\u{FEFF}"
            + ([head] + rows).map { $0.map(\.csv).joined(separator: ",") + "\r\n" }.joined()
    }
}

/// An answer, and what it takes to write it.
package struct SheetSource {
    let data: JSON
    let measures: [String]
    let dimensions: [String]
    let catalogue: Catalogue
    let writer: FigureWriter

    init(_ data: JSON, _ chart: any Chart, _ catalogue: Catalogue, _ writer: FigureWriter) {
        self.data = data
        measures = chart.measures.map(\.value)
        dimensions = chart.dimensions.map(\.value)
        self.catalogue = catalogue
        self.writer = writer
    }

    /// The answer's own columns and rows.
    var names: [String] { (data["columns"]?.elements ?? []).map { $0.textValue ?? "" } }
    var rows: [[JSON]] { (data["rows"]?.elements ?? []).map(\.elements) }

    func label(_ name: String) -> String {
        catalogue.measures[name]?.label ?? catalogue.dimensions[name]?.label
            ?? Self.sentence(name.replacing("_", with: " "))
    }

    /// A value of a dimension.
    func name(_ value: JSON?, of dimension: String? = nil) -> SheetCell {
        SheetCell(
            name: value ?? .null, of: dimension.flatMap { catalogue.dimensions[$0] }, writer)
    }

    /// A figure of a measure.
    func figure(_ value: JSON?, of measure: String) -> SheetCell {
        SheetCell(figure: value ?? .null, catalogue.measures[measure]?.format)
    }

    /// Parts of a sentence as an answer has them, put together.
    func words(_ phrase: JSON?) -> String { phrase.map { writer.text($0) } ?? "" }

    /// The words that say what a cell shows.
    func text(_ cell: SheetCell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): text
        case .date(let day): day.description
        case .number(let digits, let format):
            Double(digits).map { writer.figure($0, format ?? FigureFormat(.decimal)) } ?? digits
        }
    }

    /// A table whose columns are the answer's, whatever its kind.
    ///
    /// - Parameter other: heading and format of columns that are neither a measure nor a dimension.
    func plain(_ other: [String: (label: String, format: FigureFormat?)] = [:])
        -> FigureSheet.Content
    {
        let names = names
        var content = FigureSheet.Content()
        content.columns = names.map { other[$0]?.label ?? label($0) }
        content.rows = rows.map { row in
            zip(names, row).map { name, value in
                if let known = other[name] { return SheetCell(figure: value, known.format) }
                if catalogue.measures[name] != nil { return figure(value, of: name) }
                return catalogue.dimensions[name] == nil
                    ? SheetCell(figure: value, nil) : self.name(value, of: name)
            }
        }
        return content
    }

    /// A column beside the last measure: its figures for what is selected inside the whole.
    func withPart(_ content: FigureSheet.Content) -> FigureSheet.Content {
        guard let part = data["part"]?["rows"], let measure = measures.last else { return content }
        let keys = dimensions.count
        func key(_ row: [JSON]) -> String { JSON.array(Array(row.prefix(keys))).text() }
        var figures: [String: JSON] = [:]
        for row in part.elements.map(\.elements) { figures[key(row)] = row.last }
        // Where no row is selected, a sum or a count is 0 and an average is nothing.
        let none: JSON = catalogue.measures[measure]?.isAdditive == true ? 0 : .null
        var content = content
        content.columns.append("\(label(measure)), selected")
        for (place, row) in rows.enumerated() {
            let selected = figures[key(row)] ?? none
            content.rows[place].append(figure(selected, of: measure))
        }
        return content
    }

    private static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}

extension Chart {
    package func sheet(_ source: SheetSource) -> FigureSheet.Content {
        source.withPart(source.plain())
    }
}
