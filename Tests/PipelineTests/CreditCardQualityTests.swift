import Preparation
import TestProjects
import Testing

/// Figures of numpy and pandas over the original's file.
@Suite("Reference 003: the file's quality", .onFiles(of: .creditCard))
struct CreditCardQualityTests {
    private func profile() async throws -> TableProfile {
        try #require(try await ReferenceProject.creditCard.run.quality["cc_general"]).profile
    }

    @Test("a column's figures")
    func column() async throws {
        let profile = try await profile()
        #expect(profile.rows == 8950 && profile.duplicates == 0)
        let balance = try #require(profile[column: "BALANCE"])
        let numbers = try #require(balance.numbers)
        #expect(balance.distinct == 8871 && balance.missing == 0 && numbers.zeros == 80)
        #expect(abs(try #require(numbers.mean) - 1564.4748276781004) < 1e-9)
        let quantiles = try #require(numbers.quantiles)
        let expected = [
            0.0, 0.06510059, 128.2819155, 873.385231, 2054.1400355, 9338.804814, 19043.13856,
        ]
        let found = [
            quantiles.minimum, quantiles.p1, quantiles.p25, quantiles.median, quantiles.p75,
            quantiles.p99, quantiles.maximum,
        ]
        for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-8) }
        #expect(numbers.outliers?.below == 0 && numbers.outliers?.above == 695)
        #expect(profile[column: "MINIMUM_PAYMENTS"]?.missing == 313)
        #expect(profile[column: "MINIMUM_PAYMENTS"]?.distinct == 8636)
        #expect(profile[column: "CUST_ID"]?.texts?.levels == [])
    }

    @Test("136 correlations, one of them nearly the same twice")
    func correlations() async throws {
        let profile = try await profile()
        let pairs = profile.correlations.pairs
        #expect(pairs.count == 136 && profile.limits == [])
        #expect(
            pairs.filter(\.isNearlySame).map { [$0.x, $0.y] } == [
                ["PURCHASES", "ONEOFF_PURCHASES"]
            ])
        #expect(abs(pairs[0].pearson - 0.9168445587151489) < 1e-12)
        #expect(abs(try #require(pairs[0].spearman) - 0.7511636636903481) < 1e-12)
        let missing = try #require(
            pairs.first { Set([$0.x, $0.y]) == ["CREDIT_LIMIT", "MINIMUM_PAYMENTS"] })
        #expect(missing.rows == 8636)
        #expect(abs(missing.pearson - 0.1266709462712346) < 1e-12)
        #expect(abs(try #require(missing.spearman) - 0.2641753613826291) < 1e-12)
    }

    @Test("what is worth a look is told in words, worst first")
    func findings() async throws {
        let findings = try await profile().findings ?? []
        let words = findings.map(\.words)
        #expect(words.contains("MINIMUM_PAYMENTS: 313 rows (3.5 %) have no value"))
        #expect(words.contains("CREDIT_LIMIT: 1 row (under 0.1 %) has no value"))
        #expect(words.contains { $0.hasPrefix("PURCHASES and ONEOFF_PURCHASES are nearly") })
        #expect(findings.map(\.severity) == findings.map(\.severity).sorted())
    }
}
