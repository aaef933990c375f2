/// What a column is for, as far as its name and its values tell.
package enum ColumnRole: String, Hashable, Sendable, CaseIterable {
    /// Tells rows apart, or stands for something elsewhere: never summed, never a feature.
    case identifier
    /// Digits that name something: postcodes, ids of a few kinds.
    case code
    /// A person's name, or how to reach them.
    case person
    case money
    case count
    /// A share, a ratio or a frequency.
    case rate
    /// Steps on a scale that somebody has given.
    case score
    /// An age or a length of time.
    case duration
    /// Any other number.
    case number
    case date
    case birthDate = "birth_date"
    /// A year or a month as a number.
    case datePart = "date_part"
    case coordinate
    /// Ranges or steps in an order.
    case bands
    case category
    case flag
    case text
    case constant
    case empty
    /// What became of the customer, which a model would be asked to tell beforehand.
    case outcome
    /// The figure of somebody's model.
    case modelScore = "model_score"
    /// Somebody's groups.
    case label

    /// Numbers that figures are made of.
    var isQuantity: Bool {
        switch self {
        case .money, .count, .rate, .score, .duration, .number: true
        default: false
        }
    }

    /// What few customers share, so that figures can be told by it.
    var isGroup: Bool {
        switch self {
        case .bands, .category, .flag, .outcome, .label, .code: true
        default: false
        }
    }

    /// What would tell who a customer is.
    var isIdentifying: Bool { self == .person }

    /// What must never tell customers alike, because it says the answer.
    var isLeakage: Bool { self == .outcome || self == .modelScore || self == .label }

    /// For people.
    var words: String {
        switch self {
        case .birthDate: "birth date"
        case .datePart: "part of a date"
        case .modelScore: "leakage (a model's score)"
        case .outcome: "leakage (an outcome)"
        case .label: "leakage (somebody's groups)"
        case .person: "person or contact"
        case .text: "free text"
        default: rawValue
        }
    }
}
