package import Columns
package import Query
import Segmentation
import Synchronization
import Workspace

extension PublishedRun {
    /// Why one customer is in its segment, for a reader who may see single customers.
    ///
    /// - Parameters:
    ///   - name: the segmentation.
    ///   - key: of a row of its model, as it is written.
    /// - Throws: `not_permitted`, also where nobody gets the key; `unknown_name`, `unknown_customer`.
    package func customer(
        _ key: String, of name: String, for reader: Reader
    ) async throws(AuroraError) -> CustomerView {
        try gate.requireCustomers(reader)
        let result = try segmentation(name)
        let table = try table(of: result.model)
        guard let spec = project.segmentations.first(where: { $0.name == name }) else {
            throw AuroraError("unknown_name", "there is no segmentation '\(name)'")
        }
        guard !isHidden(table.key, of: table.name, withIdentifying: false) else {
            throw AuroraError(
                "not_permitted",
                "the key '\(table.key)' of '\(table.name)' is hidden, so no customer can be named")
        }
        let explainer: CustomerExplainer
        if let known = explainers[name] {
            explainer = known
        } else {
            explainer = try await CustomerExplainer(result, spec, of: table, in: engine)
            explainers[name] = explainer
        }
        return CustomerView(try await explainer.explain(key), of: result, in: self)
    }
}

/// What customers of a run are held against, read when it is first asked for.
final class ExplainerMemory: Sendable {
    private let known = Mutex<[String: CustomerExplainer]>([:])
    private let flows = Mutex<[String: RunFlows]>([:])

    subscript(name: String) -> CustomerExplainer? {
        get { known.withLock { $0[name] } }
        set { known.withLock { $0[name] = newValue } }
    }

    /// Behind the gate: of all customers.
    func flows(of name: String) -> RunFlows? { flows.withLock { $0[name] } }

    func keep(_ flows: RunFlows, of name: String) { self.flows.withLock { $0[name] = flows } }
}
