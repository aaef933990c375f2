import Engine
import Foundation
import Query
import Reporting
import TestProjects
import Testing

@Suite("Exported tables")
struct ExportTests {
    @Test(
        "what is exported is read again as it was",
        arguments: [TableFormat.csv, .parquet, .xlsx])
    func roundTrip(_ format: TableFormat) async throws {
        let rows = """
            id,name,born,amount,active
            2,"Šárka, ""B"" x",1985-12-10,1200.50,true
            1,=1+1,,-0.10,false
            3,00017,2001-07-05,,true

            """
        let source = "type: source/v1\ncsv: {file: data.csv}\ncolumns: {name: text}\n"
        let model = "type: model/v1\nfrom: data\nkey: id\n"
        let project = try TestProject([
            "data.csv": rows, "sources/data.yaml": source, "models/m.yaml": model,
        ])
        let run = try await project.run()
        let name = "m.\(format.rawValue)"
        let file = project.folder.appending(path: name)
        #expect(try await run.export("m", to: file, as: format, for: .local) == 3)

        let kind = "\(format.rawValue): {file: \(name)}"
        let columns = "columns: {name: text, amount: 'decimal(18,2)'}"
        let again = try TestProject([
            "sources/data.yaml": "type: source/v1\n\(kind)\n"
                + (format == .parquet ? "" : columns + "\n"),
            "models/m.yaml": model,
        ])
        try again.write(try Data(contentsOf: file), to: name)
        try await again.publish()
        let query = "SELECT id, name, born, amount, CAST(active AS VARCHAR) FROM m ORDER BY id"
        #expect(try await again.sql(query) == (try await project.sql(query)))
    }
}
