import Columns
import Kernels
import Learning
import Testing

@Suite("Preprocessing: categories")
struct PreprocessingCategoriesTests {
    /// Two numbers and two categories, and what numpy makes of them by hand; `prince` 0.23 has the
    /// same eigenvalues (divided by rows instead of rows − 1).
    private static let sample = Matrix([
        [1, 10, 0, 0], [2, 14, 1, 1], [4, 9, 0, 1], [3, 20, 2, 0], [6, 18, 1, 0], [5, 16.5, 1, 1],
    ])
    private static let features: [Preprocessing.Feature] = [
        .init("n1"), .init("n2"),
        .init("g", kind: .categories(levels: ["a", "b", "c"], encoding: .famd)),
        .init("h", kind: .categories(levels: ["x", "y"], encoding: .famd)),
    ]

    private func close(_ values: [Double], _ expected: [Double], _ tolerance: Double = 1e-12) {
        #expect(values.count == expected.count)
        for (value, expected) in zip(values, expected) {
            #expect(abs(value - expected) < tolerance)
        }
    }

    @Test("FAMD: columns, eigenvalues and scores")
    func famd() throws {
        let model = try Preprocessing(Self.features, reduction: .components(3)).fit(Self.sample)
        #expect(
            model.columns.map(\.name) == ["n1", "n2", "g = a", "g = b", "g = c", "h = x", "h = y"])
        let designed = try model.designed(Self.sample)
        close(
            designed.row(3),
            [
                -0.29277002188455997, 1.3457239672913257, -0.5773502691896257,
                -0.7071067811865475, 2.041241452319315, 0.7071067811865475, -0.7071067811865475,
            ])
        let components = try #require(model.reduction)
        close(
            Array(components.explainedVariance.prefix(5)),
            [
                2.7090021669849413, 1.9735647080511534, 0.7783164362673943, 0.5338305361816807,
                0.00528615251482909,
            ])
        close(
            try model.apply(Self.sample).storage,
            [
                -1.9021655523332548, 1.4507969945241088, 0.4535494465398582,
                -0.3523826857911444, -0.7902582134031474, -1.2467200568273917,
                -1.862552913832162, -0.5100405121808846, 0.28653788491884336,
                1.7978184709449143, 2.024252603442418, -0.5334129236101186,
                1.613410445161695, -0.6313091186391352, 1.3023537641296343,
                0.7058722358499511, -1.54344175374336, -0.26230811515082547,
            ])
    }

    @Test("an encoded category's variance is its levels less one")
    func famdVariance() throws {
        let designed = try Preprocessing(Self.features).fit(Self.sample).apply(Self.sample)
        let variances = Moments(of: designed, threads: 1).variances
        close(variances.prefix(2).map { $0 }, [1, 1])
        close([variances[2...4].reduce(0, +), variances[5...6].reduce(0, +)], [2, 1])
    }

    private func category(
        _ encoding: Preprocessing.Encoding, scale: Preprocessing.Scale = .none,
        missing: Preprocessing.Missing = .refuse
    ) -> Preprocessing {
        Preprocessing([
            .init(
                "g", kind: .categories(levels: ["a", "b", "c", "d"], encoding: encoding),
                scale: scale, missing: missing)
        ])
    }
    /// No row has level b.
    private let codes = Matrix([[0], [2], [2], [3]])

    @Test("indicators are 0 and 1, for levels that occur")
    func indicators() throws {
        let model = try category(.indicators(dropFirst: false)).fit(codes)
        #expect(model.columns.map(\.name) == ["g = a", "g = c", "g = d"])
        #expect(model.columns.map(\.level) == [0, 2, 3])
        #expect(model.features[0].levelCounts == [1, 0, 2, 1])
        #expect(try model.apply(codes).storage == [1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1])
        let dropped = try category(.indicators(dropFirst: true)).fit(codes)
        #expect(dropped.columns.map(\.name) == ["g = c", "g = d"])
        #expect(try dropped.apply(codes).storage == [0, 0, 1, 0, 1, 0, 0, 1])
    }

    @Test("an indicator's scale is that of its 0s and 1s", arguments: Preprocessing.Scale.allCases)
    func scaledIndicators(scale: Preprocessing.Scale) throws {
        let rows = Matrix((0..<11).map { [$0 < 4 ? 0 : $0 < 9 ? 2 : 3] })
        let model = try category(.indicators(dropFirst: false), scale: scale).fit(rows)
        for column in model.columns {
            let ones = (0..<rows.rows).map { Int(rows[$0, 0]) == column.level ? 1.0 : 0 }
            let number = try Preprocessing([.init("x", scale: scale)]).fit(Matrix(columns: [ones]))
            close(
                [column.centre, column.divisor],
                [
                    number.columns[0].centre, number.columns[0].divisor,
                ])
        }
    }

    @Test("codes stay as they are")
    func keptCodes() throws {
        let model = try Preprocessing([
            .init(
                "g", kind: .categories(levels: ["a", "b", "c", "d"], encoding: .codes), weight: 4)
        ]).fit(codes)
        #expect(try model.apply(codes).storage == [0, 2, 2, 3])
        #expect(model.columns[0].weight == 4)
        #expect(try model.apply(Matrix([[9], [1]])).storage == [-1, 1])
    }

    @Test("a level that was never seen has a 0 in every indicator")
    func unseen() throws {
        let model = try category(.indicators(dropFirst: false)).fit(codes)
        #expect(try model.apply(Matrix([[1], [-1], [4], [0.5]])).storage.allSatisfy { $0 == 0 })
        let famd = try category(.famd).fit(codes)
        close(try famd.apply(Matrix([[1]])).storage, [-0.5, -(0.5.squareRoot()), -0.5])
    }

    @Test("missing: the most frequent level, or one of its own")
    func missing() throws {
        let rows = Matrix([[0], [.nan], [2], [2], [.nan]])
        let frequent = try category(.codes, missing: .mostFrequent).fit(rows)
        #expect(try frequent.apply(rows).storage == [0, 2, 2, 2, 2])
        #expect(frequent.features[0].filled == 2)
        let own = try category(.indicators(dropFirst: false), missing: .ownLevel).fit(rows)
        #expect(own.columns.map(\.name) == ["g = a", "g = c", "g = Missing"])
        #expect(try own.apply(rows).column(2) == [0, 1, 0, 0, 1])
        #expect(
            own.notices.map(\.message) == [
                "feature 'g' was missing in 2 of 5 rows and was filled with a level of its own"
            ])
        expectError("missing_values") { _ = try category(.famd).fit(rows) }
        expectError("no_values") {
            _ = try category(.famd, missing: .mostFrequent).fit(Matrix([[.nan]]))
        }
        #expect(
            try category(.famd, missing: .ownLevel).fit(Matrix([[.nan]])).columns.map(\.name)
                == ["g = Missing"])
    }

    @Test("a code of no level is refused in training")
    func unknownLevel() {
        let message = expectError("unknown_level") {
            _ = try category(.famd).fit(Matrix([[0], [4], [1.5], [-1]]))
        }
        #expect(
            message
                == "feature 'g' has 4 levels, but 3 rows of 4 hold a code that is none of 0 to 3")
    }

    @Test("options that fit no category are refused")
    func refused() {
        func expect(_ code: String, _ feature: Preprocessing.Feature) {
            expectError(code) { _ = try Preprocessing([feature]).fit(codes) }
        }
        let kind = Preprocessing.Kind.categories(levels: ["a", "b", "c", "d"], encoding: .famd)
        expect("feature_options", .init("g", kind: kind, transform: .log1p))
        expect("feature_options", .init("g", kind: kind, winsorise: .init()))
        expect("feature_options", .init("g", kind: kind, missing: .median))
        expect("invalid_levels", .init("g", kind: .categories(levels: [], encoding: .famd)))
        expect(
            "invalid_levels", .init("g", kind: .categories(levels: ["a", "a"], encoding: .famd)))
        expectError("codes_reduced") {
            var codes = category(.codes)
            codes.reduction = .variance(0.9)
            _ = try codes.fit(self.codes)
        }
    }
}
