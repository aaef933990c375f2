import Columns
import Crypto

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file that is written under a temporary name beside its own and appears when it is complete.
struct OutputFile: ~Copyable {
    let path: String
    private let temporaryPath: String
    private let descriptor: CInt
    private var hash = SHA256()
    private(set) var byteCount = 0
    private var isPublished = false

    /// - Throws: `cannot_write`.
    init(path: String) throws(AuroraError) {
        let temporaryPath = path + ".\(getpid()).partial"
        let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw Self.failure(path, errno) }
        self.path = path
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        if !isPublished { unlink(temporaryPath) }
    }

    /// Appends bytes at the end.
    /// - Throws: `cannot_write`.
    mutating func write(_ bytes: [UInt8]) throws(AuroraError) {
        let code = bytes.withUnsafeBytes { buffer -> CInt in
            hash.update(bufferPointer: buffer)
            var rest = buffer[...]
            while !rest.isEmpty {
                let run = UnsafeRawBufferPointer(rebasing: rest)
                #if canImport(Darwin)
                let count = Darwin.write(descriptor, run.baseAddress, run.count)
                #elseif canImport(Musl)
                let count = Musl.write(descriptor, run.baseAddress, run.count)
                #else
                let count = Glibc.write(descriptor, run.baseAddress, run.count)
                #endif
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        if code != 0 { throw Self.failure(path, code) }
        byteCount += bytes.count
    }

    /// The SHA-256 of all bytes written so far, in hexadecimal digits.
    var sha256: String {
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// Gives the file its name; what had that name before is replaced.
    /// - Throws: `cannot_write`.
    mutating func publish() throws(AuroraError) {
        if rename(temporaryPath, path) != 0 { throw Self.failure(path, errno) }
        isPublished = true
    }

    /// Makes a folder with those above it, where they don't exist.
    /// - Throws: `cannot_write`.
    static func makeDirectory(_ path: String) throws(AuroraError) {
        if mkdir(path, 0o755) == 0 { return }
        let code = errno
        let above = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
        switch code {
        case EEXIST where isDirectory(path):
            return
        case ENOENT where !above.isEmpty:
            try makeDirectory((path.hasPrefix("/") ? "/" : "") + above.joined(separator: "/"))
            if mkdir(path, 0o755) != 0 { throw failure(path, errno) }
        case EEXIST:
            throw failure(path, ENOTDIR)
        default:
            throw failure(path, code)
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func failure(_ path: String, _ code: CInt) -> AuroraError {
        AuroraError(
            "cannot_write", "can't write '\(path)'", cause: String(cString: strerror(code)),
            hint: code == ENOSPC ? "free some space or name another folder with --output" : nil)
    }
}
