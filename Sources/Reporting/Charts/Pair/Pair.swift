import Columns
import Query
import Workspace

/// Two numeric dimensions against each other, with their correlation and what can honestly be said
/// of it.
///
/// Every row is a point; where there are too many of them, and for readers without the right to see
/// customers, the number of rows in each field of a raster. The correlation is that of all rows.
struct Pair: Chart {
    static let name = "pair"
    static let summary = "two numeric dimensions, their correlation, and what it says"
    static let fields = [
        Field("x", .text, required: true, "the numeric dimension to the right"),
        Field("y", .text, required: true, "the numeric dimension upwards"),
        Field("of", .text, "the model whose rows are compared; that of x if not stated"),
        Field("by", .text, "the dimension that gives the colour"),
        Field("x_label", .text, "what the axis to the right says"),
        Field("y_label", .text, "what the axis upwards says"),
    ]
    static let usualSize = (width: 6, height: 6)

    let measures: [Located<String>] = []
    let dimensions: [Located<String>]
    let numbers: [Located<String>]
    let models: [Located<String>]
    let options: JSON

    init(_ values: FieldValues) {
        numbers = [values.required("x"), values.required("y")]
        dimensions = [values.located("by")].compactMap { $0 }
        models = [values.located("of")].compactMap { $0 }
        options = .object([
            "x": .string(numbers[0].value), "y": .string(numbers[1].value),
            "x_label": JSON(values.text("x_label")), "y_label": JSON(values.text("y_label")),
        ])
    }

    func data(
        _ gate: Gate, _ filter: FilterContext, for reader: Reader
    ) async throws(AuroraError) -> JSON? {
        let (x, y, model) = (numbers[0].value, numbers[1].value, models.first?.value)
        let statistics = try await gate.correlation(
            x: x, y: y, of: model, filter: filter, for: reader)
        let rows = try await gate.rowCount(
            of: model ?? gate.catalogue.dimensions[x]?.model ?? "", filter: filter, for: reader)
        var members: [JSON.Member]
        if reader.may(.customers), let used = rows.used, used <= Self.limit.points ?? .max {
            let cloud = try await gate.points(
                x: x, y: y, category: dimensions.first?.value, of: model, filter: filter,
                for: reader)
            members = cloud.json.members
        } else {
            members = try await gate.density(x: x, y: y, of: model, filter: filter, for: reader)
                .json.members
            members.append(.init(name: "many", value: .bool(reader.may(.customers))))
        }
        let sentence = PairSentence(statistics) { gate.catalogue.dimensions[$0]?.label ?? $0 }
        members.append(
            .init(name: "correlation", value: statistics.json(sentence: sentence.text)))
        return .object(members)
    }
}

extension JSON {
    var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }
}

extension PairStatistics {
    fileprivate func json(sentence: String) -> JSON {
        .object([
            "rows": JSON(rows), "missing": JSON(missing), "pearson": JSON(pearson),
            "interval": interval.map { [JSON($0.lowerBound), JSON($0.upperBound)] } ?? .null,
            "spearman": JSON(spearman), "sentence": .string(sentence),
        ])
    }
}
