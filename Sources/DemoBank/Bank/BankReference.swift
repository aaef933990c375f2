package import Columns
package import Foundation

/// How far another library's K-Means recovers the planted segments of one bank.
///
/// `Scripts/demo-reference` computes it, since that library is not there at run time.
package struct BankReference: Decodable, Sendable {
    /// The version of scikit-learn.
    package let scikitLearn: String
    /// Of its K-Means and the planted segments.
    package let adjustedRandIndex: Double
    /// Of the planted segments, over the same features.
    package let silhouetteOfPlantedSegments: Double
    private let edition: Int
    private let customers: Int
    private let months: Int
    private let seed: UInt64

    /// - Parameter project: the folder of the demo's project.
    /// - Throws: `demo_missing` where there is no such file, or one that can't be read.
    package init(in project: URL) throws(AuroraError) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = project.appending(path: "reference.json")
        do {
            self = try decoder.decode(BankReference.self, from: Data(contentsOf: file))
        } catch {
            throw AuroraError(
                "demo_missing", "\(file.path) can't be read", cause: error.localizedDescription,
                hint: "set AURORA_HOME to Aurora's folder")
        }
    }

    /// Whether it was computed on this bank: any other one has other customers.
    package func applies(to bank: SyntheticBank) -> Bool {
        (edition, customers, months, seed)
            == (SyntheticBank.edition, bank.customers, bank.months, bank.seed)
    }
}
