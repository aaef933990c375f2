/// The squared Euclidean distance of two points, features added in index order.
@inline(__always)
func squaredDistance(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
) -> Double {
    var sum = 0.0
    for column in 0..<columns {
        let difference = a[column] - b[column]
        sum += difference * difference
    }
    return sum
}
