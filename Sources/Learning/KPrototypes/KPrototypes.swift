import Columns

/// K-Prototypes: k groups of rows that hold numbers and categories, each around the means of the
/// ones and the most frequent of the others.
///
/// The distance of a row x to a centroid c is Σ(x − c)² over the number columns plus γ · Σ[x ≠ c]
/// over the category columns. Use it for mixed features with the numbers on a common scale; with
/// numbers alone it is `KMeans`, with categories alone k-modes. γ decides which side forms the
/// groups, and a bad one silently leaves one side out: see the model's `categoryShare`.
///
/// ```swift
/// // Column 2 holds codes 0, 1 and 2.
/// let model = try KPrototypes(k: 4, categories: [2: 3]).fit(matrix)
/// ```
///
/// All rows are assigned before centroids move (Lloyd), where Huang moves them with each row: so
/// the order of the rows doesn't matter.
///
/// Source: Huang 1998 (METHODS.md section 2).
package struct KPrototypes: Clustering, Equatable {
    /// Groups, at least 1.
    package var k: Int
    package var seed: UInt64
    /// Starts of which the one with the smallest cost is kept, ties to the first. Given centroids
    /// are tried once.
    package var restarts: Int
    /// k-means++ by the distance above, over at most `KPrototypes.startRows` rows; or given
    /// centroids, with codes in the category columns.
    package var start: KMeans.Start
    /// Updates after which a restart ends in any case, with the notice `not_converged`.
    package var maxIterations: Int
    /// The category columns and how many codes each has: whole numbers in 0..<levels. A code of its
    /// own can stand for a missing category or for one that training rows don't have.
    package var categories: [Int: Int]
    /// What one different category adds to the distance, at least 0. Nil: half of the number
    /// columns' mean standard deviation (the population's), the middle of Huang's range; 1 where
    /// there are no numbers or they are all constant.
    package var gamma: Double?

    /// Rows from which starts are drawn where there are more: 20,000.
    package static let startRows = 20_000

    package init(
        k: Int, seed: UInt64 = 0, restarts: Int = 10, start: KMeans.Start = .kMeansPlusPlus,
        maxIterations: Int = 300, categories: [Int: Int], gamma: Double? = nil
    ) {
        self.k = k
        self.seed = seed
        self.restarts = restarts
        self.start = start
        self.maxIterations = maxIterations
        self.categories = categories
        self.gamma = gamma
    }

    /// Refuses a configuration that fits no data, or not these.
    func check(_ matrix: Matrix, _ layout: MixedLayout) throws(AuroraError) {
        try KMeans(
            k: k, restarts: restarts, start: start, maxIterations: maxIterations
        ).check(matrix)
        if let gamma, !(gamma >= 0 && gamma.isFinite) {
            throw AuroraError(
                "gamma_below_zero", "gamma is \(gamma) but must be 0 or a number above")
        }
        try layout.requireCodes(matrix)
        if case .centroids(let start) = start { try layout.requireCodes(start) }
    }
}

/// Which columns hold numbers and which hold category codes.
struct MixedLayout: Sendable, Equatable {
    /// The number of codes of each column; 0 for a column of numbers.
    let levels: [Int]
    /// The columns, numbers first.
    let order: [Int]

    init(levels: [Int]) {
        self.levels = levels
        order = levels.indices.filter { levels[$0] == 0 } + levels.indices.filter { levels[$0] > 0 }
    }

    /// - Throws: `category_column` for a column that isn't there or has no codes.
    init(categories: [Int: Int], columns: Int) throws(AuroraError) {
        var levels = [Int](repeating: 0, count: columns)
        for (column, count) in categories.sorted(by: { $0.key < $1.key }) {
            guard (0..<columns).contains(column) else {
                throw AuroraError(
                    "category_column",
                    "categories are in feature \(column + 1) but the rows have "
                        + counted(columns, "feature"))
            }
            guard count > 0 else {
                throw AuroraError(
                    "category_column",
                    "feature \(column + 1) has \(count) categories but 1 is needed")
            }
            levels[column] = count
        }
        self.init(levels: levels)
    }

    var numbers: Int { levels.count { $0 == 0 } }
    /// The codes of the category columns, in their order.
    var categoryLevels: [Int] { levels.filter { $0 > 0 } }

    /// - Throws: `category_code` where a category column holds anything but its codes.
    func requireCodes(_ matrix: Matrix) throws(AuroraError) {
        for (column, count) in levels.enumerated() where count > 0 {
            let wrong = (0..<matrix.rows).count { row in
                let code = matrix[row, column]
                return !(code >= 0 && code < Double(count) && code == code.rounded())
            }
            guard wrong == 0 else {
                throw AuroraError(
                    "category_code",
                    "feature \(column + 1) has codes from 0 to \(count - 1) but holds something "
                        + "else in \(wrong) of \(counted(matrix.rows, "row"))",
                    hint: "give unknown categories a code of their own")
            }
        }
    }

    /// The same rows with the number columns first.
    func numbersFirst(_ matrix: Matrix) -> Matrix { matrix.selecting(order) }

    /// The same rows with the columns where they were before `numbersFirst`.
    func asGiven(_ matrix: Matrix) -> Matrix {
        var places = order
        for (place, column) in order.enumerated() { places[column] = place }
        return matrix.selecting(places)
    }
}
