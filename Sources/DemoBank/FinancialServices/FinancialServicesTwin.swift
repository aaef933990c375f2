/// The twin of the files of reference project 004: card holders of whom some left, and other
/// customers with what they spent.
package struct FinancialServicesTwin: TabularTwin {
    package let name = "financial-services"
    package let fileName = "bank_churners/BankChurners.csv"
    package let summary = "credit-card customers who stay or leave, and where others spend"
    package let defaultRows = 10_127
    let rowRange = 1...1_000_000_000

    package init() {}

    package var planted: [PlantedFigure] { ChurnParameters.planted + SpendingParameters.planted }

    func files(rows: Int, seed: UInt64) -> [TwinFile] {
        let customers = ChurnCustomers(seed: seed)
        // As many as the original has for as many card holders, and one who spends nothing.
        let count = max(1, (rows * 4000 + defaultRows / 2) / defaultRows)
        let spenders = Spenders(count: count, seed: seed)
        return [
            TwinFile(
                fileName,
                TwinTable(header: ChurnCustomers.header, rows: rows, lineEnd: "\n") {
                    customers.append($0, to: &$1)
                }),
            TwinFile(
                "mitron/dim_customers_v3.csv",
                TwinTable(
                    header:
                        "customer_id,age_group,city,occupation,gender,marital status,avg_income",
                    rows: count
                ) { spenders.appendPerson($0, to: &$1) }),
            TwinFile(
                "mitron/fact_spends_sample.csv",
                TwinTable(
                    header: "customer_id,month,category,payment_type,spend",
                    rows: max(1, count - 1)
                ) { spenders.appendSpending($0, to: &$1) }),
        ]
    }
}
