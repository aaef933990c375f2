import Columns

/// Writes rows to the bank's files and counts what is true of them.
struct BankWriter {
    private let bank: SyntheticBank
    private let customers: BankFile
    private let accounts: BankFile
    private let cards: BankFile
    private let transactions: BankFile
    private let branches: BankFile
    private let planted: BankFile
    private var truth: BankTruth

    init(_ bank: SyntheticBank, _ directory: String) throws(AuroraError) {
        self.bank = bank
        truth = BankTruth(bank)
        customers = try BankFile("customers.csv", header: BankRows.customers, in: directory)
        accounts = try BankFile("accounts.csv", header: BankRows.accounts, in: directory)
        cards = try BankFile("cards.csv", header: BankRows.cards, in: directory)
        transactions = try BankFile(
            "transactions.csv", header: BankRows.transactions, in: directory)
        branches = try BankFile("branches.csv", header: BankRows.branches, in: directory)
        planted = try BankFile(
            "customers.truth.csv", header: BankRows.planted, in: directory, isLabelled: false)
    }

    mutating func append(_ branch: BankPlaces.Branch) throws(AuroraError) {
        try branches.appendRow { BankRows.append(branch, to: &$0) }
    }

    mutating func append(_ customer: BankCustomer) throws(AuroraError) {
        truth.count(customer)
        let name = BankNames.person(
            RandomDraws(seed: bank.seed, .bankNames, index: customer.index))
        let flaws = BankFlaws(seed: bank.seed, customer: customer.index)
        truth.count(flaws)
        for copy in 0..<(flaws.isDoubled ? 2 : 1) {
            try customers.appendRow {
                BankRows.append(
                    customer, name, flaws, isCopy: copy == 1, months: bank.months, to: &$0)
            }
        }
        try planted.appendRow {
            BankRows.appendTruth(of: customer, months: bank.months, to: &$0)
        }
        let holdings = customer.holdings(by: bank.months, seed: bank.seed)
        let defaulted = customer.defaulted(by: bank.months)
        for holding in holdings {
            let hasType = holding.product?.accountType != nil || holding.product == nil
            if hasType {
                let balance = customer.balance(
                    of: holding, among: holdings, months: bank.months, seed: bank.seed)
                let isLoan = holding.product == .personalLoan || holding.product == .mortgage
                try accounts.appendRow {
                    BankRows.append(
                        holding, of: customer, balance: balance,
                        defaulted: isLoan ? defaulted : nil, flaws, to: &$0)
                }
            }
            if holding.product?.accountType == nil {
                let isCredit = holding.product != nil
                let limit = isCredit ? customer.limit(of: holding, seed: bank.seed) : nil
                let used =
                    isCredit ? customer.used(of: holding, months: bank.months, seed: bank.seed) : 0
                let brand = customer.brand(of: holding, seed: bank.seed)
                try cards.appendRow {
                    BankRows.append(
                        card: holding, of: customer, brand: brand, limit: limit, used: used,
                        to: &$0)
                }
            }
        }
    }

    mutating func appendTransactions(
        of customer: BankCustomer, in month: Int
    ) throws(AuroraError) {
        var rows: [BankTransaction] = []
        customer.transactions(in: month, seed: bank.seed) { rows.append($0) }
        for row in rows {
            let flaw = BankFlaws.transaction(seed: bank.seed, number: row.number)
            truth.count(row, flaw)
            for _ in 0..<(flaw == .doubled ? 2 : 1) {
                try transactions.appendRow {
                    BankRows.append(row, of: customer, flaw, to: &$0)
                }
            }
        }
    }

    consuming func publish(to directory: String) throws(AuroraError) -> WrittenBank {
        let files = [customers, accounts, cards, transactions, branches, planted]
        var written: [WrittenBank.File] = []
        for file in files { written.append(try file.finish()) }
        let folder = directory.hasSuffix("/") ? directory : directory + "/"
        let path = folder + "TRUTH.json"
        var output = try OutputFile(path: path)
        try output.write(Array((truth.json(written).text(indented: true) + "\n").utf8))
        try output.publish()
        var day = try OutputFile(path: folder + SyntheticBank.asOfFile)
        try day.write(Array((bank.asOf + "\n").utf8))
        try day.publish()
        for (file, written) in zip(files, written) { try file.publish(written, of: bank) }
        return WrittenBank(directory: directory, files: written, truthPath: path)
    }
}
