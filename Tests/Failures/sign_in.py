"""Readers and their tokens: who sees what, and who sees nothing."""

import json
import time
from urllib.parse import urlencode

from harness import EXAMPLE, Server, aurora, expect, expect_equal, expect_in, test
from live_pages import Events
from projects import example_state, people
from server_safety import ask, expect_headers, expect_problem

FULL = "ann-token-0123456789abcdef"
PLAIN = "bob-token-0123456789abcdef"
LINES = f"# name token rights\nann {FULL} customers\n\nbob\t{PLAIN}\taggregates\n"


def token_file(folder, text=LINES, mode=0o600):
    file = folder / "tokens.txt"
    file.write_text(text)
    file.chmod(mode)
    return file


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def sign_in(server, token, headers=None):
    return ask(server, "POST", "/sign-in", urlencode({"token": token}),
               {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})


def session(answer):
    """The cookie as a browser sends it back."""
    return {"Cookie": answer.headers["set-cookie"].split(";")[0]}


@test("without a token pages lead to the sign-in, and the API answers 401")
def no_access(folder):
    with Server(people(), "--token-file", token_file(folder)) as server:
        for path in ("/", "/charts/bar.js", "/deps/echarts.min.js", "/nothing"):
            answer = ask(server, "GET", path)
            expect_equal((answer.status, answer.headers.get("location")), (303, "/sign-in"),
                         f"status and place of {path}")
            expect_headers(answer, path)
        data = '{"selections": []}'
        for method, path, body in (
                ("GET", "/api/v1/project", None), ("GET", "/api/v1/pages/main", None),
                ("POST", "/api/v1/pages/main/data", data), ("GET", "/api/v1/events", None),
                ("GET", "/api/v1/nothing", None), ("GET", "/api/v1/pages/mian", None)):
            expect_problem(ask(server, method, path, body), 401, path, "signed_out")
        for headers in (bearer("wrong-token-0123456789abcdef"), bearer(""), bearer(FULL[:-1]),
                        bearer(FULL + "x"), bearer(FULL.upper()), bearer("ann"),
                        {"Authorization": f"Basic {FULL}"}, {"Authorization": FULL},
                        {"Cookie": "aurora_session=x"}, {"Cookie": "aurora_session="},
                        {"Cookie": f"aurora_session={FULL}"}):
            expect_problem(ask(server, "GET", "/api/v1/project", headers=headers), 401,
                           str(headers), "signed_out")
        for path in (f"/api/v1/project?token={FULL}", f"/?token={FULL}"):
            expect(ask(server, "GET", path).status in (401, 303), "no token in an address", path)
        for path in ("/API/v1/project", "//api/v1/project", "/api//v1/project",
                     "/web/../api/v1/project", "/web/%2e%2e/api/v1/project", "/api/v1/project/",
                     "/sign-in/../api/v1/project", "/api/v1/project%00"):
            answer = ask(server, "GET", path)
            expect(answer.status in (303, 400, 401, 404), f"no way round by {path}", answer)
            expect(b'"pages"' not in answer.body, f"nothing of the project by {path}", answer)


@test("the sign-in page and what it needs is there for everybody")
def public_files(folder):
    with Server(people(), "--token-file", token_file(folder)) as server:
        page = ask(server, "GET", "/sign-in")
        expect_equal(page.status, 200, "the status of the sign-in page")
        expect_headers(page, "the sign-in page")
        for part in page.body.decode().split('"'):
            if part.startswith(("/web/", "/deps/")):
                expect_equal(ask(server, "GET", part).status, 200, f"the status of {part}")


@test("a token as Bearer gives access, with the reader's name and rights")
def bearer_access(folder):
    with Server(people(), "--token-file", token_file(folder)) as server:
        for token, name, customers in ((FULL, "ann", True), (PLAIN, "bob", False)):
            answer = ask(server, "GET", "/api/v1/project", headers=bearer(token))
            expect_equal(answer.status, 200, f"the status for {name}")
            expect_equal(answer.json["reader"],
                         {"name": name, "customers": customers, "edit": False, "sign_in": True}, "the reader")
            expect_equal(ask(server, "GET", "/", headers=bearer(token)).status, 200, "the page")
        with Events(server, bearer(PLAIN)):
            pass


@test("signing in gives a cookie that scripts and other sites can't use, and signing out ends it")
def cookie(folder):
    with Server(people(), "--token-file", token_file(folder)) as server:
        answer = sign_in(server, FULL)
        expect_equal((answer.status, answer.headers.get("location")), (303, "/"), "the answer")
        expect_headers(answer, "the sign-in")
        parts = [part.strip() for part in answer.headers["set-cookie"].split(";")]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
            expect(part in parts, f"the cookie to have {part}", parts)
        expect("Secure" not in parts, "no Secure without a proxy that ends TLS", parts)
        expect(FULL not in answer.headers["set-cookie"], "no token in the cookie", parts)
        value = parts[0].partition("=")[2]
        expect(len(value) >= 26, "a session of 128 bits or more", value)
        headers = session(answer)
        for path in ("/", "/api/v1/project", "/api/v1/pages/main"):
            expect_equal(ask(server, "GET", path, headers=headers).status, 200, f"status of {path}")
        other = session(sign_in(server, FULL))
        expect(other != headers, "another session for another sign-in", other)
        answer = ask(server, "POST", "/sign-out", headers=headers)
        expect_equal((answer.status, answer.headers.get("location")), (303, "/sign-in"), "sign-out")
        expect_in("Max-Age=0", answer.headers["set-cookie"], "the cookie")
        answer = ask(server, "GET", "/api/v1/project", headers=headers)
        expect_problem(answer, 401, "the old session")
        expect_equal(ask(server, "GET", "/api/v1/project", headers=other).status, 200,
                     "the status of the other session")
        expect_equal(ask(server, "GET", "/sign-out", headers=other).status // 100 == 2, False,
                     "a sign-out by GET")
        expect_equal(ask(server, "GET", "/api/v1/project", headers=other).status, 200,
                     "the status of the other session")


@test("a wrong token gives no cookie, and takes a while")
def wrong_token(folder):
    with Server(people(), "--token-file", token_file(folder)) as server:
        for token in ("", "wrong", FULL + " ", FULL[:-1], "x" * 3000, "\x00", "%", "é"):
            begun = time.monotonic()
            answer = sign_in(server, token)
            expect_equal(answer.status, 303, f"the status with {token[:30]!r}")
            expect_in("/sign-in?failed", answer.headers["location"], "the place")
            expect("set-cookie" not in answer.headers, "no cookie", answer)
            expect(time.monotonic() - begun >= 0.4, "a delay", f"{time.monotonic() - begun:.2f} s")
        for body in (b"", b"token", b"other=1", b"token=%zz", b"\xff\xfe", b"=&=&"):
            answer = ask(server, "POST", "/sign-in", body)
            expect(answer.status in (303, 400), "303 or 400", answer)
            expect("set-cookie" not in answer.headers, "no cookie", answer)
        expect_problem(ask(server, "POST", "/sign-in", b"token=" + b"x" * 9000), 413, "a long body")


@test("a sign-in that another site's page sends is refused")
def foreign_sign_in(folder):
    with Server(people(), "--token-file", token_file(folder)) as server:
        for origin in ("http://evil.example", "null"):
            answer = sign_in(server, FULL, {"Origin": origin})
            expect_problem(answer, 403, f"a sign-in from {origin}", "foreign_origin")
            expect("set-cookie" not in answer.headers, "no cookie", answer)


@test("behind a proxy the cookie is Secure, and Host and Origin are the proxy's")
def behind_proxy(folder):
    with Server(people(), "--token-file", token_file(folder), "--behind-proxy") as server:
        proxy = {"Host": "bank.example", "X-Forwarded-Proto": "https"}
        answer = sign_in(server, FULL, {**proxy, "Origin": "https://bank.example"})
        expect_equal((answer.status, answer.headers.get("location")), (303, "/"), "the answer")
        parts = [part.strip() for part in answer.headers["set-cookie"].split(";")]
        for part in ("Secure", "HttpOnly", "SameSite=Strict"):
            expect(part in parts, f"the cookie to have {part}", parts)
        answer = ask(server, "POST", "/api/v1/pages/main/data", '{"selections": []}',
                     {**proxy, **session(answer), "Origin": "https://bank.example"})
        expect_equal(answer.status, 200, "the status of figures")
        answer = ask(server, "POST", "/api/v1/pages/main/data", '{"selections": []}',
                     {**proxy, **bearer(FULL), "Origin": "https://evil.example"})
        expect_problem(answer, 403, "a foreign origin", "foreign_origin")
        expect_problem(ask(server, "GET", "/api/v1/project", headers=proxy), 401, "no token")


@test("all addresses are listened on only with tokens and a proxy, and then they are")
def all_addresses(folder):
    tokens = token_file(folder)
    words = ["--host", "0.0.0.0", "--port", 0]
    for more in ([], ["--behind-proxy"], ["--token-file", tokens]):
        result = aurora("serve", people(), *words, *more, limit=20).exits(64)
        result.says("0.0.0.0", "--token-file", "--behind-proxy")
    with Server(people(), "--host", "0.0.0.0", "--token-file", tokens, "--behind-proxy") as server:
        server.host = "127.0.0.2"
        expect_problem(ask(server, "GET", "/api/v1/project"), 401, "no token")
        answer = ask(server, "GET", "/api/v1/project", headers=bearer(FULL))
        expect_equal(answer.status, 200, "the status with a token")


@test("a reader without the right to see customers gets densities instead of points")
def no_customers(folder):
    words = (EXAMPLE, "--state", example_state(), "--token-file", token_file(folder))
    with Server(*words) as server:
        path, body = "/api/v1/pages/clusters", '{"selections": []}'
        visuals = ask(server, "GET", path, headers=bearer(PLAIN)).json["visuals"]
        scatters = [visual["id"] for visual in visuals if visual["type"] == "scatter"]
        expect_equal(len(scatters), 1, "scatter plots on the page")
        full = ask(server, "POST", path + "/data", body, bearer(FULL)).json["visuals"]
        plain = ask(server, "POST", path + "/data", body, bearer(PLAIN)).json["visuals"]
        points = full[scatters[0]]
        expect_equal(points["columns"], ["x", "y", "category"], "the columns for ann")
        expect_equal([len(series) for series in points["series"]], [8950] * 3, "her points")
        density = plain[scatters[0]]
        expect(density.get("density") is True and "series" not in density, "a density", density)
        expect_equal(density["columns"], ["x_from", "x_to", "y_from", "y_to", "count"],
                     "the columns for bob")
        expect_equal(sum(row[4] for row in density["rows"]), 8950, "customers in his fields")
        for visual in plain:
            if visual != scatters[0]:
                expect_equal(plain[visual], full[visual], f"the figures of {visual} for both")


@test("a reader without the right to see customers can't filter by what names them")
def no_naming_filters(folder):
    with Server(people(), "--token-file", token_file(folder)) as server:
        selection = {"source": "s1", "dimension": "name", "values": ["P001"]}
        for token, allowed in ((FULL, True), (PLAIN, False)):
            answer = ask(server, "POST", "/api/v1/pages/main/data",
                         json.dumps({"selections": [selection]}), bearer(token))
            if allowed:
                expect_equal(answer.json["visuals"]["v1"]["rows"], [[1]], "customers for ann")
                continue
            if answer.status == 200:
                rows = [visual.get("rows") for visual in answer.json["visuals"].values()]
                expect(not any(rows), "no figures for bob", answer)
            else:
                expect_problem(answer, 403, "bob's filter", "not_permitted")


@test("a token file that others can read is refused")
def readable_tokens(folder):
    for mode in (0o644, 0o640, 0o604, 0o620, 0o606):
        result = aurora("serve", people(), "--port", 0, "--token-file",
                        token_file(folder, mode=mode), limit=20)
        result.exits(1).says("[token_file]", "tokens.txt", "chmod 600")
    with Server(people(), "--token-file", token_file(folder, mode=0o400)):
        pass


@test("mistakes in a token file are refused with their line, without showing a token")
def token_mistakes(folder):
    for text, parts in (
            ("ann short customers\n", ["line 1", "20 characters"]),
            (f"# x\n\nann {FULL}\n", ["line 3", "2 words", "3 are expected"]),
            (f"ann {FULL} everything\n", ["line 1", "'everything'", "aggregates|customers|edit"]),
            (f"ann {FULL} customers\nbob {FULL} aggregates\n", ["line 2", "another reader's"]),
            (f"ann {FULL} customers extra\n", ["line 1", "4 words"]),
            (f"ann {'x' * 19} customers\n", ["line 1", "20 characters"]),
            ("", ["no reader"]), ("# nobody\n", ["no reader"])):
        result = aurora("serve", people(), "--port", 0, "--token-file",
                        token_file(folder, text), limit=20)
        result.exits(1).says("[token_file]", "tokens.txt", *parts)
        expect(FULL not in result.err + result.out, "no token shown", result)
    result = aurora("serve", people(), "--port", 0, "--token-file", folder / "none", limit=20)
    result.exits(1).says("[token_file]", str(folder / "none"))
    result = aurora("serve", people(), "--port", 0, "--token-file", folder, limit=20)
    result.exits(1).says("[token_file]")


@test("no token and no session shows in what the server writes")
def nothing_logged(folder):
    server = Server(people(), "--token-file", token_file(folder))
    with server:
        answer = sign_in(server, FULL)
        for headers in (bearer(FULL), bearer("x" * 30), session(answer)):
            ask(server, "GET", "/api/v1/nothing", headers=headers)
            ask(server, "POST", "/api/v1/pages/main/data", "{", headers=headers)
        server.child.terminate()
        out, err = server.child.communicate(timeout=10)
    for secret in (FULL, "x" * 30, session(answer)["Cookie"].partition("=")[2]):
        expect(secret.encode() not in out + err, "no secret in the server's output", out + err)
