"""What scikit-learn-intelex (oneDAL) does for the steps that it speeds up."""

import contextlib
import io

with contextlib.redirect_stderr(io.StringIO()):
    import onedal.cluster.kmeans as k_means_module
    from sklearnex.cluster import KMeans
    from sklearnex.decomposition import PCA

import k_means_steps
from worker import timed

updates = []
run_one_start = k_means_module.KMeans._fit_backend


def counted(*arguments, **options):
    result = run_one_start(*arguments, **options)
    updates.append(int(result[3]))
    return result


k_means_module.KMeans._fit_backend = counted


def covariance(request, matrix):
    seconds, model = timed(lambda: PCA(svd_solver="covariance_eigh").fit(matrix))
    return {"seconds": seconds, "variances": model.explained_variance_.tolist()}


STEPS = {
    "lloyd": k_means_steps.lloyd(KMeans),
    "sweep": k_means_steps.sweep(KMeans, updates),
    "bootstrap": k_means_steps.bootstrap(KMeans),
    "covariance": covariance,
}
