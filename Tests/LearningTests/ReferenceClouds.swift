import Columns
import Foundation

/// A million rows in six overlapping groups that Scripts/reference-clustering makes too, to the
/// bit, and what scikit-learn found in them.
struct ReferenceClouds {
    struct Fit: Decodable {
        let rows: Int
        let start: [[Double]]
        let sizes: [Int]
        let inertia: Double
        let centroids: [[Double]]
    }

    struct Labels: Decodable {
        let labelOfPlanted: [Int32]
        /// Each row whose label is another than that of its planted group: its distance from the
        /// one before.
        let otherRows: [Int]
        let otherLabels: String
        let firstRow: [Double]
        let sums: [Double]
    }

    struct Golden: Decodable { let labels: [Int32] }

    private struct File: Decodable {
        let clouds: Both<Labels>
        let golden: Both<Golden>
    }

    struct Both<Part: Decodable>: Decodable {
        let fit: Fit
        let part: Part

        init(from decoder: any Decoder) throws {
            fit = try Fit(from: decoder)
            part = try Part(from: decoder)
        }
    }

    let clouds: Both<Labels>
    let golden: Both<Golden>

    init() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "References/kmeans.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = try decoder.decode(File.self, from: Data(contentsOf: url))
        (clouds, golden) = (file.clouds, file.golden)
    }

    /// The labels of all rows, as scikit-learn gave them.
    var labels: [Int32] {
        let group = clouds.part.labelOfPlanted
        var labels = (0..<clouds.fit.rows).map { group[Self.planted($0)] }
        var row = 0
        for (step, label) in zip(clouds.part.otherRows, clouds.part.otherLabels) {
            row += step
            labels[row] = Int32(label.wholeNumberValue ?? -1)
        }
        return labels
    }

    /// SplitMix64's finaliser of the golden ratio's multiples.
    private static func mixed(_ number: Int) -> UInt64 {
        var z = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private static func planted(_ row: Int) -> Int { Int(mixed(row + 1) % 6) }

    /// Halves and multiples of 2⁻²⁰ · 1.75: every number is exact on both sides.
    static func matrix(rows: Int) -> Matrix {
        var matrix = Matrix(rows: rows, columns: 10)
        let field = UInt64(1 << 20 - 1)
        for row in 0..<rows {
            let group = planted(row)
            for column in 0..<10 {
                let centre = Double(mixed(group * 10 + column + 1 << 40) % 9) / 2
                let bits = mixed(row * 10 + column + 1 << 41)
                let noise = (bits & field) + (bits >> 20 & field) + (bits >> 40 & field)
                matrix[row, column] = centre + Double(noise) * 1.75 / 0x1p20
            }
        }
        return matrix
    }
}
