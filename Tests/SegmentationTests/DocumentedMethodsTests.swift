import Columns
import Foundation
import Learning
import Query
import Reporting
import Runs
import Segmentation
import TestProjects
import Testing
import Workspace

/// docs/segments.md is true: its examples run, and it leaves out no method and no key.
@Suite("Documented methods")
struct DocumentedMethodsTests {
    private static func page() throws -> (text: String, files: [String: String]) {
        let text = try String(
            contentsOf: TestProject.home.appending(path: "docs/segments.md"), encoding: .utf8)
        let block = #/(?s)^```(?:csv|yaml) (?<path>\S+)\n(?<text>.*?)^```$/#
            .anchorsMatchLineEndings()
        let files = Dictionary(
            text.matches(of: block).map { (String($0.path), String($0.output.text)) }
        ) { first, _ in
            Issue.record("docs/segments.md holds two files of the same path")
            return first
        }
        return (text, files)
    }

    private static func section(_ heading: String, of text: String) -> String? {
        guard let start = text.range(of: "\n## \(heading)\n") else { return nil }
        let rest = text[start.upperBound...]
        return String(rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)])
    }

    @Test("every method has a section with an example that shows all its keys")
    func methods() throws {
        let page = try Self.page()
        for (name, fields) in SegmentMethods.all.map({ (name: $0.name, fields: $0.fields) }) {
            guard let section = Self.section(name, of: page.text) else {
                Issue.record("docs/segments.md lacks the method '\(name)'")
                continue
            }
            #expect(section.contains("\n\(name):"), "an example of '\(name)'")
            for field in fields {
                #expect(
                    section.contains("`\(field.name)`") || section.contains("`\(field.name):")
                        || section.contains("\(field.name):"), "'\(field.name)' of '\(name)'")
            }
        }
    }

    @Test("every key of the file that is no method is shown in an example")
    func keys() throws {
        let examples = try Self.page().files.values.joined(separator: "\n")
        let methods = SegmentMethods.all.map { $0.name }
        for field in SegmentationSpec.kind.fields where !methods.contains(field.name) {
            // The numbers of segments to compare are another page's matter.
            if field.name == "evidence" { continue }
            #expect(examples.contains("\(field.name):"), "'\(field.name)'")
        }
    }

    @Test("every example runs, and puts customers where the page says")
    func examples() async throws {
        var files = try Self.page().files
        files["measures/customers.yaml"] =
            "type: measures/v1\nof: customers\nmeasures: {customers: {expression: count(*)}}\n"
        let run = try await TestProject(files).run()
        let names = files.keys.filter { $0.hasPrefix("segments/") }
        #expect(run.segmentations.count == names.count)
        for result in run.segmentations {
            #expect(result.segments.map(\.size).reduce(0, +) == 22, "\(result.name)")
        }
        #expect(
            try await run.rows("customers", by: "offer") == [
                "Private banking 6", "Growing 8", "To be called 5", "No offer 3",
            ])
        #expect(
            try await run.rows("customers", by: "wealth") == [
                "Core 11", "Comfortable 7", "Wealthy 4",
            ])
        let recency = try await run.rows("customers", by: "recency")
        #expect(recency.last == "No r 1")
    }
}
