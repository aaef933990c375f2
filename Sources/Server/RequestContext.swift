import Hummingbird
import Logging
import NIOCore
import Query

/// What a request carries through the middleware.
struct RequestContext: Hummingbird.RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who asks; set by ``SignIn``.
    var reader: Reader?

    init(source: Source) { coreContext = .init(source: source) }

    /// Larger bodies are refused with 413.
    var maxUploadSize: Int { 64 << 10 }
}
