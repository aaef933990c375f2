import Columns
import Query

/// Words with figures in them, which the page writes by the project's locale and currency.
struct Phrase: Sendable, Equatable, ExpressibleByStringInterpolation {
    enum Part: Sendable, Equatable {
        case text(String)
        /// A value or label of the data, of which no character means anything.
        case name(Value)
        case count(Int)
        case share(Double)
        case figure(Double, FigureFormat)
    }

    private(set) var parts: [Part] = []

    init(stringLiteral text: String) { parts = text.isEmpty ? [] : [.text(text)] }

    init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    static func + (left: Phrase, right: Phrase) -> Phrase {
        var phrase = left
        phrase.parts += right.parts
        return phrase
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { parts.append(.text(text)) }
        }

        mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }
        mutating func appendInterpolation(text: String) { appendLiteral(text) }
        mutating func appendInterpolation(name value: Value) { parts.append(.name(value)) }
        mutating func appendInterpolation(label: String) { parts.append(.name(.text(label))) }
        mutating func appendInterpolation(count: Int) { parts.append(.count(count)) }
        mutating func appendInterpolation(share: Double) { parts.append(.share(share)) }
        mutating func appendInterpolation(_ figure: Double, _ format: FigureFormat) {
            parts.append(.figure(figure, format))
        }
        /// A difference of shares, in percentage points.
        mutating func appendInterpolation(points: Double) {
            let digits = abs(points) < 0.0995 ? 1 : 0
            parts.append(
                .figure(points * 100, FigureFormat(.decimal, digits: digits, unit: "points")))
        }
    }

    var json: JSON {
        .array(
            parts.map { part in
                switch part {
                case .text(let text): .object(["text": .string(text)])
                case .name(let value): .object(["name": value.json])
                case .count(let count): .object(["count": JSON(count)])
                case .share(let share): .object(["share": JSON(share)])
                case .figure(let value, let format):
                    .object(["value": JSON(value), "format": format.json])
                }
            })
    }
}

extension FigureFormat {
    /// How averages of a dimension are written: whole numbers have one decimal, or none from 100 on.
    static func average(of dimension: Catalogue.Dimension, near value: Double) -> FigureFormat {
        average(dimension.format, near: value)
    }

    /// - Parameter own: how the number itself is written.
    static func average(_ own: FigureFormat?, near value: Double) -> FigureFormat {
        if let own, own.style != .integer, own.style != .decimal || own.digits != nil { return own }
        let digits = abs(value) >= 100 ? 0 : abs(value) >= 1 ? 1 : 2
        return FigureFormat(.decimal, digits: digits, unit: own?.unit)
    }
}
