"""The covariance step on any class with scikit-learn's interface of PCA."""

from worker import timed


def covariance(PCA):
    def step(request, matrix):
        seconds, model = timed(lambda: PCA(svd_solver="covariance_eigh").fit(matrix))
        return {"seconds": seconds, "variances": model.explained_variance_.tolist()}

    return step
