import Columns
import Foundation
import Server
import TestProjects
import Testing

@Suite("OpenAPI document")
struct OpenAPITests {
    @Test("it describes the routes that the server answers, and no others")
    func routes() throws {
        let project = try TestProject([:])
        let server = AuroraServer(
            .init(
                host: "127.0.0.1", port: 0, home: TestProject.home, state: project.state,
                readers: nil, isBehindProxy: false), provider: try TestProject.provider())
        #expect(server.answeredRoutes == AuroraServer.describedRoutes)
        #expect(server.answeredRoutes.contains("POST /api/v1/segmentations/{name}/score"))
    }

    @Test("docs/http-api.md lists the same routes")
    func documentation() throws {
        let text = try String(
            contentsOf: TestProject.home.appending(path: "docs/http-api.md"), encoding: .utf8)
        let listed = text.split(separator: "\n").compactMap { line -> String? in
            guard let match = line.firstMatch(of: /^\| `([A-Z]+) (\/api\/[^`]+)`/) else {
                return nil
            }
            let path = match.2.replacing(/[A-Z]{2,}/) { "{\($0.output.lowercased())}" }
            return "\(match.1) \(path)"
        }
        #expect(listed.sorted() == AuroraServer.describedRoutes)
    }

    @Test("every reference leads to a schema, and every operation has a name of its own")
    func references() throws {
        let text = AuroraServer.openAPI.text()
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["openapi"] as? String == "3.1.0")
        let components = try #require(document["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: Any])
        let names = text.matches(of: /"#\/components\/schemas\/(\w+)"/).map { String($0.1) }
        #expect(!names.isEmpty && names.allSatisfy { schemas[$0] != nil })
        #expect(Set(names).count == schemas.count, "each schema is used")
        let ids = text.matches(of: /"operationId":"(\w+)"/).map { String($0.1) }
        #expect(Set(ids).count == AuroraServer.describedRoutes.count)
    }
}
