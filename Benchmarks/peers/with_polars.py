"""polars: the profile of groups."""

import polars

from worker import timed

SHARES = (0.25, 0.5, 0.75)


def profile(request, matrix):
    k = request.integer("k", 6)
    names = [f"c{index}" for index in range(matrix.shape[1])]
    frame = polars.DataFrame({name: matrix[:, index].copy() for index, name in enumerate(names)})
    frame = frame.with_columns(group=polars.Series(request.labels(matrix, k)))
    figures = [polars.len()]
    for name in names:
        column = polars.col(name)
        figures.append(column.mean().alias(f"{name} mean"))
        figures += [column.quantile(share, "linear").alias(f"{name} {share}") for share in SHARES]
    seconds, table = timed(lambda: frame.group_by("group").agg(figures).sort("group"))
    return {
        "seconds": seconds,
        "means": [value for name in names for value in table[f"{name} mean"]],
        "quartiles": [
            table[f"{name} {share}"][group] for name in names for group in range(k)
            for share in SHARES
        ],
    }


STEPS = {"profile": profile}
