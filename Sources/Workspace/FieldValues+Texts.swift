package import Columns
import Yams

extension FieldValues {
    /// Values that stand in no file, like those of a command's options, checked as if they did.
    ///
    /// - Parameters:
    ///   - texts: what stands under each key, as one would write it in YAML without quotes.
    ///   - origin: where they come from, as a place in diagnostics.
    /// - Returns: nil where the diagnostics say what is wrong.
    package init?(
        _ texts: [(key: String, value: String)], as fields: [Field], called name: String,
        from origin: String, _ diagnostics: inout [Diagnostic]
    ) {
        let node = Node(texts.map { (Node($0.key), Node($0.value)) })
        var reader = FieldReader(file: origin)
        let values = reader.object(node, fields, called: name)
        diagnostics += reader.diagnostics
        guard let values, reader.diagnostics.isEmpty else { return nil }
        self = values
    }
}
