"""Makes classification.json: what scikit-learn says of rows of classes, labels and probabilities.

    venv/bin/python classification.py

Ignite's IoU and Dice, a class left out and calibration errors are computed with NumPy from the formulas in their documentation
and in Guo et al. 2017.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics

warnings.filterwarnings("ignore")

AVERAGES = ("macro", "micro", "weighted")
SCORES = {
    "precision": metrics.precision_score,
    "recall": metrics.recall_score,
    "f1": metrics.f1_score,
    "fBeta(beta=0.5)": lambda y, p, **given: metrics.fbeta_score(y, p, beta=0.5, **given),
    "fBeta(beta=2)": lambda y, p, **given: metrics.fbeta_score(y, p, beta=2, **given),
    "jaccard": metrics.jaccard_score,
}
cases = []


def named(metric, **parameters):
    """precision, average=macro -> precision(average=macro)"""
    text = ",".join(f"{key}={value}" for key, value in parameters.items())
    if not text:
        return metric
    return metric[:-1] + "," + text + ")" if metric.endswith(")") else f"{metric}({text})"


def plain(value):
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(inner) for inner in value]
    return float(value) if value is not None else None


def add(name, expected, **rows):
    rows = {key: value.ravel().tolist() if isinstance(value, np.ndarray) else value for key, value in rows.items()}
    cases.append({"case": name, **rows, "expected": {key: plain(value) for key, value in expected.items()}})


def specificity(y, p, labels, weights, average):
    """From scikit-learn's tables: tn / (tn + fp)."""
    tables = metrics.multilabel_confusion_matrix(y, p, labels=labels, sample_weight=weights)
    yes_no = tables[:, 0, 0], tables[:, 0, 0] + tables[:, 0, 1]
    if average == "micro":
        return yes_no[0].sum() / yes_no[1].sum() if yes_no[1].sum() else 0
    each = np.divide(*yes_no, out=np.zeros(len(tables)), where=yes_no[1] != 0)
    support = tables[:, 1, 0] + tables[:, 1, 1]
    if average == "macro":
        return each.mean()
    return np.average(each, weights=support if support.sum() else None) if average == "weighted" else each


def tables(y, p, labels, weights):
    found = metrics.multilabel_confusion_matrix(y, p, labels=labels, sample_weight=weights)
    return {str(label): table for label, table in enumerate(found)}


def of_matrix(y, p, count, weights, two):
    """All that a confusion matrix is enough for."""
    every = list(range(count))
    given = {"sample_weight": weights, "zero_division": 0}
    present = np.unique(np.concatenate([y, p]))
    expected = {
        "accuracy": metrics.accuracy_score(y, p, sample_weight=weights),
        "balancedAccuracy": metrics.balanced_accuracy_score(y, p, sample_weight=weights),
        "matthews": metrics.matthews_corrcoef(y, p, sample_weight=weights),
        "multilabelConfusionMatrix": tables(y, p, every, weights),
        "classificationReport": metrics.classification_report(y, p, output_dict=True, **given),
    }
    for name, score in SCORES.items():
        expected[named(name)] = score(y, p, average="binary" if two else "macro", **given)
        expected[named(name, average="none")] = score(y, p, labels=every, average=None, **given)
        for average in AVERAGES:
            expected[named(name, average=average)] = score(y, p, average=average, **given)
        if two:
            expected[named(name, average="binary")] = score(y, p, average="binary", **given)
    for average in AVERAGES:
        expected[named("specificity", average=average)] = specificity(y, p, present, weights, average)
    each = specificity(y, p, every, weights, "none")
    expected["specificity(average=none)"] = each
    expected["specificity"] = (
        metrics.recall_score(y, p, pos_label=0, **given) if two else expected["specificity(average=macro)"])
    for normalize in ("none", "true", "pred", "all"):
        expected[named("confusionMatrix", normalize=normalize)] = metrics.confusion_matrix(
            y, p, labels=every, sample_weight=weights, normalize=None if normalize == "none" else normalize)
    for kind in ("none", "linear", "quadratic"):
        kappa = metrics.cohen_kappa_score(
            y, p, weights=None if kind == "none" else kind, sample_weight=weights)
        expected[named("cohenKappa", weights=kind)] = None if np.isnan(kappa) else kappa
    expected["balancedAccuracy(adjusted=true)"] = (
        metrics.balanced_accuracy_score(y, p, sample_weight=weights, adjusted=True)
        if len(np.unique(y if weights is None else y[weights > 0])) > 1 else None)
    expected.update(of_ignite(y, p, every, present, weights))
    return expected


def of_ignite(y, p, every, present, weights):
    matrix = metrics.confusion_matrix(y, p, labels=every, sample_weight=weights).astype(float)
    rows, columns, right = matrix.sum(1), matrix.sum(0), np.diag(matrix)
    iou = right / (rows + columns - right + 1e-15)
    dice = 2 * right / (rows + columns + 1e-15)
    expected = {"iou": iou, "dice": dice, "meanIou": iou[present].mean()}
    if len(present) > 1:
        expected["iou(ignoreIndex=0)"] = np.delete(iou, 0)
        expected["dice(ignoreIndex=1)"] = np.delete(dice, 1)
        others = present[present != 0]
        expected["meanIou(ignoreIndex=0)"] = iou[others].mean()
        expected["jaccard(ignoreIndex=0)"] = metrics.jaccard_score(
            y, p, labels=others, average="macro", sample_weight=weights, zero_division=0)
        expected["jaccard(average=micro,ignoreIndex=0)"] = metrics.jaccard_score(
            y, p, labels=others, average="micro", sample_weight=weights, zero_division=0)
    return expected


def calibration(confidence, right, weights, bins, norm):
    """Guo et al. 2017, equations 3 and 5; bins as in scikit-learn's calibration_curve."""
    weights = np.ones(len(right)) if weights is None else weights
    index = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], confidence)
    gaps, shares = [], []
    for found in np.unique(index[weights > 0]):
        inside = index == found
        share = weights[inside].sum()
        gaps.append(abs(np.dot(weights[inside], right[inside]) - np.dot(weights[inside], confidence[inside])) / share)
        shares.append(share / weights.sum())
    gaps, shares = np.array(gaps), np.array(shares)
    return {"l1": np.dot(shares, gaps), "l2": np.sqrt(np.dot(shares, gaps**2)), "max": gaps.max()}[norm]


def of_probabilities(y, probabilities, weights):
    every = list(range(max(2, probabilities.shape[1])))
    two = probabilities if probabilities.shape[1] > 1 else np.hstack([1 - probabilities, probabilities])
    given = {"sample_weight": weights, "labels": every}
    expected = {
        "logLoss": metrics.log_loss(y, two, **given),
        "brier": metrics.brier_score_loss(y, two, **given),
    }
    if probabilities.shape[1] > 1:
        confidence, right = two.max(1), (two.argmax(1) == y).astype(float)
    else:
        confidence, right = probabilities[:, 0], y.astype(float)
    for bins in (15, 10, 1):
        for norm in ("l1", "l2", "max"):
            expected[named("calibrationError", bins=bins, norm=norm)] = calibration(
                confidence, right, weights, bins, norm)
    for k in (1, 2, 3, 5):
        scores = probabilities if probabilities.shape[1] > 2 else two[:, 1]
        expected[named("topKAccuracy", k=k)] = metrics.top_k_accuracy_score(
            y, scores, k=k, sample_weight=weights, labels=every)
    return expected


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def classes_case(name, y, p, weights=None):
    """Predictions that are classes."""
    y, p = np.asarray(y), np.asarray(p)
    count = int(max(y.max(), p.max())) + 1
    rows = {} if weights is None else {"weights": weights}
    add(name, of_matrix(y, p, count, weights, count <= 2), kind="CLASSES", predictions=p, columns=1, classes=y, **rows)


def scores_case(name, y, scores, kind, weights=None):
    """Predictions that are logits or probabilities."""
    if kind == "PROBABILITIES":
        probabilities = scores
    else:
        probabilities = softmax(scores) if scores.shape[1] > 1 else 1 / (1 + np.exp(-scores))
    p = scores.argmax(1) if scores.shape[1] > 1 else (probabilities[:, 0] > 0.5).astype(int)
    count = max(2, scores.shape[1])
    rows = {} if weights is None else {"weights": weights}
    expected = of_matrix(y, p, count, weights, count == 2) | of_probabilities(y, probabilities, weights)
    add(name, expected, kind=kind, predictions=scores, columns=scores.shape[1], classes=y, **rows)


def labels_case(name, y, p, weights=None):
    """Several labels each."""
    given = {"sample_weight": weights, "zero_division": 0}
    every = list(range(y.shape[1]))
    expected = {
        "accuracy": np.average((y == p).mean(1), weights=weights),
        "accuracy(exactMatch=true)": metrics.accuracy_score(y, p, sample_weight=weights),
        "multilabelConfusionMatrix": tables(y, p, every, weights),
        "classificationReport": metrics.classification_report(y, p, output_dict=True, **given),
        "iou": metrics.jaccard_score(y, p, average=None, **given),
        "dice": metrics.f1_score(y, p, average=None, **given),
        "meanIou": metrics.jaccard_score(y, p, average="macro", **given),
        "confusionMatrix": None,
        "matthews": None,
        "cohenKappa": None,
        "balancedAccuracy": None,
        "precision(average=binary)": None,
    }
    for score, function in SCORES.items():
        expected[named(score)] = function(y, p, average="macro", **given)
        expected[named(score, average="none")] = function(y, p, average=None, **given)
        for average in (*AVERAGES, "samples"):
            expected[named(score, average=average)] = function(y, p, average=average, **given)
    for average in (*AVERAGES, "none"):
        expected[named("specificity", average=average)] = specificity(y, p, every, weights, average)
    tn = ((1 - y) * (1 - p)).sum(1)
    no = (1 - y).sum(1)
    each = np.divide(tn, no, out=np.zeros(len(y)), where=no != 0)
    expected["specificity(average=samples)"] = np.average(each, weights=weights)
    rows = {} if weights is None else {"weights": weights}
    add(name, expected, kind="CLASSES", predictions=p, columns=y.shape[1], targets=y, targetColumns=y.shape[1], **rows)


def limited_case(name, y, p, count):
    """As many classes as the parameter says; rows with another label don't count."""
    kept = y < count
    every = list(range(count))
    matrix = metrics.confusion_matrix(y[kept], p[kept], labels=every)
    expected = {
        f"confusionMatrix(classes={count})": matrix,
        f"iou(classes={count})": metrics.jaccard_score(y[kept], p[kept], labels=every, average=None, zero_division=0),
        f"f1(classes={count})": metrics.f1_score(y[kept], p[kept], average="macro"),
        f"cohenKappa(weights=quadratic,classes={count})": metrics.cohen_kappa_score(
            y[kept], p[kept], labels=every, weights="quadratic"),
        f"matthews(classes={count})": metrics.matthews_corrcoef(y[kept], p[kept]),
    }
    add(name, expected, kind="CLASSES", predictions=p, columns=1, classes=y)


random = np.random.default_rng(20261123)


def noisy(y, count, share):
    return np.where(random.random(len(y)) < share, random.integers(0, count, len(y)), y)


def quarters(size):
    return random.integers(0, 9, size) / 4


y = random.integers(0, 2, 60)
classes_case("binary classes", y, noisy(y, 2, 0.5))
classes_case("binary classes, weighted", y, noisy(y, 2, 0.3), random.random(60) * 3)
y = random.choice(5, 80, p=[0.5, 0.2, 0.15, 0.1, 0.05])
classes_case("five classes", y, noisy(y, 5, 0.5))
classes_case("five classes, weighted", y, noisy(y, 5, 0.6), random.random(80))
classes_case("five classes, some rows of weight 0", y, noisy(y, 5, 0.4), quarters(80))
classes_case("class 2 only with weight 0", [0, 1, 2, 1, 0], [0, 1, 1, 0, 0], np.array([1.0, 2.0, 0.0, 1.0, 0.5]))
classes_case("classes with gaps", np.array([0, 3, 3, 6, 0, 6, 1]), np.array([0, 3, 6, 6, 1, 3, 1]))
classes_case("a class that is only predicted", [0, 0, 1, 1, 0], [0, 2, 1, 2, 0])
classes_case("one class only, 0", [0, 0, 0], [0, 0, 0])
classes_case("one class only, 1", [1, 1, 1], [1, 1, 1])
classes_case("all wrong", [0, 1, 0, 1], [1, 0, 1, 0])
classes_case("all wrong of three", [0, 1, 2, 1], [1, 2, 0, 0])
classes_case("always the same guess", [0, 1, 2, 1, 0], [1, 1, 1, 1, 1])
classes_case("one class, guessed wrong", [0, 0, 0], [1, 1, 1])
classes_case("one row", [2], [1])

y = random.integers(0, 4, 70)
scores_case("logits of four", y, random.normal(size=(70, 4)) + 1.5 * np.eye(4)[y], "LOGITS")
scores_case("logits of four, weighted", y, random.normal(size=(70, 4)) + np.eye(4)[y], "LOGITS", random.random(70))
scores_case("probabilities of six", y, softmax(random.normal(size=(70, 6)) * 3), "PROBABILITIES")
y = random.integers(0, 2, 70)
scores_case("probabilities of two", y, softmax(random.normal(size=(70, 2)) * 2), "PROBABILITIES", quarters(70))
scores_case("probability of class 1", y, random.random((70, 1)), "PROBABILITIES")
scores_case("probability of class 1, weighted", y, random.random((70, 1)), "PROBABILITIES", random.random(70))
scores_case("logits of class 1", y, random.normal(size=(70, 1)) * 2, "LOGITS")
edges = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1 / 15, 2 / 15, 4 / 15, 7 / 15, 11 / 15, 14 / 15])
scores_case("ends of bins", (np.arange(17) % 3 == 0).astype(int), edges.reshape(-1, 1), "PROBABILITIES")
scores_case("sure and wrong", np.array([0, 1, 2, 0]), np.roll(np.eye(3), 1, axis=1)[[0, 1, 2, 0]], "PROBABILITIES")
scores_case("sure and right", np.array([0, 1, 2, 1]), np.eye(3)[[0, 1, 2, 1]], "PROBABILITIES")
scores_case("sure of two", np.array([0, 1, 1]), np.array([[0.0], [1.0], [0.0]]), "PROBABILITIES")
scores_case("ties", np.array([0, 1, 2, 3, 3, 0]), np.array(
    [[1, 1, 1, 1], [2, 1, 1, 0], [0, 3, 3, 3], [1, 0, 0, 1], [-1, 2, 2, -1], [0, 1, 0, 1]], dtype=float), "LOGITS")
scores_case("one class of three only", np.array([1, 1, 1]), softmax(random.normal(size=(3, 3))), "PROBABILITIES")

y = random.integers(0, 2, (40, 4))
labels_case("four labels", y, np.where(random.random(y.shape) < 0.3, 1 - y, y))
labels_case("four labels, weighted", y, np.where(random.random(y.shape) < 0.4, 1 - y, y), random.random(40) * 2)
rare = (random.random((30, 3)) < [0.1, 0.4, 0.0]).astype(int)
labels_case("a label that never occurs", rare, np.where(random.random(rare.shape) < 0.2, 1 - rare, rare))
labels_case("no label at all", np.zeros((4, 3), dtype=int), np.zeros((4, 3), dtype=int))
labels_case("all labels wrong", np.array([[1, 0], [0, 1], [1, 1]]), np.array([[0, 1], [1, 0], [0, 0]]))

y = random.choice([0, 1, 2, 3, 255], 50)
limited_case("classes that don't count", y, random.integers(0, 4, 50), 4)
limited_case("classes that never occur", random.integers(0, 3, 40), random.integers(0, 3, 40), 5)


def write():
    lines = ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in cases)
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(f'{{"sklearn":"{sklearn.__version__}","numpy":"{np.__version__}","cases":[\n{lines}\n]}}\n')


write()
