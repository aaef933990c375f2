package import Columns
package import Foundation

/// The segments that were planted in a bank, customer by customer.
package struct PlantedSegments: Sendable {
    /// The segments' names, from the largest planted to the smallest.
    package static let names = BankSegment.all.map(\.name)

    /// An index of `names` by the customers' numbers.
    package let segments: [Int: Int32]
    /// The month in which a customer moved to another segment, like 2024-07, by its number.
    package let moves: [Int: String]

    /// Reads what `SyntheticBank` has written.
    /// - Parameter folder: where the bank's files are.
    /// - Throws: `truth_unreadable`.
    package init(in folder: URL) throws(AuroraError) {
        let file = folder.appending(path: "customers.truth.csv")
        func unreadable(_ cause: String) -> AuroraError {
            AuroraError(
                "truth_unreadable", "\(file.path) can't be read", cause: cause,
                hint: "delete the folder and generate the bank again")
        }
        let data: Data
        do { data = try Data(contentsOf: file) } catch {
            throw unreadable(error.localizedDescription)
        }
        var segments: [Int: Int32] = [:]
        var moves: [Int: String] = [:]
        let lines = data.split(separator: UInt8(ascii: "\n")).dropFirst()
        for (index, line) in lines.enumerated() {
            let fields = line.split(
                separator: UInt8(ascii: ","), maxSplits: 4, omittingEmptySubsequences: false)
            guard fields.count == 5, let customer = Int(String(decoding: fields[0], as: UTF8.self)),
                let segment = Self.names.firstIndex(
                    of: String(decoding: fields[1], as: UTF8.self))
            else { throw unreadable("line \(index + 2) names no customer and segment") }
            segments[customer] = Int32(segment)
            if !fields[3].isEmpty { moves[customer] = String(decoding: fields[3], as: UTF8.self) }
        }
        (self.segments, self.moves) = (segments, moves)
    }
}
