"""The K-Means steps on any class with scikit-learn's interface.

Updates are counted by a wrapper around the function that runs one start, which costs nothing
beside it.
"""

import numpy as np

from worker import inertia, timed


def lloyd(KMeans):
    def step(request, matrix):
        k = request.integer("k", 6)
        method = KMeans(
            k, init=request.start(matrix, k), n_init=1, tol=0,
            max_iter=request.integer("updates", 20), algorithm=request.text("algorithm", "lloyd"),
        )
        seconds, model = timed(lambda: method.fit(matrix))
        return {
            "seconds": seconds,
            "updates": int(model.n_iter_),
            "inertia": inertia(matrix, model.labels_, model.cluster_centers_),
            "sizes": sorted(np.bincount(model.labels_, minlength=k).tolist()),
        }

    return step


def sweep(KMeans, counter):
    """Several starts for each k until labels repeat; with `sample` the starts run on a sample."""

    def step(request, matrix):
        ks = range(request.integer("from", 2), request.integer("to", 10) + 1)
        seed, sample = request.integer("seed", 1), request.integer("sample", 0)
        options = {
            "n_init": request.integer("starts", 10), "tol": 0,
            "max_iter": request.integer("updates", 300),
            "algorithm": request.text("algorithm", "lloyd"), "random_state": seed,
        }
        counter.clear()
        fit = sampled_starts if 0 < sample < len(matrix) else lambda _, options, k, rows: KMeans(
            k, **options).fit(rows)
        seconds, models = timed(lambda: [fit(KMeans, options | {"sample": sample}, k, matrix)
            if fit is sampled_starts else fit(KMeans, options, k, matrix) for k in ks])
        answer = {"seconds": seconds, "inertias": [float(model.inertia_) for model in models]}
        return answer | ({"updates": sum(counter)} if counter else {})

    return step


def sampled_starts(KMeans, options, k, matrix):
    """Each start on a drawn sample; the best of them, told apart by all rows, goes on with all.

    Ends within 3 % of the best one are compared by a pass over all rows, each different one once.
    """
    random = np.random.default_rng(options["random_state"])
    rows = np.sort(random.choice(len(matrix), options["sample"], replace=False))
    sample = matrix[rows]
    own = {name: options[name] for name in ("tol", "max_iter", "algorithm")}
    ends = [
        KMeans(k, n_init=1, random_state=options["random_state"] + start, **own).fit(sample)
        for start in range(options["n_init"])
    ]
    ends.sort(key=lambda end: end.inertia_)
    rivals = []
    for end in ends:
        if end.inertia_ > ends[0].inertia_ * 1.03:
            break
        if not rivals or end.inertia_ > rivals[-1].inertia_ * (1 + 1e-9):
            rivals.append(end)
    best = rivals[0] if len(rivals) == 1 else max(rivals, key=lambda end: end.score(matrix))
    return KMeans(k, init=best.cluster_centers_, n_init=1, **own).fit(matrix)


def bootstrap(KMeans):
    def step(request, matrix):
        k = request.integer("k", 6)
        labels = request.labels(matrix, k)

        def replicate(index):
            random = np.random.default_rng(index)
            rows = np.sort(random.integers(0, len(matrix), len(matrix)))
            method = KMeans(k, n_init=1, tol=0, max_iter=300, random_state=index)
            found = method.fit(matrix[rows]).labels_
            different, first = np.unique(rows, return_index=True)
            return jaccards(labels[different], found[first], k)

        seconds, values = timed(
            lambda: np.mean([replicate(index) for index in range(request.integer("refits", 100))])
        )
        return {"seconds": seconds, "jaccard": float(values)}

    return step


def jaccards(old, new, k):
    """Of each old group, the largest Jaccard with a new one."""
    shared = np.bincount(old.astype(np.int64) * k + new, minlength=k * k).reshape(k, k)
    union = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
    return (shared / np.maximum(union, 1)).max(axis=1)
