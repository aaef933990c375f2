"""Pages are changed through the server, or in their files: what is shown, what is refused, what becomes of the text."""

import os
import shutil
import stat
import time

from harness import Failed, Server, aurora, expect, expect_equal, expect_in, shared, test
from live_pages import Events
from projects import published_people
from renaming import LINES, TOKENS, ask

PAGE = """\
# People, as the branches see them
type: page/v1
title: "People"   # kept
slicers:
  - list: {dimension: town}

visuals:
  # How many
  - kpi: {measure: customers, title: 'It''s all'}  # small
  - bar:
      measure: total   # EUR
      by: town

  # The end
"""


def own_people(folder, page=PAGE):
    shutil.copytree(shared(published_people), folder / "project", symlinks=True)
    (folder / "project/pages/main.yaml").write_text(page)
    return folder / "project"


def page_text(server, **headers):
    return ask(server, "api/v1/pages/main/edit", **headers)[1]


def change(server, *changes, seen=None, **headers):
    seen = seen or page_text(server, **headers)["hash"]
    return ask(server, "api/v1/pages/main", {"hash": seen, "changes": list(changes)}, "PATCH", **headers)


def wait_for(server, path, wanted, what, limit=10):
    deadline = time.monotonic() + limit
    while True:
        found = ask(server, path)[1]
        if wanted(found):
            return found
        if time.monotonic() > deadline:
            raise Failed(f"expected {what} within {limit} s\n     found    {found}")
        time.sleep(0.1)


@test("an edit of a page's file is shown without a run, and open pages hear of it")
def file_edit(folder):
    root = own_people(folder)
    file = root / "pages/main.yaml"
    with Server(root) as server, Events(server) as events:
        page = wait_for(server, "api/v1/pages/main", lambda page: len(page["visuals"]) == 2, "the file's page")
        expect_equal(page["edited"], True, "that the page is not as the run was")
        file.write_text(PAGE.replace("by: town", "by: town\n      title: By town"))
        events.wait("edited", 5)
        page = ask(server, "api/v1/pages/main")[1]
        expect_equal(page["visuals"][1]["title"], "By town", "the title")
        (root / "measures/customers.yaml").write_text(
            (root / "measures/customers.yaml").read_text().replace("avg(amount)", "max(amount)")
            .replace("customers: {expression: count(*)}", "customers: {expression: count(*), label: Heads}"))
        wait_for(server, "api/v1/pages/main", lambda page: page["measures"]["customers"]["label"] == "Heads",
                 "the measure's label")
        expect_equal(events.named("published"), [], "runs")


@test("mistakes in a page's file are told with their place, and the page before them stays")
def file_mistake(folder):
    root = own_people(folder)
    file = root / "pages/main.yaml"
    with Server(root) as server:
        file.write_text(PAGE.replace("measure: total", "measure: totl"))
        project = wait_for(server, "api/v1/project", lambda project: project["mistakes"], "mistakes")
        mistake, = project["mistakes"]
        expect_equal((mistake["code"], mistake["file"], mistake["line"]), ("unknown_measure", "pages/main.yaml", 11),
                     "code and place")
        expect_in("total", mistake["hint"], "the hint")
        expect_equal(ask(server, "api/v1/pages/main")[1]["visuals"][1]["measures"], ["total"], "the page")
        file.write_text("title: [")
        project = wait_for(server, "api/v1/project",
                           lambda project: [each["code"] for each in project["mistakes"]] == ["yaml_syntax"],
                           "a mistake of the syntax")
        file.write_text(PAGE)
        wait_for(server, "api/v1/project", lambda project: not project["mistakes"], "no mistakes")


@test("changes are written as patches: comments, order and permissions stay")
def patches(folder):
    root = own_people(folder)
    file = root / "pages/main.yaml"
    os.chmod(file, 0o640)
    with Server(root) as server:
        steps = [
            ({"action": "set", "list": "visuals", "index": 0, "values": {"width": 3}},
             PAGE.replace("'It''s all'}", "'It''s all', width: 3}")),
            ({"action": "set", "list": "visuals", "index": 1, "kind": "column", "values": {"title": "By: town"}},
             PAGE.replace("- bar:", "- column:").replace("by: town\n", 'by: town\n      title: "By: town"\n')),
            ({"action": "move", "list": "visuals", "index": 1, "to": 0},
             PAGE.replace("  # How many\n  - kpi: {measure: customers, title: 'It''s all'}  # small\n", "")
             .replace("by: town\n\n", "by: town\n  # How many\n  - kpi: {measure: customers, title: 'It''s all'}  # small\n\n")),
            ({"action": "remove", "list": "slicers", "index": 0},
             PAGE.replace("slicers:\n  - list: {dimension: town}\n", "slicers: []\n")),
            ({"action": "add", "list": "slicers", "index": 1, "kind": "range", "values": {"dimension": "visits"}},
             PAGE.replace("town}\n\n", "town}\n  - range: {dimension: visits}\n\n")),
            ({"action": "page", "values": {"title": "Who", "description": "Them: all"}},
             PAGE.replace('"People"', "Who").replace("  # The end\n", "  # The end\n") + 'description: "Them: all"\n'),
        ]
        for wish, expected in steps:
            before = page_text(server)
            status, answer = change(server, wish)
            expect_equal((status, answer.get("file")), (200, "pages/main.yaml"), f"the answer to {wish}: {answer}")
            if wish["action"] != "page":
                expect_equal(file.read_text(), expected, f"the file after {wish}")
            expect_equal(page_text(server)["hash"], answer["hash"], "the hash of what is shown")
            status, back = ask(server, "api/v1/pages/main/undo", {"hash": answer["hash"]}, "POST")
            expect_equal((status, back["hash"]), (200, before["hash"]), "the hash after undoing")
            expect_equal(file.read_text(), PAGE, "the file after undoing")
        expect_equal(stat.S_IMODE(file.stat().st_mode), 0o640, "its permissions")
        expect_equal(ask(server, "api/v1/pages/main/undo", {"hash": page_text(server)["hash"]}, "POST")[1]["code"],
                     "nothing_to_undo", "undoing what is not known")
    expect_equal([each.name for each in (root / "pages").iterdir()], ["main.yaml"], "files")


@test("what was taken back is made again, until a further change; a file that changed meanwhile is told")
def redo(folder):
    root = own_people(folder)
    file = root / "pages/main.yaml"

    def turn(way, seen):
        return ask(server, f"api/v1/pages/main/{way}", {"hash": seen}, "POST")

    def title(words):
        return {"action": "page", "values": {"title": words}}

    with Server(root) as server:
        first = page_text(server)
        expect_equal((first["undo"], first["redo"]), (False, False), "what can be taken back, or made again")
        expect_equal(turn("redo", first["hash"])[1]["code"], "nothing_to_redo", "with nothing taken back")
        written = [first["hash"], *(change(server, title(words))[1]["hash"] for words in ("One", "Two"))]
        texts = [PAGE, *(PAGE.replace('"People"', words) for words in ("One", "Two"))]
        for way, place, can in (("undo", 1, (True, True)), ("undo", 0, (False, True)), ("redo", 1, (True, True)),
                                ("redo", 2, (True, False)), ("undo", 1, (True, True))):
            status, answer = turn(way, page_text(server)["hash"])
            expect_equal((status, answer["hash"], (answer["undo"], answer["redo"])), (200, written[place], can), f"the answer to {way}")
            expect_equal(file.read_text(), texts[place], f"the file after {way}")
            expect_equal(page_text(server)["redo"], can[1], "what the page says")
        # A further change forgets what was taken back, also where the text is the same again.
        change(server, title("Three"))
        expect_equal(page_text(server)["redo"], False, "after a further change")
        status, back = turn("undo", page_text(server)["hash"])
        expect_equal((back["hash"], back["redo"]), (written[1], True), "the further change taken back")
        status, again = turn("redo", back["hash"])
        expect_equal(file.read_text(), PAGE.replace('"People"', "Three"), "the further change made again")
        turn("undo", again["hash"])
        theirs = texts[1] + "# theirs\n"
        file.write_text(theirs)
        status, answer = turn("redo", written[1])
        expect_equal((status, answer["code"], answer["theirs"]["text"]), (409, "stale", theirs), "after another's change")
        expect_equal(file.read_text(), theirs, "the file")


@test("a change of what has changed meanwhile is refused, with both versions and a way to apply it again")
def stale(folder):
    root = own_people(folder)
    file = root / "pages/main.yaml"
    wish = {"action": "set", "list": "visuals", "index": 1, "values": {"title": "Mine"}}
    with Server(root) as server:
        seen = page_text(server)["hash"]
        theirs = PAGE.replace("by: town", "by: town\n      title: Theirs").replace("  # How many\n", "  - kpi: {measure: total}\n  # How many\n")
        file.write_text(theirs)
        status, answer = change(server, wish, seen=seen)
        expect_equal((status, answer["code"]), (409, "stale"), "the answer")
        expect_in("title: Theirs", answer["theirs"]["text"], "what is in the file")
        expect_in("title: Mine", answer["mine"], "what was wanted")
        expect("title" not in answer["seen"].split("by: town")[1], "what was seen", answer["seen"])
        expect_equal(file.read_text(), theirs, "the file")
        moved = PAGE.replace("  # How many\n", "  - kpi: {measure: total}\n  # How many\n")
        file.write_text(moved)
        status, answer = change(server, wish, seen=seen)
        expect_equal((status, answer["again"]), (409, [2]), "where the same visual is now")
        status, answer = change(server, {**wish, "index": 2}, seen=answer["theirs"]["hash"])
        expect_equal(status, 200, "the answer to the change applied again")
        expect_equal(file.read_text(), moved.replace("by: town\n", "by: town\n      title: Mine\n"), "the file")


@test("a change that would make a mistake, and one that can't be patched, are refused and write nothing")
def refused(folder):
    root = own_people(folder)
    file = root / "pages/main.yaml"
    with Server(root) as server:
        for wish, status, code in (
                ({"action": "set", "list": "visuals", "index": 1, "values": {"measure": "totl"}}, 422, "invalid_page"),
                ({"action": "set", "list": "visuals", "index": 1, "values": {"colour": "red"}}, 422, "invalid_page"),
                ({"action": "set", "list": "visuals", "index": 1, "values": {"width": 13}}, 422, "invalid_page"),
                ({"action": "set", "list": "visuals", "index": 1, "values": {"by": None}}, 422, "invalid_page"),
                ({"action": "add", "list": "visuals", "index": 0, "kind": "pie", "values": {}}, 422, "invalid_page"),
                ({"action": "add", "list": "visuals", "index": 9, "kind": "kpi", "values": {"measure": "total"}},
                 409, "unpatchable"),
                ({"action": "move", "list": "visuals", "index": 0}, 400, "bad_change"),
                ({"action": "remove", "list": "visuals", "index": 7}, 409, "unpatchable"),
                ({"action": "melt"}, 400, "bad_request")):
            found, answer = change(server, wish)
            expect_equal((found, answer["code"]), (status, code), f"the answer to {wish}")
            expect_equal(file.read_text(), PAGE, "the file")
        expect_equal(ask(server, "api/v1/pages/none", {"hash": "", "changes": []}, "PATCH")[1]["code"],
                     "unknown_page", "an unknown page")
        expect_equal(change(server, {"action": "page", "values": {"title": "x"}}, seen=page_text(server)["hash"],
                            Origin="http://elsewhere.example")[0], 403, "another site's page")
        file.write_text("type: page/v1\ntitle: x\nvisuals: [{kpi: {measure: total}}, {kpi: {measure: customers}}]\n")
        wait_for(server, "api/v1/pages/main", lambda page: page["title"] == "x", "the file's page")
        text = "type: page/v1\ntitle: x\nvisuals:\n  - &first {kpi: {measure: total}}\n  - *first\n"
        file.write_text(text)
        wait_for(server, "api/v1/pages/main", lambda page: len(page["visuals"]) == 2 and page["visuals"][1]["measures"] == ["total"], "the file's page")
        expect_equal(change(server, {"action": "move", "list": "visuals", "index": 0, "to": 1})[1]["code"],
                     "unpatchable", "an item that another one refers to")


@test("lists and maps in brackets are patched as those on lines are, comments kept")
def in_brackets(folder):
    root = own_people(folder, """\
type: page/v1
title: x
slicers: [list: {dimension: town}]  # of the page
visuals: [
  # how many
  {kpi: {measure: customers, title: 'All, [all]'}},  # small
  {bar: {measure: total,   # EUR
         by: town}},
  {kpi: {measure: total}}
]
""")
    file = root / "pages/main.yaml"
    with Server(root) as server:
        for wish, old, new in (
                ({"action": "set", "list": "visuals", "index": 1, "values": {"by": "visits", "measure": "customers"}},
                 "measure: total,   # EUR\n         by: town", "measure: customers,   # EUR\n         by: visits"),
                ({"action": "set", "list": "visuals", "index": 0, "values": {"title": None, "width": 3}},
                 ", title: 'All, [all]'", ", width: 3"),
                ({"action": "move", "list": "visuals", "index": 2, "to": 0},
                 "  # how many\n  {kpi: {measure: customers, width: 3}},  # small\n  {bar: {measure: customers,   # EUR\n"
                 "         by: visits}},\n  {kpi: {measure: total}}\n",
                 "  {kpi: {measure: total}},\n  # how many\n  {kpi: {measure: customers, width: 3}},  # small\n"
                 "  {bar: {measure: customers,   # EUR\n         by: visits}}\n"),
                ({"action": "remove", "list": "visuals", "index": 1},
                 "  # how many\n  {kpi: {measure: customers, width: 3}},  # small\n", ""),
                ({"action": "add", "list": "slicers", "index": 1, "kind": "range", "values": {"dimension": "visits"}},
                 "{dimension: town}]", "{dimension: town}, {range: {dimension: visits}}]"),
                ({"action": "remove", "list": "slicers", "index": 0},
                 "list: {dimension: town}, {range", "{range")):
            before = file.read_text()
            expect_equal(before.count(old), 1, f"what {wish} changes")
            status, answer = change(server, wish)
            expect_equal(status, 200, f"the status of {answer}")
            expect_equal(file.read_text(), before.replace(old, new), f"the file after {wish}")


@test("a draft is shown with its figures, through the gate, and nothing is written")
def preview(folder):
    root = own_people(folder)
    with Server(root) as server:
        def draft(kind, values, selections=()):
            return ask(server, "api/v1/pages/main/preview",
                       {"action": "add", "list": "visuals", "kind": kind, "values": values,
                        "selections": list(selections)}, "POST")
        status, answer = draft("bar", {"measure": "customers", "by": "town"})
        expect_equal(status, 200, f"the status of {answer}")
        rows = answer["data"]["visuals"]["v1"]["rows"]
        expected = aurora("query", root, "--measures", "customers", "--by", "town", "--json").exits(0).json["rows"]
        expect_equal(rows, expected, "the figures")
        expect_equal(answer["page"]["visuals"][0]["title"], "customers by town", "the title")
        status, answer = draft("bar", {"measure": "customers", "by": "twn"})
        expect_equal((status, answer["errors"][0]["field"]), (422, "by"), "the field of a mistake")
        status, answer = draft("bar", {"measure": "customers"})
        expect_equal((status, answer["errors"][0]["code"]), (422, "missing_key"), "a field left open")
        status, answer = draft("kpi", {"measure": "customers"}, [{"source": "s1", "dimension": "town",
                                                                 "values": [rows[0][0]]}])
        expect_equal(answer["data"]["visuals"]["v1"]["rows"], [[rows[0][1]]], "the figures under a filter")
        expect_equal((root / "pages/main.yaml").read_text(), PAGE, "the file")
        kinds = {kind["name"]: kind for kind in page_text(server)["kinds"]["visuals"]}
        roles = {field["name"]: field["role"] for field in kinds["bar"]["fields"]}
        expect_equal((roles["measure"], roles["by"], roles["sort"]), ("measure", "dimension", None), "roles")
        expect_equal({field["name"]: field["role"] for field in kinds["finding"]["fields"]},
                     {"segmentation": "segmentation", "measure": "sum"}, "roles of a finding")


@test("only readers with the right to edit change pages, see drafts or hear of mistakes")
def rights(folder):
    root = own_people(folder)
    tokens = folder / "tokens.txt"
    tokens.write_text(LINES)
    os.chmod(tokens, 0o600)
    with Server(root, "--token-file", tokens) as server:
        eve = {"Authorization": f"Bearer {TOKENS['eve']}"}
        seen = page_text(server, **eve)["hash"]
        (root / "pages/other.yaml").write_text("type: page/v1\ntitle: x\nvisuals: 3\n")
        deadline = time.monotonic() + 10
        while not ask(server, "api/v1/project", **eve)[1]["mistakes"]:
            expect(time.monotonic() < deadline, "mistakes for eve", "none")
            time.sleep(0.1)
        for name, status in (("ann", 403), ("bob", 403), ("eve", 200)):
            headers = {"Authorization": f"Bearer {TOKENS[name]}"}
            if name != "eve":
                expect_equal(ask(server, "api/v1/project", **headers)[1]["mistakes"], [], f"mistakes for {name}")
            expect_equal(ask(server, "api/v1/pages/main/edit", **headers)[0], status, f"the text for {name}")
            expect_equal(change(server, {"action": "page", "values": {"title": "X"}}, seen=seen, **headers)[0],
                         status, f"{name}'s answer")
            expect_equal(ask(server, "api/v1/pages/main/preview", {
                "action": "add", "list": "visuals", "kind": "kpi", "values": {"measure": "customers"},
                "selections": []}, "POST", **headers)[0], status, f"{name}'s draft")
        expect_equal(ask(server, "api/v1/pages/main/edit")[0], 401, "nobody's answer")


@test("`aurora new page` fills templates with the project's figures, and overwrites nothing")
def new_page(folder):
    root = own_people(folder)
    listed = aurora("new", "page", root, "--list", "--json").exits(0).json["templates"]
    expect_in("overview", [each["name"] for each in listed], "the templates")
    measures = root / "measures/customers.yaml"
    aurora("new", "page", root, "--from", "exploration").exits(1).says("two dimensions of numbers", "template_unfit")
    measures.write_text(measures.read_text() + "  amount: {expression: amount}\n")
    aurora("run", root).exits(0)
    for name in [each["name"] for each in listed if each["name"] != "trend"]:
        written = aurora("new", "page", root, "--from", name, "--json").exits(0).json
        expect_equal(written["file"], f"pages/{name}.yaml", "the file")
        expect_equal((root / written["file"]).read_text(), written["text"], "its text")
        again = aurora("new", "page", root, "--from", name).exits(1)
        again.says("is there already", "output_unwritable")
    aurora("check", root).exits(0)
    aurora("new", "page", root, "--from", "trend").exits(1).says("a dimension of dates", "template_unfit")
    aurora("new", "page", root, "--from", "overvew").exits(1).says("did you mean 'overview'", "unknown_name")
    aurora("new", "page", root).exits(64)
    aurora("new", "page", root, "--from", "blank", "--name", "../x").exits(64)
    aurora("new", "page", root, "--from", "overview", "--name", "second", "--title", "Two: groups").exits(0)
    expect_in('title: "Two: groups"', (root / "pages/second.yaml").read_text(), "the page")
    with Server(root) as server:
        titles = [page["title"] for page in wait_for(
            server, "api/v1/project", lambda project: len(project["pages"]) == len(listed) + 1, "the new pages")["pages"]]
        expect_in("Two: groups", titles, "the titles")
        for name in ("overview", "comparison", "exploration", "figures"):
            answer = ask(server, f"api/v1/pages/{name}/data", {"selections": []}, "POST")[1]
            errors = [each["error"] for each in answer["visuals"].values() if "error" in each]
            expect_equal(errors, [], f"errors on {name}")
