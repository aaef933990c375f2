import ArgumentParser
import Columns
import Foundation
import Query
import Reporting

extension Show {
    /// Why one customer is in its segment.
    ///
    /// - Throws: `unknown_name`, `unknown_customer`, `not_permitted`.
    func customer(of run: PublishedRun) async throws -> Entry {
        guard let name, let key else {
            throw ValidationError("customer needs --name, a segmentation")
        }
        let view = try await run.customer(key, of: name, for: .local)
        return Entry(name: name, json: view.json, text: Describe.text(view))
    }
}
