import Columns
import Reporting
import Testing

@Suite("Modules as one script")
struct ModuleBundleTests {
    private static func bundle(_ modules: [String: String]) throws -> ModuleBundle {
        try ModuleBundle(from: "/web/main.js") { modules[$0] }
    }

    private static func fails(_ text: String, with words: String) throws {
        let error = #expect(throws: AuroraError.self) {
            try bundle(["/web/main.js": text, "/web/b.js": "export const b = 1;\n"])
        }
        #expect(error?.code == "module_unbundled")
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("each module comes once, after those it imports, whatever form the address has")
    func order() throws {
        let bundle = try Self.bundle([
            "/web/main.js": """
            import { b } from "./b.js";
            import chart, { c as other } from "/charts/c.js";
            b(chart, other);
            """,
            "/web/b.js": "import \"./d.js\";\nexport function b() {}\n",
            "/charts/c.js": """
            import {
              d,
            } from "../web/d.js";
            import * as all from "/web/b.js";
            export const c = [d, all];
            export default {
              c,
            };
            """, "/web/d.js": "export class d {}\n",
        ])
        #expect(bundle.addresses == ["/web/d.js", "/web/b.js", "/charts/c.js", "/web/main.js"])
        let script = bundle.script
        for part in [
            #"const { default: chart } = modules["/charts/c.js"];"#,
            #"const { c: other } = modules["/charts/c.js"];"#,
            #"const { d } = modules["/web/d.js"];"#,
            #"const all = modules["/web/b.js"];"#, "return { c: c, default: defaultExport };",
            "\nclass d {}\n", "\nreturn { d: d };",
        ] { #expect(script.contains(part), "\(part)") }
        #expect(!script.contains("import ") && !script.contains("export "))
    }

    @Test("forms that can't be followed are refused with their line")
    func refused() throws {
        try Self.fails("import { b } from \"./gone.js\";\n", with: "/web/gone.js is not there")
        try Self.fails("\nexport let x = 1;\n", with: "unknown form (line 2)")
        try Self.fails("export { x };\n", with: "unknown form (line 1)")
        try Self.fails("export * from \"./b.js\";\n", with: "unknown form (line 1)")
        try Self.fails(
            "const m = await import(`/charts/${kind}.js`);\n", with: "worked out (line 1)")
        try Self.fails("import b from \"library\";\n", with: "'library', which is no address")
        try Self.fails("import b from \"../../b.js\";\n", with: "leads nowhere")
    }

    @Test("modules that import each other are refused")
    func circle() throws {
        let error = #expect(throws: AuroraError.self) {
            try Self.bundle([
                "/web/main.js": "import { b } from \"./b.js\";\nexport const a = 1;\n",
                "/web/b.js": "import { a } from \"./main.js\";\nexport const b = 1;\n",
            ])
        }
        #expect(error?.message.contains("/web/main.js, /web/b.js") == true)
    }

    @Test("nothing in a script ends its element")
    func ends() {
        let script = "a = \"</script><!-- </SCRIPT\"; b = /<\\/script/; c < d;"
        let safe = InlineScript.safe(script)
        #expect(
            safe
                == "a = \"\\x3c/script>\\x3c!-- \\x3c/SCRIPT\"; b = /<\\/script/; c < d;")
        #expect(InlineScript.safe(JSON.string("</script>")) == "\"\\u003c/script>\"")
    }

    @Test("libraries are those that the modules name")
    func libraries() throws {
        let bundle = try Self.bundle([
            "/web/main.js":
                "loadStyle(\"/deps/x.css\");\nloadScript(\"/deps/x.js\", \"/deps/x.css\");\n"
        ])
        #expect(bundle.libraries == ["/deps/x.css", "/deps/x.js"])
    }
}
