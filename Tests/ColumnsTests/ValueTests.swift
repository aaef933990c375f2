import Columns
import Testing

@Suite("Values")
struct ValueTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var value: Value
        var text: String
        var json: String

        init(_ value: Value, _ text: String, _ json: String) {
            self.value = value
            self.text = text
            self.json = json
        }

        var testDescription: String { text }
    }

    @Test(
        "each kind of value has a text for people and one for JSON",
        arguments: [
            Case(.missing, "–", "null"),
            Case(.boolean(true), "true", "true"), Case(.boolean(false), "false", "false"),
            Case(.integer(.min), "-9223372036854775808", "-9223372036854775808"),
            Case(
                .hugeInteger(.max), "170141183460469231731687303715884105727",
                "170141183460469231731687303715884105727"),
            Case(.decimal(FixedDecimal(unscaled: -5, scale: 2)), "-0.05", "-0.05"),
            Case(.double(0.1), "0.1", "0.1"), Case(.double(-.infinity), "-inf", "null"),
            Case(.double(.nan), "nan", "null"), Case(.text("a\"b"), "a\"b", #""a\"b""#),
            Case(.text(""), "", #""""#), Case(.date(days: 0), "1970-01-01", #""1970-01-01""#),
            Case(.time(microseconds: 0), "00:00:00", #""00:00:00""#),
        ])
    func textAndJSON(_ example: Case) {
        #expect(example.value.description == example.text)
        #expect(example.value.json.text() == example.json)
    }

    @Test(
        "times have a fraction only where there is one",
        arguments: [
            (1, "00:00:00.000001"), (86_399_999_999, "23:59:59.999999"),
            (86_400_000_000, "24:00:00"), (45_296_500_000, "12:34:56.500000"),
        ])
    func times(microseconds: Int64, text: String) {
        #expect(Value.time(microseconds: microseconds).description == text)
    }

    @Test(
        "points in time before 1970 count back from midnight",
        arguments: [
            (0, false, "1970-01-01T00:00:00"), (-1, false, "1969-12-31T23:59:59.999999"),
            (951_828_896_789_000, true, "2000-02-29T12:54:56.789000Z"),
            (-62_167_219_200_000_001, true, "-0001-12-31T23:59:59.999999Z"),
            (.max - 1, false, "294247-01-10T04:00:54.775806"),
            (-9_223_372_022_400_000_000, false, "-290308-12-22T00:00:00"),
            (.min, false, "-290308-12-21T19:59:05.224192"),
        ])
    func timestamps(microseconds: Int64, zoned: Bool, text: String) {
        #expect(Value.timestamp(microseconds: microseconds, zoned: zoned).description == text)
    }

    @Test(
        "the days and times that stand for no end are called infinity",
        arguments: [
            (Value.date(days: .max), "infinity"), (.date(days: -.max), "-infinity"),
            (.timestamp(microseconds: .max, zoned: false), "infinity"),
            (.timestamp(microseconds: -.max, zoned: true), "-infinity"),
        ])
    func infinity(value: Value, text: String) { #expect(value.description == text) }

    @Test("only numbers have a floating-point value")
    func doubles() {
        let decimal = FixedDecimal(unscaled: 125, scale: 2)
        #expect(Value.integer(3).doubleValue == 3)
        #expect(Value.hugeInteger(1 << 100).doubleValue == 0x1p100)
        #expect(Value.decimal(decimal).doubleValue == 1.25)
        #expect(Value.double(-0.5).doubleValue == -0.5)
        for value in [Value.missing, .boolean(true), .text("1"), .date(days: 1)] {
            #expect(value.doubleValue == nil)
        }
    }

    @Test("only whole numbers that fit have an integer value")
    func integers() {
        #expect(Value.integer(.min).integerValue == .min)
        #expect(Value.hugeInteger(7).integerValue == 7)
        #expect(Value.hugeInteger(1 << 64).integerValue == nil)
        #expect(Value.decimal(FixedDecimal(unscaled: 7, scale: 0)).integerValue == 7)
        #expect(Value.decimal(FixedDecimal(unscaled: 70, scale: 1)).integerValue == nil)
        #expect(Value.double(7).integerValue == nil)
        #expect(Value.text("7").integerValue == nil)
    }

    @Test("missing is missing, and text is the only text")
    func missingAndText() {
        #expect(Value.missing.isMissing)
        #expect(!Value.text("").isMissing)
        #expect(Value.text("x").textValue == "x")
        #expect(Value.integer(1).textValue == nil)
    }
}
