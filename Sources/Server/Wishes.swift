import Columns
import Foundation
import Hummingbird
import Query

// What readers with the right to may change.

extension RequestContext {
    /// What changes the project, for readers who may.
    ///
    /// - Parameter editor: nil where the server changes nothing.
    /// - Throws: `not_permitted`.
    func permitted<Editor>(_ editor: Editor?) throws -> Editor {
        let reader = try signedIn
        guard let editor, reader.may(.edit) else {
            throw AuroraError(
                "not_permitted", "\(reader.name) may not change the project",
                hint: "a line of the token file that ends in 'edit' allows it")
        }
        return editor
    }
}

extension Request {
    /// What the body asks for.
    ///
    /// - Parameters:
    ///   - bytes: at most.
    ///   - form: what a body looks like, for who sends another.
    func wish<Wish: Decodable>(upTo bytes: Int, _ form: String) async throws -> Wish {
        let body = try await body.collect(upTo: bytes)
        return try Data(body.readableBytesView).wish(form)
    }
}

extension Data {
    /// The same of a body that has come already.
    func wish<Wish: Decodable>(_ form: String) throws -> Wish {
        do {
            return try JSONDecoder().decode(Wish.self, from: self)
        } catch {
            throw Problem(
                .badRequest, "bad_request", "The body is not what is asked for here", detail: form)
        }
    }
}
