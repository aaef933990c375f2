import Foundation

/// Names that Excel accepts for the sheets of a workbook: at most 31 characters, none of them
/// `[ ] : * ? / \`, no apostrophe at an end, and no two that differ in case only.
package struct SheetNames: Sendable {
    private static let most = 31
    private static let refused: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]
    private var taken: Set<String> = ["history"]

    package init() {}

    /// The nearest free name to what is wanted.
    package mutating func name(for wanted: String) -> String {
        let plain = String(
            wanted.map { character in
                let isControl = character.unicodeScalars.contains {
                    $0.properties.generalCategory == .control
                }
                return Self.refused.contains(character) || isControl ? " " : character
            })
        let words = plain.split(separator: " ").joined(separator: " ")
        let base = Self.trimmed(Self.cut(words, to: Self.most))
        var name = base.isEmpty ? "Sheet" : base
        var number = 2
        while !taken.insert(name.lowercased()).inserted {
            let tail = " (\(number))"
            name = Self.cut(base.isEmpty ? "Sheet" : base, to: Self.most - tail.count) + tail
            number += 1
        }
        return name
    }

    /// Excel counts UTF-16 units.
    private static func cut(_ text: String, to most: Int) -> String {
        var result = ""
        for character in text {
            guard result.utf16.count + character.utf16.count <= most else { break }
            result.append(character)
        }
        return result
    }

    private static func trimmed(_ text: String) -> String {
        text.trimmingCharacters(in: CharacterSet(charactersIn: "' "))
    }
}
