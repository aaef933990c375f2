import Foundation
import Testing

/// A PostgreSQL server on this machine's loopback address, which ends with its last reference, and
/// with the tests' process, however that ends.
final class PostgreSQLServer: Sendable {
    let port: Int
    let password = "p'w \"\\ \(UUID().uuidString)"
    /// PostgreSQL's password file with this server's password.
    let passwordFile: URL
    /// The password file's folder; nothing of a test's project is in it.
    private let folder: URL
    private let cluster: URL
    private let process: Process
    /// The server lives as long as this stays open.
    private let lifeline = Pipe()
    private let watcher: Process

    static let user = "aurora"

    /// `AURORA_POSTGRES` names another folder of the server's programs.
    private static let programs: String? = {
        if let stated = ProcessInfo.processInfo.environment["AURORA_POSTGRES"] { return stated }
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap(Int.init).sorted(by: >).map { "\(root)/\($0)/bin" }
        return (newest + ["/opt/homebrew/opt/postgresql@17/bin", "/usr/pgsql-17/bin"]).first {
            FileManager.default.isExecutableFile(atPath: $0 + "/initdb")
        }
    }()

    static var isThere: Bool { programs != nil }

    static let reason: Comment =
        "PostgreSQL's server is not here: Scripts/setup --tests, or set AURORA_POSTGRES"

    init() throws {
        let programs = try #require(Self.programs)
        // Short, and not below the tests' folder, which the server's user may not see.
        folder = URL(filePath: "/tmp/aurora-pg-\(UUID().uuidString.prefix(8))")
        cluster = folder.appending(path: "cluster")
        try FileManager.default.createDirectory(at: cluster, withIntermediateDirectories: true)
        var runner: [String] = []
        if geteuid() == 0 {
            // The server refuses to run as root.
            let owner = getpwnam("postgres") ?? getpwnam("nobody")
            let account = try #require(owner).pointee
            for url in [folder, cluster] { chown(url.path, account.pw_uid, account.pw_gid) }
            runner = ["setpriv", "--reuid=\(account.pw_uid)", "--regid=\(account.pw_gid)"]
            runner += ["--clear-groups"]
        }
        let secret = folder.appending(path: "secret")
        try Data(password.utf8).write(to: secret)
        try Self.run(
            runner + [
                programs + "/initdb", "-D", cluster.path, "-U", Self.user, "--no-sync",
                "--auth=scram-sha-256", "--pwfile=\(secret.path)", "--encoding=UTF8", "--no-locale",
            ])
        try FileManager.default.removeItem(at: secret)
        port = try Self.freePort()
        passwordFile = folder.appending(path: "pgpass")
        let escaped = password.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
        try Data("127.0.0.1:\(port):*:\(Self.user):\(escaped)\n".utf8).write(to: passwordFile)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: passwordFile.path)
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            runner + [
                programs + "/postgres", "-D", cluster.path, "-c", "listen_addresses=127.0.0.1",
                "-c", "port=\(port)", "-c", "unix_socket_directories=", "-c", "fsync=off",
                "-c", "log_statement=all",
            ]
        let log = folder.appending(path: "log")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        process.currentDirectoryURL = URL(filePath: "/")
        try process.run()
        // Ends the server when the tests' process ends, however that comes.
        watcher = Process()
        watcher.executableURL = URL(filePath: "/bin/sh")
        watcher.arguments = [
            "-c", "read -r _; kill -QUIT $1 2>/dev/null; sleep 1; rm -rf \"$2\"", "sh",
            "\(process.processIdentifier)", folder.path,
        ]
        watcher.standardInput = lifeline
        try watcher.run()
        try waitUntilReady()
    }

    deinit {
        try? lifeline.fileHandleForWriting.close()
        process.waitUntilExit()
        watcher.waitUntilExit()
    }

    /// One server for all tests that only ask it.
    static let shared = Task { try PostgreSQLServer() }

    /// What the server wrote down: its start, and every statement.
    var log: String {
        (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? ""
    }

    /// Ends the server at once, as a failure would.
    func kill() { Foundation.kill(process.processIdentifier, SIGQUIT) }

    /// Runs statements as the user who owns the database.
    @discardableResult
    func sql(_ statements: String) throws -> String {
        var environment = ProcessInfo.processInfo.environment
        environment["PGPASSWORD"] = password
        return try Self.run(
            [
                "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p",
                "\(port)", "-U", Self.user, "-d", "postgres", "-f", "-",
            ], input: statements, environment: environment)
    }

    /// The lines of a source file that reads a table of this server.
    func source(_ table: String, _ more: String = "") -> String {
        """
        type: source/v1
        postgresql:
          host: 127.0.0.1
          port: \(port)
          database: postgres
          user: \(Self.user)
          passfile: \(passwordFile.path)
          table: \(table)

        """ + more
    }

    private func waitUntilReady() throws {
        for _ in 0..<200 {
            if (try? sql("SELECT 1")) != nil { return }
            usleep(50_000)
        }
        try #require(Bool(false), "PostgreSQL does not start: \(log.suffix(500))")
    }

    private static func freePort() throws -> Int {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, size) == 0 && getsockname(handle, $0, &size) == 0
            }
        }
        try #require(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }

    @discardableResult
    private static func run(
        _ command: [String], input: String = "", environment: [String: String]? = nil
    ) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.environment = environment
        process.currentDirectoryURL = URL(filePath: "/")
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let text = String(
            decoding: try stdout.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(text: text) }
        return text
    }

    struct Failed: Error { var text: String }
}
