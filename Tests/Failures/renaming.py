"""Groups get new names through the server: who may, what is refused, what becomes of the text."""

import json
import os
import shutil
import stat
import time
import urllib.error
import urllib.request

from harness import EXAMPLE, Failed, Server, aurora, expect_equal, expect_in, test
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
