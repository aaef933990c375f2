import Columns
import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import Runs
import ServiceLifecycle

/// `/api/v1/events`: tells open pages how far a run is, when it is published, and when
/// the project's pages or measures have changed.
struct EventRoutes {
    private let runs: PublishedRuns
    private let state: StateFolder

    init(_ runs: PublishedRuns, _ state: StateFolder) {
        self.runs = runs
        self.state = state
    }

    func addRoutes(to router: Router<RequestContext>) {
        router.get("/api/v1/events") { [self] _, context in
            _ = try context.signedIn
            return Response(
                status: .ok,
                headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: .init { writer in
                    try await write(to: &writer)
                    try await writer.finish(nil)
                })
        }
    }

    private func write(to writer: inout any ResponseBodyWriter) async throws {
        var watch = RunWatch(
            published: await runs.run?.record.id, edition: await runs.edition.number)
        var quietTicks = 0
        try await writer.write(ByteBuffer(string: ": open\n\n"))
        for await _ in AsyncTicks(every: .milliseconds(300)).cancelOnGracefulShutdown() {
            let events = watch.events(
                published: await runs.run?.record.id, edition: await runs.edition.number,
                stage: state.stageUnderWay(), failure: state.lastFailure())
            quietTicks = events.isEmpty ? quietTicks + 1 : 0
            var text = events.map { "event: \($0.name)\ndata: \($0.data.text())\n\n" }.joined()
            // Proxies close connections on which nothing moves.
            if quietTicks == 50 {
                text = ": quiet\n\n"
                quietTicks = 0
            }
            if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
        }
    }
}

/// Finds out what has changed since the last look.
struct RunWatch {
    private var published: String?
    private var edition: Int
    private var stage: RunStage?
    private var failure: RunFailure?
    private var isFirst = true

    init(published: String?, edition: Int) {
        self.published = published
        self.edition = edition
    }

    mutating func events(
        published: String?, edition: Int, stage: RunStage?, failure: RunFailure?
    ) -> [(name: String, data: JSON)] {
        defer {
            self.published = published
            self.edition = edition
            self.stage = stage
            self.failure = failure
            isFirst = false
        }
        var events: [(name: String, data: JSON)] = []
        if let stage, stage != self.stage {
            events.append(
                (
                    "progress",
                    .object([
                        "run": .string(stage.run), "stage": .string(stage.stage),
                        "fraction": JSON(stage.fraction), "detail": JSON(stage.detail),
                    ])
                ))
        }
        if let published, published != self.published {
            events.append(("published", .object(["run": .string(published)])))
        }
        if edition != self.edition {
            events.append(("edited", .object(["edition": JSON(edition)])))
        }
        if let failure, failure != self.failure, !isFirst {
            events.append(
                (
                    "failed",
                    .object([
                        "run": .string(failure.run), "code": .string(failure.code),
                        "message": .string(failure.message),
                    ])
                ))
        }
        if stage == nil, self.stage != nil { events.append(("idle", .object([:]))) }
        return events
    }
}
