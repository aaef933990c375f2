import Columns
import Engine
import Foundation
import Preparation

/// Looks at every row of the files, and names what was found.
struct TableReader {
    let engine: any Engine
    let scratch: URL
    let sheet: String?
    let report: (String) -> Void

    /// The tables, the one that looks most like customers first.
    func read(_ files: [URL]) async throws -> [StarterTable] {
        var tables: [StarterTable] = []
        for (index, file) in files.enumerated() {
            report("Looking at \(file.lastPathComponent)")
            tables.append(try await read(file, number: index))
        }
        tables = named(tables)
        if tables.count > 1 {
            report("Comparing keys")
            let finder = ReferenceFinder(engine: engine, tables: tables)
            for index in tables.indices {
                tables[index].references = try await finder.references(of: tables[index])
            }
        }
        return derived(withoutCircles(named(mainFirst(tables))))
    }

    private func read(_ file: URL, number: Int) async throws -> StarterTable {
        guard let kind = SourceKind.forFile(file) else {
            throw AuroraError(
                "file_unreadable", "\(file.path) can't be read, or is of no kind that Aurora reads",
                hint: "kinds are " + SourceKind.all.map(\.name).joined(separator: ", "))
        }
        let stated = sheet.map { [(key: "sheet", value: $0)] } ?? []
        let folder = scratch.appending(path: "file-\(number)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var diagnostics: [Diagnostic] = []
        guard let reader = kind.reader(of: file, stated, &diagnostics),
            let inspection = try await Inspection.of(
                reader, kind, options: [(key: "file", value: file.lastPathComponent)] + stated,
                data: file.deletingLastPathComponent(), scratch: folder, intake: engine,
                keeping: "table:\(number)", &diagnostics)
        else { throw InvalidProject(diagnostics) }
        guard inspection.rows > 0 else {
            throw AuroraError(
                "table_empty", "\(file.path) holds no row, so nothing can be said about it",
                hint: "a header and at least one row are needed")
        }
        let columns = RoleFinder.columns(of: inspection)
        let key = try await KeyFinder(
            engine: engine, table: "table:\(number)", columns: columns, rows: inspection.rows
        ).key()
        return StarterTable(
            file: file, inspection: inspection,
            source: Words.slug(file.deletingPathExtension().lastPathComponent),
            model: Words.slug(file.deletingPathExtension().lastPathComponent), columns: columns,
            key: key, values: "table:\(number)")
    }

    private func derived(_ tables: [StarterTable]) -> [StarterTable] {
        let asOf = AsOfFinder.find(tables)
        return tables.map { table in
            var table = table
            (table.derived, table.notDerived) = DerivedFinder(table: table, asOf: asOf).find()
            return table
        }
    }

    // MARK: Which of them are customers

    private func mainFirst(_ tables: [StarterTable]) -> [StarterTable] {
        guard tables.count > 1 else { return tables }
        let words: Set = ["customer", "client", "user", "member", "person", "people", "account"]
        func score(_ table: StarterTable) -> Int {
            let referring = tables.count { other in
                other.references.contains { $0.model == table.model }
            }
            let names = Words.spoken(table.source) + Words.spoken(table.key.name)
            let isNamed = names.contains { name in
                words.contains(name) || words.contains(String(name.dropLast()))
            }
            let people = table.columns.contains {
                [.person, .birthDate].contains($0.role) || NameSigns($0.name).saysAge
            }
            let quantities = min(3, table.columns.count { $0.role.isQuantity })
            return referring * 3 + (isNamed ? 4 : 0) + (people ? 3 : 0) + quantities
        }
        let scores = tables.map(score)
        let main = tables.indices.max { (scores[$0], $1) < (scores[$1], $0) } ?? 0
        return [tables[main]] + tables.indices.filter { $0 != main }.map { tables[$0] }
    }

    /// Gives the first table's model the name `customers`, and no two things the same name.
    private func named(_ tables: [StarterTable]) -> [StarterTable] {
        var (tables, taken) = (tables, Set<String>())
        var renamed: [String: String] = [:]
        for index in tables.indices {
            let old = tables[index].model
            let name = index == 0 ? "customers" : tables[index].source
            tables[index].model = Words.free(name, &taken)
            renamed[old] = tables[index].model
        }
        for index in tables.indices {
            let isTaken = taken.contains(tables[index].source)
            let stem = tables[index].source
            tables[index].source = Words.free(isTaken ? stem + "_file" : stem, &taken)
            for reference in tables[index].references.indices {
                let old = tables[index].references[reference].model
                tables[index].references[reference].model = renamed[old] ?? old
            }
        }
        return tables
    }

    /// Of two tables that hold each other's keys, the smaller one is referred to.
    private func withoutCircles(_ tables: [StarterTable]) -> [StarterTable] {
        tables.map { table in
            var table = table
            let (rows, model) = (table.rows, table.model)
            table.references.removeAll { reference in
                guard let other = tables.first(where: { $0.model == reference.model }) else {
                    return true
                }
                let isMutual = other.references.contains { $0.model == model }
                return isMutual && (rows, other.model) <= (other.rows, model)
            }
            return table
        }
    }
}
