"""A page over customers, their cards and their transactions filters both ways, against SQL on the original files."""

import json
import shutil
import subprocess
import sys

import reports
from every_visual import expect_every_figure
from harness import HOME, expect, expect_equal, expect_near, test
from reports import Report
from visits import Visit

EXAMPLE = "aurora-dashboard"
PAGE = """\
type: page/v1
title: Both ways
visuals:
  - kpi: {measure: customers, width: 3}
  - kpi: {measure: avg_credit_score, width: 3}
  - kpi: {measure: cards, width: 3}
  - kpi: {measure: credit_card_holders, width: 3}
  - kpi: {measure: transactions, width: 4}
  - kpi: {measure: refunds, width: 4}
  - kpi: {measure: avg_transaction_amount, width: 4}
  - column: {title: Customers by gender, measure: customers, by: gender, width: 4}
  - column: {title: Cards by brand, measure: cards, by: card_brand, width: 4}
  - column: {title: Transactions by way of payment, measure: transactions, by: payment_way, width: 4}
"""
# The files as they are: texts, amounts with a dollar sign.
TABLES = """\
LOAD '{extension}';
CREATE TABLE users AS SELECT id, gender, credit_score::INTEGER AS credit_score
  FROM read_xlsx('{files}/users_data.xlsx', all_varchar = true);
CREATE TABLE cards AS SELECT client_id, card_type, card_brand
  FROM read_xlsx('{files}/cards_data.xlsx', all_varchar = true);
CREATE TABLE transactions AS SELECT client_id, use_chip, replace(amount, '$', '')::DECIMAL(12, 2) AS amount
  FROM read_csv('{files}/transactions_data_sample.csv', all_varchar = true);
"""
FIGURES = """\
COPY (SELECT
  (SELECT count(*) FROM users WHERE {users}) AS customers,
  (SELECT avg(credit_score) FROM users WHERE {users}) AS avg_credit_score,
  (SELECT count(*) FROM cards WHERE {cards}) AS cards,
  (SELECT count(DISTINCT client_id) FROM cards WHERE ({cards}) AND card_type = 'Credit') AS credit_card_holders,
  (SELECT count(*) FROM transactions WHERE {transactions}) AS transactions,
  (SELECT count(*) FROM transactions WHERE ({transactions}) AND amount < 0) AS refunds,
  (SELECT avg(amount) FROM transactions WHERE {transactions}) AS avg_transaction_amount,
  (SELECT count(*) FROM users WHERE ({users}) AND gender = 'Female') AS women
) TO '{output}' (FORMAT json);
"""
ONLINE = "SELECT client_id FROM transactions WHERE use_chip = 'Online Transaction'"
WOMEN = "SELECT id FROM users WHERE gender = 'Female'"
VISA = "SELECT client_id FROM cards WHERE card_brand = 'Visa'"


def by_sql(folder, conditions):
    """The figures of each set of conditions on users, cards and transactions."""
    files = reports.ORIGINALS / reports.FILES[EXAMPLE][0]
    outputs = [folder / f"{number}.json" for number in range(len(conditions))]
    script = TABLES.format(files=files, extension=HOME / ".deps/duckdb/extensions/excel.duckdb_extension")
    for output, (users, cards, transactions) in zip(outputs, conditions, strict=True):
        script += FIGURES.format(users=users, cards=cards, transactions=transactions, output=output)
    program = HOME / "Tests/Failures/duckdb_sql.py"
    subprocess.run([sys.executable, program, ":memory:", script], check=True, timeout=120)
    return [json.loads(output.read_text()) for output in outputs]


def figures(visit):
    """What the cards of one figure hold, by their measures."""
    cards = [each for each in visit.description["visuals"] if each["type"] == "kpi"]
    return {each["measures"][0]: visit.evaluate("id => aurora.visual(id).rows[0][0]", each["id"]) for each in cards}


def expect_figures(visit, wanted, women, what):
    found = figures(visit)
    for name, figure in found.items():
        expect_near(figure, float(wanted[name]), 1e-9 * max(1, abs(float(wanted[name]))), f"{name} {what}")
    rows = dict(visit.answer("Customers by gender")["rows"])
    expect_equal(rows["Female"], women, f"women {what}")
    return found


@test("a page over customers, cards and transactions filters both ways: its figures are those of SQL on the files")
def both_ways(folder):
    published = reports.example(EXAMPLE)
    project = folder / "project"
    shutil.copytree(published.project, project, ignore=shutil.ignore_patterns(".aurora"))
    (project / "pages/both.yaml").write_text(PAGE)
    report = Report(project, published.state)
    whole, paid, women, both, all_three = by_sql(folder, [
        ("true", "true", "true"),
        (f"id IN ({ONLINE})", f"client_id IN ({ONLINE})", "use_chip = 'Online Transaction'"),
        ("gender = 'Female'", f"client_id IN ({WOMEN})", f"client_id IN ({WOMEN})"),
        (f"gender = 'Female' AND id IN ({ONLINE})", f"client_id IN ({WOMEN}) AND client_id IN ({ONLINE})",
         f"use_chip = 'Online Transaction' AND client_id IN ({WOMEN})"),
        (f"gender = 'Female' AND id IN ({ONLINE}) AND id IN ({VISA})",
         f"card_brand = 'Visa' AND client_id IN ({WOMEN}) AND client_id IN ({ONLINE})",
         f"use_chip = 'Online Transaction' AND client_id IN ({WOMEN}) AND client_id IN ({VISA})"),
    ])
    payment, gender, brand = "Transactions by way of payment", "Customers by gender", "Cards by brand"
    with report.serve() as server, Visit(server) as visit:
        visit.open("both")
        before = expect_figures(visit, whole, whole["women"], "of all")
        visit.click(payment, "Online Transaction")
        after = expect_figures(visit, paid, paid["women"], "where something was paid online")
        expect(all(after[name] < before[name] for name in ("customers", "cards", "transactions")),
               "fewer customers and cards by an attribute of transactions", after)
        expect_every_figure(visit, report)
        visit.click(payment, "Online Transaction")
        # What is clicked in a visual filters all others, but not itself.
        visit.click(gender, "Female")
        after = expect_figures(visit, women, whole["women"], "of women")
        expect(all(after[name] < before[name] for name in ("customers", "cards", "transactions")),
               "fewer cards and transactions by an attribute of customers", after)
        visit.click(payment, "Online Transaction")
        expect_figures(visit, both, paid["women"], "of women where something was paid online")
        visit.click(brand, "Visa")
        expect_figures(visit, all_three, all_three["women"], "of women with a Visa card where something was paid online")
        expect_every_figure(visit, report)
        visit.expect_no_remarks()
