import Columns
import Foundation

/// Bins of a round width (1, 2 or 5 times a power of ten) that cover a range.
package struct BinScale: Sendable {
    /// The width is `step` · 10^`exponent`; edges are whole multiples of it.
    private let step: Double
    private let exponent: Int
    private let first: Double
    package let count: Int

    /// - Parameter isWhole: whether the values are whole numbers, which need no finer bins than 1.
    package init(from lowest: Double, to highest: Double, atMost limit: Int, isWhole: Bool) {
        let least = highest > lowest ? (highest - lowest) / Double(max(limit, 1)) : 1
        let power = Int(log10(least).rounded(.down))
        let exponents = Array(power - 1...power + 2)
        let candidates = exponents.flatMap { exponent in
            [1.0, 2, 5].map { step -> (step: Double, exponent: Int) in (step, exponent) }
        }
        func place(_ value: Double, _ step: Double, _ exponent: Int) -> Double {
            let place = (value / Self.scaled(step, exponent)).rounded(.down)
            // The division may round a value just below an edge up to it.
            return Self.scaled(place * step, exponent) > value ? place - 1 : place
        }
        let chosen = candidates.first {
            (!isWhole || $0.exponent >= 0)
                && place(highest, $0.step, $0.exponent) - place(lowest, $0.step, $0.exponent)
                    < Double(max(limit, 1))
        }
        (step, exponent) = chosen ?? (1, power + 3)
        first = place(lowest, step, exponent)
        count = Int(place(highest, step, exponent) - first) + 1
    }

    /// The edge before the bin at `position`, as the number nearest to its decimal form.
    package func edge(_ position: Int) -> Double {
        Self.scaled((first + Double(position)) * step, exponent)
    }

    /// SQL for the bin of a value, by comparing it with the edges themselves, so that a selection
    /// between two edges keeps exactly the rows of their bin.
    package func position(of value: String, _ dialect: any Dialect) -> String {
        let branches = (1..<max(count, 1)).map { position in
            "WHEN \(value) < \(dialect.literal(.double(edge(position)))) THEN \(position - 1)"
        }
        return "CASE WHEN \(value) IS NULL THEN NULL \(branches.joined(separator: " ")) "
            + "ELSE \(count - 1) END"
    }

    private static func scaled(_ value: Double, _ exponent: Int) -> Double {
        // Dividing by an exact power of ten rounds once; multiplying by 0.1 rounds twice.
        exponent < 0 ? value / pow(10, Double(-exponent)) : value * pow(10, Double(exponent))
    }
}
