"""pandas: the profile of groups."""

import numpy as np
import pandas

from worker import timed

SHARES = [0.25, 0.5, 0.75]


def profile(request, matrix):
    k = request.integer("k", 6)
    frame = pandas.DataFrame(np.asfortranarray(matrix))
    frame["group"] = request.labels(matrix, k)

    def tables():
        groups = frame.groupby("group")
        return groups.agg(["count", "mean"]), groups.quantile(SHARES)

    seconds, (figures, quartiles) = timed(tables)
    columns = range(matrix.shape[1])
    return {
        "seconds": seconds,
        "means": [float(value) for column in columns for value in figures[column]["mean"]],
        "quartiles": [
            float(quartiles.loc[(group, share), column]) for column in columns
            for group in range(k) for share in SHARES
        ],
    }


STEPS = {"profile": profile}
