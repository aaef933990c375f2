import Columns
import DemoBank
import Foundation
import Testing

@Suite("What was planted in the demo bank is there, and the truth file says how often")
struct BankTruthTests {
    private let bank = BankFolder.usual
    private var truth: BankTruthFile { bank.truth }

    private func count(_ name: String, where condition: ([String: Substring]) -> Bool) -> Int {
        bank.rows(name).count { condition($0) }
    }

    @Test("rows and bytes of each file")
    func files() {
        #expect(truth.files.count == 6)
        for file in truth.files {
            #expect(bank.lines(file.name).count - 1 == file.rows, "\(file.name)")
            #expect(bank.bytes(file.name).count == file.bytes, "\(file.name)")
        }
    }

    @Test("segments have their planted sizes at first, from 3 to 35 %, as counted by the truth")
    func segments() {
        let planted = bank.rows("customers.truth.csv")
        #expect(truth.segments.map(\.name) == PlantedSegments.names)
        #expect(abs(truth.segments.reduce(0) { $0 + $1.planted } - 1) < 1e-12)
        for segment in truth.segments {
            #expect((0.03...0.35).contains(segment.planted))
            let now = planted.filter { $0["segment"] == segment.name[...] }
            #expect(now.count == segment.customers)
            #expect(now.count { $0["left_on"] == "" } == segment.stillThere)
            let first = planted.count { $0["segment_before"] == segment.name[...] }
            #expect(first == segment.customersAtFirst)
            let share = Double(first) / 3000
            let deviation = (segment.planted * (1 - segment.planted) / 3000).squareRoot()
            #expect(abs(share - segment.planted) < 4 * deviation, "\(segment.name) \(share)")
        }
    }

    @Test("movers are those of the truth, from segment to segment")
    func movers() {
        let moved = bank.rows("customers.truth.csv").filter { $0["moved"] != "" }
        #expect(moved.count == truth.movers.customers)
        #expect(moved.allSatisfy { $0["segment"] != $0["segment_before"] })
        #expect(moved.allSatisfy { ("2024-01"..."2024-12").contains($0["moved"] ?? "") })
        #expect(
            moved.count { ($0["moved"] ?? "") >= "2024-07" } == truth.movers.inTheLastSixMonths)
        for move in truth.movers.moves {
            let found = moved.count {
                $0["segment_before"] == move.from[...] && $0["segment"] == move.to[...]
            }
            #expect(found == move.customers, "\(move)")
        }
        #expect(truth.movers.moves.reduce(0) { $0 + $1.customers } == truth.movers.customers)
        // Twelve months with 4 in 1,000 each, but for the few who left before.
        #expect((100...185).contains(truth.movers.customers), "\(truth.movers.customers)")
    }

    /// A mover's spending in the last three months is nearer to that of its new segment.
    @Test("movers behave like their new segment afterwards, and like the old one before")
    func behaviour() {
        let planted = Dictionary(
            bank.rows("customers.truth.csv").map { ($0["customer_id"] ?? "", $0) },
            uniquingKeysWith: { first, _ in first })
        var online: [Bool: (bought: Int, digital: Int)] = [:]
        for row in bank.rows("transactions.csv") where row["kind"] == "purchase" {
            guard let customer = planted[row["customer_id"] ?? ""], let moved = customer["moved"],
                moved != "", customer["segment_before"] != "Digital natives",
                customer["segment"] == "Digital natives"
            else { continue }
            let isAfter = (row["date"] ?? "").prefix(7) >= moved
            online[isAfter, default: (0, 0)].bought += 1
            if ["online", "app"].contains(row["channel"]?.lowercased()) {
                online[isAfter, default: (0, 0)].digital += 1
            }
        }
        func share(_ isAfter: Bool) -> Double {
            let counts = online[isAfter] ?? (0, 0)
            return Double(counts.digital) / Double(counts.bought)
        }
        #expect(share(false) < 0.5, "\(share(false))")
        #expect(share(true) > 0.7, "\(share(true))")
    }

    @Test("effects are differences in the files, and non-effects are none")
    func effects() throws {
        for effect in truth.effects {
            let (inside, outside) = (effect.in, effect.out)
            #expect(inside.customers + outside.customers == 3000)
            #expect(inside.rate > 1.3 * outside.rate, "\(effect.of) among \(effect.among)")
        }
        for effect in truth.nonEffects {
            #expect(effect.in.planted == effect.out.planted)
            let rate = effect.in.planted ?? .nan
            for side in [effect.in, effect.out] {
                let deviation = (rate * (1 - rate) / Double(side.customers)).squareRoot()
                #expect(abs(side.rate - rate) < 3.5 * deviation, "\(effect.of): \(side.rate)")
            }
        }
        let customers = bank.rows("customers.csv")
        var seen: Set<Substring> = []
        let firsts = customers.filter { seen.insert($0["customer_id"] ?? "").inserted }
        let contested = try #require(truth.effects.first { $0.of == "left_on" })
        let there = firsts.filter { $0["state"] == "Dunreach" }
        #expect(there.count == contested.in.customers)
        #expect(there.count { $0["left_on"] != "" } == contested.in.found)
        #expect(firsts.count { $0["left_on"] != "" } == truth.left)
        #expect(
            count("customers.truth.csv") { $0["defaulted"] != "" } == truth.defaulted)
        let consent = try #require(truth.effects.first { $0.of.hasPrefix("marketing") })
        #expect(
            firsts.count { $0["marketing_consent"] == "yes" }
                == consent.in.found + consent.out.found)
    }

    @Test("dirt is as often as the truth says")
    func dirt() {
        let customers = bank.rows("customers.csv")
        var seen: Set<Substring> = []
        let firsts = customers.filter { seen.insert($0["customer_id"] ?? "").inserted }
        #expect(customers.count - firsts.count == truth.dirt["customers standing twice"])
        #expect(firsts.count { $0["occupation"] == "N/A" } == truth.dirt["occupation N/A"])
        #expect(firsts.count { $0["occupation"] == "" } == truth.dirt["occupation missing"])
        #expect(firsts.count { $0["income"] == "" } == truth.dirt["income missing"])
        #expect(firsts.count { $0["postcode"] == "" } == truth.dirt["postcode missing"])
        #expect(
            firsts.count { $0["gender"] != "F" && $0["gender"] != "M" }
                == truth.dirt["gender spelled otherwise"])
        let impossible: Set<Substring> = ["0000-00-00", "1985-02-30", "1843-12-21", "2067-05-01"]
        #expect(
            firsts.count { impossible.contains($0["birth_date"] ?? "") }
                == truth.dirt["birth date impossible"])
        let transactions = bank.rows("transactions.csv")
        let numbers = Set(transactions.compactMap { $0["transaction_id"] })
        #expect(transactions.count - numbers.count == truth.dirt["transactions standing twice"])
        #expect(
            transactions.count { ($0["date"] ?? "").hasSuffix("-02-30") }
                == truth.dirt["transactions with an impossible date"])
        #expect(
            transactions.count { $0["kind"] == "purchase" && $0["category"] == "" }
                == truth.dirt["purchases without a category"])
        #expect(truth.dirt.values.allSatisfy { $0 > 0 })
    }

    @Test("December is the busiest month, and who had a child buys for it")
    func seasons() {
        var months: [Substring: Int] = [:]
        let parents = Dictionary(
            bank.rows("customers.truth.csv").filter { $0["life_event"] == "had a child" }
                .map { ($0["customer_id"] ?? "", $0["life_event_month"] ?? "") },
            uniquingKeysWith: { first, _ in first })
        var after = (all: 0, children: 0)
        var before = (all: 0, children: 0)
        for row in bank.rows("transactions.csv") where row["kind"] == "purchase" {
            let month = (row["date"] ?? "").prefix(7)
            months[month, default: 0] += 1
            guard let event = parents[row["customer_id"] ?? ""] else { continue }
            let isForChildren = row["category"] == "Children" ? 1 : 0
            if month >= event {
                after = (after.all + 1, after.children + isForChildren)
            } else {
                before = (before.all + 1, before.children + isForChildren)
            }
        }
        let year = months.filter { $0.key.hasPrefix("2024") }
        #expect(year.max { $0.value < $1.value }?.key == "2024-12")
        #expect(parents.count == truth.lifeEvents["had a child"])
        let shares = [after, before].map { Double($0.children) / Double($0.all) }
        #expect(shares[0] > 2.5 * shares[1], "\(shares)")
    }
}
