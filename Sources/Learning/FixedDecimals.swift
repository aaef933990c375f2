extension Double {
    /// The number with so many digits after the point, half away from zero: "0.25".
    func fixed(_ digits: Int) -> String {
        let power = (0..<digits).reduce(1.0) { power, _ in power * 10 }
        let scaled = (magnitude * power).rounded()
        guard scaled < 0x1p53 else { return "\(self)" }
        let text = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        let sign = self < 0 && scaled > 0 ? "-" : ""
        return digits == 0
            ? sign + padded : sign + padded.dropLast(digits) + "." + padded.suffix(digits)
    }

    /// A share as a percentage: 0.251 is "25 %".
    var percent: String { (self * 100).fixed(0) + " %" }
}
