import Columns
import Runs
import TestProjects
import Testing

@Suite("Data that can't be segmented")
struct DataProblemTests {
    /// - Parameter steps: of the recipe of the customers.
    static func error(_ text: String, steps: String = "") async throws -> AuroraError {
        let project = try TestProject(
            segmentations: ["s": text],
            files: [
                "models/customers.yaml": "type: model/v1\nfrom: customer_file\nkey: id\n" + steps
            ])
        return try #require(
            await #expect(throws: AuroraError.self) { try await project.publish() })
    }

    @Test("more segments than rows")
    func aboveRows() async throws {
        let error = try await Self.error("features: [{column: x}, {column: y}]\nk_means: {k: 13}\n")
        #expect(error.code == "k_above_rows")
        #expect(error.message == "k is 13 but there are 12 rows")
        #expect(error.context == ["segmentation 's'"])
    }

    @Test("more segments than different rows")
    func aboveDistinct() async throws {
        let error = try await Self.error("features: [{column: same}]\nk_means: {k: 2}\n")
        #expect(error.code == "k_above_distinct_rows")
        #expect(error.message.contains("only 1"))
    }

    @Test("missing values are told with their feature and number")
    func missing() async throws {
        let error = try await Self.error(
            "features: [{column: x}, {column: gap}]\nk_means: {k: 2}\n")
        #expect(error.code == "missing_values")
        #expect(error.message == "feature 'gap' is missing in 2 of 12 rows")
        #expect(error.hint?.contains("impute") == true)
    }

    @Test("a logarithm of −1 and less")
    func logarithm() async throws {
        let error = try await Self.error(
            """
            features: [{column: shifted, transform: log1p}]
            k_means: {k: 2}
            """,
            steps: "steps: [derive: {column: shifted, as: x - 1}]\n")
        #expect(error.code == "log1p_domain")
        #expect(error.message.contains("'shifted' is -1 or less in 4 rows"))
    }

    @Test("a model without rows")
    func noRows() async throws {
        let error = try await Self.error(
            TestProject.groups, steps: "steps: [filter: {keep: x > 99}]\n")
        #expect(error.code == "no_rows")
    }

    @Test("a constant feature separates nobody, which is told")
    func constant() async throws {
        let project = try TestProject(
            segmentations: [
                "s": "features: [{column: x}, {column: y}, {column: same}]\nk_means: {k: 3}\n"
            ])
        let record = try await project.publish()
        #expect(record.notices.map(\.code) == ["constant_feature"])
        #expect(record.notices.first?.message.contains("'same'") == true)
        #expect(record.notices.first?.about == "segmentation 's'")
    }

    @Test("a start that ends before it has settled is told")
    func notConverged() async throws {
        let project = try TestProject(
            segmentations: [
                "s": """
                features: [{column: x}, {column: y}]
                k_means: {k: 3, start: [a1, a2, a3], max_iterations: 1}
                """
            ])
        #expect(try await project.publish().notices.map(\.code).contains("not_converged"))
    }
}
