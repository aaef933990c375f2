import Columns
import Kernels
import Learning
import Testing

@Suite("Migration between groups")
struct MigrationTests {
    @Test("counts and shares, under the groups' own numbers")
    func matrix() throws {
        let matrix = try MigrationMatrix(
            from: [7, 7, 7, 2, 2, -1], to: [7, 2, 7, 2, 2, 7], groups: [9])
        #expect(matrix.groups == [-1, 2, 7, 9])
        #expect(matrix.counts == [[0, 0, 1, 0], [0, 2, 0, 0], [0, 1, 2, 0], [0, 0, 0, 0]])
        #expect(matrix.shares[2] == [0, 1.0 / 3, 2.0 / 3, 0])
        #expect(matrix.shares[3] == [0, 0, 0, 0])
        #expect(matrix.total == 6)
        #expect(matrix.moved == 2)
        #expect(try roundTrip(matrix) == matrix)
        expectError("rows_differ") { _ = try MigrationMatrix(from: [1], to: []) }
    }

    @Test("the wobble of all rows is robust and leaves out what they have in common")
    func wobble() {
        // Deviations from the median 5: 2, 1, 0, 1, 2.
        #expect(abs(Wobble.ofAll([3, 4, 5, 6, 7]) - 1.482602218505602) < 1e-15)
        #expect(Wobble.ofAll([3, 4, 5, 6, 7000]) == Wobble.ofAll([3, 4, 5, 6, 7]))
        #expect(Wobble.ofAll([1, 2, 3, 4]) == 1.482602218505602)
        // Most rows unchanged: the mean deviation, (4 + 2) / 6.
        #expect(abs(Wobble.ofAll([0, 0, 0, 0, 4, -2]) - 1.2533141373155003) < 1e-15)
        #expect(Wobble.ofAll([2, 2]) == 0)
        #expect(Wobble.ofAll([]) == 0)
    }

    @Test("a row with a history has its own wobble")
    func history() {
        let margins = Matrix([[1, 2, 1, 2], [1, 1.5, 1, 1.25], [.nan, .nan, 3, 4]])
        let own = Wobble.ofEach(margins)
        #expect(own[0] == 1.482602218505602)
        #expect(own[1] == 1.482602218505602 * 0.5)
        #expect(own[2] == Wobble.ofAll([1, -1, 1, 0.5, -0.5, 0.25, 1]))
    }

    static let labels = Movement.Labels(
        old: [1, 1, 1, 1, 2, 2, 2], frozen: [1, 2, 2, 2, 2, 2, 1], new: [1, 2, 2, 1, 2, 3, 1],
        between: [1, 1, 2, 1, 2, 2, 2])
    static let margins = Movement.Margins(
        old: [1, 0.2, 0.2, 0.1, 1, 1, 1], new: [1.5, 2, 0.2, 0.3, 1.25, 1, 0.5])

    @Test("stayed, moved by far, moved for two periods, borderline, redrawn")
    func outcomes() throws {
        let movement = try Movement(
            Self.labels, margins: Self.margins, wobble: [1, 1, 1, 1, 1, 1, 0.4])
        #expect(
            movement.outcomes == [
                .stayed, .moved, .moved, .borderline, .stayed, .redrawn, .moved,
            ])
        let summary = movement.summary
        #expect(summary.rows == 7)
        #expect(
            [summary.stayed, summary.moved, summary.borderline, summary.redrawn] == [2, 3, 1, 1])
        #expect(summary.alsoRedrawn == 1)
        #expect(summary.wobble == nil)
        #expect(summary.real.groups == [1, 2, 3])
        #expect(summary.real.counts == [[1, 3, 0], [1, 2, 0], [0, 0, 0]])
        #expect(summary.certain.counts == [[2, 2, 0], [1, 2, 0], [0, 0, 0]])
        #expect(summary.model.counts == [[2, 0, 0], [1, 3, 1], [0, 0, 0]])
        #expect(summary.seen.counts == [[2, 2, 0], [1, 1, 1], [0, 0, 0]])
        #expect(try roundTrip(summary) == summary)
    }

    @Test("without a history, the changes of all margins say what is usual")
    func common() throws {
        let movement = try Movement(Self.labels, margins: Self.margins)
        // Changes: 0.5, −2.2, −0.4, −0.4, 0.25, 0, −1.5; median −0.4, deviations' median 0.65.
        let wobble = try #require(movement.summary.wobble)
        #expect(abs(wobble - 1.482602218505602 * 0.65) < 1e-12)
        #expect(movement.outcomes[6] == .borderline)
        #expect(movement.outcomes[1] == .moved)
        let strict = try Movement(Self.labels, margins: Self.margins, factor: 3)
        #expect(strict.outcomes[1] == .borderline)
        // It has stayed for two periods, whatever the factor.
        #expect(strict.outcomes[2] == .moved)
    }

    @Test("jitter alone moves nobody for certain, a real shift does")
    func jitter() throws {
        let rows = 4000
        // One feature, two groups that meet at 0; all measured anew, one in ten rows also moved by 4.
        var (old, frozen) = ([Int32](), [Int32]())
        var margins = Movement.Margins(old: [], new: [])
        var shifted: [Int] = []
        for row in 0..<rows {
            let random = RandomNumbers(seed: 11, step: row)
            let place = random.uniform(0) * 6 - 3
            let noise = (1...12).reduce(-6) { $0 + random.uniform($1) } * 0.1
            let shift = row % 10 == 0 ? (place > 0 ? -4.0 : 4) : 0
            if shift != 0 { shifted.append(row) }
            let after = place + noise + shift
            old.append(place > 0 ? 1 : 0)
            frozen.append(after > 0 ? 1 : 0)
            margins.old.append(abs(place))
            margins.new.append(abs(after))
        }
        let movement = try Movement(
            Movement.Labels(old: old, frozen: frozen), margins: margins, factor: 3)
        let moved = Set(movement.outcomes.indices.filter { movement.outcomes[$0] == .moved })
        #expect(moved.subtracting(shifted).isEmpty)
        #expect(moved.count > shifted.count * 8 / 10)
        #expect(movement.summary.borderline > 10)
        #expect(movement.summary.redrawn == 0)
    }

    @Test("rows that don't match are told")
    func refused() {
        expectError("rows_differ") {
            _ = try Movement(Self.labels, margins: .init(old: [1], new: [2]))
        }
        expectError("no_rows") {
            _ = try Movement(.init(old: [], frozen: []), margins: .init(old: [], new: []))
        }
    }
}
