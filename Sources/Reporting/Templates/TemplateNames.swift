import Columns
import Query
import Segmentation
import Workspace

/// What a template takes from a project: names of one model and of what it refers to, in the order in
/// which the project's files give them.
struct TemplateNames: Sendable {
    let template: String
    let segmentation: String?
    /// The number of the model's rows, sums, and other figures.
    let count: String?
    let sums: [String]
    let averages: [String]
    /// Dimensions by kind, without those that a segmentation adds.
    let categories: [String]
    let numbers: [String]
    let dates: [String]
    private let labels: [String: String]

    init(
        _ run: PublishedRun, _ segmentation: String?, for template: String
    ) throws(AuroraError) {
        self.template = template
        let catalogue = run.gate.catalogue
        let known = run.project.segmentations
        if let segmentation, !known.contains(where: { $0.name == segmentation }) {
            throw AuroraError(
                "unknown_name", "there is no segmentation '\(segmentation)'",
                hint: NearestName.hint(for: segmentation, among: known.map(\.name)))
        }
        let chosen = known.first { $0.name == segmentation } ?? known.first
        self.segmentation = chosen?.name
        let files = run.project.figures
        let model = chosen?.model.value ?? files.first?.model.value ?? ""
        let measures = files.filter { $0.model.value == model }
            .flatMap { $0.measures.compactMap { catalogue.measures[$0.name.value] } }
        count = measures.first(where: \.isCount)?.name
        sums = measures.filter { $0.isAdditive && !$0.isCount }.map(\.name)
        averages = measures.filter { !$0.isAdditive }.map(\.name)
        let dimensions = files.filter { $0.model.value == model }
            .flatMap { $0.dimensions.compactMap { catalogue.dimensions[$0.name.value] } }
        categories = dimensions.filter { [.category, .boolean].contains($0.kind) }.map(\.name)
        numbers = dimensions.filter { $0.kind == .number }.map(\.name)
        dates = dimensions.filter { $0.kind == .date }.map(\.name)
        labels = Dictionary(
            (measures.map { ($0.name, $0.label) } + dimensions.map { ($0.name, $0.label) }),
            uniquingKeysWith: { first, _ in first })
    }

    /// All figures: the count first.
    var figures: [String] { [count].compactMap { $0 } + sums + averages }

    func label(_ name: String) -> String { labels[name] ?? name }

    /// - Throws: `template_unfit`.
    func need(_ name: String?, _ what: String) throws(AuroraError) -> String {
        guard let name else {
            throw AuroraError(
                "template_unfit",
                "the template '\(template)' needs \(what), and the project has none",
                hint: "add one, or take another template: aurora new page --list")
        }
        return name
    }
}
