import Columns
import Testing

@Suite("Columns and batches")
struct ColumnTests {
    private func integers(_ values: [Int64], _ present: [Bool]? = nil) -> Column {
        Column(name: "n", type: .integer, values: .integers(values), present: present)
    }

    private func values(_ column: Column) -> [Value] { (0..<column.count).map { column[$0] } }

    @Test("appending keeps what is missing on either side, or on none")
    func append() {
        let some: [Value] = [.integer(1), .missing]
        let all: [Value] = [.integer(7), .integer(8), .integer(9)]
        let withMissing = integers([1, 2], [true, false])
        let complete = integers([7, 8, 9])

        var column = withMissing
        column.append(complete)
        #expect(values(column) == some + all)
        #expect(column.missingCount == 1)

        column = complete
        column.append(withMissing)
        #expect(values(column) == all + some)

        column = withMissing
        column.append(withMissing)
        #expect(values(column) == some + some)

        column = complete
        column.append(complete)
        #expect(values(column) == all + all)
        #expect(column.present == nil)
        #expect(column.missingCount == 0)
    }

    @Test(
        "each kind of column starts empty, grows by appending and gives its values",
        arguments: [
            (ColumnType.boolean, ColumnValues.booleans([true]), Value.boolean(true)),
            (.integer, .integers([-1]), .integer(-1)),
            (.hugeInteger, .hugeIntegers([.min]), .hugeInteger(.min)),
            (
                .decimal(precision: 9, scale: 2), .decimals([125]),
                .decimal(FixedDecimal(unscaled: 125, scale: 2))
            ),
            (.double, .doubles([0.5]), .double(0.5)), (.text, .texts(["x"]), .text("x")),
            (.date, .days([3]), .date(days: 3)),
            (.time, .microseconds([4]), .time(microseconds: 4)),
            (
                .timestamp(zoned: true), .microseconds([5]),
                .timestamp(microseconds: 5, zoned: true)
            ),
            (
                .timestamp(zoned: false), .microseconds([5]),
                .timestamp(microseconds: 5, zoned: false)
            ),
        ])
    func kinds(type: ColumnType, stored: ColumnValues, value: Value) {
        var column = Batch(emptyOf: Schema([.init("c", type)])).columns[0]
        #expect(column.count == 0)
        column.append(Column(name: "c", type: type, values: stored))
        column.append(Column(name: "c", type: type, values: stored, present: [false]))
        #expect(values(column) == [value, .missing])
    }

    @Test("as floating-point numbers, missing values are NaN")
    func doubles() throws {
        let column = integers([1, 2, 3], [true, false, true])
        let doubles = try #require(column.doubles())
        #expect(doubles[0] == 1 && doubles[1].isNaN && doubles[2] == 3)
        let decimals = Column(
            name: "d", type: .decimal(precision: 3, scale: 1), values: .decimals([25]))
        #expect(decimals.doubles() == [2.5])
        let flags = Column(name: "b", type: .boolean, values: .booleans([true, false]))
        #expect(flags.doubles() == [1, 0])
    }

    @Test(
        "texts, dates and times are no numbers",
        arguments: [
            Column(name: "t", type: .text, values: .texts(["1"])),
            Column(name: "t", type: .date, values: .days([1])),
            Column(name: "t", type: .time, values: .microseconds([1])),
        ])
    func notNumbers(column: Column) { #expect(column.doubles() == nil) }

    @Test("a batch gives rows across its columns, and columns by name")
    func batch() {
        var batch = Batch([
            integers([1, 2], [true, false]),
            Column(name: "t", type: .text, values: .texts(["a", "b"])),
        ])
        batch.append(batch)
        #expect(batch.rowCount == 4)
        #expect(batch.row(3) == [.missing, .text("b")])
        #expect(batch.schema == Schema([.init("n", .integer), .init("t", .text)]))
        #expect(batch["t"]?.count == 4)
        #expect(batch["x"] == nil)
        #expect(batch.schema["t"]?.type == .text)
        #expect(Batch([]).rowCount == 0)
    }

    @Test("sums are exact of all numbers but doubles")
    func exactness() {
        #expect(ColumnType.decimal(precision: 4, scale: 2).isExactNumber)
        #expect(ColumnType.hugeInteger.isExactNumber)
        #expect(ColumnType.double.isNumeric && !ColumnType.double.isExactNumber)
        #expect(!ColumnType.boolean.isNumeric && !ColumnType.date.isNumeric)
        #expect(ColumnType.timestamp(zoned: true).isTemporal && !ColumnType.text.isTemporal)
    }
}
