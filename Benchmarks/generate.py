"""Writes the benchmarks' data: card customers of six kinds, invented from a seed.

    generate.py matrix ROWS FOLDER   FOLDER/17.f64 and FOLDER/10.f64
    generate.py table ROWS FILE      a CSV file as a bank would deliver it

Rows come in blocks of 100,000, each from its own random numbers, so a small file holds the first
rows of a large one. `17.f64` holds the behaviour columns as they are clustered: winsorised, money
as log1p, z-scored; `10.f64` their first ten principal components. Both are row-major float64
without a header. What they are scaled and rotated by is learnt from the first block.
"""

import os
import sys

import numpy as np

BLOCK = 100_000
SHARES = [0.28, 0.24, 0.18, 0.14, 0.10, 0.06]

# Of each kind of customer: the mean of the amount's logarithm, and how many have none of it.
AMOUNTS = {
    "BALANCE": ([6.0, 4.4, 7.5, 5.6, 8.2, 7.8], [0, 0, 0, 0, 0, 0], 1.0),
    "ONEOFF_PURCHASES": ([4.9, 2.2, 3.1, 6.7, 5.1, 7.9], [0.4, 0.75, 0.7, 0.2, 0.5, 0.05], 1.2),
    "INSTALLMENTS_PURCHASES": ([4.1, 5.7, 2.6, 6.1, 4.4, 7.1], [0.5, 0.05, 0.8, 0.2, 0.6, 0.1], 1.1),
    "CASH_ADVANCE": ([2.1, 1.2, 7.3, 1.6, 8.1, 5.2], [0.7, 0.9, 0.03, 0.85, 0.02, 0.5], 1.1),
    "CREDIT_LIMIT": ([8.0, 7.7, 8.3, 8.6, 9.0, 9.4], [0, 0, 0, 0, 0, 0], 0.6),
    "PAYMENTS": ([6.5, 6.1, 7.2, 7.3, 8.0, 8.7], [0, 0, 0, 0, 0, 0], 0.9),
    "MINIMUM_PAYMENTS": ([5.3, 5.0, 6.5, 5.2, 7.2, 6.7], [0, 0, 0, 0, 0, 0], 0.9),
}
# Of each kind: a beta distribution, in twelfths of a year.
FREQUENCIES = {
    "BALANCE_FREQUENCY": ([8, 4, 12, 10, 13, 15], [1, 3, 1, 1, 1, 1]),
    "PURCHASES_FREQUENCY": ([2, 8, 1, 6, 1.5, 9], [4, 2, 6, 2, 5, 1]),
    "ONEOFF_PURCHASES_FREQUENCY": ([1.5, 1, 1, 4, 1, 6], [5, 9, 9, 4, 7, 3]),
    "PURCHASES_INSTALLMENTS_FREQUENCY": ([1, 7, 1, 4, 1, 6], [5, 2, 8, 3, 6, 3]),
    "CASH_ADVANCE_FREQUENCY": ([1, 0.5, 4, 0.5, 5, 1], [9, 12, 7, 12, 6, 9]),
}
BEHAVIOUR = [
    "BALANCE", "BALANCE_FREQUENCY", "PURCHASES", "ONEOFF_PURCHASES", "INSTALLMENTS_PURCHASES",
    "CASH_ADVANCE", "PURCHASES_FREQUENCY", "ONEOFF_PURCHASES_FREQUENCY",
    "PURCHASES_INSTALLMENTS_FREQUENCY", "CASH_ADVANCE_FREQUENCY", "CASH_ADVANCE_TRX",
    "PURCHASES_TRX", "CREDIT_LIMIT", "PAYMENTS", "MINIMUM_PAYMENTS", "PRC_FULL_PAYMENT", "TENURE",
]
MONEY = [name for name in BEHAVIOUR if name in AMOUNTS or name == "PURCHASES" or name.endswith("TRX")]
MISSING = {"CREDIT_LIMIT": 0.001, "MINIMUM_PAYMENTS": 0.035}
STATES = "CA TX NY FL IL PA OH GA NC MI NJ VA WA AZ MA TN IN MO MD WI CO MN SC AL LA KY".split()
JOBS = "Engineer Teacher Nurse Manager Clerk Retired Student Sales Driver Lawyer Doctor".split()


def block(index):
    """The behaviour of one block's customers, without gaps, by column."""
    random = np.random.default_rng([2024, index])
    kind = random.choice(len(SHARES), size=BLOCK, p=SHARES)
    of_kind = lambda values: np.asarray(values)[kind]
    columns = {}
    for name, (centres, absent, spread) in AMOUNTS.items():
        amounts = random.lognormal(of_kind(centres), spread)
        columns[name] = np.where(random.random(BLOCK) < of_kind(absent), 0.0, amounts)
    for name, (a, b) in FREQUENCIES.items():
        columns[name] = np.round(12 * random.beta(of_kind(a), of_kind(b))) / 12
    columns["CREDIT_LIMIT"] = np.round(columns["CREDIT_LIMIT"] / 50) * 50 + 50
    purchases = columns["ONEOFF_PURCHASES"] + columns["INSTALLMENTS_PURCHASES"]
    columns["PURCHASES"] = purchases
    columns["CASH_ADVANCE_TRX"] = random.poisson(20 * columns["CASH_ADVANCE_FREQUENCY"])
    columns["PURCHASES_TRX"] = random.poisson(25 * columns["PURCHASES_FREQUENCY"] + purchases / 200)
    full = random.random(BLOCK)
    columns["PRC_FULL_PAYMENT"] = np.where(random.random(BLOCK) < 0.66, 0.0, full)
    short = random.integers(6, 12, BLOCK)
    columns["TENURE"] = np.where(random.random(BLOCK) < 0.85, 12, short)
    return columns


def blocks(rows):
    """The blocks that hold so many rows, each with the rows to take of it."""
    for index, start in enumerate(range(0, rows, BLOCK)):
        yield index, min(BLOCK, rows - start)


class Preparation:
    """Winsorising at 99 %, log1p of money, z-scores and components, learnt from the first block."""

    def __init__(self):
        columns = block(0)
        self.upper = {name: np.quantile(columns[name], 0.99) for name in BEHAVIOUR}
        (self.mean, self.deviation) = (0.0, 1.0)
        raw = self.scaled(columns)
        (self.mean, self.deviation) = (raw.mean(axis=0), raw.std(axis=0))
        scaled = self.scaled(columns)
        _, vectors = np.linalg.eigh(np.cov(scaled, rowvar=False))
        self.components = vectors[:, ::-1][:, :10]

    def scaled(self, columns):
        values = [np.minimum(columns[name], self.upper[name]) for name in BEHAVIOUR]
        values = [np.log1p(v) if name in MONEY else v for name, v in zip(BEHAVIOUR, values)]
        return (np.column_stack(values) - self.mean) / self.deviation


def write_matrix(rows, folder):
    os.makedirs(folder, exist_ok=True)
    preparation = Preparation()
    paths = [os.path.join(folder, name) for name in ("17.f64", "10.f64")]
    with open(paths[0] + ".partial", "wb") as wide, open(paths[1] + ".partial", "wb") as narrow:
        for index, count in blocks(rows):
            scaled = preparation.scaled(block(index))[:count]
            wide.write(np.ascontiguousarray(scaled).tobytes())
            narrow.write(np.ascontiguousarray(scaled @ preparation.components).tobytes())
    for path in paths:
        os.replace(path + ".partial", path)


def write_table(rows, path):
    import polars

    with open(path + ".partial", "wb") as file:
        for index, count in blocks(rows):
            columns = block(index)
            random = np.random.default_rng([2025, index])
            first = index * BLOCK + 10_001
            table = {"CUST_ID": [f"C{number}" for number in range(first, first + BLOCK)]}
            for name in BEHAVIOUR:
                table[name] = columns[name]
                if name in MISSING:
                    gaps = random.random(BLOCK) < MISSING[name]
                    table[name] = np.where(gaps, np.nan, columns[name])
            table["AGE"] = np.clip(random.normal(44, 14, BLOCK), 18, 90).astype(int)
            table["GENDER"] = np.array(["M", "F"])[random.integers(0, 2, BLOCK)]
            table["STATE"] = np.array(STATES)[np.minimum(random.geometric(0.09, BLOCK), 26) - 1]
            table["OCCUPATION"] = np.array(JOBS)[random.integers(0, len(JOBS), BLOCK)]
            days = np.timedelta64(1, "D")
            opened = np.datetime64("2010-01-01") + random.integers(0, 5000, BLOCK) * days
            last = np.datetime64("2024-01-01") + random.integers(0, 365, BLOCK) * days
            table["OPEN_DATE"], table["LAST_TXN"] = opened, last
            frame = polars.DataFrame(table)[:count]
            frame = frame.with_columns(polars.col(*MISSING).fill_nan(None))
            frame.write_csv(file, include_header=index == 0, float_precision=6)
    os.replace(path + ".partial", path)


def main():
    what, rows, place = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    {"matrix": write_matrix, "table": write_table}[what](rows, place)


if __name__ == "__main__":
    main()
