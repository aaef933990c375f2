package import Columns
package import Workspace

/// One kind of rule that a source states under `expect:`: a file of this folder, and a line in
/// ``ContractKinds``.
package protocol Rule: Sendable {
    /// The key under which a source file names it.
    static var name: String { get }
    static var summary: String { get }
    static var scope: RuleScope { get }
    static var fields: [Field] { get }
    init(_ values: FieldValues)

    /// The sources that it reads besides its own.
    var uses: [Located<String>] { get }

    /// - Parameter input: the rows as they were read, before any is set aside.
    /// - Returns: the plan, or nil when the input's diagnostics say why there is none.
    func plan(_ input: inout StepInput) async throws(AuroraError) -> RulePlan?
}

extension Rule {
    package var uses: [Located<String>] { [] }
}

/// What a rule is about, and with it what can be done where it is broken.
package enum RuleScope: Sendable {
    /// Single rows, which can be set aside.
    case row
    /// The table as a whole.
    case table

    var outcomes: [RuleOutcome] { self == .row ? RuleOutcome.allCases : [.warn, .stop] }
    var usual: RuleOutcome { self == .row ? .quarantine : .stop }
}

/// What becomes of a source that breaks a rule.
package enum RuleOutcome: String, Sendable, CaseIterable {
    /// The rows that break it are set aside with the reason.
    case quarantine
    /// All stays, and a notice tells it.
    case warn
    /// The run stops.
    case stop
}

/// What a rule compiles to.
///
/// A missing value breaks a rule only where the rule asks for a value to be there.
package struct RulePlan: Sendable {
    /// In words: "AGE is between 18 and 120".
    var words: String
    /// The columns that it reads.
    var columns: [String] = []
    var test: Test

    enum Test: Sendable {
        /// The ways in which a row can break it.
        case rows([Breach])
        /// `measure` is one SQL value over the rows that were kept; `breach` says what is wrong
        /// with it, or nil.
        case table(measure: String, breach: @Sendable (Value) -> String?)
    }

    struct Breach: Sendable {
        /// SQL that is true for a row that breaks the rule.
        var condition: String
        /// In words, without any value of a customer.
        var reason: String
    }

    /// A rule about rows that can be broken in one way only.
    init(_ words: String, columns: [String], broken condition: String, _ reason: String) {
        self.init(words, columns: columns, [Breach(condition: condition, reason: reason)])
    }

    init(_ words: String, columns: [String], _ breaches: [Breach]) {
        self.words = words
        self.columns = columns
        test = .rows(breaches)
    }

    /// A rule about the table as a whole.
    init(
        _ words: String, measure: String = "NULL", breach: @escaping @Sendable (Value) -> String?
    ) {
        self.words = words
        test = .table(measure: measure, breach: breach)
    }
}

/// A rule as a source states it, with what is to be done where it is broken.
package struct StatedRule: Sendable {
    package let rule: any Rule
    package let onFail: RuleOutcome
    package let place: Diagnostic.Place
}

/// The kinds of rule that a source may state.
package enum ContractKinds {
    package static let all: [any Rule.Type] = [
        RequiredRule.self, UniqueRule.self, RangeRule.self, ValuesRule.self, MatchesRule.self,
        HoldsRule.self, RefersRule.self, ColumnsRule.self, TypesRule.self, RowsRule.self,
        FreshRule.self,
    ]

    static let variants = all.map { kind in
        let outcomes = kind.scope.outcomes.map(\.rawValue)
        let onFail = Field(
            "on_fail", .choice(outcomes),
            "what becomes of what breaks it: \(outcomes.joined(separator: ", ")); "
                + "\(kind.scope.usual.rawValue) if not stated")
        return FieldType.Variant(kind.name, kind.summary, .fields(kind.fields + [onFail]))
    }

    static func rules(_ values: FieldValues) -> [StatedRule] {
        (values.variants("expect") ?? []).compactMap { name, values in
            all.first { $0.name == name.value }.map { kind in
                let onFail = values.text("on_fail").flatMap { RuleOutcome(rawValue: $0) }
                return StatedRule(
                    rule: kind.init(values), onFail: onFail ?? kind.scope.usual, place: name.place)
            }
        }
    }
}

extension Diagnostic {
    /// A rule that can't be checked as it is stated.
    static func invalidRule(
        _ place: Diagnostic.Place, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic("invalid_rule", at: place, message, hint: hint)
    }
}

extension Sequence<String> {
    /// 'a', 'b'
    var listed: String { map { "'\($0)'" }.joined(separator: ", ") }
}
