import ArgumentParser
import Columns
import Engine
import Foundation
import Query
import Reporting

struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute figures of the published run.",
        discussion: """
              aurora query --measures customers,avg_balance
              aurora query --measures avg_tenure --by published,purchase_style --json
              aurora query --measures customers --where "published = 'Active Retailers'"
              aurora query --measures expected_value --by wealth_segment --set uplift=0.1
            """)

    @OptionGroup var project: ProjectOptions

    @Option(help: "The figures, separated by commas.")
    var measures: String

    @Option(help: "The dimensions they are broken down by, separated by commas.")
    var by: String?

    @Option(
        name: .customLong("where"), parsing: .singleValue,
        help: "A condition on dimensions, texts in single quotes; several all hold.")
    var conditions: [String] = []

    @OptionGroup var parameters: ParameterOptions

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in
            let provider = try Engines.provider(
                threads: ProcessInfo.processInfo.activeProcessorCount)
            let run = try await project.publishedRun(provider)
                .setting(parameters.values())
            var filter = FilterContext()
            for condition in conditions {
                filter.conditions.append(try await run.gate.condition(condition))
            }
            let query = FigureQuery(
                measures: Self.names(measures), by: by.map(Self.names) ?? [], filter: filter)
            let table = try await run.gate.answer(query, for: .local)
            if project.json {
                Terminal.print(table.json.text(indented: true))
            } else {
                Terminal.print(Terminal.table(table.columns, table.rows))
                let used = table.rowsUsed.map(String.init) ?? "a number that is not shown"
                Terminal.tell("computed on \(used) of \(table.rowsTotal) rows")
            }
        }
    }

    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
