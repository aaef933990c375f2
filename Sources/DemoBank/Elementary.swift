/// Elementary functions from additions, multiplications, divisions and square roots alone.
///
/// IEEE 754 fixes the result of those to the last bit, so a twin's bytes are the same on every
/// platform, whatever its mathematical library. Relative errors are below 1e-12, far finer than the
/// six decimals that are written.
enum Elementary {
    private static let ln2 = 0.693147180559945309

    /// e to the power x, for |x| < 700.
    static func exp(_ x: Double) -> Double {
        let power = Int(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5))
        let rest = x - Double(power) * ln2
        // Taylor's series by Horner's rule; |rest| ≤ ln 2 / 2.
        var sum = rest / 3_628_800 + 1 / 362_880
        sum = sum * rest + 1 / 40_320
        sum = sum * rest + 1 / 5_040
        sum = sum * rest + 1 / 720
        sum = sum * rest + 1 / 120
        sum = sum * rest + 1 / 24
        sum = sum * rest + 1 / 6
        sum = sum * rest + 1 / 2
        sum = sum * rest + 1
        sum = sum * rest + 1
        return sum * Double(sign: .plus, exponent: power, significand: 1)
    }

    /// The natural logarithm of a positive normal number.
    static func log(_ x: Double) -> Double {
        var exponent = Double(x.exponent)
        var mantissa = x.significand
        if mantissa > 1.4142135623730951 {
            mantissa /= 2
            exponent += 1
        }
        // ln m = 2 artanh((m − 1) / (m + 1)).
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var sum = square / 15 + 1 / 13
        sum = sum * square + 1 / 11
        sum = sum * square + 1 / 9
        sum = sum * square + 1 / 7
        sum = sum * square + 1 / 5
        sum = sum * square + 1 / 3
        sum = sum * square + 1
        return exponent * ln2 + 2 * ratio * sum
    }

    static func power(_ base: Double, _ exponent: Double) -> Double { exp(exponent * log(base)) }

    /// The value below which a standard normal number lies with the given probability.
    ///
    /// Wichura 1988, algorithm AS 241 (PPND7): about seven digits, for probabilities inside (0, 1).
    static func normalQuantile(_ probability: Double) -> Double {
        let q = probability - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            return q * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
                / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1)
        }
        var r = (-log(q < 0 ? probability : 1 - probability)).squareRoot()
        let value: Double
        if r <= 5 {
            r -= 1.6
            value =
                (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
                / ((0.12021132975 * r + 0.73700164250) * r + 1)
        } else {
            r -= 5
            value =
                (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
                / ((0.012258202635 * r + 0.24197894225) * r + 1)
        }
        return q < 0 ? -value : value
    }
}
