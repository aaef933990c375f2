import Columns
import Query

extension Claim {
    private static let verdicts = [
        "holds": "Holds", "tie": "A tie", "does_not_hold": "Does not hold",
        "no_difference": "No difference", "not_told": "Can't be told",
    ]
    private static let standings = [
        "ahead": "Behind the claimed value", "tie": "Tie", "behind": "Ahead of the claimed value",
    ]
    private static let groupStandings = [
        "ahead": "Leads", "tie": "Tie", "behind": "Does not lead",
    ]

    /// The claim and its verdict, with the figures and how each stands against the claimed one.
    func sheet(_ source: SheetSource) -> FigureSheet.Content {
        let data = source.data
        var content = source.plain()
        content.isOfWords = true
        content.words = [
            ("Claim", .text(options["says"]?.textValue ?? "")), ("Verdict", .text(verdict(source))),
            ("Why", .text(source.words(data["words"]))),
        ]
        let details = (data["details"]?.elements ?? []).map { source.words($0) }
        if !details.isEmpty {
            content.words.append(("Details", .text(details.joined(separator: " "))))
        }
        let tests = data["tests"]?.elements ?? []
        guard form != "differs", !tests.isEmpty else {
            if let relation = data["relation"] {
                content.words += [
                    ("p", .figure(relation["p"]?.numberValue, .decimal(3))),
                    ("Cramér's V", .figure(relation["cramers_v"]?.numberValue, .decimal(2))),
                ]
            }
            return content
        }
        let isByGroup = form == "dominates"
        content.columns += ["p, corrected"] + (isByGroup ? [] : ["Effect (sd)"])
        content.columns.append(isByGroup ? "In this group" : "Stands")
        let standings = isByGroup ? Self.groupStandings : Self.standings
        for (place, row) in source.rows.enumerated() {
            let test = tests.first { $0["value"] == row[0] }
            let effect = test?["effect"]?.numberValue.map(abs)
            let isClaimed = !isByGroup && source.text(source.name(row[0])) == claimed
            let standing = test?["standing"]?.textValue.flatMap { standings[$0] }
            content.rows[place].append(.figure(test?["p"]?.numberValue, .decimal(3)))
            if !isByGroup { content.rows[place].append(.figure(effect, .decimal(2))) }
            let words = isClaimed ? "Claimed" : standing
            content.rows[place].append(words.map { .text($0) } ?? .empty)
        }
        return content
    }

    private var form: String { options["form"]?.textValue ?? "" }
    private var claimed: String? { options["claimed"]?.textValue }

    /// "A tie with 26-35", as the card has it.
    private func verdict(_ source: SheetSource) -> String {
        let verdict = source.data["verdict"]?.textValue ?? ""
        let words = Self.verdicts[verdict] ?? verdict
        let with = source.data["with"]?.elements ?? []
        guard verdict == "tie", source.dimensions.count == 1 else { return words }
        let partners = source.rows.map { $0[0] }.filter(with.contains)
            .map { source.text(source.name($0, of: source.dimensions[0])) }
        return partners.isEmpty ? words : "\(words) with \(partners.joined(separator: ", "))"
    }
}
