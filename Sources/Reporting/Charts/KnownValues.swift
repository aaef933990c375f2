import Columns
import Query
import Workspace

extension Gate {
    /// Values that are looked through for one that a page names.
    private static let mostValues = 1000

    /// Refuses a value that no row has, filters or not: it would be a mistake of the page.
    ///
    /// - Parameter texts: values as the page states them.
    /// - Throws: `unknown_value`.
    func requireValues(
        _ texts: [String], of dimension: String, for reader: Reader
    ) async throws(AuroraError) {
        guard !texts.isEmpty,
            let all = try await values(of: dimension, limit: Self.mostValues, for: reader)
        else { return }
        let known = Set(all.map(\.description))
        guard let unknown = texts.first(where: { !known.contains($0) }) else { return }
        throw AuroraError(
            "unknown_value", "no row has '\(unknown)' as '\(dimension)'",
            hint: NearestName.hint(
                for: unknown, among: all.filter { !$0.isMissing }.map(\.description)))
    }
}
