/// The twin of the clients of reference project 002: `Banking.csv` and the codes' names.
package struct BankingTwin: TabularTwin {
    package let name = "banking"
    package let fileName = "Banking.csv"
    package let summary = "a bank's clients: loans, deposits, cards, loyalty, risk"
    package let defaultRows = BankingClients.originalCount
    let rowRange = 1...1_000_000_000

    package init() {}

    package var planted: [PlantedFigure] { BankingParameters.planted }

    func files(rows: Int, seed: UInt64) -> [TwinFile] {
        let clients = BankingClients(seed: seed)
        let parameters = BankingParameters.self
        return [
            TwinFile(
                fileName,
                TwinTable(
                    header: """
                        Client ID,Name,Age,Location ID,Joined Bank,Banking Contact,Nationality,\
                        Occupation,Fee Structure,Loyalty Classification,Estimated Income,\
                        Superannuation Savings,Amount of Credit Cards,Credit Card Balance,\
                        Bank Loans,Bank Deposits,Checking Accounts,Saving Accounts,\
                        Foreign Currency Account,Business Lending,Properties Owned,\
                        Risk Weighting,BRId,GenderId,IAId
                        """,
                    rows: rows, hasByteOrderMark: true
                ) { clients.append($0, to: &$1) }),
            Self.codes(
                "Banking-Relationships.csv", "BRId,Banking Relationship",
                parameters.relationship.names),
            Self.codes("Gender.csv", "GenderId,Gender", parameters.gender.names),
            Self.codes(
                "Investment-Advisiors.csv", "IAId,Investment Advisor",
                parameters.advisor.names),
        ]
    }

    /// The names behind the codes 1, 2, 3 …
    private static func codes(_ file: String, _ header: String, _ names: [String]) -> TwinFile {
        TwinFile(
            file,
            TwinTable(header: header, rows: names.count, hasByteOrderMark: true) { row, csv in
                csv.append(row + 1)
                csv.appendComma()
                csv.append(field: names[row])
            })
    }
}
