import Columns
import DuckDBEngine
import Engine
import Foundation

/// The folder with what Aurora needs at run time beside its program: `Web/` and `.deps/`.
enum Home {
    /// `AURORA_HOME`, or the nearest folder above the program that holds `Web/`.
    static let url: URL? = {
        if let stated = ProcessInfo.processInfo.environment["AURORA_HOME"] {
            return URL(filePath: stated, directoryHint: .isDirectory).absoluteURL
        }
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let start =
            program.path == "/proc/self/exe"
            ? URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath() : program
        var folder = start.deletingLastPathComponent()
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Web/index.html").path)
            {
                return folder
            }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }()

    /// Whether the folder was unpacked from an archive, which has no set-up of its own.
    static let isUnpacked: Bool = {
        guard let url else { return false }
        return !FileManager.default.fileExists(atPath: url.appending(path: "Scripts/setup").path)
    }()

    /// How missing files come back.
    static let remedy = isUnpacked ? "unpack Aurora's archive again" : "make setup"
}

/// Which engine runs is decided here and nowhere else.
enum Engines {
    static func provider(
        threads: Int, memory: Int? = nil
    ) throws(AuroraError) -> any EngineProvider {
        DuckDBProvider(
            try DuckDBLibrary.load(home: Home.url), threads: threads, memory: memory)
    }
}
