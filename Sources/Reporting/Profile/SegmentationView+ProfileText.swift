package import Columns
import Foundation
import Query
import Segmentation
import Workspace

extension SegmentationView {
    /// A segmentation's profile as text: of each segment its paragraph, and every column by how far
    /// the segment lies from all others in it.
    ///
    /// - Throws: `unknown_name`, `no_profile`.
    package func profileText(
        named name: String, table: ([String], [[Value]]) -> String
    ) throws(AuroraError) -> String {
        let profile = try guardedProfile(named: name)
        let result = profile.guarded.result
        let writer = FigureWriter(run.project.settings)
        var parts = [
            "\(name): \(result.segments.count) segments, computed on \(writer.count(profile.rows)) "
                + "of \(writer.count(result.rows)) rows. * was used to form the segments: no test."
        ]
        for (place, segment) in result.segments.enumerated() {
            var part =
                "\n\(segment.id) \(segment.name)\n"
                + writer.text(ProfileStory(profile, of: place).phrase)
            let rows = profile.lines(of: place, writer)
            if !profile.guarded.hidden.contains(place), !rows.isEmpty {
                part +=
                    "\n"
                    + table(
                        ["", "column", "mean", "of all", "lift", "effect", "quartiles"], rows)
            }
            parts.append(part)
        }
        for omission in profile.omitted {
            parts.append("\(omission.column) is not compared: \(omission.reason).")
        }
        return parts.joined(separator: "\n")
    }
}

extension GuardedProfile {
    /// Levels of a category that a text tells of.
    private static let shownLevels = 3

    fileprivate func lines(of segment: Int, _ writer: FigureWriter) -> [[Value]] {
        var lines: [(effect: Double, cells: [Value])] = []
        for (place, column) in columns.enumerated() {
            let mark = Value.text(column.isForming ? "*" : "")
            let label = guarded.label(column.name)
            if column.kind == .category {
                let levels = levels(of: place, in: segment).sorted { $0.value > $1.value }
                for fact in levels.prefix(Self.shownLevels) {
                    lines.append(
                        (
                            abs(fact.effect),
                            [
                                mark, .text("\(label) = \(name(of: fact.level ?? "", column))"),
                                .text(writer.share(fact.value)), .text(writer.share(fact.overall)),
                                .text(writer.ratio(fact.lift)), .text(writer.effect(fact.effect)),
                                .text(""),
                            ]
                        ))
                }
            } else if let own = column.segments[segment] {
                func write(_ value: Double?) -> String {
                    guard let value else { return "–" }
                    if column.kind == .date { return Day.text(value) }
                    let own = guarded.figureFormat(column.name)
                    return writer.figure(
                        value, FigureFormat.average(own, near: column.all?.mean ?? value))
                }
                let quartiles = [own.lowerQuartile, own.median, own.upperQuartile].map(write)
                lines.append(
                    (
                        abs(own.effect ?? 0),
                        [
                            mark, .text(label), .text(write(own.mean)),
                            .text(write(column.all?.mean)), .text(writer.ratio(own.lift)),
                            .text(writer.effect(own.effect)),
                            .text(quartiles.joined(separator: " | ")),
                        ]
                    ))
            }
        }
        let order = lines.indices.sorted { (-lines[$0].effect, $0) < (-lines[$1].effect, $1) }
        return order.map { lines[$0].cells }
    }
}

/// Figures as text by the project's locale and currency, for where no page writes them.
struct FigureWriter {
    private let locale: Locale
    private let currency: String

    init(_ settings: ProjectSettings) {
        locale = Locale(identifier: settings.locale)
        currency = settings.currency ?? ""
    }

    func text(_ phrase: Phrase) -> String {
        phrase.parts.map { part in
            switch part {
            case .text(let text): text
            case .name(let value): value.isMissing ? "Missing" : value.description
            case .count(let count): self.count(count)
            case .share(let share): self.share(share)
            case .figure(let value, let format): figure(value, format)
            }
        }.joined()
    }

    /// A phrase as an answer has it.
    func text(_ phrase: JSON) -> String {
        phrase.elements.map { part in
            if let text = part["text"]?.textValue { return text }
            if let share = part["share"]?.numberValue { return self.share(share) }
            if let count = part["count"]?.wholeValue { return self.count(count) }
            if let value = part["value"]?.numberValue, let format = FigureFormat(part["format"]) {
                return figure(value, format)
            }
            switch part["name"] {
            case .string(let name)?: return name
            case .bool(let flag)?: return flag ? "Yes" : "No"
            case .number(let digits)?: return digits
            case .null?: return SheetCell.missingName
            default: return "–"
            }
        }.joined()
    }

    func count(_ count: Int) -> String { count.formatted(.number.locale(locale)) }

    /// One decimal only under 10 %.
    func share(_ share: Double) -> String {
        let digits = share != 0 && abs(share) < 0.0995 ? 0...1 : 0...0
        return share.formatted(.percent.precision(.fractionLength(digits)).locale(locale))
    }

    func ratio(_ ratio: Double?) -> String {
        ratio.map { decimal($0, 2...2) + "×" } ?? "–"
    }

    /// Beyond ten standard deviations hardly anything varies within the groups.
    func effect(_ effect: Double?) -> String {
        guard let effect else { return "–" }
        guard abs(effect) <= 10 else { return effect > 0 ? "> 10" : "< -10" }
        return decimal(effect, 2...2)
    }

    func figure(_ value: Double, _ format: FigureFormat) -> String {
        let text =
            switch format.style {
            case .integer: decimal(value, 0...0)
            case .percent:
                value.formatted(
                    .percent.precision(.fractionLength((format.digits ?? 0)...(format.digits ?? 1)))
                        .locale(locale))
            case .currency: money(value, format.digits)
            case .decimal, .text:
                decimal(value, (format.digits ?? 0)...(format.digits ?? 4))
            }
        return format.unit.map { "\(text) \($0)" } ?? text
    }

    private func money(_ value: Double, _ digits: Int?) -> String {
        let isSmall = abs(value) < 100 && value.rounded() != value
        let places = digits ?? (isSmall ? 2 : 0)
        guard currency.count == 3, currency != "XXX" else { return decimal(value, places...places) }
        return value.formatted(
            .currency(code: currency).precision(.fractionLength(places))
                .presentation(.narrow).locale(locale))
    }

    private func decimal(_ value: Double, _ digits: ClosedRange<Int>) -> String {
        value.formatted(.number.precision(.fractionLength(digits)).locale(locale))
    }
}
