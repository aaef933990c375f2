import Columns

extension KPrototypes.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case levels, gamma, centroids, sizes, cost, iterations, converged, restart, notices, labels
        case categoryShare = "category_share"
        case restartCosts = "restart_costs"
        case tieOrder = "tie_order"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(levels, forKey: .levels)
        try values.encode(gamma, forKey: .gamma)
        try values.encode(StoredMatrix(centroids), forKey: .centroids)
        try values.encode(tieOrder, forKey: .tieOrder)
        try values.encode(sizes, forKey: .sizes)
        try values.encode(cost, forKey: .cost)
        try values.encode(categoryShare, forKey: .categoryShare)
        try values.encode(iterations, forKey: .iterations)
        try values.encode(converged, forKey: .converged)
        try values.encode(restart, forKey: .restart)
        try values.encode(restartCosts, forKey: .restartCosts)
        try values.encode(notices.map { StoredNotice($0) }, forKey: .notices)
        try values.encode(labels, forKey: .labels)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func value<Value: Decodable>(_ key: CodingKeys) throws -> Value {
            try values.decode(Value.self, forKey: key)
        }
        let (levels, sizes, order): ([Int], [Int], [Int]) = try (
            value(.levels), value(.sizes), value(.tieOrder)
        )
        let (stored, labels): (StoredMatrix, [Int32]) = try (value(.centroids), value(.labels))
        let notices: [StoredNotice] = try value(.notices)
        self.init(
            centroids: try stored.matrix(
                rows: sizes.count, columns: levels.count, for: CodingKeys.centroids,
                path: decoder.codingPath),
            labels: labels, sizes: sizes, layout: MixedLayout(levels: levels),
            gamma: try value(.gamma), cost: try value(.cost),
            categoryShare: try value(.categoryShare), iterations: try value(.iterations),
            converged: try value(.converged), restart: try value(.restart),
            restartCosts: try value(.restartCosts), tieOrder: order,
            notices: notices.map(\.notice))
        let groups = sizes.indices
        guard order.sorted() == Array(groups), labels.allSatisfy({ groups.contains(Int($0)) }),
            (try? layout.requireCodes(centroids)) != nil
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "tie_order and labels must name the \(sizes.count) groups, "
                        + "and centroids hold codes"))
        }
    }
}
