import Columns

extension GaussianMixture.Model: Codable {
    private enum CodingKeys: String, CodingKey {
        case shape, features, weights, means, factors, sizes, iterations, converged, notices, labels
        case logLikelihood = "log_likelihood"
        case tieOrder = "tie_order"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(shape, forKey: .shape)
        try values.encode(centroids.columns, forKey: .features)
        try values.encode(weights, forKey: .weights)
        try values.encode(StoredMatrix(centroids), forKey: .means)
        try values.encode(factors.map { StoredMatrix($0) }, forKey: .factors)
        try values.encode(tieOrder, forKey: .tieOrder)
        try values.encode(sizes, forKey: .sizes)
        try values.encode(logLikelihood, forKey: .logLikelihood)
        try values.encode(iterations, forKey: .iterations)
        try values.encode(converged, forKey: .converged)
        try values.encode(notices.map { StoredNotice($0) }, forKey: .notices)
        try values.encode(labels, forKey: .labels)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let shape = try values.decode(GaussianMixture.Shape.self, forKey: .shape)
        let features = try values.decode(Int.self, forKey: .features)
        let weights = try values.decode([Double].self, forKey: .weights)
        let path = decoder.codingPath
        parameters = MixtureParameters(
            shape: shape, weights: weights,
            means: try values.decode(StoredMatrix.self, forKey: .means).matrix(
                rows: weights.count, columns: features, for: CodingKeys.means, path: path),
            factors: try values.decode([StoredMatrix].self, forKey: .factors).map {
                try $0.matrix(
                    rows: shape == .full ? features : 1, columns: features,
                    for: CodingKeys.factors, path: path)
            })
        tieOrder = try values.decode([Int].self, forKey: .tieOrder)
        sizes = try values.decode([Int].self, forKey: .sizes)
        logLikelihood = try values.decode(Double.self, forKey: .logLikelihood)
        iterations = try values.decode(Int.self, forKey: .iterations)
        converged = try values.decode(Bool.self, forKey: .converged)
        notices = try values.decode([StoredNotice].self, forKey: .notices).map(\.notice)
        labels = try values.decode([Int32].self, forKey: .labels)
        let groups = weights.indices
        guard tieOrder.sorted() == Array(groups), labels.allSatisfy({ groups.contains(Int($0)) }),
            sizes.count == weights.count, parameters.factors.count == weights.count
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: path,
                    debugDescription: "sizes, factors, tie_order and labels must be those of "
                        + "\(weights.count) groups"))
        }
    }
}
