"""What the server refuses, and that it goes on serving."""

import concurrent.futures
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time

from harness import Failed, Server, aurora, expect, expect_equal, expect_in, test
from live_pages import Events
from projects import people

HEADERS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __str__(self):
        return f"{self.status} {self.headers} {self.body[:300]!r}"

    __repr__ = __str__

    @property
    def json(self):
        return json.loads(self.body)


def ask(server, method, path, body=None, headers=None):
    """One request over a connection of its own."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, fields, answer.read())
    finally:
        connection.close()


def ask_raw(server, request, limit=10):
    """Sends bytes as they are; all bytes that come back until the server closes or is quiet."""
    with socket.create_connection((server.host, server.port), timeout=limit) as connection:
        received = b""
        try:
            connection.sendall(request)
            while part := connection.recv(65536):
                received += part
        except OSError:
            pass
        return received


def raw_status(server, path, extra=b""):
    """The status of a GET of a path that no client would send, 0 for none."""
    head = b"GET " + path + b" HTTP/1.1\r\nHost: " + f"{server.host}:{server.port}".encode()
    received = ask_raw(server, head + b"\r\nConnection: close\r\n" + extra + b"\r\n")
    words = received.split(b" ", 2)
    return (int(words[1]) if len(words) > 1 and words[1].isdigit() else 0), received


def expect_headers(answer, what):
    for name, part in HEADERS.items():
        value = answer.headers.get(name, "")
        expect(part in value, f"the header {name} of {what} to hold {part!r}", answer)
    referrer = answer.headers.get("referrer-policy")
    expect(referrer in ("no-referrer", "same-origin"), f"a referrer policy of {what}", answer)
    policy = answer.headers["content-security-policy"]
    for rule in ("script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        expect_in(rule, policy, f"the policy of {what}")
    expect("unsafe" not in policy and "*" not in policy, "a policy without exceptions", policy)


def expect_problem(answer, status, what, code=None):
    """An error as problem+json, with the headers that every answer has."""
    expect(answer.status == status, f"status {status} of {what}", answer)
    expect(answer.headers.get("content-type", "").startswith("application/problem+json"),
           f"application/problem+json from {what}", answer)
    document = answer.json
    expect_equal(sorted(document), ["code", "detail", "status", "title", "type"],
                 f"the keys of the problem of {what}")
    expect_equal(document["status"], status, "the status in the problem")
    if code:
        expect_equal(document["code"], code, f"the code of {what}")
    expect_headers(answer, what)
    return document


@test("by default only 127.0.0.1 is listened on")
def only_loopback(folder):
    with Server(people()) as server:
        expect_equal(server.host, "127.0.0.1", "the address printed")
        others = ["127.0.0.2"]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # sends nothing; chooses this machine's address
                others.append(probe.getsockname()[0])
            except OSError:
                pass
        for address in others:
            try:
                socket.create_connection((address, server.port), timeout=5).close()
            except (ConnectionRefusedError, TimeoutError):
                continue
            raise Failed(f"expected no connection to {address}\n     found    one")
        try:
            socket.create_connection(("::1", server.port), timeout=5).close()
        except OSError:
            pass
        else:
            raise Failed("expected no connection to ::1\n     found    one")
        expect_equal(ask(server, "GET", "/").status, 200, "the status on 127.0.0.1")


@test("a port that is taken is said to be, with what to do")
def port_taken(folder):
    with Server(people()) as server:
        result = aurora("serve", people(), "--port", server.port, limit=30).exits(1)
        result.says("[port_taken]", str(server.port), "--port")
        document = aurora("serve", people(), "--port", server.port, "--json", limit=30).json
        expect_equal(document["error"]["code"], "port_taken", "the code in the document")
        expect_equal(ask(server, "GET", "/").status, 200, "the status of the first server")


@test("an address that is not this machine's can't be used, and the message says so")
def foreign_address(folder):
    tokens = folder / "tokens"
    tokens.write_text("ann aaaaaaaaaaaaaaaaaaaaaaaaa customers\n")
    tokens.chmod(0o600)
    result = aurora(
        "serve", people(), "--host", "192.0.2.77", "--port", 0, "--behind-proxy",
        "--token-file", tokens, limit=30)
    result.exits(1).says("[address_unusable]", "192.0.2.77")


@test("every answer has the headers of safety, errors and redirections included")
def headers(folder):
    with Server(people()) as server:
        data = "/api/v1/pages/main/data"
        for method, path, body, status in (
                ("GET", "/", None, 200), ("GET", "/web/app.js", None, 200),
                ("GET", "/charts/bar.js", None, 200), ("GET", "/deps/echarts.min.js", None, 200),
                ("GET", "/api/v1/project", None, 200), ("GET", "/api/v1/pages/main", None, 200),
                ("POST", data, '{"selections": []}', 200), ("GET", "/nothing", None, 404),
                ("GET", "/api/v1/nothing", None, 404), ("GET", "/api/v1/pages/none", None, 404),
                ("POST", data, "{", 400), ("DELETE", "/api/v1/project", None, 404),
                ("POST", data, "x" * 70_000, 413)):
            answer = ask(server, method, path, body)
            expect(answer.status == status, f"status {status} of {method} {path}", answer)
            expect_headers(answer, f"{method} {path}")
        tag = ask(server, "GET", "/").headers["etag"]
        answer = ask(server, "GET", "/", headers={"If-None-Match": tag})
        expect_equal(answer.status, 304, "the status of what the browser has")
        expect_headers(answer, "an answer that nothing has changed")
        expect_headers(ask(server, "GET", "/", headers={"Host": "evil.example"}), "a foreign Host")
        with Events(server) as events:
            fields = {name.lower(): value for name, value in events.answer.getheaders()}
            expect_headers(Answer(200, fields, b""), "the event stream")


@test("figures are never stored by a browser or proxy")
def not_stored(folder):
    with Server(people()) as server:
        for method, path, body in (
                ("GET", "/api/v1/project", None), ("GET", "/api/v1/pages/main", None),
                ("POST", "/api/v1/pages/main/data", '{"selections": []}'),
                ("GET", "/api/v1/pages/none", None)):
            answer = ask(server, method, path, body)
            expect_equal(answer.headers.get("cache-control"), "no-store", f"caching of {path}")


@test("the page's HTML holds no script and no style of its own, and names no other host")
def no_inline_script(folder):
    with Server(people()) as server:
        for path in ("/", "/sign-in"):
            text = ask(server, "GET", path).body.decode()
            for part in ("<style", " style=", " onclick=", " onload=", "javascript:", "http://",
                         "https://"):
                expect(part not in text, f"no {part!r} in {path}", text)
            for script in text.split("<script")[1:]:
                expect(script.split(">", 1)[1].startswith("</script>"), "no text in a script",
                       script[:200])


@test("no path leads out of the folders that are served")
def traversal(folder):
    with Server(people()) as server:
        paths = [
            b"/web/../aurora.yaml", b"/web/../../etc/passwd", b"/web/..%2f..%2fetc/passwd",
            b"/web/%2e%2e/Package.swift", b"/web/%2e%2e%2fPackage.swift",
            b"/web/..%252fPackage.swift", b"/web/....//Package.swift", b"/web/..\\Package.swift",
            b"/web/..%5cPackage.swift", b"/web//etc/passwd", b"//etc/passwd", b"/web/%00",
            b"/web/app.js%00.html", b"/web/app.js/../../Package.swift", b"/web/", b"/web",
            b"/deps/../duckdb/libduckdb.so", b"/deps/%2e%2e/duckdb/libduckdb.so",
            b"/charts/../../../Package.swift", b"/charts/..%2f..%2fPackage.js",
            b"/charts/Bar.swift", b"/.git/config", b"/Package.swift", b"/.aurora/current/run.json",
            b"/web/README.md", b"/deps/.complete", b"/%2e%2e/%2e%2e/etc/passwd",
            b"/web/\xc0\xae\xc0\xae/Package.swift", b"/web/%c0%ae%c0%ae/Package.swift",
            b"/api/v1/pages/..%2f..%2faurora", b"/api/v1/pages/%00", b"/api/v1/pages/",
            b"/" + b"a/" * 2000, b"/web/" + b"a" * 6000]
        for path in paths:
            status, received = raw_status(server, path)
            expect(status in (400, 404, 414, 431), f"status 404 or 400 of {path[:60]!r}",
                   received[:400])
            for secret in (b"root:", b"swift-tools-version", b"type: project", b"duckdb_open"):
                expect(secret not in received, f"nothing of a file from {path[:60]!r}",
                       received[:400])
        status, received = raw_status(server, b"/web/a\x00b")
        expect(status in (0, 400, 404), "status 400 of a path with NUL", received)
        expect_equal(ask(server, "GET", "/web/app.js").status, 200, "the status of a file")


@test("a foreign name in the Host header is refused")
def foreign_host(folder):
    with Server(people()) as server:
        wrong = []
        for host in ("evil.example", "evil.example:80", f"evil.example:{server.port}",
                     "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.9", "[::2]",
                     "127.0.0.1@evil.example", "127.1", "0", "[evil.example]"):
            for path in ("/", "/api/v1/project", "/web/app.js"):
                answer = ask(server, "GET", path, headers={"Host": host})
                if answer.status == 421:
                    expect_problem(answer, 421, f"{path} of host {host}", "foreign_host")
                else:
                    wrong.append((host, path, answer.status))
        expect(not wrong, "status 421 of each", wrong)
        for host in (f"127.0.0.1:{server.port}", f"localhost:{server.port}"):
            answer = ask(server, "GET", "/api/v1/project", headers={"Host": host})
            expect_equal(answer.status, 200, f"the status of host {host}")
        received = ask_raw(server, b"GET /api/v1/project HTTP/1.1\r\nConnection: close\r\n\r\n")
        expect(b" 200 " not in received[:20], "a request without Host refused", received[:300])


@test("a request that another site's page makes is refused")
def foreign_origin(folder):
    with Server(people()) as server:
        data, body = "/api/v1/pages/main/data", '{"selections": []}'
        own = f"http://127.0.0.1:{server.port}"
        for origin in ("http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1",
                       f"http://127.0.0.1:{server.port}.evil.example", "file://",
                       f"http://localhost:{server.port}", "evil", ""):
            answer = ask(server, "POST", data, body, {"Origin": origin})
            expect_problem(answer, 403, f"a POST of origin {origin!r}", "foreign_origin")
        expect_equal(ask(server, "POST", data, body, {"Origin": own}).status, 200, "the own origin")
        answer = ask(server, "GET", "/api/v1/project", headers={"Origin": "http://evil.example"})
        expect_problem(answer, 403, "a GET of a foreign origin", "foreign_origin")
        answer = ask(server, "GET", "/api/v1/project")
        for name in answer.headers:
            expect(not name.startswith("access-control-"), "no permission for others", answer)


@test("a request whose body is over 64 kB is refused with 413")
def large_body(folder):
    with Server(people()) as server:
        data = "/api/v1/pages/main/data"
        fill = '{"selections": [], "fill": "%s"}'
        size = 64 << 10
        body = fill % ("x" * (size - len(fill) + 2))
        expect_equal(ask(server, "POST", data, body).status, 200, f"status at {len(body)} bytes")
        answer = ask(server, "POST", data, body + " ")
        expect_problem(answer, 413, f"a body of {len(body) + 1} bytes")
        answer = ask(server, "POST", data, iter([b"x" * 9000] * 10))  # chunked, without a length
        expect_problem(answer, 413, "a chunked body of 90,000 bytes")
        head = (f"POST {data} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                "Content-Length: 99999999999\r\n\r\n{").encode()
        with socket.create_connection((server.host, server.port), timeout=20) as connection:
            connection.sendall(head + b"x" * 70_000)
            expect(b" 413 " in connection.recv(200), "413 before all of it came", "something else")
        expect_equal(ask(server, "GET", "/").status, 200, "the status afterwards")


@test("what is not a list of selections is refused with 400")
def malformed_body(folder):
    with Server(people()) as server:
        data = "/api/v1/pages/main/data"
        town = '{"source": "s1", "dimension": "town", %s}'
        bodies = [
            "", "{", "null", "[]", "1", '"x"', "{}", '{"selections": {}}', '{"selections": [1]}',
            '{"selections": null}', '{"selections": [{}]}', "\xff\xfe", "\x00", "[" * 5000,
            '{"selections": [%s]}' % (town % '"values": "Oslo"'),
            '{"selections": [%s]}' % (town % '"values": [{}]'),
            '{"selections": [%s]}' % (town % '"values": [[]]'),
            '{"selections": [%s]}' % (town % '"range": [1]'),
            '{"selections": [%s]}' % (town % '"range": 3'),
            '{"selections": [%s]}' % '{"source": 1, "dimension": "town", "values": []}',
            '{"selections": [%s]}' % '{"dimension": "town", "values": []}']
        wrong = []
        for body in bodies:
            answer = ask(server, "POST", data, body.encode("latin-1"))
            if answer.status != 400:
                wrong.append((body[:80], answer.status, answer.body[:200]))
            else:
                expect_problem(answer, 400, f"the body {body[:80]!r}", "bad_request")
        expect(not wrong, "status 400 of each", wrong)


@test("selections of unknown dimensions and odd values get an answer, and break nothing")
def odd_selections(folder):
    wrong = []
    with Server(people()) as server:
        data = "/api/v1/pages/main/data"
        for selection in (
                {"dimension": "twon", "values": ["x"]}, {"dimension": "", "values": [None]},
                {"dimension": "town\"; DROP TABLE customers; --", "values": ["x"]},
                {"dimension": "town", "values": [1, True, 1.5, None]},
                {"dimension": "visits", "values": ["two"]},
                {"dimension": "visits", "range": [1e308, -1e308]},
                {"dimension": "visits", "range": ["a", {}]},
                {"dimension": "visits", "values": [10 ** 30]},
                {"dimension": "town", "range": [1, 2]},
                {"dimension": "name", "values": ["P001"]},
                {"dimension": "town", "values": ["x" * 20_000]},
                {"dimension": "town", "values": ["'; DROP TABLE customers; --"]}):
            body = json.dumps({"selections": [{"source": "s1", **selection}]})
            answer = ask(server, "POST", data, body)
            if answer.status >= 500 or any(
                    part in answer.body for part in (b"engine_failed", b"unexpected")):
                wrong.append((str(selection)[:90], answer.status, answer.body[-120:]))
        answer = ask(server, "POST", data, json.dumps({"selections": [
            {"source": "s1", "dimension": "town", "values": ["Oslo"]}] * 200}))
        expect_equal(answer.json["visuals"]["v1"]["rows"], [[10]], "customers of Oslo")
        answer = ask(server, "POST", data, '{"selections": []}')
        expect_equal(answer.json["visuals"]["v1"]["rows"], [[40]], "all customers, afterwards")
    expect(not wrong, "figures or a refusal of each", wrong)


@test("an unknown page is answered with 404 and the nearest name")
def unknown_page(folder):
    with Server(people()) as server:
        for method, path, body in (("GET", "/api/v1/pages/mian", None),
                                   ("POST", "/api/v1/pages/mian/data", '{"selections": []}')):
            problem = expect_problem(ask(server, method, path, body), 404, path, "unknown_page")
            expect_in("'mian'", problem["title"], "the title")
            expect_in("did you mean 'main'?", problem["detail"], "the detail")


@test("what is not there is answered with 404 as a problem")
def not_found(folder):
    with Server(people()) as server:
        for path in ("/nothing", "/api", "/api/v1/", "/web/none.js", "/charts/none.js"):
            expect_problem(ask(server, "GET", path), 404, path)


@test("wrong methods are refused, and change nothing")
def wrong_methods(folder):
    with Server(people()) as server:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
            for path in ("/", "/api/v1/project", "/api/v1/pages/main", "/api/v1/pages/main/data"):
                if (method, path) == ("PATCH", "/api/v1/pages/main"):
                    continue  # an edit of the page
                answer = ask(server, method, path)
                expect(answer.status in (404, 405, 501), f"404 or 405 of {method} {path}", answer)
                expect_headers(answer, f"{method} {path}")
        expect_problem(ask(server, "GET", "/api/v1/pages/main/data"), 404, "GET of a page's data")
        expect_problem(ask(server, "POST", "/api/v1/project"), 404, "POST of the project")
        expect_equal(ask(server, "GET", "/api/v1/project").status, 200, "the status afterwards")


@test("bytes that are not HTTP don't hurt the server")
def garbage(folder):
    with Server(people()) as server:
        host = f"Host: 127.0.0.1:{server.port}\r\n".encode()
        for request in (
                b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
                bytes(range(256)) * 40, b"\r\n\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000,
                b"GET / HTTP/1.1\r\nA: " + b"x" * 500_000 + b"\r\n\r\n",
                b"GET /" + b"x" * 500_000 + b" HTTP/1.1\r\n" + host + b"\r\n",
                b"POST / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n",
                b"POST / HTTP/1.1\r\n" + host
                + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
                b"POST / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"\x00" * 10_000,
                b"GET / HTTP/1.1\r\n" + host + b"Upgrade: x\r\nConnection: Upgrade\r\n\r\n"):
            received = ask_raw(server, request, limit=3)
            expect(b"HTTP/1.1 500" not in received, f"no failure at {request[:50]!r}", received)
            expect(server.is_running, f"a server after {request[:50]!r}", "it has ended")
        expect_equal(ask(server, "GET", "/api/v1/project").status, 200, "the status afterwards")


@test("a request that pretends to end twice gets no second answer")
def smuggling(folder):
    with Server(people()) as server:
        request = (
            f"POST /api/v1/pages/main/data HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            "0\r\n\r\nGET /api/v1/project HTTP/1.1\r\nHost: x\r\n\r\n").encode()
        received = ask_raw(server, request, limit=3)
        expect(received.count(b"HTTP/1.1 ") <= 1 or b"foreign_host" in received
               or b" 400 " in received, "one answer", received[:600])
        expect(b'"pages"' not in received, "nothing of the project", received[:600])


@test("200 requests at once are all answered", alone=True)
def many_requests(folder):
    with Server(people()) as server:
        def one(number):
            if number % 2:
                return ask(server, "POST", "/api/v1/pages/main/data", '{"selections": []}').status
            return ask(server, "GET", "/api/v1/pages/main").status

        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(200) as pool:
            statuses = list(pool.map(one, range(200)))
        expect_equal(statuses, [200] * 200, "the statuses")
        expect(time.monotonic() - begun < 30, "200 answers within 30 s",
               f"{time.monotonic() - begun:.0f} s")


@test("clients that go away in the middle of an answer don't hurt the server")
def gone_clients(folder):
    with Server(people()) as server:
        for _ in range(50):
            connection = socket.create_connection((server.host, server.port), timeout=10)
            connection.sendall(
                f"GET /deps/echarts.min.js HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
                .encode())
            connection.recv(100)
            connection.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            connection.close()
        expect_equal(ask(server, "GET", "/api/v1/project").status, 200, "the status afterwards")
        time.sleep(0.5)
        expect(len(os.listdir(f"/proc/{server.child.pid}/fd")) < 50
               if os.path.isdir("/proc/self/fd") else True, "all connections closed", "open ones")


@test("connections that say nothing don't keep others out")
def silent_connections(folder):
    with Server(people()) as server:
        silent = [socket.create_connection((server.host, server.port), timeout=10)
                  for _ in range(200)]
        try:
            for connection in silent[:100]:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: 127")
            expect_equal(ask(server, "GET", "/api/v1/project").status, 200, "the status")
        finally:
            for connection in silent:
                connection.close()


@test("a request whose headers never end is closed within the idle limit", slow=True)
def slow_request(folder):
    with Server(people()) as server:
        with socket.create_connection((server.host, server.port), timeout=100) as connection:
            begun = time.monotonic()
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: ")
            try:
                rest = connection.recv(1000)
            except TimeoutError:
                raise Failed("expected the end of the connection within 100 s\n"
                             "     found    it open") from None
            except ConnectionResetError:
                rest = b""
            expect(b" 200 " not in rest, "no page", rest)
            expect(time.monotonic() - begun < 90, "the end within 90 s", time.monotonic() - begun)


@test("a request that comes a byte a second is closed, too", slow=True)
def trickling_request(folder):
    with Server(people()) as server:
        with socket.create_connection((server.host, server.port), timeout=5) as connection:
            begun = time.monotonic()
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: ")
            connection.settimeout(1)
            while time.monotonic() - begun < 150:
                try:
                    connection.sendall(b"x")
                    if connection.recv(1000) == b"":
                        return
                except TimeoutError:
                    continue
                except OSError:
                    return
            raise Failed("expected the end of the connection within 150 s\n     found    it open")


def ended(server, number):
    """Sends a signal; the exit code, what was written, and the seconds until the end."""
    begun = time.monotonic()
    server.child.send_signal(number)
    try:
        code = server.child.wait(10)
    except subprocess.TimeoutExpired:
        raise Failed("expected the server's end within 3 s\n     found    it running after 10 s"
                     ) from None
    return code, server.child.stderr.read().decode(), time.monotonic() - begun


@test("Ctrl-C ends the server within 3 s, also while pages are open", alone=True)
def ends(folder):
    for number in (signal.SIGINT, signal.SIGTERM):
        with Server(people()) as server, Events(server), Events(server):
            kept = http.client.HTTPConnection(server.host, server.port, timeout=10)
            kept.request("GET", "/")
            kept.getresponse().read()
            idle = socket.create_connection((server.host, server.port), timeout=10)
            time.sleep(0.5)  # all connections have long been accepted
            code, error, taken = ended(server, number)
            idle.close()
            kept.close()
            expect(code in (0, 130), "exit code 0 or 130", f"{code}: {error}")
            expect(taken < 3, "the server's end within 3 s", f"{taken:.1f} s")
            expect("Fatal" not in error and "rror:" not in error, "no error told", error)


@test("Ctrl-C ends the server cleanly while connections are just being opened")
def ends_while_connecting(folder):
    codes = []
    for _ in range(12):
        with Server(people()) as server:
            connections = [socket.create_connection((server.host, server.port), timeout=10)
                           for _ in range(3)]
            code, error, _ = ended(server, signal.SIGINT)
            codes.append(code)
            for connection in connections:
                connection.close()
            if code < 0:
                crash = re.search(r"Thread \d+ [^\n]*crashed:.{0,700}", error, re.S)
                raise Failed(f"expected exit codes 0 or 130\n     found    {codes}: "
                             + (crash.group() if crash else error[:700]))
    expect(set(codes) <= {0, 130}, "exit codes 0 or 130", codes)
