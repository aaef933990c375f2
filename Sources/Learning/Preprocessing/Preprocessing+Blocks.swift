import Columns

extension Preprocessing {
    /// The columns with their blocks' factors.
    ///
    /// - Parameter covariance: of the columns as they are, divided by rows − 1; nil for one row.
    func weighted(
        _ columns: [DesignColumn], _ covariance: Matrix?, rows: Int
    ) throws(AuroraError) -> ([DesignColumn], [Model.Block]) {
        guard let blocks else { return (columns, []) }
        var names: [String] = []
        for feature in features where !feature.isCodes && !names.contains(feature.blockName) {
            names.append(feature.blockName)
        }
        var found: [Model.Block] = []
        for name in names {
            let members = columns.indices.filter {
                let feature = features[columns[$0].feature]
                return !feature.isCodes && feature.blockName == name
            }
            let own = Matrix(
                rows: members.count, columns: members.count,
                storage: members.flatMap { a in
                    members.map { b in
                        (covariance?[a, b] ?? 0) * (Double(rows - 1) / Double(rows))
                    }
                })
            let variance =
                switch blocks.method {
                case .equalVariance: members.indices.reduce(0) { $0 + own[$1, $1] }
                case .mfa: members.isEmpty ? 0 : try SymmetricEigen(of: own).values[0]
                }
            let weight = blocks.weights[name] ?? 1
            found.append(
                Model.Block(
                    name: name, variance: variance,
                    // Nothing varies: no factor would make it count.
                    factor: variance > 0 ? weight / variance : weight))
        }
        let result = columns.map { column -> DesignColumn in
            let feature = features[column.feature]
            guard !feature.isCodes, let block = found.first(where: { $0.name == feature.blockName })
            else { return column }
            return column.multiplied(by: block.factor)
        }
        return (result, found)
    }

    /// `features_correlated` for each pair of features with columns of |r| > 0.9.
    func correlationNotices(_ columns: [DesignColumn], _ covariance: Matrix?) -> [Notice] {
        guard let covariance else { return [] }
        var strongest: [[Int]: (r: Double, a: Int, b: Int)] = [:]
        var pairs: [[Int]] = []
        for a in columns.indices where covariance[a, a] > 0 {
            for b in a + 1..<max(a + 1, columns.count) where covariance[b, b] > 0 {
                let pair = [columns[a].feature, columns[b].feature]
                if pair[0] == pair[1] || pair.contains(where: { features[$0].isCodes }) { continue }
                let r =
                    covariance[a, b]
                    / (covariance[a, a].squareRoot() * covariance[b, b].squareRoot())
                guard r.magnitude > 0.9 else { continue }
                if let known = strongest[pair], known.r.magnitude >= r.magnitude { continue }
                if strongest[pair] == nil { pairs.append(pair) }
                strongest[pair] = (r, a, b)
            }
        }
        return pairs.compactMap { strongest[$0] }.map { r, a, b in
            Notice(
                "features_correlated",
                "'\(columns[a].name)' and '\(columns[b].name)' go together (r = "
                    + "\((max(-1, min(1, r)) * 1000).rounded() / 1000)), so what they share counts "
                    + "twice")
        }
    }
}
