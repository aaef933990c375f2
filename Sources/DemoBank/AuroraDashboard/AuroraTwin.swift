/// The twin of the card holders of reference project 000: three workbooks and two CSV files.
package struct AuroraTwin: TabularTwin {
    package let name = "aurora-dashboard"
    package let fileName = "users_data.xlsx"
    package let summary = "card holders with their cards and transactions"
    package let defaultRows = 2000
    // A sheet holds 1,048,576 rows, and there are three cards to a customer.
    let rowRange = 1...300_000

    package init() {}

    package var planted: [PlantedFigure] { AuroraParameters.planted }

    func files(rows: Int, seed: UInt64) -> [TwinFile] {
        let users = AuroraUsers(count: rows, seed: seed)
        let cards = AuroraCards(users, seed: seed)
        let transactions = AuroraTransactions(users, cards, seed: seed)
        return [
            TwinFile(
                fileName,
                [
                    TwinSheet(name: "users_data", header: AuroraUsers.columns, rows: rows) {
                        users.user($0).append(to: &$1)
                    }, Self.dictionary(AuroraUsers.columns),
                ]),
            TwinFile(
                "cards_data.xlsx",
                [
                    TwinSheet(
                        name: "cards_data", header: AuroraCards.columns, rows: cards.count
                    ) { cards.append($0, to: &$1) }, Self.dictionary(AuroraCards.columns),
                ]),
            TwinFile(
                "mcc_codes.xlsx",
                [
                    TwinSheet(
                        name: "mcc_codes", header: ["mcc_id", "Description"],
                        rows: MerchantCategories.all.count
                    ) { row, cells in
                        cells.append(MerchantCategories.all[row].code)
                        cells.append(MerchantCategories.all[row].name)
                    }, Self.dictionary(["mcc_id", "Description"]),
                ]),
            TwinFile(
                "sd254_users.csv",
                TwinTable(header: AuroraUsers.csvHeader, rows: rows) {
                    users.user($0).append(to: &$1)
                }),
            TwinFile(
                "transactions_data_sample.csv",
                TwinTable(
                    header: """
                        id,date,client_id,card_id,amount,use_chip,merchant_id,merchant_city,\
                        merchant_state,zip,mcc,errors
                        """, rows: transactions.count
                ) { transactions.append($0, to: &$1) }),
        ]
    }

    /// The second sheet of each workbook, which explains the columns of the first.
    private static func dictionary(_ columns: [String]) -> TwinSheet {
        TwinSheet(
            name: "dictionary",
            above: columns.enumerated().map { index, name in
                [
                    index == 0 ? name + " (Primary Key)" : name,
                    " What " + name.split(separator: "_").joined(separator: " ") + " says.",
                ]
            }, header: [])
    }
}
