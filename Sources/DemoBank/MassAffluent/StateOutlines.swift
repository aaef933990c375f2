/// Australia's states as a map needs them, in the form of a public file: outlines drawn by hand, of
/// a dozen corners each, that show where a state lies and not how its coast runs.
enum StateOutlines {
    private struct State {
        var name: String
        /// Positions as GeoJSON writes them; the first ring is the outline, others are holes.
        var rings: [String]
    }

    private static let capital =
        "[148.8,-35.3],[149.1,-35.1],[149.4,-35.3],[149.1,-35.9],[148.8,-35.7],[148.8,-35.3]"

    /// In the order of their codes.
    private static let states = [
        State(
            name: "New South Wales",
            rings: [
                "[141,-29],[149,-29],[151.3,-28.9],[152,-28.5],[153.6,-28.2],[153,-31],"
                    + "[152.5,-32.4],[151.3,-33.5],[150.8,-34.9],[150.1,-36.3],[150,-37.5],"
                    + "[148.2,-36.8],[147,-36],[145,-35.8],[143.5,-35],[142,-34.1],[141,-34],"
                    + "[141,-29]", capital,
            ]),
        State(
            name: "Victoria",
            rings: [
                "[141,-34],[142,-34.1],[143.5,-35],[145,-35.8],[147,-36],[148.2,-36.8],"
                    + "[150,-37.5],[148,-37.9],[146.4,-39.1],[145.2,-38.4],[144.6,-38.1],"
                    + "[143.6,-38.8],[141.6,-38.4],[141,-38.1],[141,-34]"
            ]),
        State(
            name: "Queensland",
            rings: [
                "[138,-16.6],[139.3,-17.4],[140.9,-17.6],[141.6,-15],[141.6,-12.6],[142.5,-10.7],"
                    + "[143.5,-14.2],[145.3,-14.9],[146.1,-17.6],[147.8,-19.8],[149.7,-22.2],"
                    + "[150.8,-23.5],[153.2,-25],[153.1,-27],[153.6,-28.2],[152,-28.5],"
                    + "[151.3,-28.9],[149,-29],[141,-29],[141,-26],[138,-26],[138,-16.6]"
            ]),
        State(
            name: "South Australia",
            rings: [
                "[129,-26],[141,-26],[141,-38.1],[139.8,-37.2],[139.2,-35.9],[138.1,-35.6],"
                    + "[138.5,-34.6],[137.6,-35.1],[137.8,-32.7],[135.9,-34.9],[135.2,-34.4],"
                    + "[134.2,-32.9],[131.2,-31.5],[129,-31.7],[129,-26]"
            ]),
        State(
            name: "Western Australia",
            rings: [
                "[129,-14.9],[126.9,-13.8],[124.4,-15.6],[123.6,-17.2],[122.2,-17.9],[121,-19.5],"
                    + "[118.6,-20.3],[116.7,-20.6],[114.2,-21.8],[113.7,-22.6],[113.4,-24.4],"
                    + "[113.2,-26.1],[114.2,-27.9],[115,-30],[115.7,-31.9],[115.6,-33.5],"
                    + "[115.1,-34.3],[116.7,-35],[118,-35.1],[119.9,-34],[121.9,-33.9],"
                    + "[123.6,-33.9],[124,-33],[126.1,-32.3],[129,-31.7],[129,-14.9]"
            ]),
        State(
            name: "Tasmania",
            rings: [
                "[144.7,-40.7],[146.5,-41.1],[148.3,-40.9],[148.3,-42.2],[147.4,-43.2],"
                    + "[146.6,-43.6],[145.6,-42.9],[145.2,-42.2],[144.7,-40.7]"
            ]),
        State(
            name: "Northern Territory",
            rings: [
                "[129,-14.9],[130.2,-13],[130.8,-12.4],[132.6,-12],[133.5,-11.8],[136.7,-12.2],"
                    + "[136,-13.4],[135.5,-14.9],[137,-15.9],[138,-16.6],[138,-26],[129,-26],"
                    + "[129,-14.9]"
            ]),
        State(name: "Australian Capital Territory", rings: [capital]),
    ]

    /// A line for each state, between those that open and close the document.
    static let table = TwinTable(
        header: #"{"type":"FeatureCollection","features":["#, rows: states.count, lineEnd: "\n"
    ) { row, csv in
        let rings = states[row].rings.map { "[\($0)]" }.joined(separator: ",")
        csv.append(
            text: #"{"type":"Feature","properties":{"STATE_CODE":"\#(row + 1)","#
                + #""STATE_NAME":"\#(states[row].name)"},"#
                + #""geometry":{"type":"Polygon","coordinates":[\#(rings)]}}"#
                + (row + 1 < states.count ? "," : "]}"))
    }
}
