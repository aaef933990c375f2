import CZlib
import Columns
import Foundation

/// zlib's shared library, found on this machine and opened once.
enum Zlib {
    private static let names = ["libz.so.1", "libz.1.dylib"]

    private static let library: Result<czlib_api, AuroraError> = {
        var reasons: [String] = []
        for name in names {
            var api = czlib_api()
            guard let reason = czlib_load(name, &api) else { return .success(api) }
            reasons.append(String(cString: reason))
            free(reason)
        }
        return .failure(
            AuroraError(
                "zlib_missing", "zlib's library was found under none of its names",
                cause: reasons.joined(separator: "\n"),
                hint: "install the system's zlib (Debian: zlib1g)"))
    }()

    /// - Throws: `zlib_missing`.
    static func load() throws(AuroraError) -> czlib_api { try library.get() }
}
