import Columns

extension KMeans.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case features, centroids, labels, sizes, inertia, iterations, converged, restart, notices
        case restartInertias = "restart_inertias"
        case restartRows = "restart_rows"
        case tieOrder = "tie_order"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(centroids.columns, forKey: .features)
        try values.encode(StoredMatrix(centroids), forKey: .centroids)
        try values.encode(tieOrder, forKey: .tieOrder)
        try values.encode(sizes, forKey: .sizes)
        try values.encode(inertia, forKey: .inertia)
        try values.encode(iterations, forKey: .iterations)
        try values.encode(converged, forKey: .converged)
        try values.encode(restart, forKey: .restart)
        try values.encode(restartInertias, forKey: .restartInertias)
        try values.encode(restartRows, forKey: .restartRows)
        try values.encode(notices.map { StoredNotice($0) }, forKey: .notices)
        try values.encode(labels, forKey: .labels)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        sizes = try values.decode([Int].self, forKey: .sizes)
        let features = try values.decode(Int.self, forKey: .features)
        centroids = try values.decode(StoredMatrix.self, forKey: .centroids).matrix(
            rows: sizes.count, columns: features, for: CodingKeys.centroids,
            path: decoder.codingPath)
        tieOrder = try values.decode([Int].self, forKey: .tieOrder)
        inertia = try values.decode(Double.self, forKey: .inertia)
        iterations = try values.decode(Int.self, forKey: .iterations)
        converged = try values.decode(Bool.self, forKey: .converged)
        restart = try values.decode(Int.self, forKey: .restart)
        restartInertias = try values.decode([Double].self, forKey: .restartInertias)
        restartRows = try values.decode(Int.self, forKey: .restartRows)
        notices = try values.decode([StoredNotice].self, forKey: .notices).map(\.notice)
        labels = try values.decode([Int32].self, forKey: .labels)
        let groups = sizes.indices
        guard tieOrder.sorted() == Array(groups), labels.allSatisfy({ groups.contains(Int($0)) })
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "tie_order and labels must name the \(sizes.count) groups"))
        }
    }
}
