"""Files of gigabytes: read whole, in little memory, and about as fast as DuckDB alone reads them."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from harness import PROGRAM, Skipped, aurora, expect, expect_equal, tell, test

GIBIBYTE = 1 << 30

def uniform(salt):
    """A number of row i in [0, 1): the same whatever the number of threads."""
    return f"((hash(i * 100 + {salt}) >> 11) / 9007199254740992.0)"


def normal(salt):
    return f"(sqrt(-2 * ln({uniform(salt)} + 1e-12)) * cos(2 * pi() * {uniform(salt + 50)}))"


# A card issuer's customers: 1 key, 17 figures of behaviour, 6 attributes.
COLUMNS = f"""
    'C' || (10000 + i) AS CUST_ID,
    CAST(exp(6.5 + 1.3 * {normal(1)}) AS DECIMAL(18, 6)) AS BALANCE,
    CAST({uniform(2)} AS DECIMAL(18, 6)) AS BALANCE_FREQUENCY,
    CAST(CASE WHEN {uniform(3)} < 0.3 THEN 0 ELSE exp(5 + 1.2 * {normal(4)}) END AS DECIMAL(18, 6)) AS PURCHASES,
    CAST(CASE WHEN {uniform(5)} < 0.5 THEN 0 ELSE exp(4.8 + 1.2 * {normal(6)}) END AS DECIMAL(18, 6)) AS ONEOFF_PURCHASES,
    CAST(CASE WHEN {uniform(7)} < 0.4 THEN 0 ELSE exp(4.2 + 1.1 * {normal(8)}) END AS DECIMAL(18, 6)) AS INSTALLMENTS_PURCHASES,
    CAST(CASE WHEN {uniform(9)} < 0.6 THEN 0 ELSE exp(5.5 + 1.1 * {normal(10)}) END AS DECIMAL(18, 6)) AS CASH_ADVANCE,
    CAST({uniform(11)} AS DECIMAL(18, 6)) AS PURCHASES_FREQUENCY,
    CAST({uniform(12)} AS DECIMAL(18, 6)) AS ONEOFF_PURCHASES_FREQUENCY,
    CAST({uniform(13)} AS DECIMAL(18, 6)) AS PURCHASES_INSTALLMENTS_FREQUENCY,
    CAST({uniform(14)} AS DECIMAL(18, 6)) AS CASH_ADVANCE_FREQUENCY,
    CAST(floor({uniform(15)} * 20) AS INTEGER) AS CASH_ADVANCE_TRX,
    CAST(floor({uniform(16)} * 40) AS INTEGER) AS PURCHASES_TRX,
    CASE WHEN {uniform(17)} < 0.001 THEN NULL ELSE 50 * round(exp(4.5 + 0.6 * {normal(18)})) END AS CREDIT_LIMIT,
    CAST(exp(6.6 + 0.9 * {normal(19)}) AS DECIMAL(18, 6)) AS PAYMENTS,
    CASE WHEN {uniform(20)} < 0.035 THEN NULL ELSE CAST(exp(5.4 + 0.9 * {normal(21)}) AS DECIMAL(18, 6)) END AS MINIMUM_PAYMENTS,
    CAST(CASE WHEN {uniform(22)} < 0.66 THEN 0 ELSE {uniform(23)} END AS DECIMAL(18, 6)) AS PRC_FULL_PAYMENT,
    CASE WHEN {uniform(24)} < 0.85 THEN 12 ELSE CAST(6 + floor({uniform(25)} * 6) AS INTEGER) END AS TENURE,
    CAST(18 + floor({uniform(26)} * 72) AS INTEGER) AS AGE,
    CASE WHEN {uniform(27)} < 0.5 THEN 'F' ELSE 'M' END AS GENDER,
    list_extract(['CA', 'TX', 'NY', 'FL', 'IL', 'PA', 'OH', 'GA', 'NC', 'MI', 'NJ', 'VA', 'WA', 'AZ', 'MA', 'TN'],
        1 + CAST(floor({uniform(28)} * 16) AS INTEGER)) AS STATE,
    list_extract(['Engineer', 'Teacher', 'Nurse', 'Manager', 'Clerk', 'Retired', 'Student', 'Sales', 'Lawyer'],
        1 + CAST(floor({uniform(29)} * 9) AS INTEGER)) AS OCCUPATION,
    DATE '2010-01-01' + CAST(floor({uniform(30)} * 5000) AS INTEGER) AS OPEN_DATE,
    DATE '2024-01-01' + CAST(floor({uniform(31)} * 365) AS INTEGER) AS LAST_TXN"""

PROJECT = {
    "aurora.yaml": "type: project/v1\nname: Large\n",
    "sources/customer_file.yaml": "type: source/v1\ncsv: {file: customers.csv}\n",
    "models/customers.yaml": "type: model/v1\nfrom: customer_file\nkey: CUST_ID\n",
}


def duckdb(database, sql):
    script = Path(__file__).with_name("duckdb_sql.py")
    subprocess.run([sys.executable, str(script), str(database), sql], check=True)


def need_room(folder, bytes):
    free = shutil.disk_usage(folder).free
    if free < bytes:
        raise Skipped(f"{bytes / 1e9:.0f} GB of disk are needed, {free / 1e9:.0f} GB are free")


def project(folder, rows):
    root = folder / "project"
    for path, text in PROJECT.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    file = root / "customers.csv"
    duckdb(":memory:", f"COPY (SELECT {COLUMNS} FROM range({rows}) rows(i)) TO '{file}' (HEADER)")
    return root, file


@contextmanager
def memory_limit(bytes):
    """A control group with a limit, as a function that puts a process into it and gives its peak."""
    own = f"aurora-test-{os.getpid()}"
    first, second = Path("/sys/fs/cgroup/memory") / own, Path("/sys/fs/cgroup") / own
    for group, limit, peak in (
            (first, "memory.limit_in_bytes", "memory.max_usage_in_bytes"),
            (second, "memory.max", "memory.peak")):
        try:
            group.mkdir()
            (group / limit).write_text(str(bytes))
            break
        except OSError:
            continue
    else:
        raise Skipped("no control group with a limit of memory can be made here")
    try:
        yield group / "cgroup.procs", group / peak
    finally:
        group.rmdir()


def run(*words, within=None, limit=1800):
    """Runs the program to its end, in a control group if one is given; its output and seconds."""
    enter = f"echo $$ > '{within}' && " if within else ""
    begun = time.monotonic()
    done = subprocess.run(
        ["sh", "-c", f'{enter}exec "$0" "$@"', str(PROGRAM), *map(str, words)],
        capture_output=True, text=True, timeout=limit)
    seconds = time.monotonic() - begun
    expect(done.returncode == 0, f"{words[0]} to end well", f"exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout, seconds


@test("a file of 6 GB is run under a limit of 1 GiB of memory", slow=True)
def six_gigabytes(folder):
    need_room(folder, 30e9)
    rows = 35_000_000
    root, file = project(folder, rows)
    size = file.stat().st_size
    expect(size > 6e9, "a file of 6 GB", f"{size / 1e9:.2f} GB")
    with memory_limit(GIBIBYTE) as (processes, peak):
        out, seconds = run("run", root, "--json", within=processes, limit=3600)
        used = int(peak.read_text())
    tell(f"{size / 1e9:.1f} GB, {rows} rows: {seconds / 60:.1f} min, at most {used / GIBIBYTE:.2f} GiB, "
         "files in the page cache included")
    expect_equal(json.loads(out)["models"][0]["rows"], rows, "the rows of the model")


@test("a bank of a million customers is written in less than 64 MB of memory", slow=True)
def million_customers(folder):
    need_room(folder, 15e9)
    words = ("generate", "--customers", 1_000_000, "--output", folder / "bank", "--json")
    begun = time.monotonic()
    with open(folder / "out.json", "wb") as out:
        child = subprocess.Popen([PROGRAM, *map(str, words)], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    minutes = (time.monotonic() - begun) / 60
    expect_equal(child.returncode, 0, "the exit code")
    files = {file["name"]: file for file in json.loads((folder / "out.json").read_text())["files"]}
    size = sum(file["bytes"] for file in files.values())
    peak = usage.ru_maxrss * 1024
    tell(f"{size / 1e9:.1f} GB, {files['transactions.csv']['rows']} transactions: {minutes:.1f} min, "
         f"{peak / 1e6:.0f} MB of memory at most")
    expect(0 < peak < 64e6, "less than 64 MB of memory", peak)
    expect_equal(files["customers.truth.csv"]["rows"], 1_000_000, "the customers")
    # A smaller bank of the same seed is the beginning of the large one, byte for byte.
    aurora("generate", "--customers", 2000, "--output", folder / "small").exits(0)
    for name in ("customers.csv", "accounts.csv", "cards.csv", "customers.truth.csv"):
        small = (folder / "small" / name).read_bytes()
        with open(folder / "bank" / name, "rb") as file:
            expect(file.read(len(small)) == small, f"{name} to begin with that of 2,000", "it differs")


@test("10 million rows of 24 columns are a model within 4/3 of the time in which DuckDB reads them", slow=True)
def ten_million_rows(folder):
    """`aurora check` goes from the file to the model's table; a run profiles, hashes and publishes it besides."""
    need_room(folder, 15e9)
    rows = int(os.environ.get("AURORA_TEST_ROWS", "10000000"))
    root, file = project(folder, rows)
    times = {"aurora": [], "duckdb": []}
    for _ in range(3):
        times["aurora"].append(run("check", root)[1])
        database = folder / "peer.duckdb"
        begun = time.monotonic()
        duckdb(database, f"CREATE TABLE customers AS FROM read_csv('{file}', sample_size=-1)")
        times["duckdb"].append(time.monotonic() - begun)
        database.unlink()
    ours, peer = (statistics.median(times[name]) for name in ("aurora", "duckdb"))
    tell(f"{rows} rows: DuckDB / Aurora = {peer / ours:.2f} (medians of 3, interleaved)")
    expect(peer / ours >= 0.75, "at least 0.75 of DuckDB's speed", f"{peer / ours:.2f}")
