"""Groups get new names through the server: who may, what is refused, what becomes of the text."""

import json
import os
import re
import shutil
import stat
import time
import urllib.error
import urllib.request

from harness import EXAMPLE, Failed, Server, aurora, expect, expect_equal, expect_in, test
from projects import generated

TOKENS = {"ann": "a" * 24, "bob": "b" * 24, "eve": "e" * 24}
LINES = f"ann {TOKENS['ann']} aggregates\nbob {TOKENS['bob']} customers\neve {TOKENS['eve']} edit\n"


def example(folder):
    project = folder / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".aurora"))
    data = generated(folder / "data", 400)
    aurora("run", project, "--data", data, "--state", folder / "state").exits(0)
    return project


def ask(server, path, body=None, method="GET", **headers):
    """Status and document of an answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        server.address + path, data, {name.replace("_", "-"): text for name, text in headers.items()},
        method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def rename(server, name, segment=2, segmentation="published", **headers):
    body = name if isinstance(name, dict) else {"name": name}
    return ask(server, f"api/v1/segmentations/{segmentation}/segments/{segment}", body, "PATCH", **headers)


def published(server):
    return ask(server, "api/v1/project")[1]["run"]["id"]


def wait_for_run(server, before, limit=60):
    deadline = time.monotonic() + limit
    while published(server) == before:
        if time.monotonic() > deadline:
            raise Failed(f"expected another run than {before} within {limit} s\n     found    none")
        time.sleep(0.2)


@test("a new name changes one line of the project and is published; permissions and comments stay")
def rename_once(folder):
    project = example(folder)
    file = project / "segments/published.yaml"
    file.write_text(file.read_text() + "# the last line\n")
    aurora("run", project, "--data", folder / "data", "--state", folder / "state").exits(0)
    os.chmod(file, 0o640)
    before = file.read_text()
    with Server(project, "--state", folder / "state") as server:
        run = published(server)
        status, answer = rename(server, "Quiet: ones")
        expect_equal((status, answer.get("file")), (202, "segments/published.yaml"), "the answer")
        expect_equal(file.read_text(), before.replace("- Transitional Group", '- "Quiet: ones"'), "the file")
        expect_equal(stat.S_IMODE(file.stat().st_mode), 0o640, "its permissions")
        wait_for_run(server, run)
        page = ask(server, "api/v1/pages/groups")[1]
        names = [each["value"] for each in page["dimensions"]["published"]["values"]]
        expect_equal(names[1], "Quiet: ones", "the name on the page")
        expect_equal([each.name for each in (project / "segments").iterdir() if each.name.startswith(".")], [],
                     "files left over")
    verified = aurora("verify", project, "--state", folder / "state").exits(0)
    expect_in("repeats", verified.out, "the verification of the run")


@test("names that are empty, long, taken or unseen are refused, and so are stale pages")
def rename_refused(folder):
    project = example(folder)
    file = project / "segments/published.yaml"
    before = file.read_text()
    with Server(project, "--state", folder / "state") as server:
        for wish, status, code in (
                ("", 400, "invalid_segment_name"), ("x" * 61, 400, "invalid_segment_name"),
                ("a\nb", 400, "invalid_segment_name"), ("Active Retailers", 409, "name_taken"),
                ({"name": "x", "was": "y"}, 409, "stale"), ({"names": "x"}, 400, "bad_request"),
                ({"name": 3}, 400, "bad_request"), ({"name": "x" * 9000}, 413, None)):
            found, answer = rename(server, wish)
            expect_equal((found, code and answer["code"]), (status, code), f"the answer to {str(wish)[:40]!r}")
        expect_equal(rename(server, "x", segment=9)[1]["code"], "unknown_segment", "an unknown segment")
        expect_equal(rename(server, "x", segment="two")[0], 400, "a segment without a number")
        expect_equal(rename(server, "x", segmentation="..%2Faurora")[0], 404, "a path for a name")
        expect_equal(rename(server, "x", Origin="http://elsewhere.example")[0], 403, "another site's page")
        expect_equal(file.read_text(), before, "the file after all refusals")
        file.write_text(before.replace("k: 4", "k: 4\n  seed: 2"))
        expect_equal(rename(server, "x")[1]["code"], "stale", "a segmentation that has changed")


PAGE = """\
type: page/v1
title: Who
# The second group
bookmarks:
  - {name: second, filters: {published: {values: [Transitional Group, null]}}}   # kept
  - name: cell
    filters:
      cells: {values: [CELL]}
visuals:
  - claim: {says: They spend least, measure: avg_total_spending, by: published, lowest: 'Transitional Group'}
  - recommendation:
      text: Transitional Group stays in texts.
      action: Ask them.
      size: customers
      for: [{dimension: published, values: ["Transitional Group"]}, {dimension: purchase_style, values: [Balanced]}]
  - text: {paragraphs: [{heading: Transitional Group, segment: Transitional Group, text: None}]}
  - donut: {measure: customers, by: cells}
story: [second]
"""
GRID = "type: segment/v1\nmodel: customers\ngrid: {rows: {segmentation: published}, columns: {column: PURCHASE_STYLE}}\n"


@test("a new name follows at once into all pages that state the old one, and into the names of a grid's cells")
def rename_follows(folder):
    project = example(folder)
    (project / "segments/cells.yaml").write_text(GRID)
    aurora("run", project, "--data", folder / "data", "--state", folder / "state").exits(0)
    with Server(project, "--state", folder / "state") as server:
        cells = ask(server, "api/v1/segmentations/cells")[1]["segments"]
        cell = next(each["name"] for each in cells if each["name"].startswith("Transitional Group × "))
        (project / "pages/who.yaml").write_text(PAGE.replace("CELL", cell))
        wait_for_page(server, "who")
        before = texts(project)
        run = published(server)
        status, answer = rename(server, "Quiet: ones")
        expect_equal(status, 202, f"the status of {answer}")
        written = {path: new(text) for path, text in before.items()}
        expect_equal(texts(project), written, "the project's texts")
        expect_equal(answer["pages"], [path for path in sorted(before) if path.startswith("pages/") and written[path] != before[path]],
                     "the pages that are told of")
        expect(len(answer["pages"]) > 3, "several pages", answer["pages"])
        expect_followed(server, cell, "before the run")
        wait_for_run(server, run)
        expect_followed(server, cell, "after the run")
        expect_equal(ask(server, "api/v1/pages/who")[1]["edited"], False, "whether the page is another than the run's")
        # Twice in a row, without waiting for the run.
        for was, name in (("Quiet: ones", "Calm ones"), ("Calm ones", "Transitional Group")):
            expect_equal(rename(server, {"name": name, "was": was})[0], 202, f"the status of {name}")
        found = texts(project)
        expect_equal({path: text for path, text in found.items() if text.replace('"', "") != before[path].replace('"', "").replace("'", "")
                      and path == "pages/who.yaml"}, {}, "the page after both")
    aurora("check", project, "--data", folder / "data").exits(0)


def texts(project):
    return {str(path.relative_to(project)): path.read_text() for path in sorted(project.rglob("*.yaml"))}


def new(text):
    """What a rename of the second group makes of a file."""
    for old, wanted in (
            ("- Transitional Group\n", '- "Quiet: ones"\n'), ("[Transitional Group", '["Quiet: ones"'),
            ("'Transitional Group'", '"Quiet: ones"'), ('["Transitional Group"]', '["Quiet: ones"]'),
            ("segment: Transitional Group", 'segment: "Quiet: ones"'), ("heading: Transitional Group", 'heading: "Quiet: ones"')):
        text = text.replace(old, wanted)
    return re.sub(r'\["Quiet: ones" × ([^]"]*)\]', r'["Quiet: ones × \1"]', text)


def wait_for_page(server, name):
    deadline = time.monotonic() + 20
    while ask(server, f"api/v1/pages/{name}")[0] != 200:
        expect(time.monotonic() < deadline, f"the page {name}", ask(server, "api/v1/project")[1]["mistakes"])
        time.sleep(0.1)


def expect_followed(server, cell, when):
    for name in ("who", "story"):
        page = ask(server, f"api/v1/pages/{name}")[1]
        known = {name: [each["value"] for each in dimension["values"] or []] for name, dimension in page["dimensions"].items()}
        chosen = [(each["dimension"], value) for bookmark in page["bookmarks"] for each in bookmark["selections"]
                  for value in each.get("values", []) if value is not None]
        expect("Quiet: ones" in [value for _, value in chosen], f"the new name in a bookmark of {name} {when}", chosen)
        expect_equal([(dimension, value) for dimension, value in chosen if value not in known[dimension]], [],
                     f"values of bookmarks on {name} that are gone {when}")
    data = ask(server, "api/v1/pages/who/data", {"selections": []}, "POST")[1]["visuals"]
    expect_equal([each["error"] for each in data.values() if "error" in each], [], f"errors on the page {when}")
    names = [each["name"] for each in ask(server, "api/v1/segmentations/cells")[1]["segments"]]
    expect_in(cell.replace("Transitional Group", "Quiet: ones"), names, f"the cells {when}")
    advice = ask(server, "api/v1/segmentations/published/score")[1]["advice"]
    expect("Quiet: ones" in [each["segment"] for each in advice], f"advice for the group {when}", advice)


@test("where one page can't follow, nothing is renamed at all")
def rename_whole(folder):
    project = example(folder)
    page = "type: page/v1\ntitle: Who\nvisuals:\n  - kpi: {measure: customers}\n"
    folded = "bookmarks:\n  - name: a\n    filters:\n      published:\n        values:\n          - >-\n            Transitional\n            Group\n"
    with Server(project, "--state", folder / "state") as server:
        for text, code in ((page + folded, "unpatchable"), (page + "nothing: Transitional Group\n", "unpatchable"),
                           (page + "nothing: [Transitional Group\n", "unpatchable"), (page + "nothing: else\n", None)):
            (project / "pages/who.yaml").write_text(text)
            before = texts(project)
            status, answer = rename(server, "Quiet ones")
            expect_equal((status, answer.get("code")), (409 if code else 202, code), f"the answer with {text[-40:]!r}: {answer}")
            if code:
                expect_in("pages/who.yaml", answer["title"], "the message")
                expect_equal(texts(project), before, "the project's texts")
        hidden = [str(path) for path in project.rglob(".*new")]
        expect_equal(hidden, [], "files left over")


@test("only readers with the right to edit rename groups")
def rename_rights(folder):
    project = example(folder)
    tokens = folder / "tokens.txt"
    tokens.write_text(LINES)
    os.chmod(tokens, 0o600)
    with Server(project, "--state", folder / "state", "--token-file", tokens) as server:
        expect_equal(rename(server, "x")[0], 401, "nobody's answer")
        for name, status, may in (("ann", 403, False), ("bob", 403, False), ("eve", 202, True)):
            headers = {"Authorization": f"Bearer {TOKENS[name]}"}
            expect_equal(ask(server, "api/v1/project", **headers)[1]["reader"]["edit"], may, f"what {name} may")
            expect_equal(rename(server, "Quiet ones", **headers)[0], status, f"{name}'s answer")
    expect_in("- Quiet ones\n", (project / "segments/published.yaml").read_text(), "the file")
