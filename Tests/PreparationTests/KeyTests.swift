import Columns
import Runs
import TestProjects
import Testing

@Suite("Keys and references")
struct KeyTests {
    @Test("a key that repeats, or is missing, is told with how many rows")
    func key() async throws {
        let mistake = try await TestProject(csv: "id,x\n1,a\n1,b\n,c\n2,d\n1,e\n").onlyMistake()
        #expect(mistake.code == "key_not_unique")
        #expect(mistake.place.description == "models/m.yaml:3:6")
        #expect(
            mistake.message
                == "the key 'id' does not tell rows apart: of 5 rows 1 have none, "
                + "and 2 repeat that of another row")
    }

    @Test("a key that isn't a column")
    func unknownKey() async throws {
        let mistake = try await TestProject(csv: "ID,x\n1,a\n").onlyMistake()
        #expect(mistake.code == "unknown_column")
        #expect(mistake.place.description == "models/m.yaml:3:6")
        #expect(mistake.hint == "did you mean 'ID'?")
    }

    @Test("the key is that of the finished table")
    func renamedKey() async throws {
        let project = try TestProject(csv: "nr,x\n1,a\n", steps: ["rename: {nr: id}"])
        #expect(try await project.rows() == ["1 a"])
    }

    static func bank(reference: String, cards: String, customers: String) throws -> TestProject {
        try TestProject([
            "cards.csv": cards, "customers.csv": customers,
            "sources/card_file.yaml": "type: source/v1\ncsv: {file: cards.csv}\n",
            "sources/customer_file.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
            "models/customers.yaml": "type: model/v1\nfrom: customer_file\nkey: id\n",
            "models/cards.yaml": """
            type: model/v1
            from: card_file
            key: card
            references: {customers: \(reference)}
            """,
        ])
    }

    @Test("a reference that isn't a column, at its place")
    func unknownReference() async throws {
        let mistake = try await Self.bank(
            reference: "ownr", cards: "card,owner\n1,1\n", customers: "id\n1\n"
        ).onlyMistake()
        #expect(mistake.code == "unknown_column")
        #expect(mistake.place.description == "models/cards.yaml:4:25")
        #expect(mistake.hint == "did you mean 'owner'?")
    }

    @Test("a reference of another type than the key that it holds")
    func referenceType() async throws {
        let mistake = try await Self.bank(
            reference: "owner", cards: "card,owner\n1,1\n2,nobody\n", customers: "id\n1\n"
        ).onlyMistake()
        #expect(mistake.code == "reference_type")
        #expect(mistake.place.description == "models/cards.yaml:4:25")
        #expect(
            mistake.message
                == "'owner' is text, but the key 'id' of model 'customers' is integer")
    }

    @Test("a reference may be missing, or lead nowhere")
    func orphans() async throws {
        let project = try Self.bank(
            reference: "owner", cards: "card,owner\n1,1\n2,\n3,99\n", customers: "id\n1\n")
        #expect(try await project.publish().models.map(\.rows) == [3, 1])
    }
}
