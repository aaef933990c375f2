package import Columns

/// An invented bank with its customers, accounts, cards, branches and transactions, month by month.
///
/// What is true of it is planted and written down: groups that overlap, customers who move between
/// them, differences that are there and differences that are not. Every value is a function of the
/// seed, the customer, and the month: a larger bank holds the smaller one's customers, and more months
/// hold the same ones before.
package struct SyntheticBank: Sendable, Equatable {
    package let customers: Int
    package let months: Int
    package let seed: UInt64

    /// Counts the changes of what a seed gives.
    package static let edition = 1

    package static let customerRange = 1...10_000_000
    package static let monthRange = 12...120

    /// - Parameters:
    ///   - customers: how many, with those who leave.
    ///   - months: how many months of transactions, from January 2023 on.
    ///   - seed: equal seeds give equal bytes.
    /// - Throws: `rows_out_of_range`, `months_out_of_range`.
    package init(customers: Int, months: Int, seed: UInt64) throws(AuroraError) {
        guard Self.customerRange.contains(customers) else {
            throw AuroraError(
                "rows_out_of_range",
                "customers is \(customers) but must be from 1 to \(Self.customerRange.upperBound)")
        }
        guard Self.monthRange.contains(months) else {
            throw AuroraError(
                "months_out_of_range",
                "months is \(months) but must be from \(Self.monthRange.lowerBound) to "
                    + "\(Self.monthRange.upperBound)",
                hint: "the bank's customers need a year to settle in")
        }
        self.customers = customers
        self.months = months
        self.seed = seed
    }

    /// The file with nothing but `asOf` in it, as a delivery says of which day it is.
    package static let asOfFile = "as_of.txt"

    /// The last day that the files tell of, as 2024-12-31.
    package var asOf: String {
        var bytes = CSVBytes(capacity: 10)
        bytes.append(day: BankMonth(index: months - 1).last)
        return String(decoding: bytes.bytes, as: UTF8.self)
    }

    /// Writes all files into a folder, which is made where missing.
    ///
    /// Rows are streamed: the memory used doesn't depend on their number. All files appear under
    /// their names only when all are complete.
    /// - Parameter progress: told the done share of the work, now and then; it may throw
    ///   `AuroraError.interrupted`, after which nothing is left behind.
    /// - Throws: `cannot_write`, `not_synthetic`.
    /// - Complexity: O(customers · months) time, O(1) memory.
    package func write(
        to directory: String, progress: (_ fraction: Double) throws(AuroraError) -> Void
    ) throws(AuroraError) -> WrittenBank {
        try OutputFile.makeDirectory(directory)
        var writer = try BankWriter(self, directory)
        let total = Double(customers) * Double(months + 2)
        var done = 0
        for branch in BankPlaces.branches { try writer.append(branch) }
        for index in 0..<customers {
            try writer.append(BankCustomer(seed: seed, index: index))
            done += 2
            if index % 1000 == 0 { try progress(Double(done) / total) }
        }
        // Month after month, so that a further month is only added at the end.
        for month in 0..<months {
            for index in 0..<customers {
                try writer.appendTransactions(
                    of: BankCustomer(seed: seed, index: index), in: month)
                done += 1
                if index % 1000 == 0 { try progress(Double(done) / total) }
            }
        }
        return try writer.publish(to: directory)
    }
}

/// What a synthetic bank consists of.
package struct WrittenBank: Sendable, Equatable {
    package struct File: Sendable, Equatable {
        package var name: String
        package var rows: Int
        package var bytes: Int
        /// Of the bytes, in lower-case hexadecimal digits.
        package var sha256: String
    }

    package var directory: String
    package var files: [File]
    /// `TRUTH.json`: what was planted, and how often it came out.
    package var truthPath: String
}
