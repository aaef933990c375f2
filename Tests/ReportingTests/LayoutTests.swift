import Columns
import Query
import Reporting
import TestProjects
import Testing

@Suite("A page's layout")
struct LayoutTests {
    static let page = """
        title: Shop
        description: Who buys.
        slicers:
          - list: {dimension: band}
          - range: {dimension: spent, label: Money}
        visuals:
          - kpi: {measure: customers, title: People, subtitle: in all, width: 3}
          - bar: {measure: avg_age, by: city, sort: value}
          - scatter: {x: age, y: spent, by: is_old, x_label: Years}
          - text: {paragraphs: [{heading: Hello, text: World}]}
        """

    @Test("is what the HTTP API says")
    func document() async throws {
        let json = try await TestProject(page: Self.page).page().json()
        #expect(json["name"] == "main")
        #expect(json["title"] == "Shop")
        #expect(json["description"] == "Who buys.")
        #expect(
            json["visuals"]?[0]
                == .object([
                    "id": "v1", "type": "kpi", "title": "People", "subtitle": "in all", "width": 3,
                    "height": 1, "measures": ["customers"], "dimensions": [], "drill": [],
                    "interaction": "filter",
                    "options": .object([
                        "against": nil, "compared": false, "over": nil, "each": "month",
                    ]),
                ]))
        #expect(
            json["visuals"]?[1]
                == .object([
                    "id": "v2", "type": "bar", "title": "avg_age by city", "subtitle": nil,
                    "width": 6, "height": 4, "measures": ["avg_age"], "dimensions": ["city"],
                    "drill": [], "interaction": "filter",
                    "options": .object(["sort": "value"]),
                ]))
        #expect(
            json["visuals"]?[2]?["options"]
                == .object(["x": "age", "y": "spent", "x_label": "Years", "y_label": nil]))
        #expect(
            json["visuals"]?[3]?["options"]?["paragraphs"]?[0]
                == .object(["heading": "Hello", "segment": nil, "text": "World"]))
    }

    @Test("slicers say what they pick, and between which numbers")
    func slicers() async throws {
        let json = try await TestProject(page: Self.page).page().json()
        #expect(
            json["slicers"]?[0]
                == .object(["id": "s1", "type": "list", "dimension": "band", "label": "band"]))
        #expect(
            json["slicers"]?[1]
                == .object([
                    "id": "s2", "type": "range", "dimension": "spent", "label": "Money",
                    "minimum": .number("0.1"), "maximum": .number("10.5"),
                ]))
    }

    @Test("dimensions list their values in their order, numbers don't")
    func dimensions() async throws {
        let dimensions = try await TestProject(page: Self.page).page().json()["dimensions"]
        let values = dimensions?["band"]?["values"]?.text()
        #expect(values == #"[{"value":"young","colour":null},{"value":"old","colour":null}]"#)
        #expect(dimensions?["band"]?["ordered"] == true)
        #expect(dimensions?["band"]?["model"] == "customers")
        #expect(dimensions?["city"]?["label"] == "City")
        #expect(
            dimensions?["city"]?["values"]?.text()
                == #"[{"value":"Bergen","colour":null},{"value":"Oslo","colour":null},"#
                + #"{"value":null,"colour":null}]"#)
        #expect(dimensions?["age"]?["kind"] == "number")
        #expect(dimensions?["age"]?["values"] == .null)
        #expect(dimensions?["is_old"]?["kind"] == "boolean")
        #expect(dimensions?["spent"]?["format"]?["style"] == "currency")
    }

    @Test("measures carry what readers need to know about them")
    func measures() async throws {
        let measures = try await TestProject(page: Self.page).page().json()["measures"]
        #expect(
            measures?["avg_age"]
                == .object([
                    "label": "avg_age", "description": nil, "model": "customers",
                    "expression": "avg(age)",
                    "format": .object(["style": "decimal", "digits": 1, "unit": "years"]),
                    "additive": false,
                ]))
        #expect(measures?["customers"]?["description"] == "People in the file.")
        #expect(measures?["customers"]?["format"]?["style"] == "integer")
    }

    @Test("segments have colours, which are their numbers")
    func colours() async throws {
        let project = try TestProject(
            page: "title: T\nslicers: [list: {dimension: groups}]\nvisuals: []\n",
            files: [
                "segments/groups.yaml": """
                type: segment/v1
                model: customers
                features: [{column: age}]
                k_means: {k: 2, start: [1, 5]}
                order: start
                names: [youngsters, elders]
                """
            ])
        let dimension = try await project.page().json()["dimensions"]?["groups"]
        #expect(dimension?["segmentation"] == true)
        #expect(
            dimension?["values"]?.text()
                == #"[{"value":"youngsters","colour":1},{"value":"elders","colour":2}]"#)
    }

    @Test("more values than 200 are not listed")
    func manyValues() async throws {
        let lines = (1...201).map { "\($0),c\($0),20,1.5\n" }.joined()
        let project = try TestProject(
            page: "title: T\nslicers: [list: {dimension: city}]\nvisuals: []\n",
            files: ["customers.csv": "id,city,age,spent\n" + lines])
        #expect(try await project.page().json()["dimensions"]?["city"]?["values"] == .null)
    }
}
