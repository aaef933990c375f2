"""A small project, and mistakes in it: what Scripts/reference makes docs/errors-by-example.md of.

A mistake is a code, a file with a text in it that another replaces, and the command that tells.
"""

PROJECT = {
    "people.csv": "id,town,joined,amount,visits\n" + "".join(
        f"P{number:02},{['Bern', 'Oslo', 'Rome'][number % 3]},2023-{number % 12 + 1:02}-15,"
        f"{number * number % 97}.50,{number % 7}\n" for number in range(1, 25)),
    "bills.csv": "bill,person,paid\n" + "".join(
        f"{number},P{number % 24 + 1:02},{number * 7 % 50}.00\n" for number in range(1, 41)),
    "aurora.yaml": "type: project/v1\nname: People\ncurrency: EUR\n",
    "sources/people.yaml": "type: source/v1\ncsv:\n  file: people.csv\n",
    "sources/bills.yaml": "type: source/v1\ncsv:\n  file: bills.csv\n",
    "models/customers.yaml":
        "type: model/v1\nfrom: people\nkey: id\nsteps:\n  - derive: {column: half, as: amount / 2}\n",
    "models/payments.yaml": "type: model/v1\nfrom: bills\nkey: bill\nreferences: {customers: person}\n",
    "measures/customers.yaml":
        "type: measures/v1\nof: customers\nmeasures:\n  customers: {expression: count(*)}\n"
        "  total: {expression: sum(amount), format: currency}\ndimensions:\n"
        "  town: {expression: town}\n  amount: {expression: amount}\n",
    "segments/value.yaml":
        "type: segment/v1\nmodel: customers\nfeatures:\n  - {column: amount}\n  - {column: visits}\n"
        "k_means: {k: 2, seed: 1}\n",
    "pages/main.yaml":
        "type: page/v1\ntitle: People\nvisuals:\n  - kpi: {measure: customers}\n"
        "  - bar: {measure: total, by: town}\n",
}

CHECK = "check ."
RUN = "run ."

MISTAKES = [
    ("yaml_syntax", "aurora.yaml", "name: People", "name: People: all", CHECK),
    ("empty_file", "pages/main.yaml", PROJECT["pages/main.yaml"], "", CHECK),
    ("duplicate_key", "aurora.yaml", "name: People", "name: Men\nname: Women", CHECK),
    ("unknown_key", "pages/main.yaml", "{measure: customers}", "{mesure: customers}", CHECK),
    ("missing_key", "models/customers.yaml", "key: id\n", "", CHECK),
    ("unknown_kind", "pages/main.yaml", "- bar:", "- bars:", CHECK),
    ("unknown_choice", "measures/customers.yaml", "format: currency", "format: money", CHECK),
    ("wrong_type", "segments/value.yaml", "k: 2", "k: two", CHECK),
    ("invalid_currency", "aurora.yaml", "EUR", "euro", CHECK),
    ("invalid_locale", "aurora.yaml", "currency: EUR", "locale: english", CHECK),
    ("invalid_date", "aurora.yaml", "currency: EUR", "as_of: 31.12.2024", CHECK),
    ("source_kind", "sources/people.yaml", "csv:\n  file: people.csv\n", "description: people\n",
     CHECK),
    ("name_taken", "measures/customers.yaml", "town: {expression: town}",
     "total: {expression: town}", CHECK),
    ("unknown_source", "models/customers.yaml", "from: people", "from: persons", CHECK),
    ("unknown_model", "segments/value.yaml", "model: customers", "model: clients", CHECK),
    ("unknown_column", "models/customers.yaml", "amount / 2", "amuont / 2", CHECK),
    ("unknown_measure", "pages/main.yaml", "measure: total", "measure: totals", CHECK),
    ("unknown_dimension", "pages/main.yaml", "by: town", "by: city", CHECK),
    ("column_exists", "models/customers.yaml", "column: half, as: amount / 2",
     "column: half, as: amount / 2}\n  - rename: {visits: half", CHECK),
    ("feature_twice", "segments/value.yaml", "column: visits", "column: amount", CHECK),
    ("key_as_feature", "segments/value.yaml", "column: visits", "column: id", CHECK),
    ("names_mismatch", "segments/value.yaml", "k_means:", "names: [Low]\nk_means:", CHECK),
    ("hidden_column", "aurora.yaml", "currency: EUR", "privacy: {hidden: [amount]}", CHECK),
    ("as_of_missing", "models/customers.yaml", "derive: {column: half, as: amount / 2}",
     "age: {column: joined, into: years}", CHECK),
    ("expression_syntax", "models/customers.yaml", "amount / 2", "amount / ", CHECK),
    ("expression_refused", "models/customers.yaml", "amount / 2", "(SELECT 1)", CHECK),
    ("unknown_function", "models/customers.yaml", "amount / 2", "rond(amount)", CHECK),
    ("expression_type", "models/customers.yaml", "amount / 2", "town / 2", CHECK),
    ("not_aggregated", "measures/customers.yaml", "sum(amount)", "amount", CHECK),
    ("aggregated", "measures/customers.yaml", "town: {expression: town}",
     "town: {expression: max(town)}", CHECK),
    ("not_a_number", "segments/value.yaml", "column: visits", "column: town", CHECK),
    ("file_missing", "sources/people.yaml", "people.csv", "persons.csv", CHECK),
    ("no_rows", "people.csv", PROJECT["people.csv"], "id,town,joined,amount,visits\n", CHECK),
    ("ragged_rows", "people.csv", "P02,Rome", "P02,Rome,1", CHECK),
    ("duplicate_column", "people.csv", "id,town", "id,ID", CHECK),
    ("wrong_value", "sources/people.yaml", "csv:", "columns: {town: integer}\ncsv:", CHECK),
    ("contract_broken", "sources/people.yaml", "csv:",
     "expect:\n  - range: {column: visits, max: 5, on_fail: stop}\ncsv:", CHECK),
    ("key_not_unique", "models/customers.yaml", "key: id", "key: town", RUN),
    ("missing_values", "people.csv", "P03,Bern,2023-04-15,9.50", "P03,Bern,2023-04-15,", RUN),
    ("k_above_rows", "segments/value.yaml", "k: 2", "k: 25", RUN),
    ("no_run", "aurora.yaml", "", "", "query . --measures total"),
    ("unknown_name", "aurora.yaml", "", "", "query . --measures totals"),
    ("not_a_condition", "aurora.yaml", "", "", "query . --measures total --where town"),
    ("unknown_format", "aurora.yaml", "", "", "export . --model customers --output people.xls"),
    ("project_missing", "aurora.yaml", "", "", "check nowhere"),
    ("unknown_twin", "aurora.yaml", "", "", "generate --like creditcard --output data"),
]
# What asks for a published run; the others are told without one.
NEED_RUN = {"unknown_name", "not_a_condition", "unknown_format"}
