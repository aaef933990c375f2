import Columns
import Query
import Segmentation
import Workspace

/// What the project's pages say about the segments of a segmentation.
extension ScoreForm {
    /// The paragraphs that are of a segment, in the order of the segments.
    func advice() async throws(AuroraError) -> [JSON] {
        var found: [(segment: String, advice: JSON)] = []
        for page in run.project.pages {
            for text in page.visuals.compactMap({ $0.chart as? Text }) {
                let phrases = try await text.phrases(run.gate, FilterContext(), for: reader)
                for (paragraph, phrase) in zip(text.paragraphs, phrases) {
                    guard let segment = paragraph.segment else { continue }
                    found.append(
                        (
                            segment,
                            .object([
                                "segment": .string(segment), "heading": JSON(paragraph.heading),
                                "text": phrase.json, "page": .string(page.name),
                                "page_title": .string(page.title),
                            ])
                        ))
                }
            }
        }
        return result.segments.flatMap { segment in
            found.filter { $0.segment == segment.name }.map(\.advice)
        }
    }

    /// The recommendations whose group is of some of the segments, with what else has to hold of a
    /// customer who belongs to it. Their figures are those of the published run's customers.
    ///
    /// - Parameter columns: those that the form asks for, by which it can tell what holds.
    func recommendations(asking columns: [String]) async throws(AuroraError) -> [JSON] {
        var found: [JSON] = []
        for page in run.project.pages {
            for visual in page.visuals {
                guard let recommendation = visual.chart as? Recommendation,
                    let own = recommendation.targets.first(where: { $0.dimension == result.name })
                else { continue }
                let (text, action): (Phrase, Phrase)
                do throws(AuroraError) {
                    let group = try await recommendation.group(
                        run.gate, FilterContext(), for: reader)
                    (text, action) = try await recommendation.words(run.gate, group, for: reader)
                } catch {
                    if error.code == "interrupted" { throw error }
                    // Its page says what is wrong with it.
                    continue
                }
                let others = recommendation.targets.filter { $0.dimension != result.name }
                found.append(
                    .object([
                        "title": JSON(visual.title),
                        "segments": .array(own.values.map { .string($0.text) }),
                        "conditions": .array(
                            others.map { condition($0, of: recommendation, asking: columns) }),
                        "text": text.json, "action": action.json, "page": .string(page.name),
                        "page_title": .string(page.title),
                    ]))
            }
        }
        return found
    }

    /// A clause, with the column of the form that it is about; null where a customer's value of it is
    /// worked out from others.
    private func condition(
        _ target: Recommendation.Target, of recommendation: Recommendation,
        asking columns: [String]
    ) -> JSON {
        let dimension = run.gate.catalogue.dimensions[target.dimension]
        let column = columns.first {
            dimension?.model == result.model && dimension?.columns == [$0] && dimension?.text == $0
        }
        guard case .object(let clause) = recommendation.json(target, run.gate.catalogue) else {
            return .null
        }
        return .object(
            clause + [
                .init(name: "label", value: .string(dimension?.label ?? target.dimension)),
                .init(name: "format", value: dimension?.format?.json ?? .null),
                .init(name: "column", value: JSON(column)),
            ])
    }
}
