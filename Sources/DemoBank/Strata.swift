/// Cuts the rows 0, 1, 2 … into runs of nearly equal length: `count` runs in every `rows` rows.
///
/// One thing planted in each run occurs exactly `count` times in `rows` rows and proportionally in
/// more, and yet each row can tell by itself whether it is the one.
struct Strata: Sendable {
    let rows: Int
    let count: Int

    /// The run that holds a row.
    func index(ofRow row: Int) -> Int { ((row + 1) * count - 1) / rows }

    /// The rows of a run.
    func run(_ index: Int) -> Range<Int> {
        index * rows / count..<(index + 1) * rows / count
    }
}
