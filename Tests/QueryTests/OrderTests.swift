import Columns
import Query
import TestProjects
import Testing

@Suite("The order of rows")
struct OrderTests {
    @Test("a declared order comes first, other values follow, missing ones come last")
    func declared() async throws {
        let bank = try await Bank(files: [
            "cards.csv": "card,owner,kind,credit\n1,1,,0\n2,1,student,0\n3,1,basic,0\n"
                + "4,1,Amber,0\n5,1,gold,0\n6,1,basic,0\n"
        ])
        let rows = try await bank.rows("cards", by: "kind")
        #expect(rows == ["gold 1", "basic 2", "Amber 1", "student 1", "– 1"])
    }

    @Test("bands are in their order, also when they are read from another model")
    func bands() async throws {
        let bank = try await Bank()
        #expect(try await bank.rows("customers", by: "age_band") == ["young 2", "old 3"])
        let cards = try await bank.rows("cards", by: "age_band")
        #expect(cards == ["young 3", "old 1", "– 2"])
    }

    @Test("numbers are ordered by size, dates by time, booleans false first")
    func values() async throws {
        let bank = try await Bank(files: [
            "customers.csv": """
            id,region,age,income,joined
            1,,100,10.5,2024-01-01
            2,,9,-1.0,1999-12-31
            3,,10,2000.0,
            """
        ])
        #expect(try await bank.rows("customers", by: "age") == ["9 1", "10 1", "100 1"])
        let incomes = try await bank.rows("customers", by: "income_paid")
        #expect(incomes == ["-1.0 1", "10.5 1", "2000.0 1"])
        let days = try await bank.rows("customers", by: "joined")
        #expect(days == ["1999-12-31 1", "2024-01-01 1", "– 1"])
        #expect(try await bank.rows("customers", by: "is_rich") == ["false 2", "true 1"])
    }

    @Test("texts are ordered by code points, on every machine alike")
    func texts() async throws {
        let bank = try await Bank(files: [
            "regions.csv": "code,name\n1,äpfel\n2,apple\n3,Zebra\n4,\"a b\"\n5,Äpfel\n6,10\n7,9\n",
            "customers.csv": "id,region,age,income,joined\n1,1,1,1.5,2024-01-01\n",
        ])
        let rows = try await bank.rows("regions", by: "region")
        #expect(rows == ["10 1", "9 1", "Zebra 1", "a b 1", "apple 1", "Äpfel 1", "äpfel 1"])
    }

    @Test("the first dimension decides, then the second")
    func two() async throws {
        let bank = try await Bank()
        let rows = try await bank.rows("cards", by: "kind,age_band")
        #expect(
            rows == [
                "gold young 2", "gold – 1", "basic young 1", "basic old 1", "student – 1",
            ])
    }
}
