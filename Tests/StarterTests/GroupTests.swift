import Columns
import Foundation
import Pipeline
import Reporting
import Runs
import Starter
import TestProjects
import Testing

@Suite("Groups: their names, what they are compared by, and the run that follows")
struct GroupTests {
    /// Three kinds of customers in columns with long names.
    static let long: String = {
        var draws = Draws(21)
        let header =
            "customer_id,total_oneoff_purchases_amount,purchases_installments_amount,"
            + "purchases_transactions_count,average_monthly_cash_advance_balance,"
            + "number_of_branch_visits_last_12_months,credit_limit,tenure_months"
        let rows = (0..<400).map { row -> String in
            let kind = row % 4 == 0 ? 9 : row % 4 == 1 ? 3 : 1
            let amounts = (0..<2).map { _ in "\(kind * (500 + draws.below(400))).50" }
            return "\(row + 1)," + amounts.joined(separator: ",") + ",\(kind + draws.below(4)),"
                + "\((10 - kind) * (300 + draws.below(200))).25,\(draws.below(12)),"
                + "\(1000 * (1 + draws.below(9))).00,\(6 + draws.below(60))"
        }
        return ([header] + rows).joined(separator: "\n")
    }()

    @Test("names are short, different, and of what the file calls its columns")
    func names() async throws {
        let drafted = try await Drafted(["long.csv": Self.long])
        let groups = try #require(drafted.project.groups)
        #expect(Set(groups.names).count == groups.k)
        for name in groups.names {
            #expect(name.count <= 30, "\(name)")
            #expect(name.first?.isUppercase == true, "\(name)")
            #expect(!name.contains("…"), "\(name)")
        }
    }

    @Test("a column of one endless word doesn't make an endless name")
    func endless() async throws {
        var draws = Draws(22)
        let word = String(repeating: "donaudampfschifffahrt", count: 3)
        let rows = (0..<200).map { row in
            let (one, other) = (row % 2 == 0 ? 8 : 1, row % 3 == 0 ? 8 : 1)
            return "\(row + 1),\(one * (100 + draws.below(90))).5,"
                + "\(other * (50 + draws.below(40))).5"
        }
        let drafted = try await Drafted([
            "endless.csv": (["id,\(word)_betrag,\(word)_saldo"] + rows).joined(separator: "\n")
        ])
        let groups = try #require(drafted.project.groups)
        #expect(groups.names.allSatisfy { $0.count <= 30 })
        #expect(Set(groups.names).count == groups.k)
        try await drafted.run()
    }

    @Test(
        "limits and tenures are held back, with the reason, and nothing that formed groups is tested"
    )
    func heldBack() async throws {
        let drafted = try await Drafted(["long.csv": Self.long])
        let held = drafted.project.heldBack.map(\.column)
        #expect(held.contains("credit_limit"))
        #expect(held.contains("tenure_months"))
        #expect(Set(held).isDisjoint(with: drafted.project.features.map(\.source)))
        let segment = try drafted.text("segments/groups.yaml")
        #expect(segment.contains("# Held back from the features"))
        for (column, reason) in drafted.project.heldBack {
            #expect(segment.contains("#   \(column): \(reason)"))
        }
        #expect(try !drafted.stated("segments/groups.yaml").contains("credit_limit"))
        let page = try drafted.stated("pages/overview.yaml")
        let line = try #require(page.split(separator: "\n").first { $0.contains("differences:") })
        for column in held { #expect(line.contains(column)) }
    }

    @Test("a run takes over what was worked out for the draft, and comes to the same")
    func shared() async throws {
        let drafted = try await Drafted(["long.csv": Self.long])
        let alone = try await drafted.run()
        let folder = drafted.folder.deletingLastPathComponent().appending(
            path: "shared", directoryHint: .isDirectory)
        let state = StateFolder(folder.appending(path: ".aurora"))
        let file = drafted.folder.deletingLastPathComponent().appending(path: "long.csv")
        let provider = try TestProject.provider(threads: 2)
        let project = try await Starter(provider, threads: 2).write(
            [file], to: folder, remembering: state)
        #expect(!project.files.contains { $0.contains(".aurora") })
        var diagnostics: [Diagnostic] = []
        let read = try Project.read(folder, &diagnostics)
        let stages = Stages()
        let together = try await Pipeline(
            read, data: Pipeline.dataFolder(of: read, in: folder, stated: nil),
            provider: provider, threads: 2
        ).publish(in: state, fits: project.fits) { stages.add($0.stage) }
        #expect(together.outputs == alone.outputs)
        #expect(!stages.all.contains { $0.hasPrefix("Reading") || $0.hasPrefix("Segmenting") })
        #expect(state.history.count == 1)
    }
}

/// The stages of a run as they come, from any thread.
private final class Stages: @unchecked Sendable {
    private let lock = NSLock()
    private var stages: [String] = []

    func add(_ stage: String) { lock.withLock { stages.append(stage) } }

    var all: [String] { lock.withLock { stages } }
}
