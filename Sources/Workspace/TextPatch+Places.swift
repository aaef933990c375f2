package import Columns
import Yams

extension TextPatch {
    /// Another text in the place of one that a project file was read from.
    package struct Replacement: Sendable, Hashable {
        package var place: Diagnostic.Place
        package var new: String

        package init(_ place: Diagnostic.Place, _ new: String) {
            self.place = place
            self.new = new
        }

        fileprivate func isAbout(_ scalar: Node.Scalar) -> Bool {
            guard let mark = scalar.mark, mark.line == place.line else { return false }
            // A place is where a text begins, behind its quotation mark.
            let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
            return mark.column + (isQuoted ? 1 : 0) == place.column
        }
    }

    /// Sets texts by their places, all of them or none.
    ///
    /// - Throws: `unpatchable`, with the line of the first text that can't be changed.
    /// - Complexity: O(*n* · *r*) in the length of the text and the number of replacements.
    package static func replacing(
        _ replacements: [Replacement], in text: String, file: String
    ) throws(AuroraError) -> String {
        let old = try root(of: text, file)
        var ranges: [(range: Range<String.Index>, new: String)] = []
        for replacement in Set(replacements) {
            guard let scalar = old.scalar(where: replacement.isAbout),
                let range = extent(of: scalar, in: text)
            else {
                throw refusal(
                    file, replacement.place.line,
                    "the text that becomes '\(replacement.new)' is written in a way of its own")
            }
            ranges.append((range, written(replacement.new)))
        }
        var patched = text
        // From the end, so that the places before it stay what they are.
        for (range, new) in ranges.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            patched = patched.replacing(range, with: new)
        }
        let expected = old.mapScalars { scalar in
            replacements.first { $0.isAbout(scalar) }.map { Node($0.new, Tag(.str)) }
        }
        return try checked(patched, against: expected, file)
    }
}

extension Node {
    fileprivate func scalar(where isWanted: (Node.Scalar) -> Bool) -> Node.Scalar? {
        switch self {
        case .scalar(let scalar): return isWanted(scalar) ? scalar : nil
        case .sequence(let items):
            for item in items {
                if let found = item.scalar(where: isWanted) { return found }
            }
        case .mapping(let pairs):
            for pair in pairs {
                if let found = pair.value.scalar(where: isWanted) { return found }
            }
        case .alias: break
        }
        return nil
    }

    /// The same with other values; keys stay.
    fileprivate func mapScalars(_ transform: (Node.Scalar) -> Node?) -> Node {
        switch self {
        case .scalar(let scalar): transform(scalar) ?? self
        case .sequence(let items): .sequence(.init(items.map { $0.mapScalars(transform) }))
        case .mapping(let pairs): Node(pairs.map { ($0.key, $0.value.mapScalars(transform)) })
        case .alias: self
        }
    }
}
