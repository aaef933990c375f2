"""FAISS: K-Means in float32, by random starts and a stated number of updates."""

import faiss
import numpy as np

from worker import inertia, timed


def lloyd(request, matrix):
    k, updates = request.integer("k", 6), request.integer("updates", 20)
    start = np.asarray(request.start(matrix, k), np.float32)

    def fit():
        method = faiss.Kmeans(
            matrix.shape[1], k, niter=updates, max_points_per_centroid=len(matrix),
            min_points_per_centroid=1,
        )
        method.train(matrix, init_centroids=start)
        return method.centroids, method.index.search(matrix, 1)[1].ravel()

    seconds, (centres, labels) = timed(fit)
    return {
        "seconds": seconds,
        "updates": updates,
        "inertia": inertia(matrix, labels, centres),
        "sizes": sorted(np.bincount(labels, minlength=k).tolist()),
    }


STEPS = {"lloyd": lloyd}
