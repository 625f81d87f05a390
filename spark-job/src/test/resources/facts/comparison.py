"""Facts for the tests of io.firesteel.spark.decide, by SciPy and scikit-learn.

Run: python comparison.py > comparison.json   (scipy 1.17, scikit-learn, numpy 2)
"""

import json

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score


def mcnemar():
    cases = [(0, 0), (1, 0), (5, 5), (10, 3), (3, 10), (25, 12), (121, 59), (1000, 900), (40000, 39500)]
    rows = []
    for alone, other in cases:
        coins = stats.binom(alone + other, 0.5)
        rows.append({"candidate": alone, "other": other, "midP": float(coins.sf(alone) + coins.pmf(alone) / 2)})
    return rows


def squared_errors(random):
    """Two regressions on the same 150 rows: the interval of how much lower the mean squared error of the first is."""
    target = random.normal(size=150)
    first = target + random.normal(scale=0.8, size=150)
    second = target + random.normal(scale=1.0, size=150)
    difference = (second - target) ** 2 - (first - target) ** 2
    interval = stats.bootstrap(
        (difference,), np.mean, n_resamples=50_000, confidence_level=0.95, method="percentile", rng=random
    ).confidence_interval
    return {
        "target": target.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "estimate": float(difference.mean()),
        "low": float(interval.low),
        "high": float(interval.high),
    }


def areas(random):
    """Two classifiers on the same 200 rows: the same of the area under the ROC curve."""
    label = (random.uniform(size=200) < 0.4).astype(int)
    first = label + random.normal(scale=0.9, size=200)
    second = label + random.normal(scale=1.3, size=200)

    def statistic(y, a, b):
        return roc_auc_score(y, a) - roc_auc_score(y, b)

    interval = stats.bootstrap(
        (label, first, second), statistic, n_resamples=5_000, confidence_level=0.95, method="percentile",
        paired=True, vectorized=False, rng=random,
    ).confidence_interval
    return {
        "label": label.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "estimate": float(statistic(label, first, second)),
        "low": float(interval.low),
        "high": float(interval.high),
    }


random = np.random.default_rng(20161101)
print(json.dumps({"mcnemar": mcnemar(), "squaredErrors": squared_errors(random), "areas": areas(random)}, indent=1))
