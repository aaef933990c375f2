import Columns
import Foundation
import HTTPTypes
import Reporting

/// What a reader asks of a page: the body of a data request, as docs/http-api.md describes it, and
/// what a page's address holds.
struct PageRequest {
    var selections: [PageSelection]
    /// How far down visuals are.
    var drills: PageDrills
    /// What is not as it usually is.
    var parameters: [String: Double]

    /// Reads the body of a request.
    ///
    /// - Throws: a problem that says what is wrong with it.
    init(_ body: Data) throws {
        do {
            let asked = try JSONDecoder().decode(DataRequest.self, from: body)
            selections = try asked.selections.map { try $0.selection() }
            drills = try (asked.drill ?? [:]).mapValues {
                try $0.map { try $0.selection().selection }
            }
            parameters = asked.parameters ?? [:]
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(
                .badRequest, "bad_request", "The body does not say what is selected",
                detail: "{\"selections\": [{\"source\", \"dimension\", \"values\" or \"range\"}], "
                    + "\"drill\": {VISUAL: [selection…]}, \"parameters\": {NAME: NUMBER}}")
        }
    }

    /// Whether it is the page as everybody finds it.
    var isEmpty: Bool { selections.isEmpty && drills.isEmpty && parameters.isEmpty }

    /// The same body again.
    var json: JSON { .object(members) }

    private var members: [JSON.Member] {
        let ways = drills.sorted { $0.key < $1.key }.map { visual, path in
            JSON.Member(
                name: visual,
                value: .array(path.map { PageSelection(source: visual, $0).json }))
        }
        let numbers = parameters.sorted { $0.key < $1.key }.map { name, value in
            JSON.Member(name: name, value: JSON(value))
        }
        return [
            .init(name: "selections", value: .array(selections.map(\.json))),
            .init(name: "drill", value: .object(ways)),
            .init(name: "parameters", value: .object(numbers)),
        ]
    }

    /// What a link's state holds for a reader, and how many of its selections are not for them.
    func json(leftOut: Int) -> JSON {
        .object(members + [.init(name: "left_out", value: JSON(leftOut))])
    }
}

extension BranchRequest {
    /// Reads the body of a request for a part of a hierarchy.
    ///
    /// - Throws: a problem that says what is wrong with it.
    static func parse(
        _ body: Data
    ) throws -> (request: BranchRequest, parameters: [String: Double]) {
        struct Body: Decodable {
            var path: [DataRequest.Choice]?
            var search: String?
            var selections: [DataRequest.Entry]
            var parameters: [String: Double]?
        }
        do {
            let body = try JSONDecoder().decode(Body.self, from: body)
            let request = BranchRequest(
                path: (body.path ?? []).map(\.value), search: body.search,
                selections: try body.selections.map { try $0.selection() })
            return (request, body.parameters ?? [:])
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(
                .badRequest, "bad_request", "The body does not say which branches",
                detail: "{\"path\": [VALUE], \"search\": TEXT, \"selections\": [SELECTION]}")
        }
    }
}
