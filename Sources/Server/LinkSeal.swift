import Columns
import Crypto
import Foundation
import HTTPTypes
import Runs
import Synchronization

/// Seals the state that a page's address carries: whoever reads the address learns nothing of it,
/// and nobody makes one up.
///
/// The key lies in the project's state folder, so that links outlive the server and its runs. A
/// state is sealed with a nonce made of the state itself: the same selections give the same address,
/// and no two states share a nonce.
final class LinkSeal: Sendable {
    private let folder: StateFolder
    private let keys = Mutex<Keys?>(nil)

    private struct Keys {
        var sealing: SymmetricKey
        var nonces: SymmetricKey

        init(_ secret: SymmetricKey) {
            func derived(_ purpose: String) -> SymmetricKey {
                HKDF<SHA256>.deriveKey(
                    inputKeyMaterial: secret, info: Data(purpose.utf8), outputByteCount: 32)
            }
            sealing = derived("aurora link: sealing")
            nonces = derived("aurora link: nonces")
        }
    }

    init(_ folder: StateFolder) { self.folder = folder }

    /// A state as it may stand in an address of this page.
    func sealed(_ text: String, for page: String) throws -> String {
        let (keys, place) = (loaded(), Data(page.utf8))
        let code = HMAC<SHA256>.authenticationCode(
            for: place + [0] + Data(text.utf8), using: keys.nonces)
        let box = try AES.GCM.seal(
            Data(text.utf8), using: keys.sealing, nonce: AES.GCM.Nonce(data: Data(code.prefix(12))),
            authenticating: place)
        return (box.combined ?? Data()).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// What a body `{"state": "…"}` holds for this page.
    ///
    /// - Throws: a problem where it was sealed elsewhere, for another page, or not at all.
    func opened(_ body: Data, for page: String) throws -> String {
        struct Sealed: Decodable { var state: String }
        guard let state = try? JSONDecoder().decode(Sealed.self, from: body).state else {
            throw Problem(
                .badRequest, "bad_request", "The body is not a state", detail: "{\"state\": \"…\"}")
        }
        let plain = state.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding),
            let box = try? AES.GCM.SealedBox(combined: data),
            let text = try? AES.GCM.open(
                box, using: loaded().sealing, authenticating: Data(page.utf8))
        else {
            throw Problem(
                .notFound, "unknown_state", "The filters of this link can't be read here",
                detail:
                    "It was made for another page, by another project's server, or is incomplete")
        }
        return String(decoding: text, as: UTF8.self)
    }

    // MARK: The key

    private func loaded() -> Keys {
        keys.withLock { keys in
            if let keys { return keys }
            let made = Keys(secret())
            keys = made
            return made
        }
    }

    /// The folder's secret, made at the first need. Where the folder can't be written, links last as
    /// long as the server.
    private func secret() -> SymmetricKey {
        let file = folder.linkKey.path
        if let kept = kept(file) { return kept }
        let secret = SymmetricKey(size: .bits256)
        guard (try? folder.create()) != nil else { return secret }
        // Of two servers that begin at once, one makes the file and the other reads it.
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { return kept(file) ?? secret }
        defer { close(descriptor) }
        let written = secret.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written != 32 { unlink(file) }
        return secret
    }

    private func kept(_ file: String) -> SymmetricKey? {
        guard let data = FileManager.default.contents(atPath: file), data.count == 32 else {
            return nil
        }
        return SymmetricKey(data: data)
    }
}
