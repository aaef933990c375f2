import ArgumentParser
import Pipeline

@main
struct Aurora: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aurora",
        abstract: "Raw customer files in, segments you can defend out. On your machine.",
        discussion: """
            A project is a folder of text: sources, models, measures, segments, pages.

              aurora demo                                  an invented bank, from its files to its pages
              aurora open ~/data/customers.csv             from a file to its pages
              aurora inspect ~/data/customers.csv          what stands in a file?
              aurora check Examples/credit-card --data DIR   is everything right?
              aurora run   Examples/credit-card --data DIR   from raw files to a published run
              aurora serve Examples/credit-card              its pages in a browser
              aurora query Examples/credit-card --measures customers --by published
              aurora segment Examples/credit-card --name value   another segmentation of its customers
            """,
        version: Version.current,
        subcommands: [
            Open.self, Init.self, Demo.self, Inspect.self, Check.self, Run.self, Serve.self,
            Show.self, Segment.self, Query.self, Export.self, Report.self, Score.self, Verify.self,
            New.self, Generate.self, Schema.self,
            Doctor.self,
        ])
}
