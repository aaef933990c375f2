/// The XML of a sheet's rows, written cell by cell.
struct SheetBytes: Sendable {
    /// The style of cells that show a serial number as a date.
    static let dateStyle = 1

    var xml: CSVBytes
    private var row = 0
    private var column = 0

    init(capacity: Int) { xml = CSVBytes(capacity: capacity) }

    mutating func beginRow() {
        row += 1
        column = 0
        xml.append("<row r=\"")
        xml.append(row)
        xml.append("\">")
    }

    mutating func endRow() { xml.append("</row>") }

    /// Leaves a cell out.
    mutating func skip() { column += 1 }

    mutating func append(_ number: Int) { append(raw: String(number)) }

    /// A number as the file is to state it, or a missing cell.
    mutating func append(raw number: String?) {
        guard let number else { return skip() }
        reference()
        xml.append("\"><v>")
        xml.append(text: number)
        xml.append("</v></c>")
    }

    /// A serial number that is shown as a date, or a missing cell.
    mutating func append(date serial: Int?) {
        guard let serial else { return skip() }
        reference()
        xml.append("\" s=\"1\"><v>")
        xml.append(serial)
        xml.append("</v></c>")
    }

    /// A text, or a missing cell.
    mutating func append(_ text: String?) {
        guard let text else { return skip() }
        reference()
        xml.append("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): xml.append("&amp;")
            case UInt8(ascii: "<"): xml.append("&lt;")
            case UInt8(ascii: ">"): xml.append("&gt;")
            default: xml.bytes.append(byte)
            }
        }
        xml.append("</t></is></c>")
    }

    private mutating func reference() {
        xml.append("<c r=\"")
        letters(column)
        xml.append(row)
        column += 1
    }

    private mutating func letters(_ column: Int) {
        if column >= 26 { letters(column / 26 - 1) }
        xml.bytes.append(UInt8(ascii: "A") + UInt8(column % 26))
    }
}
