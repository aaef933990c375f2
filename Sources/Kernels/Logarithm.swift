import CKernels

/// ln(1 + x), right to one unit in the last place, with the same bits on every machine: no library
/// of the system has a part in it.
package enum Logarithm {
    /// −∞ at −1, NaN below.
    package static func log1p(_ value: Double) -> Double {
        var value = value
        withUnsafeMutablePointer(to: &value) { loops.log1p_all($0, 1, $0) }
        return value
    }

    /// Several times as fast as one by one.
    ///
    /// Complexity: O(values).
    package static func log1p(_ values: [Double], path: KernelPath = .current) -> [Double] {
        [Double](unsafeUninitializedCapacity: values.count) { result, count in
            (path.functions ?? loops).log1p_all(values, values.count, result.baseAddress)
            count = values.count
        }
    }

    /// Replaces values by their logarithms.
    package static func log1p(_ values: UnsafeMutableBufferPointer<Double>) {
        loops.log1p_all(values.baseAddress, values.count, values.baseAddress)
    }
}
