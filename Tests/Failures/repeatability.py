"""The same bits, whatever the number of threads."""

import os
import time

from harness import aurora, expect, expect_equal, tell, test
from projects import generated

ROWS = int(os.environ.get("AURORA_TEST_ROWS", "1000000"))

FILES = {
    "aurora.yaml": "type: project/v1\nname: Repeated\ncurrency: USD\n",
    "sources/cc_general.yaml": "type: source/v1\ncsv: {file: CC_GENERAL.csv}\n",
    # USAGE and PAID are quotients, so DOUBLE, and missing where the divisor is 0 or missing: the
    # mean of such a column is where a plain SQL average differs from run to run.
    "models/customers.yaml": """\
type: model/v1
from: cc_general
key: CUST_ID
steps:
  - derive: {column: USAGE, as: BALANCE / CREDIT_LIMIT}
  - derive: {column: PAID, as: PAYMENTS / PURCHASES}
  - impute: {column: USAGE, with: mean}
  - impute: {column: PAID, with: mean, over: PAID < 1000}
  - impute: {column: MINIMUM_PAYMENTS, with: mean}
  - impute: {column: CREDIT_LIMIT, with: median}
  - derive: {column: TOTAL_SPENDING, as: PURCHASES + CASH_ADVANCE}
  - derive: {column: USAGE_SQUARED, as: USAGE * USAGE + PAID}
""",
    "measures/customers.yaml": """\
type: measures/v1
of: customers
measures:
  customers: {expression: count(*)}
  usage: {expression: avg(USAGE)}
  paid: {expression: sum(PAID)}
  minimum_payments: {expression: avg(MINIMUM_PAYMENTS)}
  spending: {expression: sum(TOTAL_SPENDING)}
dimensions:
  tenure: {expression: TENURE}
""",
    "segments/behaviour.yaml": """\
type: segment/v1
model: customers
features:
  - {column: PURCHASES_FREQUENCY, transform: log1p}
  - {column: CASH_ADVANCE_FREQUENCY, transform: log1p}
  - {column: USAGE}
  - {column: MINIMUM_PAYMENTS, transform: log1p}
  - {column: TOTAL_SPENDING, transform: log1p}
k_means: {k: 4, seed: 1, restarts: 2}
silhouette: {exact_up_to: 2000, sample: 1000, seed: 1}
""",
}


@test(f"the same output hashes with 1, 2 and 4 threads and on a second run, on {ROWS:,} rows")
def repeats(folder):
    data, root = folder / "data", folder / "project"
    begun = time.monotonic()

    def done(what):
        nonlocal begun
        tell(f"{what}: {time.monotonic() - begun:.0f} s")
        begun = time.monotonic()

    generated(data, ROWS)
    done(f"{ROWS:,} rows generated")
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    outputs, figures = [], []
    for threads in (1, 2, 4, 2):
        run = aurora(
            "run", root, "--data", data, "--threads", threads, "--fresh", "--json",
            limit=1800).exits(0).json
        expect_equal(run["models"], [{"name": "customers", "rows": ROWS}], "the models")
        expect_equal(sorted(run["outputs"]),
                     ["quality/models/customers.json", "quality/sources/cc_general.json",
                      "segments/behaviour.json", "segments/behaviour.plots.json",
                      "segments/behaviour.profile.json", "tables/customers"],
                     "the outputs that are hashed")
        outputs.append(run["outputs"])
        figures.append(aurora(
            "query", root, "--measures", "customers,usage,paid,minimum_payments,spending",
            "--by", "behaviour,tenure", "--json").exits(0).out)
        done(f"run with {threads} threads")
    model = aurora("show", "models", root, "--json").exits(0).json["models"][0]
    filled = {}
    for step in model["steps"]:
        filled.update(step["cells_changed"] if step["kind"] == "impute" else {})
    expect(set(filled) == {"USAGE", "PAID", "MINIMUM_PAYMENTS", "CREDIT_LIMIT"},
           "missing values filled in all four columns", filled)
    types = {column["name"]: column["type"] for column in model["columns"]}
    expect_equal((types["USAGE"], types["PAID"]), ("double", "double"), "the quotients' types")
    for threads, found in zip((2, 4, 2), outputs[1:]):
        expect_equal(found, outputs[0], f"the hashes with {threads} threads as with 1")
    expect(len(set(figures)) == 1, "the same figures of all four runs", figures[:2])
    verified = aurora("verify", root, "--threads", "1", "--json", limit=1800).exits(0).json
    expect(verified["repeated"] is True, "a run that repeats", verified)
    done("verify with 1 thread")
