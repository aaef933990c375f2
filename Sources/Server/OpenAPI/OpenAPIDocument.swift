import Columns
import HTTPTypes

/// The API as an OpenAPI 3.1 document, made from ``APIRoute/all``.
enum OpenAPIDocument {
    static let json: JSON = .object([
        "openapi": "3.1.0",
        "info": .object([
            "title": "Aurora", "version": "v1",
            "summary": "Customer segments of one project, as its published run has them.",
            "description": .string(
                "docs/http-api.md shows every answer with an example. Requests change nothing "
                    + "but where they say so; nothing is fetched from anywhere else."),
        ]),
        "servers": [.object(["url": "/", "description": "the server that this came from"])],
        "security": [.object([:]), .object(["token": []]), .object(["session": []])],
        "paths": .object(paths),
        "components": .object([
            "schemas": OpenAPISchemas.all,
            "responses": .object([
                "Problem": .object([
                    "description": "what went wrong (RFC 9457)",
                    "content": content("application/problem+json", .reference("Problem")),
                ])
            ]),
            "securitySchemes": .object([
                "token": .object([
                    "type": "http", "scheme": "bearer",
                    "description": "a token of the server's token file",
                ]),
                "session": .object([
                    "type": "apiKey", "in": "cookie", "name": "aurora_session",
                    "description": "given by POST /sign-in",
                ]),
            ]),
        ]),
    ])

    private static var paths: [JSON.Member] {
        var paths: [JSON.Member] = []
        for route in APIRoute.all {
            let operation = JSON.Member(
                name: route.method.rawValue.lowercased(), value: operation(route))
            if let index = paths.firstIndex(where: { $0.name == route.path }),
                case .object(let others) = paths[index].value
            {
                paths[index].value = .object(others + [operation])
            } else {
                paths.append(.init(name: route.path, value: .object([operation])))
            }
        }
        return paths
    }

    private static func operation(_ route: APIRoute) -> JSON {
        var members = [
            JSON.Member(name: "operationId", value: .string(route.id)),
            JSON.Member(name: "summary", value: .string(route.summary)),
        ]
        if let right = route.right {
            members.append(
                .init(
                    name: "description",
                    value: .string("Only for readers with the right `\(right)`.")))
        }
        let parameters = parameters(of: route.path) + query(of: route)
        if !parameters.isEmpty {
            members.append(.init(name: "parameters", value: .array(parameters)))
        }
        if !route.body.isEmpty {
            let kinds = route.body.map { type, schema in
                JSON.Member(name: type, value: .object(["schema": schema]))
            }
            members.append(
                .init(
                    name: "requestBody",
                    value: .object(["required": true, "content": .object(kinds)])))
        }
        members.append(.init(name: "responses", value: .object(responses(of: route))))
        return .object(members)
    }

    private static func parameters(of path: String) -> [JSON] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            let name = String(part.dropFirst().dropLast())
            return .object([
                "name": .string(name), "in": "path", "required": true,
                "schema": .object(["type": name == "id" ? "integer" : "string"]),
            ])
        }
    }

    private static func query(of route: APIRoute) -> [JSON] {
        route.query.map { name, words in
            .object([
                "name": .string(name), "in": "query", "required": false,
                "description": .string(words), "schema": .object(["type": "string"]),
            ])
        }
    }

    private static func responses(of route: APIRoute) -> [JSON.Member] {
        let answer = JSON.object([
            "description": .string(route.summary),
            "content": content(route.answerType, route.answer),
        ])
        var problems = route.problems + [(401, ["signed_out"])]
        problems.append((403, ["foreign_origin"] + (route.right == nil ? [] : ["not_permitted"])))
        let described = problems.sorted { $0.status < $1.status }.map { status, codes in
            JSON.Member(
                name: String(status),
                value: .object([
                    "description": .string("codes: " + codes.joined(separator: ", ")),
                    "content": content("application/problem+json", .reference("Problem")),
                ]))
        }
        return [.init(name: String(route.status), value: answer)] + described
            + [
                .init(
                    name: "default",
                    value: .object(["$ref": "#/components/responses/Problem"]))
            ]
    }

    private static func content(_ type: String, _ schema: JSON) -> JSON {
        .object([JSON.Member(name: type, value: .object(["schema": schema]))])
    }
}
