"""Small projects that tests start from, as text."""

from harness import EXAMPLE, aurora, shared

PEOPLE = "id,town,amount,visits\n" + "".join(
    f"P{number:03},{['Bern', 'Oslo', 'Rome', ''][number % 4]},"
    f"{number * number % 97 + (300 if number % 2 else 0)}.50,{number % 7 + (number % 2) * 9}\n"
    for number in range(1, 41))

FILES = {
    "aurora.yaml": "type: project/v1\nname: People\nprivacy:\n  identifying: [id]\n",
    "sources/people.yaml": "type: source/v1\ncsv:\n  file: people.csv\n",
    "models/customers.yaml": "type: model/v1\nfrom: people\nkey: id\n",
    "measures/customers.yaml": """\
type: measures/v1
of: customers
measures:
  customers: {expression: count(*)}
  total: {expression: sum(amount), format: currency, digits: 0}
  average: {expression: avg(amount)}
dimensions:
  town: {expression: town}
  visits: {expression: visits}
  name: {expression: id}
""",
    "segments/value.yaml": """\
type: segment/v1
model: customers
features:
  - {column: amount}
  - {column: visits}
k_means: {k: 2, seed: 1, restarts: 2}
""",
    "pages/main.yaml": """\
type: page/v1
title: People
slicers:
  - list: {dimension: town}
visuals:
  - kpi: {measure: customers}
  - bar: {measure: total, by: town}
""",
}


def project(folder, data=PEOPLE, files=None):
    """Writes a project of 40 people.

    `data` is the text of people.csv, None for no such file; `files` replaces files by their
    text, and leaves out those with None.
    """
    root = folder / "project"
    for path, text in {**FILES, **(files or {})}.items():
        if text is None:
            continue
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    root.mkdir(exist_ok=True)
    if data is not None:
        content = data if isinstance(data, bytes) else data.encode()
        (root / "people.csv").write_bytes(content)
    return root


def csv_text(header, rows):
    """A CSV file as text, quoted where needed."""

    def cell(value):
        text = str(value)
        needs_quotes = any(character in text for character in ',"\r\n') or text != text.strip()
        return '"' + text.replace('"', '""') + '"' if needs_quotes else text

    return "".join(",".join(map(cell, row)) + "\n" for row in [header, *rows])


def published_people(folder):
    """The project of 40 people with a published run."""
    root = project(folder)
    aurora("run", root).exits(0)
    return root


def people():
    return shared(published_people)


def generated(folder, rows):
    aurora("generate", "--like", "credit-card", "--rows", rows, "--output", folder).exits(0)
    return folder


def _large(folder):
    return generated(folder, 300_000)


def large_data():
    """A folder with a generated CC_GENERAL.csv of 300,000 rows: a run takes some seconds."""
    return shared(_large)


def large_project(folder, name="large"):
    """A project over such a file, whose segmentation takes most of the time of a run."""
    root = folder / name
    texts = {
        "aurora.yaml": "type: project/v1\nname: Large\n",
        "sources/cc_general.yaml": "type: source/v1\ncsv: {file: CC_GENERAL.csv}\n",
        "models/customers.yaml": """\
type: model/v1
from: cc_general
key: CUST_ID
steps:
  - derive: {column: SPENDING, as: PURCHASES + CASH_ADVANCE}
""",
        "measures/customers.yaml": """\
type: measures/v1
of: customers
measures:
  customers: {expression: count(*)}
dimensions:
  tenure: {expression: TENURE}
""",
        "segments/behaviour.yaml": """\
type: segment/v1
model: customers
features:
  - {column: PURCHASES_FREQUENCY, transform: log1p}
  - {column: CASH_ADVANCE_FREQUENCY, transform: log1p}
  - {column: SPENDING, transform: log1p}
k_means: {k: 5, seed: 1, restarts: 10}
silhouette: {exact_up_to: 2000, sample: 1000}
""",
    }
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def _example(folder):
    generated(folder / "data", 8950)
    state = folder / "state"
    aurora("run", EXAMPLE, "--data", folder / "data", "--state", state).exits(0)
    return state


def example_state():
    """The state of a run of Examples/credit-card over its synthetic twin."""
    return shared(_example)
