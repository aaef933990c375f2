import Columns
import Kernels

/// What is measured: one figure of the table in docs/benchmarks.md.
protocol Step {
    static var name: String { get }

    /// Does the work once.
    ///
    /// - Returns: `seconds` of the work alone, and what tells whether a peer did the same.
    static func run(
        _ request: Request, _ matrix: Matrix, _ work: Work
    ) throws(AuroraError) -> [JSON.Member]
}

/// A line like `lloyd k=6 updates=20`.
struct Request {
    let step: String
    private let options: [String: String]

    init(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        step = words.first ?? ""
        var options: [String: String] = [:]
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { options[parts[0]] = parts[1] }
        }
        self.options = options
    }

    func integer(_ name: String, _ otherwise: Int) -> Int {
        options[name].flatMap(Int.init) ?? otherwise
    }

    /// Some spread-out rows as centres, which every worker takes alike.
    func start(_ matrix: Matrix, k: Int) -> Matrix {
        Matrix((0..<k).map { matrix.row((2 * $0 + 1) * matrix.rows / (2 * k)) })
    }

    /// Labels that every worker gives alike: the nearest of `start`.
    func labels(_ matrix: Matrix, k: Int, threads: Int) -> [Int32] {
        var assignment = Assignment(rows: matrix.rows, columns: matrix.columns, clusters: k)
        assignment.assign(matrix, to: start(matrix, k: k), threads: threads)
        return assignment.labels
    }
}

extension JSON.Member {
    init(_ name: String, _ value: Double) { self.init(name: name, value: JSON(value)) }
    init(_ name: String, _ value: Int) { self.init(name: name, value: JSON(value)) }
    init(_ name: String, _ values: [Double]) {
        self.init(name: name, value: .array(values.map { JSON($0) }))
    }
    init(_ name: String, _ values: [Int]) {
        self.init(name: name, value: .array(values.map { JSON($0) }))
    }
}

/// Seconds that a piece of work takes.
func seconds(_ body: () throws(AuroraError) -> Void) throws(AuroraError) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start) / .seconds(1)
}
