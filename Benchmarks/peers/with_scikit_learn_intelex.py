"""What scikit-learn-intelex (oneDAL) does for the steps that it speeds up."""

import contextlib
import io

with contextlib.redirect_stderr(io.StringIO()):
    import onedal.cluster.kmeans as k_means_module
    from sklearnex.cluster import KMeans
    from sklearnex.decomposition import PCA

import k_means_steps
import pca_step

updates = []
run_one_start = k_means_module.KMeans._fit_backend


def counted(*arguments, **options):
    result = run_one_start(*arguments, **options)
    updates.append(int(result[3]))
    return result


k_means_module.KMeans._fit_backend = counted


STEPS = {
    "lloyd": k_means_steps.lloyd(KMeans),
    "sweep": k_means_steps.sweep(KMeans, updates),
    "bootstrap": k_means_steps.bootstrap(KMeans),
    "covariance": pca_step.covariance(PCA),
}
