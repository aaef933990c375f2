/// Australia's postcodes by state with suburbs that don't exist, in the form of the public list.
enum Postcodes {
    private struct State {
        var name: String
        var rows: Int
        var codes: Range<Int>
        /// South and north, west and east, in degrees.
        var latitudes: ClosedRange<Double>
        var longitudes: ClosedRange<Double>
    }

    private static let states = [
        State(
            name: "ACT", rows: 151, codes: 200..<300, latitudes: -35.5...(-35.2),
            longitudes: 148.8...149.2),
        State(
            name: "NT", rows: 390, codes: 800..<1000, latitudes: -21...(-12.4),
            longitudes: 130.8...137.1),
        State(
            name: "NSW", rows: 5048, codes: 2000..<3000, latitudes: -36...(-28.7),
            longitudes: 146.5...153.1),
        State(
            name: "VIC", rows: 3233, codes: 3000..<4000, latitudes: -38.4...(-35.8),
            longitudes: 142...147.5),
        State(
            name: "QLD", rows: 3450, codes: 4000..<5000, latitudes: -28.2...(-17.2),
            longitudes: 143.2...153.2),
        State(
            name: "SA", rows: 1796, codes: 5000..<5960, latitudes: -37.1...(-32.4),
            longitudes: 135.8...140.7),
        State(
            name: "WA", rows: 1847, codes: 6000..<7000, latitudes: -34.7...(-21.5),
            longitudes: 114.6...121.9),
        State(
            name: "TAS", rows: 827, codes: 7000..<7925, latitudes: -43.2...(-40.9),
            longitudes: 145.2...148.1),
    ]
    /// Share of places whose latitude and longitude are 0.
    private static let unknown = 0.015

    private enum Draw: UInt64 { case suburb, latitude, longitude, unknown }

    static func table(seed: UInt64) -> TwinTable {
        TwinTable(
            header: "Postcode,Suburb,State,Lat,Lon",
            rows: states.reduce(0) { $0 + $1.rows }, lineEnd: "\n"
        ) { row, csv in append(row, RandomDraws(seed: seed, table: .places, row: row), &csv) }
    }

    private static func append(_ row: Int, _ draws: RandomDraws, _ csv: inout CSVBytes) {
        var rest = row
        var state = states[0]
        for next in states {
            state = next
            if rest < next.rows { break }
            rest -= next.rows
        }
        csv.append(state.codes.lowerBound + rest * state.codes.count / state.rows)
        csv.appendComma()
        csv.append(text: InventedNames.place(draws.integer(in: 0..<1280, Draw.suburb)))
        csv.appendComma()
        csv.append(text: state.name)
        let isUnknown = draws.uniform(Draw.unknown) < unknown
        for (range, draw) in [(state.latitudes, Draw.latitude), (state.longitudes, .longitude)] {
            let width = range.upperBound - range.lowerBound
            let degrees = range.lowerBound + draws.uniform(draw) * width
            csv.appendComma()
            csv.append(isUnknown ? 0 : Int((degrees * 1000).rounded()), decimals: 3)
        }
    }
}
