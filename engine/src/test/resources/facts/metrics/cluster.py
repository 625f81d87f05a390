"""Makes cluster.json: points in clusters, and what scikit-learn says of them. Needs scikit-learn."""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score

SCORES = {"silhouette": silhouette_score, "daviesBouldin": davies_bouldin_score, "calinskiHarabasz": calinski_harabasz_score}


def case(title, points, labels, weights=None):
    """A point of weight 2 is there twice."""
    points, labels = np.array(points, float), np.array(labels)
    repeats = np.ones(len(labels), int) if weights is None else np.array(weights)
    all_points, all_labels = np.repeat(points, repeats, axis=0), np.repeat(labels, repeats)
    expected = {}
    for name, score in SCORES.items():
        try:
            expected[name] = float(score(all_points, all_labels))
        except ValueError:  # one cluster, or as many as points
            expected[name] = None
    result = {"case": title, "columns": points.shape[1], "predictions": points.ravel().tolist(), "classes": labels.tolist()}
    if weights is not None:
        result["weights"] = np.array(weights, float).tolist()
    return result | {"expected": expected}


def generated(title, seed, rows, columns, clusters, spread=1.0, weighted=False, mean=0.0):
    random = np.random.default_rng(seed)
    labels = random.integers(0, clusters, rows)
    centers = random.normal(size=(clusters, columns)) * 3 + mean
    points = centers[labels] + random.normal(size=(rows, columns)) * spread
    return case(title, points, labels, random.integers(0, 4, rows) if weighted else None)


def main():
    cases = [
        generated("three clusters", 1, 60, 4, 3),
        generated("many clusters", 2, 80, 2, 12, spread=2.0),
        generated("weighted", 3, 50, 3, 4, weighted=True),
        generated("one feature", 4, 30, 1, 3),
        generated("far from zero", 5, 40, 2, 3, mean=1e4),
        case("a cluster of one", [[0, 0], [0, 1], [1, 0], [9, 9]], [0, 0, 0, -1]),
        case("all at their centroids", [[0, 0], [0, 0], [3, 4], [3, 4]], [7, 7, 2, 2]),
        case("all in one place", [[1, 2]] * 4, [0, 0, 1, 1]),
        case("centroids in one place", [[-1, 0], [1, 0], [0, -2], [0, 2]], [0, 0, 1, 1]),
        case("all wrong", [[0, 0], [5, 5], [0, 0.5], [5, 5.5]], [0, 0, 1, 1]),
        case("one cluster", [[0, 0], [1, 1], [2, 0]], [5, 5, 5]),
        case("as many clusters as points", [[0, 0], [1, 1], [2, 0]], [0, 1, 2]),
        case("one point", [[0, 0]], [0]),
    ]
    text = ",\n".join(json.dumps(c) for c in cases)
    head = json.dumps({"sklearn": sklearn.__version__, "numpy": np.__version__})
    Path(__file__).with_suffix(".json").write_text(head[:-1] + ', "cases": [\n' + text + "\n]}\n")


main()
