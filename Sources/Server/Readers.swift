package import Columns
import Crypto
package import Foundation
import Query

/// Who may read, and by which tokens. Tokens are kept as hashes only.
package struct Readers: Sendable {
    private let byToken: [Data: Reader]

    private static let shortestToken = 20

    /// Reads a file of lines `NAME TOKEN RIGHTS`, where rights are `aggregates`, or `customers`
    /// for whoever may see single customers, too, or `edit` for whoever may change the project besides.
    ///
    /// - Throws: `token_file`, naming the line and what is wrong with it.
    package init(file: URL) throws(AuroraError) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw AuroraError("token_file", "the token file \(file.path) can't be read")
        }
        let mode = (try? FileManager.default.attributesOfItem(atPath: file.path))?[
            .posixPermissions]
        if let mode = mode as? Int, mode & 0o077 != 0 {
            throw AuroraError(
                "token_file", "other users of this machine can read the token file \(file.path)",
                hint: "chmod 600 \(file.path)")
        }
        var byToken: [Data: Reader] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            func refusal(_ reason: String) -> AuroraError {
                AuroraError(
                    "token_file", "line \(index + 1) of \(file.path): \(reason)",
                    hint: "a line is: NAME TOKEN aggregates|customers|edit")
            }
            guard words.count == 3 else {
                throw refusal("\(words.count) words found, but 3 are expected")
            }
            guard words[1].count >= Self.shortestToken else {
                throw refusal("the token is shorter than \(Self.shortestToken) characters")
            }
            guard let right = Reader.Right(rawValue: words[2]) else {
                throw refusal("'\(words[2])' is not a right")
            }
            // Each right holds those before it.
            let rights = Reader.Right.allCases.prefix { $0 != right } + [right]
            let reader = Reader(name: first, rights: Set(rights))
            guard byToken.updateValue(reader, forKey: Self.hash(words[1])) == nil else {
                throw refusal("the token is another reader's, too")
            }
        }
        guard !byToken.isEmpty else {
            throw AuroraError("token_file", "the token file \(file.path) names no reader")
        }
        self.byToken = byToken
    }

    /// Looking up a hash tells nothing about how much of a token was right.
    func reader(withToken token: String) -> Reader? { byToken[Self.hash(token)] }

    private static func hash(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }
}
