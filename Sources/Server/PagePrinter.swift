import Columns
package import Foundation

/// What prints a report's HTML file, as the program that serves has it.
package struct PagePrinter: Sendable {
    /// Whether it could print now.
    package var isReady: @Sendable () -> Bool
    /// The PDF of a page that needs no request.
    package var print: @Sendable (Data) async throws -> Data

    package init(
        isReady: @escaping @Sendable () -> Bool,
        print: @escaping @Sendable (Data) async throws -> Data
    ) {
        self.isReady = isReady
        self.print = print
    }
}

/// Prints one page at a time: a browser takes a processor and some hundred megabytes.
actor PrintQueue {
    private let printer: PagePrinter?
    private var last: Task<Void, Never>?

    init(_ printer: PagePrinter?) { self.printer = printer }

    nonisolated var isReady: Bool { printer?.isReady() ?? false }

    /// Waits until those before are done, or has the browser ended when it is cancelled.
    ///
    /// - Throws: `browser_missing`, `browser_failed`.
    func pdf(_ html: Data) async throws -> Data {
        guard let printer else {
            throw AuroraError("browser_missing", "this server prints no PDF")
        }
        let before = last
        let printing = Task {
            await before?.value
            try Task.checkCancellation()
            return try await printer.print(html)
        }
        last = Task { _ = try? await printing.value }
        return try await withTaskCancellationHandler {
            try await printing.value
        } onCancel: {
            printing.cancel()
        }
    }
}
