/// One row of the twin. Amounts and frequencies are in millionths, so that their text is exact.
struct CreditCardCustomer: Sendable {
    /// Index in the table of groups; stands in the truth file only.
    var group: Int
    /// Without the letter before it: 10001.
    var identifier: Int
    /// Months, 6 to 12.
    var tenure: Int
    var balance: Int64 = 0
    var balanceFrequency: Int64 = 0
    var oneOffPurchases: Int64 = 0
    var instalmentPurchases: Int64 = 0
    /// What the PURCHASES column holds beyond (or, negative, short of) its two parts.
    var purchasesError: Int64 = 0
    var cashAdvance: Int64 = 0
    var purchasesFrequency: Int64 = 0
    var oneOffFrequency: Int64 = 0
    var instalmentFrequency: Int64 = 0
    var cashAdvanceFrequency: Int64 = 0
    var cashAdvanceTransactions = 0
    var purchasesTransactions = 0
    var creditLimit: Int64?
    var payments: Int64 = 0
    var minimumPayments: Int64?
    /// Share of months in which the balance was paid in full.
    var fullPayment: Int64 = 0

    var purchases: Int64 { oneOffPurchases + instalmentPurchases + purchasesError }

    /// Purchases and cash advances as they really were, in units of the currency.
    var spending: Double {
        Double(oneOffPurchases + instalmentPurchases + cashAdvance)
            / Double(CSVBytes.millionthsPerUnit)
    }

    /// `count` out of `total` months, as the file writes it: rounded to six decimals.
    static func frequency(_ count: Int, of total: Int) -> Int64 {
        Int64((count * 2_000_000 + total) / (2 * total))
    }
}

extension CreditCardCustomer {
    static let header: StaticString = """
        CUST_ID,BALANCE,BALANCE_FREQUENCY,PURCHASES,ONEOFF_PURCHASES,INSTALLMENTS_PURCHASES,\
        CASH_ADVANCE,PURCHASES_FREQUENCY,ONEOFF_PURCHASES_FREQUENCY,\
        PURCHASES_INSTALLMENTS_FREQUENCY,CASH_ADVANCE_FREQUENCY,CASH_ADVANCE_TRX,PURCHASES_TRX,\
        CREDIT_LIMIT,PAYMENTS,MINIMUM_PAYMENTS,PRC_FULL_PAYMENT,TENURE
        """

    func append(to csv: inout CSVBytes) {
        csv.append("C")
        csv.append(identifier)
        field(balance, &csv)
        field(balanceFrequency, &csv)
        field(purchases, &csv)
        field(oneOffPurchases, &csv)
        field(instalmentPurchases, &csv)
        field(cashAdvance, &csv)
        field(purchasesFrequency, &csv)
        field(oneOffFrequency, &csv)
        field(instalmentFrequency, &csv)
        field(cashAdvanceFrequency, &csv)
        field(count: cashAdvanceTransactions, &csv)
        field(count: purchasesTransactions, &csv)
        field(creditLimit, &csv)
        field(payments, &csv)
        field(minimumPayments, &csv)
        field(fullPayment, &csv)
        field(count: tenure, &csv)
        csv.appendLineEnd()
    }

    func appendTruth(to csv: inout CSVBytes, group: String) {
        csv.append("C")
        csv.append(identifier)
        csv.appendComma()
        csv.append(text: group)
        csv.appendLineEnd()
    }

    private func field(_ amount: Int64?, _ csv: inout CSVBytes) {
        csv.appendComma()
        csv.append(millionths: amount)
    }

    private func field(count: Int, _ csv: inout CSVBytes) {
        csv.appendComma()
        csv.append(count)
    }
}
