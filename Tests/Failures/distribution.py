"""The archive that `make dist` makes, and what `make install` installs."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

from harness import (
    HOME, PROGRAM, Failed, Skipped, aurora, expect, expect_equal, expect_in, shared, tell, test)

BARE_MACHINE = Path(__file__).with_name("bare_machine.py")
NAMESPACES = ["unshare", "--map-root-user", "--net", "--mount"]


def script(*words, **variables):
    result = subprocess.run(words, cwd=HOME, capture_output=True, text=True,
                            env={**os.environ, **variables})
    if result.returncode != 0:
        raise Failed(f"expected {words[0]} to succeed\n     found    exit {result.returncode} "
                     f"{result.stdout}{result.stderr}")
    return result.stdout


def archive(folder):
    """The archive, made once from the release build."""
    if sys.platform != "linux" or PROGRAM != HOME / ".build/release/aurora":
        raise Skipped("archives are made on Linux, from this folder's own build")
    tell(script("Scripts/dist").strip())
    return next((HOME / ".build/dist").glob("*.tar.gz"))


def unpacked(folder):
    """The archive's one folder, unpacked below `folder` as `aurora`."""
    with tarfile.open(shared(archive)) as file:
        tops = {name.split("/")[0] for name in file.getnames()}
        expect(len(tops) == 1, "one folder in the archive", tops)
        file.extractall(folder, filter="fully_trusted")
    (folder / tops.pop()).rename(folder / "aurora")
    return folder / "aurora"


def bare_machine(root, commands):
    """What each command gives on a machine with nothing on it; a command may be followed by the
    paths to read while it serves."""
    if subprocess.run([*NAMESPACES, "true"], capture_output=True).returncode != 0:
        raise Skipped("this user may not make namespaces")
    result = subprocess.run(
        [*NAMESPACES, sys.executable, "-B", str(BARE_MACHINE), str(root)],
        input=json.dumps(commands), capture_output=True, text=True)
    if result.returncode != 0:
        raise Failed(f"expected a bare machine\n     found    {result.stderr}")
    return json.loads(result.stdout)


def outputs(text):
    return json.loads(text)["outputs"]


@test("the archive is as large as README.md says")
def archive_size(folder):
    said = int(re.search(r"one archive of (\d+) MB", (HOME / "README.md").read_text())[1])
    megabytes = shared(archive).stat().st_size / 1e6
    expect(abs(megabytes - said) < 3, f"{said} MB, as README.md says", f"{megabytes:.1f} MB")


@test("the archive runs on a machine without Swift, Python, a shell or a network")
def archive_on_a_bare_machine(folder):
    home = unpacked(folder)
    charts = [f"/charts/{path.stem}.js"
              for path in (home / "Sources/Reporting/Charts").glob("*/web/*.js")]
    expect(len(charts) >= 10, "the charts' modules in the archive", charts)
    addresses = ["/", "/web/app.js", "/deps/echarts.min.js", "/deps/tabulator.min.js",
                 "/deps/inter/Inter-Regular.woff2", "/api/v1/project", *charts]
    project = ["Examples/credit-card", "--state", "/tmp/state"]
    with sqlite3.connect(folder / "bank.sqlite") as database:
        database.execute("create table branches (id integer, town text)")
        database.executemany("insert into branches values (?, ?)", [(1, "Bern"), (2, "Oslo")])
    database.close()
    doctor, generated, ran, exported, workbook, branches, verified, served = bare_machine(folder, [
        [["doctor", "--json"]],
        [["generate", "--like", "credit-card", "--output", "/tmp/data"]],
        [["run", *project, "--data", "/tmp/data", "--json"]],
        [["export", *project, "--model", "customers", "--output", "/tmp/customers.xlsx"]],
        [["inspect", "/tmp/customers.xlsx"]],
        [["inspect", "/bank.sqlite", "--option", "table=branches"]],
        [["verify", *project]],
        [["serve", *project, "--port", "0", "--json"], *addresses],
    ])
    for result in (doctor, generated, ran, exported, workbook, branches, verified):
        expect_equal(result["code"], 0, f"the exit code of {result}")
    lacking = [entry for entry in json.loads(doctor["out"])["findings"] if not entry["found"]]
    expect(not lacking, "nothing to be missing", lacking)
    expect_in("8950 rows", workbook["out"], "the workbook that was exported")
    expect_in("town", branches["out"], "the columns of a database")
    expect_in("bit for bit", verified["out"], "the verification")
    answers = served.get("answers") or {}
    expect_equal({path: answers[path][0] for path in answers}, {path: 200 for path in addresses},
                 f"what is served, of {served}")
    expect(all(size > 100 for _, size in answers.values()), "no empty answer", answers)

    expect(len(outputs(ran["out"])) > 3, "hashes of the outputs", ran["out"])

    # The other linking changes no result: this repository's program gives the same bytes.
    here = aurora("run", HOME / "Examples/credit-card", "--data", folder / "tmp/data",
                  "--state", folder / "state-here", "--json").exits(0)
    expect_equal(outputs(ran["out"]), outputs(here.out), "the hashes of all outputs")


@test("the demo of an archive runs on a machine with nothing on it")
def demo_on_a_bare_machine(folder):
    commands = json.loads(aurora("--experimental-dump-help").exits(0).out)["command"]["subcommands"]
    demo = next((command for command in commands if command["commandName"] == "demo"), None)
    if demo is None:
        raise Skipped("there is no 'aurora demo'")
    known = {argument["valueName"] for argument in demo["arguments"]}
    words = ["demo"] + (["--port", "0"] if "port" in known else [])
    unpacked(folder)
    (result,) = bare_machine(folder, [[words, "/", "/api/v1/project"]])
    expect_equal({path: found[0] for path, found in result.get("answers", {}).items()},
                 {"/": 200, "/api/v1/project": 200}, f"what the demo serves, of {result}")


@test("the archive's licences name everything that is built into the program")
def archive_licences(folder):
    home = unpacked(folder)
    packages = {path.name for path in (HOME / ".build/checkouts").iterdir()}
    licensed = {path.name.rsplit("-LICENSE", 1)[0] for path in (home / "licences").iterdir()
                if "-LICENSE" in path.name}
    expect_equal(licensed, packages | {"swift"}, "the packages with a licence")
    for path in ("LICENSE", "NOTICE", ".deps/duckdb/LICENSE", ".deps/web/inter/LICENSE"):
        expect((home / path).stat().st_size > 500, f"a licence in {path}", "none")
    expect_in("Unicode", (home / "NOTICE").read_text(), "NOTICE")


@test("make install puts the same folder under a prefix, with a link in its bin")
def installed(folder):
    shared(archive)
    prefix = folder / "a prefix"
    for _ in range(2):  # the second one replaces the first
        told = script("Scripts/install", PREFIX=str(prefix), DESTDIR="")
        expect_in(f"{prefix}/bin/aurora is Aurora", told, "what is told")
    link = prefix / "bin/aurora"
    expect(link.is_symlink() and not os.path.isabs(os.readlink(link)), "a relative link", link)
    moved = folder / "moved"
    prefix.rename(moved)
    result = subprocess.run([moved / "bin/aurora", "doctor", "--json"], env={}, cwd="/",
                            capture_output=True, text=True)
    expect_equal(result.returncode, 0, f"the exit code of doctor, {result}")
    expect_in(str(moved / "lib/aurora/Web"), result.stdout, "where the pages lie")
    foreign = folder / "foreign/lib/aurora"
    foreign.mkdir(parents=True)
    (foreign / "precious").write_text("mine")
    result = subprocess.run(["Scripts/install"], cwd=HOME, capture_output=True, text=True,
                            env={**os.environ, "PREFIX": str(folder / "foreign"), "DESTDIR": ""})
    expect_equal(result.returncode, 1, "the exit code over a foreign folder")
    expect((foreign / "precious").exists(), "the foreign folder untouched", "it is gone")
