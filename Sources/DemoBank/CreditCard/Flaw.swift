/// What is wrong with some customers' data, as often as in the original.
enum Flaw: CaseIterable, Sendable {
    /// PAYMENTS is 0 and MINIMUM_PAYMENTS missing.
    case nothingPaid
    /// MINIMUM_PAYMENTS is missing since (nearly) nothing was owed.
    case nothingDue
    /// CREDIT_LIMIT is missing.
    case limitMissing
    /// CASH_ADVANCE_FREQUENCY counts more months than the tenure has.
    case cashMonthsAboveTenure
    /// PURCHASES is less than ONEOFF_PURCHASES + INSTALLMENTS_PURCHASES.
    case purchasesBelowParts

    /// How many of 8,950 customers have it.
    var count: Int {
        switch self {
        case .nothingPaid: 240
        case .nothingDue: 73
        case .limitMissing: 1
        case .cashMonthsAboveTenure: 8
        case .purchasesBelowParts: 19
        }
    }

    /// How they spread over the four groups.
    var groupWeights: [Double] {
        switch self {
        case .nothingPaid: [7, 113, 52, 68]
        case .nothingDue: [0, 41, 32, 0]
        case .limitMissing: [0, 1, 0, 0]
        case .cashMonthsAboveTenure: [1, 0, 0, 7]
        case .purchasesBelowParts: [1, 6, 11, 1]
        }
    }

    static let totalCount = allCases.reduce(0) { $0 + $1.count }

    /// The flaw that an ordinal from 0 to `totalCount` − 1 stands for.
    init(ordinal: Int) {
        var rest = ordinal
        for flaw in Self.allCases {
            if rest < flaw.count {
                self = flaw
                return
            }
            rest -= flaw.count
        }
        preconditionFailure("ordinal \(ordinal) is above the number of flaws")
    }
}
