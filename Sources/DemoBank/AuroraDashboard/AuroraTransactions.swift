/// Draws the transactions of a day and a half, ten years before the customers' ages.
struct AuroraTransactions: Sendable {
    private enum Draw: UInt64 {
        case card, category, amount, refund, isRefund, minute, merchant, isOnline, isInside
        case otherState, town, error, hasError, isAbroad, country, identifier
        // Behind these come the draws of the customer, two for each try.
        case customer
    }

    private static let firstIdentifier = 7_475_327

    let count: Int
    private let users: AuroraUsers
    private let cards: AuroraCards
    private let seed: UInt64

    init(_ users: AuroraUsers, _ cards: AuroraCards, seed: UInt64) {
        self.users = users
        self.cards = cards
        self.seed = seed
        count = max(1, Int((Double(users.count) * AuroraParameters.transactions).rounded()))
    }

    func append(_ row: Int, to csv: inout CSVBytes) {
        let draws = RandomDraws(seed: seed, table: .transactions, row: row)
        let category = MerchantCategories.all[
            MerchantCategories.level.index(at: draws.uniform(Draw.category))]
        let user = customer(draws)
        let merchant = draws.uniform(Draw.merchant)
        // Of five numbers four are taken.
        csv.append(
            Self.firstIdentifier + row * 6 / 5
                + (draws.uniform(Draw.identifier) < 0.5 && row % 5 == 4 ? 1 : 0))
        appendTime(row, draws, &csv)
        csv.appendComma()
        csv.append(users.identifier(user))
        csv.appendComma()
        csv.append(cards.identifier(of: user, at: draws.uniform(Draw.card)))
        csv.append(",$")
        csv.append(cents(category, draws), decimals: 2)
        let isOnline = draws.uniform(Draw.isOnline) < category.online
        csv.append(isOnline ? ",Online Transaction," : ",Swipe Transaction,")
        // Few merchants of a category, some of whom sell far more than others.
        csv.append(category.code * 17 % 90_000 + Int(merchant * merchant * 16) * 613)
        if isOnline { csv.append(",ONLINE,,,") } else { appendPlace(user, draws, &csv) }
        csv.append(category.code)
        csv.appendComma()
        if draws.uniform(Draw.hasError) < AuroraParameters.errorShare {
            csv.append(text: AuroraParameters.errors.name(at: draws.uniform(Draw.error)))
        }
    }

    /// Who buys is of age, and some buy far more often than others.
    private func customer(_ draws: RandomDraws) -> Int {
        var user = 0
        for attempt in 0..<64 as Range<UInt64> {
            let uniform = draws.uniform(Draw.customer.rawValue + attempt)
            let place =
                AuroraParameters.buyers * Elementary.power(uniform, AuroraParameters.activity)
            user = min(Int(place * Double(users.count)), users.count - 1)
            if users.age(user) >= 28 { break }
        }
        return user
    }

    private func cents(_ category: MerchantCategory, _ draws: RandomDraws) -> Int {
        if draws.uniform(Draw.isRefund) < category.refunds {
            // Whole dollars.
            return -Int(AuroraParameters.refund.value(at: draws.uniform(Draw.refund))) * 100
        }
        let amount = LogNormal(median: category.median, spread: category.spread)
            .value(at: draws.normal(Draw.amount))
        if category.code == MerchantCategories.moneyTransfer {
            return max(1, Int((amount / 20).rounded())) * 2000
        }
        return max(1, Int((amount * 100).rounded()))
    }

    /// Rows are in the order of time: each has its place in the course of the hours.
    private func appendTime(_ row: Int, _ draws: RandomDraws, _ csv: inout CSVBytes) {
        let place = (Double(row) + 0.5) / Double(count)
        let minutes = Int(AuroraTransactions.clock.value(at: place))
        csv.append(",2010-01-")
        csv.append(1 + minutes / 1440, width: 2)
        csv.append(" ")
        csv.append(minutes % 1440 / 60, width: 2)
        csv.append(":")
        csv.append(minutes % 60, width: 2)
        csv.append(":00")
    }

    /// Minutes since the first midnight.
    private static let clock: Quantiles = {
        let hours = AuroraParameters.hours
        var sum = 0.0
        var places = [0.0]
        for name in hours.names {
            sum += hours.share(of: name)
            places.append(min(sum, 1))
        }
        places[places.count - 1] = 1
        return Quantiles(places.indices.map { Double($0) * 60 }, at: places)
    }()

    private func appendPlace(_ user: Int, _ draws: RandomDraws, _ csv: inout CSVBytes) {
        let parameters = AuroraParameters.self
        var place = users.place(user)
        if draws.uniform(Draw.isInside) > parameters.insideState {
            let state = parameters.state.index(at: draws.uniform(Draw.otherState))
            place = AuroraPlace(
                parameters.states[state], town: draws.integer(in: 0..<60, Draw.town), seed: seed)
        }
        csv.appendComma()
        csv.append(text: place.city)
        csv.appendComma()
        if draws.uniform(Draw.isAbroad) < parameters.abroadShare {
            csv.append(text: parameters.abroad.name(at: draws.uniform(Draw.country)))
            csv.append(",,")
            return
        }
        csv.append(text: place.state)
        csv.appendComma()
        csv.append(place.zip)
        csv.append(".0,")
    }
}
