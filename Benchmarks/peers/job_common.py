"""What both whole jobs have in common: columns, scaling, components, the sweep, silhouettes."""

import json
import sys
import time

import numpy as np

MONEY = [
    "BALANCE", "PURCHASES", "ONEOFF_PURCHASES", "INSTALLMENTS_PURCHASES", "CASH_ADVANCE",
    "CASH_ADVANCE_TRX", "PURCHASES_TRX", "CREDIT_LIMIT", "PAYMENTS", "MINIMUM_PAYMENTS",
]
BEHAVIOUR = MONEY + [
    "BALANCE_FREQUENCY", "PURCHASES_FREQUENCY", "ONEOFF_PURCHASES_FREQUENCY",
    "PURCHASES_INSTALLMENTS_FREQUENCY", "CASH_ADVANCE_FREQUENCY", "PRC_FULL_PAYMENT", "TENURE",
]
DERIVED = [
    "UTILISATION", "PAYMENT_RATIO", "ONEOFF_SHARE", "AVERAGE_TICKET", "CASH_SHARE", "AGE_BAND",
    "REVOLVER", "TENURE_DAYS",
]
CATEGORIES = ["GENDER", "STATE", "OCCUPATION", "AGE_BAND"]
K = 6

parts = {}


class part:
    """Notes how long a part of the job takes."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.start = time.perf_counter()

    def __exit__(self, *_):
        parts[self.name] = parts.get(self.name, 0) + time.perf_counter() - self.start


def segments(features):
    """Labels for k 6 of a sweep over k = 2…10 with ten starts each, every k with a silhouette."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.metrics import silhouette_score
    from sklearn.preprocessing import StandardScaler

    with part("scale"):
        scaled = StandardScaler().fit_transform(features)
    with part("components"):
        rows = np.ascontiguousarray(PCA(n_components=10, random_state=0).fit_transform(scaled))
    chosen = None
    for k in range(2, 11):
        with part("sweep"):
            model = KMeans(k, n_init=10, random_state=42).fit(rows)
        with part("silhouettes"):
            measured = min(len(rows), 10_000)
            silhouette = silhouette_score(
                rows, model.labels_, sample_size=measured, random_state=0
            )
        if k == K:
            chosen = (model, float(silhouette))
    return chosen


def finish(model, silhouette):
    seconds = {name: round(value, 3) for name, value in parts.items()}
    print(
        json.dumps({"inertia": float(model.inertia_), "silhouette": silhouette, "parts": seconds})
    )


def file():
    return sys.argv[1]
