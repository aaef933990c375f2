import Kernels

/// Which rows a replicate is formed from.
package enum Resampling: String, Sendable, Equatable, Codable, CaseIterable {
    /// As many rows as there are, drawn with replacement: about 63 % of them, some repeatedly.
    case bootstrap
    /// Half of the rows, each once: no row weighs more than another.
    case half

    /// - Parameters:
    ///   - count: rows there are, at least 1.
    ///   - seed: of all replicates together.
    /// - Returns: ascending; a row drawn twice stands twice.
    ///
    /// Complexity: O(rows) for the bootstrap, O(rows · log rows) for halves.
    package func rows(of count: Int, replicate: Int, seed: UInt64) -> [Int] {
        let random = RandomNumbers(seed: seed, restart: replicate)
        switch self {
        case .half:
            return random.sample(max(1, count / 2), below: count)
        case .bootstrap:
            var times = [Int32](repeating: 0, count: count)
            for draw in 0..<count { times[random.integer(draw, below: count)] += 1 }
            var rows = [Int]()
            rows.reserveCapacity(count)
            for row in 0..<count {
                for _ in 0..<times[row] { rows.append(row) }
            }
            return rows
        }
    }
}
