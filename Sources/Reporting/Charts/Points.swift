import Columns
import Query

// Rows as points or as fields of a raster, in the form of docs/http-api.md.

extension PointCloud {
    var json: JSON {
        var series: [JSON] = [.array(x.map { JSON($0) }), .array(y.map { JSON($0) })]
        if let codes { series.append(.array(codes.map { JSON($0) })) }
        return .object([
            "columns": codes == nil ? ["x", "y"] : ["x", "y", "category"],
            "series": .array(series), "categories": .array(categories.map(\.json)),
            "rows_used": JSON(rowsUsed), "rows_total": JSON(rowsTotal), "suppressed": 0,
        ])
    }
}

extension Raster {
    var json: JSON {
        .object([
            "density": true, "columns": ["x_from", "x_to", "y_from", "y_to", "count"],
            "rows": .array(
                fields.map { field -> JSON in
                    [
                        JSON(field.x.lowerBound), JSON(field.x.upperBound),
                        JSON(field.y.lowerBound), JSON(field.y.upperBound), JSON(field.count),
                    ]
                }), "rows_used": JSON(rowsUsed), "rows_total": JSON(rowsTotal),
            "suppressed": JSON(suppressed),
        ])
    }
}
