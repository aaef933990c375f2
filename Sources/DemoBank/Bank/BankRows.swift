/// The columns of the bank's files, and how a row of each is written.
enum BankRows {
    static let customers: StaticString =
        "customer_id,name,birth_date,gender,state,postcode,branch_id,occupation,income,household_size,joined,left_on,do_not_contact,marketing_consent,statement_day,newsletters_opened,survey_score"
    static let accounts: StaticString =
        "account_id,customer_id,type,opened,closed,balance,defaulted"
    static let cards: StaticString =
        "card_id,customer_id,brand,type,credit_limit,balance,opened,closed"
    static let transactions: StaticString =
        "transaction_id,date,customer_id,account_id,card_id,kind,category,channel,amount"
    static let branches: StaticString =
        "branch_id,name,state,postcode,latitude,longitude,opened"
    static let planted: StaticString =
        "customer_id,segment,segment_before,moved,life_event,life_event_month,defaulted,left_on"

    static func append(_ branch: BankPlaces.Branch, to bytes: inout CSVBytes) {
        bytes.append(branch.index + 1)
        bytes.appendComma()
        bytes.append(text: branch.name)
        bytes.appendComma()
        bytes.append(BankPlaces.states[branch.state].name)
        bytes.appendComma()
        bytes.append(branch.postcode)
        bytes.appendComma()
        bytes.append(tenThousandths: branch.latitude)
        bytes.appendComma()
        bytes.append(tenThousandths: branch.longitude)
        bytes.appendComma()
        bytes.append(day: branch.opened)
    }

    static func append(
        _ customer: BankCustomer, _ name: (given: String, family: String), _ flaws: BankFlaws,
        isCopy: Bool, months: Int, to bytes: inout CSVBytes
    ) {
        bytes.append(customer.identifier)
        bytes.appendComma()
        let padding = flaws.isNamePadded ? "  " : ""
        let full = "\(padding)\(name.given) \(padding)\(name.family)\(padding)"
        bytes.append(text: isCopy ? full.uppercased() : full)
        bytes.appendComma()
        switch flaws.born {
        case 0: bytes.append("0000-00-00")
        case 1: bytes.append("1985-02-30")
        case 2: bytes.append("1843-12-21")
        case 3: bytes.append("2067-05-01")
        default: bytes.append(day: customer.born)
        }
        bytes.appendComma()
        let spellings: [StaticString] =
            customer.isFemale
            ? ["female", "Femal", "f", "Female"] : ["male", "Mael", "m", "Male"]
        bytes.append(flaws.gender.map { spellings[$0] } ?? (customer.isFemale ? "F" : "M"))
        bytes.appendComma()
        bytes.append(BankPlaces.states[customer.state].name)
        bytes.appendComma()
        if flaws.hasPostcode { bytes.append(customer.postcode) }
        bytes.appendComma()
        bytes.append(customer.branch + 1)
        bytes.appendComma()
        switch flaws.occupation {
        case .right: bytes.append(text: customer.occupation.rawValue)
        case .upperCase: bytes.append(text: customer.occupation.rawValue.uppercased())
        case .padded: bytes.append(text: "  \(customer.occupation.rawValue) ")
        case .notAvailable: bytes.append("N/A")
        case .missing: break
        }
        bytes.appendComma()
        if flaws.hasIncome { bytes.append(customer.income) }
        bytes.appendComma()
        bytes.append(customer.householdSize)
        bytes.appendComma()
        bytes.append(day: customer.joined)
        bytes.appendComma()
        bytes.append(day: customer.left(by: months))
        bytes.appendComma()
        bytes.append(customer.isNotToContact ? "yes" : "no")
        bytes.appendComma()
        bytes.append(customer.hasConsented ? "yes" : "no")
        bytes.appendComma()
        bytes.append(customer.statementDay)
        bytes.appendComma()
        bytes.append(customer.newslettersOpened)
        bytes.appendComma()
        if let score = customer.surveyScore { bytes.append(score) }
    }

    static func append(
        _ holding: BankHolding, of customer: BankCustomer, balance: Int, defaulted: BankDay?,
        _ flaws: BankFlaws, to bytes: inout CSVBytes
    ) {
        bytes.append(account(holding.product, of: customer))
        bytes.appendComma()
        bytes.append(customer.identifier)
        bytes.appendComma()
        let type = holding.product?.accountType ?? "Current"
        if flaws.isAccountTypeUntidy {
            bytes.append(text: " \(type)".uppercased())
        } else {
            bytes.append(type)
        }
        bytes.appendComma()
        bytes.append(day: holding.opened)
        bytes.appendComma()
        bytes.append(day: holding.closed)
        bytes.appendComma()
        bytes.append(cents: balance)
        bytes.appendComma()
        bytes.append(day: defaulted.map { max($0, holding.opened) })
    }

    static func append(
        card holding: BankHolding, of customer: BankCustomer, brand: StaticString, limit: Int?,
        used: Int, to bytes: inout CSVBytes
    ) {
        bytes.append(account(holding.product, of: customer))
        bytes.appendComma()
        bytes.append(customer.identifier)
        bytes.appendComma()
        bytes.append(brand)
        bytes.appendComma()
        bytes.append(limit == nil ? "debit" : "credit")
        bytes.appendComma()
        if let limit { bytes.append(limit) }
        bytes.appendComma()
        if limit != nil { bytes.append(cents: used) }
        bytes.appendComma()
        bytes.append(day: holding.opened)
        bytes.appendComma()
        bytes.append(day: holding.closed)
    }

    static func append(
        _ row: BankTransaction, of customer: BankCustomer, _ flaw: BankFlaws.Transaction?,
        to bytes: inout CSVBytes
    ) {
        bytes.append(row.number + 1)
        bytes.appendComma()
        if flaw == .impossibleDate {
            bytes.append(row.day.parts.year)
            bytes.append("-02-30")
        } else {
            bytes.append(day: row.day)
        }
        bytes.appendComma()
        bytes.append(customer.identifier)
        bytes.appendComma()
        bytes.append(account(nil, of: customer))
        bytes.appendComma()
        if row.kind == .purchase || row.kind == .withdrawal {
            bytes.append(account(row.isOnCredit ? .creditCard : nil, of: customer))
        }
        bytes.appendComma()
        switch row.kind {
        case .purchase: bytes.append("purchase")
        case .withdrawal: bytes.append("withdrawal")
        case .salary: bytes.append(customer.occupation == .retired ? "pension" : "salary")
        case .fee: bytes.append("fee")
        }
        bytes.appendComma()
        if let category = row.category, flaw != .noCategory {
            bytes.append(BankTransaction.categories[category].name)
        }
        bytes.appendComma()
        let isLoud = flaw == .upperCaseChannel
        switch row.channel {
        case .terminal: bytes.append(isLoud ? "TERMINAL" : "Terminal")
        case .online: bytes.append(isLoud ? "ONLINE" : "Online")
        case .app: bytes.append(isLoud ? "APP" : "App")
        case .cashMachine: bytes.append(isLoud ? "CASH MACHINE" : "Cash machine")
        case .branch: bytes.append(isLoud ? "BRANCH" : "Branch")
        case .transfer: bytes.append(isLoud ? "TRANSFER" : "Transfer")
        }
        bytes.appendComma()
        bytes.append(cents: row.amount)
    }

    static func appendTruth(
        of customer: BankCustomer, months: Int, to bytes: inout CSVBytes
    ) {
        let hasMoved = customer.hasMoved(by: months)
        bytes.append(customer.identifier)
        bytes.appendComma()
        bytes.append(
            text: BankSegment.all[hasMoved ? customer.nextSegment : customer.segment].name)
        bytes.appendComma()
        bytes.append(text: BankSegment.all[customer.segment].name)
        bytes.appendComma()
        if hasMoved { bytes.append(text: BankMonth(index: customer.movesAt).text) }
        bytes.appendComma()
        if customer.hasEvent(by: months) {
            bytes.append(text: customer.event.rawValue)
            bytes.appendComma()
            bytes.append(text: BankMonth(index: customer.eventAt).text)
        } else {
            bytes.appendComma()
        }
        bytes.appendComma()
        bytes.append(day: customer.defaulted(by: months))
        bytes.appendComma()
        bytes.append(day: customer.left(by: months))
    }

    /// The number of an account or card; the debit card has the current account's.
    private static func account(_ product: BankProduct?, of customer: BankCustomer) -> Int {
        customer.identifier * 10 + (product.map { $0.rawValue + 1 } ?? 0)
    }
}
