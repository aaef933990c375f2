import Columns
import Engine
import Foundation
import Workspace

/// Where a PostgreSQL server is, and where the credentials for it are kept: never in a project.
struct PostgreSQLAccess: Sendable {
    private let host: String?
    private let port: Int?
    private let database: String?
    private let user: String?
    private let passwordVariable: Located<String>?
    private let passwordFile: Located<String>?
    private let connectionVariable: Located<String>?
    private let password: Located<String>?

    static let fields = [
        Field("host", .text, "the server; PGHOST if not stated"),
        Field("port", .integer(1...65535), "its port; PGPORT, or else 5432, if not stated"),
        Field("database", .text, "the database; PGDATABASE if not stated"),
        Field("user", .text, "the user, who needs to read only; PGUSER if not stated"),
        Field(
            "password_from", .text,
            "the environment variable that holds the password; PGPASSWORD if not stated"),
        Field(
            "passfile", .text,
            "PostgreSQL's password file, outside of the project; PGPASSFILE or ~/.pgpass if not "
                + "stated"),
        Field(
            "connection", .text,
            "the environment variable that holds a whole connection string, in place of all these"),
        Field("password", .text, "refused: a project holds no password"),
    ]

    init(_ values: FieldValues) {
        host = values.text("host")
        port = values.integer("port")
        database = values.text("database")
        user = values.text("user")
        passwordVariable = values.located("password_from")
        passwordFile = values.located("passfile")
        connectionVariable = values.located("connection")
        password = values.located("password")
    }

    /// The server and the database in words, as far as the project states them.
    var words: String {
        if let connectionVariable { return "the connection in \(connectionVariable.value)" }
        let server = [host, port.map(String.init)].compactMap { $0 }.joined(separator: ":")
        return [database.map { "'\($0)'" }, server.isEmpty ? nil : "at " + server]
            .compactMap { $0 }.joined(separator: " ")
    }

    /// - Parameter folder: a folder of the project, in which no credential may be.
    func connection(
        _ environment: [String: String], outside folder: URL, _ diagnostics: inout [Diagnostic]
    ) -> PostgreSQLConnection? {
        let problems = problems(environment, outside: folder)
        diagnostics += problems
        guard problems.isEmpty else { return nil }
        if let variable = connectionVariable {
            return PostgreSQLConnection(string: environment[variable.value])
        }
        var parameters: [(keyword: String, value: String)] = []
        func add(_ keyword: String, _ value: String?) {
            if let value { parameters.append((keyword, value)) }
        }
        add("host", host)
        add("port", port.map(String.init))
        add("dbname", database)
        add("passfile", passwordFile.map { Self.url($0.value).path })
        // A server that does not answer must not hold up a run for ever.
        if environment["PGCONNECT_TIMEOUT"] == nil { add("connect_timeout", "15") }
        for (keyword, value) in [("idle", "30"), ("interval", "10"), ("count", "3")] {
            add("keepalives_" + keyword, value)
        }
        add("application_name", "aurora")
        return PostgreSQLConnection(
            parameters: parameters, user: user,
            password: passwordVariable.flatMap { environment[$0.value] })
    }

    private func problems(_ environment: [String: String], outside folder: URL) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        if let password {
            problems.append(
                Diagnostic(
                    "credential_in_project", at: password.place,
                    "a password stands in the project, where everybody who has the project reads it",
                    hint: "remove it (and change it, where others have seen it); put it into the "
                        + "environment variable PGPASSWORD, one that 'password_from' names, or a "
                        + "password file"))
        }
        let variables = [("password_from", passwordVariable), ("connection", connectionVariable)]
        for case (let key, let variable?) in variables {
            // What stands there instead may be the credential itself, so it is not repeated.
            guard variable.value.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) != nil else {
                problems.append(
                    Diagnostic(
                        "credential_in_project", at: variable.place,
                        "'\(key)' does not name an environment variable",
                        hint: "put the credential into a variable, and its name here: \(key): "
                            + "BANK_DATABASE"))
                continue
            }
            guard environment[variable.value]?.isEmpty == false else {
                problems.append(
                    Diagnostic(
                        "variable_missing", at: variable.place,
                        "the environment variable that '\(key)' names is not set",
                        hint: "set it where aurora runs"))
                continue
            }
        }
        if let passwordFile { problems += self.problems(passwordFile, outside: folder) }
        return problems
    }

    private func problems(_ file: Located<String>, outside folder: URL) -> [Diagnostic] {
        let url = Self.url(file.value).resolvingSymlinksInPath()
        let home = folder.resolvingSymlinksInPath().standardizedFileURL.path
        guard file.value.hasPrefix("/") || file.value.hasPrefix("~/"),
            !(url.path + "/").hasPrefix(home.hasSuffix("/") ? home : home + "/")
        else {
            return [
                Diagnostic(
                    "credential_in_project", at: file.place,
                    "the password file is not outside of the project and its data",
                    hint: "name a file elsewhere by its whole path, like ~/.pgpass")
            ]
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        guard let mode = attributes?[.posixPermissions] as? Int else {
            return [
                Diagnostic(
                    "file_missing", at: file.place, "the password file does not exist",
                    hint: "it holds lines like host:port:database:user:password")
            ]
        }
        guard mode & 0o077 == 0 else {
            return [
                Diagnostic(
                    "passfile_open", at: file.place, "others may read the password file",
                    hint: "chmod 600 it; PostgreSQL ignores it otherwise")
            ]
        }
        return []
    }

    private static func url(_ path: String) -> URL {
        path.hasPrefix("~/")
            ? FileManager.default.homeDirectoryForCurrentUser.appending(path: path.dropFirst(2))
            : URL(filePath: path).standardizedFileURL
    }
}
