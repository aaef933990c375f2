package import Columns

/// The twin of the credit-card customers of reference project 003: `CC_GENERAL.csv`.
package struct CreditCardTwin: SyntheticTwin {
    package let name = "credit-card"
    package let fileName = "CC_GENERAL.csv"
    package let summary = "credit-card customers: balances, purchases, cash advances, payments"
    package let defaultRows = CreditCardRows.originalCount

    package init() {}

    package func write(
        rows: Int, seed: UInt64, to directory: String,
        progress: (_ rowsWritten: Int) throws(AuroraError) -> Void
    ) throws(AuroraError) -> WrittenTwin {
        let range = 1...1_000_000_000
        guard range.contains(rows) else {
            throw AuroraError(
                "rows_out_of_range",
                "rows is \(rows) but must be from \(range.lowerBound) to \(range.upperBound)")
        }
        let numbering = CreditCardRows(seed: seed)
        let generator = CreditCardGenerator(seed: seed)
        var files = try TwinFiles(of: self, header: CreditCardCustomer.header, in: directory)
        for position in 0..<rows {
            let row = numbering.row(at: position, of: rows)
            let customer = generator.customer(numbering.place(ofRow: row))
            let written = try files.appendRow { data, truth in
                customer.append(to: &data)
                customer.appendTruth(to: &truth, group: generator.groups[customer.group].name)
            }
            if let written { try progress(written) }
        }
        return try files.publish(seed: seed)
    }
}
