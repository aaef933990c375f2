import ArgumentParser
import Columns
import Foundation
import Pipeline
import Runs

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a project from its raw files and publish the result.",
        discussion: """
            Prepares the data, forms the segments, and publishes tables and figures at once or not at
            all. Open pages move to the new run by themselves. Ctrl-C stops it and leaves the
            published run as it was.

              aurora run
              aurora run Examples/credit-card --data ~/data --state /tmp/state
            """)

    @OptionGroup var project: ProjectOptions
    @OptionGroup var sources: SourceOptions

    @Flag(help: "Work out everything anew; otherwise what nothing has changed is taken over.")
    var fresh = false

    @Flag(help: "Tell nothing of what was done.")
    var quiet = false

    func run() async throws {
        try await Execution.run(json: project.json) { [self] in try await work() }
    }

    /// What it does, for a command that does more besides.
    ///
    /// - Parameter fits: by segmentation, what was worked out before and is still true.
    func work(fits: [String: KnownFit] = [:]) async throws {
        let (pipeline, diagnostics) = try sources.read(project)
        let line = ProgressLine()
        defer { line.end() }
        let record = try await pipeline.publish(
            in: project.stateFolder, diagnostics, reusing: !fresh, fits: fits
        ) {
            line.show($0)
        }
        line.end()
        if quiet { return }
        Terminal.print(
            project.json ? Describe.run(record).text(indented: true) : Describe.text(record))
    }
}
