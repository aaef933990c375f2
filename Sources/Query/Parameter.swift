package import Columns
package import Engine
package import Workspace

/// A number that readers may set to see what would be: measures name it like a column.
///
/// A published run is computed with its default. Other values are bound to the measures when figures
/// are asked for, as decimal literals of one type, so that no value changes how a sum is taken.
package struct Parameter: Sendable {
    package var name: Located<String>
    package var label: String
    package var summary: String?
    package var from: Double
    package var to: Double
    package var step: Double
    package var usual: Double
    package var format: FigureFormat

    static let fields: [Field] =
        [
            Field("label", .text, "what pages call it"),
            Field("description", .text, "what it means, for readers"),
            Field("from", .number, required: true, "the lowest value"),
            Field("to", .number, required: true, "the highest value"),
            Field("step", .number, required: true, "from one value to the next"),
            Field("default", .number, required: true, "the value without anybody's choice"),
        ] + FigureFormat.fields

    init(_ name: Located<String>, _ values: FieldValues) {
        self.name = name
        label = values.text("label") ?? name.value
        summary = values.text("description")
        from = values.number("from") ?? 0
        to = values.number("to") ?? 0
        step = values.number("step") ?? 1
        usual = values.number("default") ?? 0
        format = FigureFormat(values) ?? FigureFormat(.decimal)
    }

    /// No value is finer than this.
    private static let mostDigits = 9

    /// How many decimals its values have: as many as its bounds, step and default state.
    var digits: Int {
        (0...Self.mostDigits).first { digits in
            [from, to, step, usual].allSatisfy { Self.decimal($0, digits) != nil }
        } ?? Self.mostDigits
    }

    private static func decimal(_ value: Double, _ digits: Int) -> FixedDecimal? {
        var scaled = value
        for _ in 0..<digits { scaled *= 10 }
        let whole = scaled.rounded()
        // 0.15 · 100 is 15.000000000000002: what binary fractions miss is no digit.
        guard abs(whole) < 1e15, abs(scaled - whole) <= max(1e-9, abs(whole) * 4e-16) else {
            return nil
        }
        return FixedDecimal(unscaled: Int128(whole), scale: digits)
    }

    /// Whether values can be chosen; else the diagnostics say why not.
    func check(_ diagnostics: inout [Diagnostic]) -> Bool {
        var problem: String?
        if !(from < to) {
            problem = "it goes from \(from) to \(to)"
        } else if !(step > 0) || step > to - from {
            problem = "its step is \(step), but it goes from \(from) to \(to)"
        } else if !(from...to).contains(usual) {
            problem = "its default is \(usual), but it goes from \(from) to \(to)"
        } else if [from, to, step, usual].contains(where: { Self.decimal($0, digits) == nil }) {
            problem = "its values have more than \(Self.mostDigits) decimals, or are too large"
        }
        guard let problem else { return true }
        diagnostics.append(
            Diagnostic("parameter_range", at: name.place, "parameter '\(name.value)': \(problem)"))
        return false
    }

    /// The value as measures have it.
    ///
    /// - Throws: `parameter_value` outside the range, or between values that the step can reach.
    func literal(_ value: Double) throws(AuroraError) -> CheckedExpression {
        guard (from...to).contains(value) else {
            throw AuroraError(
                "parameter_value",
                "'\(name.value)' goes from \(from) to \(to), but \(value) is asked for")
        }
        guard let decimal = Self.decimal(value, digits) else {
            throw AuroraError(
                "parameter_value",
                "'\(name.value)' has \(digits) decimals, but \(value) is asked for",
                hint: "its step is \(step)")
        }
        let precision = [from, to].compactMap { Self.decimal($0, digits)?.precision }.max() ?? 18
        return .cast(
            .literal(.decimal(decimal)), .decimal(precision: precision, scale: digits),
            orMissing: false)
    }
}

extension Catalogue {
    /// The defaults as measures have them.
    var usualValues: [String: CheckedExpression] {
        parameters.compactMapValues { try? $0.literal($0.usual) }
    }

    /// The same figures with other values of parameters; those that are not named have their defaults.
    ///
    /// - Throws: `unknown_parameter`, `parameter_value`.
    package func setting(_ values: [String: Double]) throws(AuroraError) -> Catalogue {
        if let stranger = values.keys.sorted().first(where: { parameters[$0] == nil }) {
            throw AuroraError(
                "unknown_parameter", "there is no parameter '\(stranger)'",
                hint: NearestName.hint(for: stranger, among: parameters.keys.sorted()))
        }
        guard !values.isEmpty else { return self }
        var literals = usualValues
        for (name, value) in values { literals[name] = try parameters[name]?.literal(value) }
        var bound = self
        for (name, measure) in measures { bound.bind(name, measure.template.binding(literals)) }
        return bound
    }
}

extension Gate {
    /// A gate to the same data with other values of parameters.
    ///
    /// - Throws: `unknown_parameter`, `parameter_value`.
    package func setting(_ values: [String: Double]) throws(AuroraError) -> Gate {
        Gate(try catalogue.setting(values), engine: engine, parser: parser, privacy: privacy)
    }
}
