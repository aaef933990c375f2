import Columns
import Engine
import Foundation
import Preparation
import Reporting
import TestProjects
import Testing

/// Files that somebody damaged: nothing crashes or hangs, nothing disappears.
///
/// `AURORA_FUZZ_SEED` and `AURORA_FUZZ_CASES` repeat a case or make more of them.
@Suite("Damaged JSON")
struct JSONFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["AURORA_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_240_601
    private static let cases = environment["AURORA_FUZZ_CASES"].flatMap(Int.init) ?? 1_000

    private static let codes: Set = [
        "empty_file", "no_rows", "malformed_file", "duplicate_column", "unnamed_column",
        "single_object", "encoding",
    ]

    @Test("rows read are rows kept and rows set aside, or the reason has a known code")
    func fuzz() async throws {
        var random = Random(state: Self.seed)
        let project = try TestProject(json: "", options: "broken_rows: quarantine")
        var mistakes: [Diagnostic] = []
        let sources = try Project.read(project.folder, &mistakes).recipes.sources
        let source = try #require(sources.first)
        let intake = try await TestProject.provider().intake(
            at: project.folder.appending(path: "intake.duckdb").path)
        defer { intake.close() }
        let url = project.folder.appending(path: "data.json")
        var (opened, setAside) = (0, 0)
        for number in 0..<Self.cases {
            var isByLine = random.isTrue
            let bytes = Self.file(&random, isByLine: &isByLine)
            try Data(bytes).write(to: url)
            var context = SourceContext(
                source: "data", data: project.folder, scratch: project.folder, intake: intake)
            let why: Comment = "seed \(Self.seed), case \(number)"
            guard let raw = try await source.reader.open(&context) else {
                #expect(!context.diagnostics.isEmpty, why)
                let unknown = context.diagnostics.filter { !Self.codes.contains($0.code) }
                #expect(unknown.isEmpty, why)
                continue
            }
            opened += 1
            let kept = try await count(raw.relation, intake)
            let broken = try await count(try #require(raw.broken), intake)
            setAside += broken
            if isByLine {
                let lines = bytes.split(separator: 10).filter { line in
                    line.contains { $0 > 32 }
                }
                #expect(kept + broken == lines.count, why)
            }
            let again = try await source.reader.open(&context)
            #expect(again?.schema == raw.schema, why)
            #expect(try await count(raw.relation, intake) == kept, why)
        }
        // A test in which nothing opens, or nothing breaks, tests nothing.
        #expect(opened > Self.cases / 20)
        #expect(setAside > Self.cases / 20)
    }

    private func count(_ relation: String, _ intake: any Engine) async throws -> Int {
        try await intake.query("SELECT count(*) FROM \(relation)").columns[0][0].integerValue ?? -1
    }

    /// Some rows, then some damage.
    private static func file(_ random: inout Random, isByLine: inout Bool) -> [UInt8] {
        let rows = (0..<random.below(12)).map { row in
            let values = [
                "null", "-0.5e3", "12345678901234567890", "true", #""a\"b\u00e9""#, #""日本""#,
                "[1,[2]]", #"{"c":1,"d":null}"#, "\"\"", #""\ud83d\ude00""#,
            ]
            let members = ["x", "y", "z"].filter { _ in random.below(4) > 0 }
                .map { "\"\($0)\": \(values[random.below(values.count)])" }
            return "{" + (["\"id\": \(row)"] + members).joined(separator: ", ") + "}"
        }
        let text =
            isByLine
            ? rows.joined(separator: "\n") : "[" + rows.joined(separator: ",\n ") + "]"
        var bytes = Array(text.utf8)
        let pieces: [[UInt8]] = [
            [0xEF, 0xBB, 0xBF], [0xFF], [0xC3], [0], Array("NaN".utf8), Array("\\ud800".utf8),
            Array("\"id\":1,".utf8), Array("}{".utf8), Array("[[[[".utf8), [10], [13, 10],
            Array("1e999999".utf8), Array("\"".utf8), Array("\\".utf8), Array(",".utf8),
        ]
        for _ in 0..<random.below(4) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes[place] = UInt8(random.below(256))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
            case 3: bytes.removeSubrange(place...)
            default:
                let end = min(bytes.count, place + random.below(20))
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        // Damage may turn lines into something else, of which the rows can't be counted from here.
        let first = bytes.first { $0 > 32 }
        let objects = bytes.split(separator: 10).filter { line in line.contains { $0 > 32 } }
        isByLine = isByLine && first == UInt8(ascii: "{") && objects.count > 1
        return bytes
    }

    /// SplitMix64.
    private struct Random {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }

        mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

        var isTrue: Bool { mutating get { below(2) == 1 } }
    }
}
