"""Open pages while runs are published, fail and go on."""

import contextlib
import http.client
import json
import os
import socket
import threading
import time

from harness import (
    Failed, Server, aurora, expect, expect_equal, expect_in, finish, start, test, wait_for_line)
from projects import FILES, PEOPLE, large_data, large_project, project
from state import published


class Events:
    """Reads a server's event stream in the background, for use with `with`."""

    def __init__(self, server, headers=None):
        self.server, self.headers = server, headers or {}
        self.events, self.changed = [], threading.Condition()
        self.is_closed = False

    def __enter__(self):
        self.connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=90)
        self.connection.request("GET", "/api/v1/events", headers=self.headers)
        self.answer = self.connection.getresponse()
        expect_equal(self.answer.status, 200, "the status of the event stream")
        expect_equal(self.answer.getheader("content-type"), "text/event-stream", "its type")
        first = self.answer.readline()
        expect(first.startswith(b":"), "a comment at the begin of the stream", first)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        time.sleep(0.5)  # the first look of the stream is what it compares with
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):  # the server may have closed it
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.reader.join(5)
        self.connection.close()

    def _read(self):
        name = None
        try:
            for line in self.answer:
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    name = text[7:]
                elif text.startswith("data: "):
                    with self.changed:
                        self.events.append((name, json.loads(text[6:]), time.monotonic()))
                        self.changed.notify_all()
        except (OSError, ValueError, http.client.HTTPException):
            pass
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()

    def named(self, name):
        return [data for kind, data, _ in self.events if kind == name]

    def wait(self, name, limit=10, count=1):
        with self.changed:
            came = self.changed.wait_for(
                lambda: len(self.named(name)) >= count or self.is_closed, limit)
        found = self.named(name)
        if not came or len(found) < count:
            raise Failed(f"expected {count} '{name}' events within {limit} s\n     found    "
                         f"{[(kind, data) for kind, data, _ in self.events]}")
        return found[count - 1]


def get(server, path):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    document = json.loads(answer.read())
    connection.close()
    return answer.status, document


def figures(server, page="main"):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    connection.request("POST", f"/api/v1/pages/{page}/data", json.dumps({"selections": []}))
    document = json.loads(connection.getresponse().read())
    connection.close()
    return document


@test("open pages hear of a new run, and the server shows it from then on")
def moves_to_new_run(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    first = published(root / ".aurora")
    with Server(root) as server, Events(server) as events:
        expect_equal(get(server, "/api/v1/project")[1]["run"]["id"], first, "the run")
        expect_equal(figures(server)["rows_total"], 40, "rows")
        (root / "people.csv").write_text(PEOPLE + "P041,Rome,1.50,2\n")
        aurora("run", root).exits(0)
        second = published(root / ".aurora")
        expect_equal(events.wait("published", 5)["run"], second, "the run that was published")
        expect_equal(get(server, "/api/v1/project")[1]["run"]["id"], second, "the run")
        expect_equal(get(server, "/api/v1/pages/main")[1]["run"], second, "the page's run")
        data = figures(server)
        expect_equal((data["run"], data["rows_total"]), (second, 41), "run and rows of the figures")
        expect_equal(events.named("failed"), [], "failures told")


@test("a page added by a new run is there without a new start of the server")
def new_page(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    with Server(root) as server, Events(server) as events:
        (root / "pages/other.yaml").write_text(
            FILES["pages/main.yaml"].replace("title: People", "title: Others"))
        aurora("run", root).exits(0)
        events.wait("published", 5)
        titles = [page["title"] for page in get(server, "/api/v1/project")[1]["pages"]]
        expect_equal(sorted(titles), ["Others", "People"], "the pages' titles")


@test("a server without a run says so, and shows the first one when it is published")
def first_run(folder):
    root = project(folder)
    with Server(root) as server:
        status, document = get(server, "/api/v1/project")
        expect_equal((status, document["run"], document["pages"]), (200, None, []), "the project")
        status, problem = get(server, "/api/v1/pages/main")
        expect_equal((status, problem["code"]), (503, "no_run"), "the answer about a page")
        with Events(server) as events:
            aurora("run", root).exits(0)
            events.wait("published", 5)
        expect_equal(get(server, "/api/v1/pages/main")[0], 200, "the status of the page")


@test("open pages see how far a run is, and that it is over")
def progress(folder):
    small, large = project(folder), large_project(folder)
    state = folder / "state"
    aurora("run", small, "--state", state).exits(0)
    with Server(small, "--state", state) as server, Events(server) as events:
        child = start("run", large, "--data", large_data(), "--state", state)
        wait_for_line(child, "Segmenting")
        seen = events.wait("progress", 10, count=4)
        expect_equal(sorted(seen), ["detail", "fraction", "run", "stage"], "the keys of progress")
        finish(child, ["run"]).exits(0)
        events.wait("published", 10)
        events.wait("idle", 5)
        reports = events.named("progress")
        expect_equal({report["run"] for report in reports}, {"0002"}, "the run's number")
        stages = [report["stage"] for report in reports]
        for stage in ("Reading", "Segmenting"):
            expect(any(stage in name for name in stages), f"a stage '{stage}…'", stages)
        fractions = [report["fraction"] for report in reports
                     if report["stage"].startswith("Segmenting")]
        known = [fraction for fraction in fractions if fraction is not None]
        expect(known and known == sorted(known) and 0 <= known[0] and known[-1] <= 1,
               "fractions of 0 to 1 that grow", fractions)
        with Events(server) as later:
            time.sleep(1)
            expect_equal(later.events, [], "events without a run")


@test("who opens a page during a run sees its progress at once")
def opened_during_run(folder):
    small, large = project(folder), large_project(folder)
    state = folder / "state"
    aurora("run", small, "--state", state).exits(0)
    with Server(small, "--state", state) as server:
        child = start("run", large, "--data", large_data(), "--state", state)
        wait_for_line(child, "Segmenting")
        with Events(server) as events:
            expect_in("Segmenting", events.wait("progress", 2)["stage"], "the first stage told")
        finish(child, ["run"]).exits(0)


@test("open pages hear that a run has failed, and keep the old one")
def failed_run(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    first = published(root / ".aurora")
    with Server(root) as server, Events(server) as events:
        (root / "segments/value.yaml").write_text(
            FILES["segments/value.yaml"].replace("k: 2", "k: 50"))
        aurora("run", root).exits(1)
        failure = events.wait("failed", 5)
        expect_equal((failure["run"], failure["code"]), ("0002", "k_above_rows"), "what failed")
        expect_in("k is 50", failure["message"], "the message")
        (root / "segments/value.yaml").write_text(FILES["segments/value.yaml"])
        (root / "people.csv").write_text("")
        aurora("run", root).exits(2)
        failure = events.wait("failed", 5, count=2)
        expect_equal(failure["code"], "empty_file", "what failed then")
        expect_equal(events.named("published"), [], "published runs")
        expect_equal(get(server, "/api/v1/project")[1]["run"]["id"], first, "the run")
        expect_equal(figures(server)["rows_total"], 40, "rows")


@test("open pages hear of a run that fails as the one before did")
def failed_twice(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    (root / "people.csv").write_text("")
    with Server(root) as server, Events(server) as events:
        for count in (1, 2):
            aurora("run", root).exits(2)
            events.wait("failed", 5, count=count)
            time.sleep(0.7)


@test("a mistake in the project's text is told to open pages, too")
def failed_by_text(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    with Server(root) as server, Events(server) as events:
        (root / "models/customers.yaml").write_text("type: model/v1\nfrom: peple\nkey: id\n")
        aurora("run", root).exits(2)
        expect_equal(events.wait("failed", 5)["code"], "unknown_source", "the code")


@test("open pages of a run that was killed hear that it is over")
def killed_run(folder):
    small, large = project(folder), large_project(folder)
    state = folder / "state"
    aurora("run", small, "--state", state).exits(0)
    with Server(small, "--state", state) as server, Events(server) as events:
        child = start("run", large, "--data", large_data(), "--state", state)
        wait_for_line(child, "Segmenting")
        events.wait("progress", 5)
        child.kill()
        finish(child, ["run"])
        events.wait("idle", 5)
        expect_equal(get(server, "/api/v1/project")[1]["run"]["id"], published(state), "the run")


@test("twenty open pages all hear of a new run")
def many_pages(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    with Server(root) as server:
        pages = [Events(server).__enter__() for _ in range(20)]
        aurora("run", root).exits(0)
        for page in pages:
            page.wait("published", 10)
            page.__exit__()
        expect_equal(get(server, "/api/v1/project")[0], 200, "the status afterwards")


@test("figures stay right while runs are published one after another")
def figures_while_publishing(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    stop, wrong, seen = threading.Event(), [], set()
    with Server(root) as server:
        def ask():
            while not stop.is_set():
                data = figures(server)
                bars = data["visuals"]["v2"]["rows"]
                total = data["visuals"]["v1"]["rows"][0][0]
                seen.add((data["run"], total))
                if total != data["rows_total"] or len(bars) < 3:
                    wrong.append(data)

        askers = [threading.Thread(target=ask) for _ in range(2)]
        for asker in askers:
            asker.start()
        try:
            for count in range(1, 4):
                more = "".join(f"N{number},Rome,1.50,2\n" for number in range(count))
                (root / "people.csv").write_text(PEOPLE + more)
                aurora("run", root).exits(0)
                time.sleep(0.8)
        finally:
            stop.set()
            for asker in askers:
                asker.join()
    expect(not wrong, "all figures of an answer from one run", wrong[:1])
    expect_equal({total for _, total in seen}, {40, 41, 42, 43}, "totals seen")
    expect_equal(len(seen), 4, "pairs of run and total")


@test("the run before the published one can be removed under an open server")
def old_run_removed(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    old = root / ".aurora/runs" / published(root / ".aurora")
    with Server(root) as server, Events(server) as events:
        aurora("run", root).exits(0)
        events.wait("published", 5)
        for path in sorted(old.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else os.unlink(path)
        expect_equal(figures(server)["rows_total"], 40, "rows")


@test("aurora query and aurora report show pages and measures as the folder holds them, like the open page")
def commands_follow_edits(folder):
    root = project(folder)
    aurora("run", root).exits(0)
    measures, page = root / "measures/customers.yaml", root / "pages/main.yaml"
    text = measures.read_text()
    words = ("query", root, "--measures", "total,fewer", "--by", "town", "--json")
    with Server(root) as server:
        measures.write_text(text.replace("sum(amount)", "sum(amount) * 2").replace(
            "  average:", "  fewer: {expression: count(*) FILTER (WHERE visits > 3)}\n  average:"))
        page.write_text("type: page/v1\ntitle: Edited\nvisuals:\n  - bar: {measure: total, by: town}\n  - bar: {measure: fewer, by: town}\n")
        deadline = time.monotonic() + 10
        while get(server, "/api/v1/pages/main")[1]["title"] != "Edited":
            expect(time.monotonic() < deadline, "the edited page", get(server, "/api/v1/project")[1]["mistakes"])
            time.sleep(0.1)
        shown = figures(server)["visuals"]
        answer = aurora(*words).exits(0)
        rows = answer.json["rows"]
        expect_equal([row[:2] for row in rows], shown["v1"]["rows"], "totals")
        expect_equal([[row[0], row[2]] for row in rows], shown["v2"]["rows"], "the new measure")
        expect_equal(answer.err, "", "what is told")
        aurora("report", root, "--page", "main", "--output", folder / "a.html").exits(0)
        connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
        connection.request("POST", "/api/v1/pages/main/report.html", json.dumps({"selections": []}))
        served = connection.getresponse().read()
        connection.close()
        expect(served == (folder / "a.html").read_bytes(), "the bytes that the server gives", "others")
    # What can't be shown is told, and the run's own text is used, as by a server that starts now.
    page.write_text("type: page/v1\ntitle: Edited\nvisuals:\n  - kpi: {measure: customers}\n  - bar: {measure: total, by: town}\n")
    for wrong, code in (("{expression: sum(amont)}", "unknown_column"), ("{expression: [}", "yaml_syntax")):
        measures.write_text(text.replace("{expression: avg(amount)}", wrong))
        answer = aurora("query", root, "--measures", "total,average", "--by", "town", "--json").exits(0)
        answer.says(f"[{code}]", "[edits_not_shown]", "measures/customers.yaml:", published(root / ".aurora"))
        with Server(root) as server:
            expect_equal([mistake["code"] for mistake in get(server, "/api/v1/project")[1]["mistakes"]], [code], "the server's mistakes")
            bars = figures(server)["visuals"]["v2"]["rows"]
        expect_equal([row[:2] for row in answer.json["rows"]], bars, "the totals of the run")
        told = aurora("report", root, "--page", "main", "--output", folder / "b.html").exits(0)
        told.says("[edits_not_shown]")
        expect("Edited" not in (folder / "b.html").read_text(), "the page of the run", "the edited one")
    # Without the project's folder there is nothing but the run.
    plain = aurora("query", "--state", root / ".aurora", "--measures", "total", "--json", cwd=folder).exits(0)
    expect_equal(plain.err, "", "what is told")
