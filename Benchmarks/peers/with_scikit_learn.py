"""What scikit-learn does for each step."""

import sklearn.cluster._kmeans as k_means_module
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

import k_means_steps
import pca_step
from worker import timed

updates = []


def counted(run):
    def wrapper(*arguments, **options):
        result = run(*arguments, **options)
        updates.append(result[3])
        return result

    return wrapper


for name in ("_kmeans_single_lloyd", "_kmeans_single_elkan"):
    setattr(k_means_module, name, counted(getattr(k_means_module, name)))


def silhouette(request, matrix):
    ks = range(request.integer("from", 6), request.integer("to", 6) + 1)
    labels = [request.labels(matrix, k) for k in ks]
    seconds, means = timed(lambda: [float(silhouette_score(matrix, each)) for each in labels])
    return {"seconds": seconds, "silhouettes": means}


STEPS = {
    "lloyd": k_means_steps.lloyd(KMeans),
    "sweep": k_means_steps.sweep(KMeans, updates),
    "bootstrap": k_means_steps.bootstrap(KMeans),
    "silhouette": silhouette,
    "covariance": pca_step.covariance(PCA),
}
