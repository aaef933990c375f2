package import Columns
package import Kernels
package import Learning
package import Workspace

/// A way of forming segments, as a segmentation's file names it: `k_means: {k: 4}`.
///
/// A new method is a folder with a type that conforms to ``ClusterMethod`` or ``ConditionMethod``,
/// and a line in ``SegmentMethods``.
package protocol SegmentMethod: Sendable {
    /// The key in the file.
    static var name: String { get }
    /// What pages call it.
    static var title: String { get }
    static var summary: String { get }
    static var fields: [Field] { get }

    init(_ values: FieldValues, _ diagnostics: inout [Diagnostic])

    /// The names of the segments unless the file states others; nil where only the data tells how
    /// many there are.
    var announced: [String]? { get }

    /// The segmentations that this one is made of.
    var uses: [Located<String>] { get }

    /// A segment's usual name where others that it is made of have got other names.
    ///
    /// - Parameter names: new names by the old ones, by the segmentation.
    func usualName(_ name: String, following names: [String: [String: String]]) -> String

    /// Tells what in the file makes no sense beside the rest of it.
    func check(_ spec: SegmentationSpec, _ diagnostics: inout [Diagnostic])
}

extension SegmentMethod {
    package var uses: [Located<String>] { [] }
    package func usualName(
        _ name: String, following names: [String: [String: String]]
    ) -> String { name }
    package func check(_ spec: SegmentationSpec, _ diagnostics: inout [Diagnostic]) {}
}

/// A method that learns segments from features.
package protocol ClusterMethod: SegmentMethod {
    associatedtype Model: ClusterModel

    /// How categories are brought among the features unless the file says otherwise; nil where it
    /// has to say.
    static var usualEncoding: CategoryEncoding? { get }

    /// Keys of the rows that the segments start from.
    var start: [Located<Value>]? { get }

    /// - Parameter rows: on the scale that the file states, in the order of the key.
    func fit(_ rows: PreparedRows, work: Work) throws(AuroraError) -> Model

    /// The method for one of many repetitions on resampled rows: from few random starts.
    func repeated(_ replicate: Int) -> Self
    /// Rows that it is repeated on at most.
    static var repeatedRows: Int { get }
    /// The Bayesian information criterion of a fit, with so many segments; nil where the method has
    /// no likelihood.
    func bic(_ rows: PreparedRows, k: Int, work: Work) throws(AuroraError) -> Double?
}

extension ClusterMethod {
    package static var usualEncoding: CategoryEncoding? { nil }
    package var start: [Located<Value>]? { nil }
    package static var repeatedRows: Int { 20_000 }
    package func repeated(_ replicate: Int) -> Self { self }
    package func bic(
        _ rows: PreparedRows, k: Int, work: Work
    ) throws(AuroraError) -> Double? { nil }
}

/// A method that states segments by conditions on the model's columns.
package protocol ConditionMethod: SegmentMethod {
    /// Works out the conditions over a model's table; nil when diagnostics say why there are none.
    func conditions(
        over table: ConditionTable, _ diagnostics: inout [Diagnostic]
    ) async throws(AuroraError) -> SegmentConditions?
}

/// Every method, by the key in a segmentation's file.
package enum SegmentMethods {
    package static let all: [any SegmentMethod.Type] = [
        KMeansMethod.self, KPrototypesMethod.self, FAMDMethod.self, GaussianMixtureMethod.self,
        DBSCANMethod.self, AgglomerativeMethod.self, RulesMethod.self, RFMMethod.self,
        TiersMethod.self, GridMethod.self,
    ]

    /// The one method that a file names, with its options; nil with a diagnostic where it names none
    /// or several.
    static func stated(
        in values: FieldValues, _ diagnostics: inout [Diagnostic]
    ) -> (type: any SegmentMethod.Type, options: FieldValues)? {
        let stated = all.filter { values.names($0.name) }
        let names = all.map { $0.name }.joined(separator: ", ")
        guard let type = stated.first else {
            diagnostics.append(
                Diagnostic(
                    "missing_key", at: values.place, "the file names no way of forming segments",
                    hint: "one of \(names)"))
            return nil
        }
        guard stated.count == 1 else {
            diagnostics.append(
                Diagnostic(
                    "several_methods", at: values.place(of: stated[1].name),
                    "the file forms segments in \(stated.count) ways: "
                        + stated.map { $0.name }.joined(separator: ", "),
                    hint: "one file for each"))
            return nil
        }
        return values.object(type.name).map { (type, $0) }
    }

    /// The cluster method of a name, to bring its model back from a run's file.
    static func clusterMethod(_ name: String) -> (any ClusterMethod.Type)? {
        all.first { $0.name == name } as? any ClusterMethod.Type
    }
}

extension FieldValues {
    /// A share of the customers below 1; nil where there is none, or with a diagnostic where the
    /// number is no share.
    func share(_ key: String, _ diagnostics: inout [Diagnostic]) -> Double? {
        guard let share = number(key) else { return nil }
        if share >= 0, share < 1 { return share }
        diagnostics.append(
            Diagnostic(
                "invalid_share", at: place(of: key),
                "'\(key)' is \(share) but must be 0 or more and below 1", hint: "3 % is 0.03"))
        return nil
    }
}

/// "Segment 1", "Segment 2", …
func numberedSegments(_ count: Int) -> [String] { (1...max(1, count)).map { "Segment \($0)" } }
