"""Makes ranking.json beside this script: what scikit-learn, or NumPy after a written formula, says of rows with scores.

    python ranking.py
"""

import json
from pathlib import Path

import numpy
import sklearn
from sklearn.metrics import (
    average_precision_score,
    label_ranking_average_precision_score,
    ndcg_score,
    precision_recall_curve,
    roc_auc_score,
    roc_curve,
)

random = numpy.random.default_rng(20250)
cases = []


def add(name, expected, **parts):
    case = {"case": name}
    for key, value in parts.items():
        case[key] = value.tolist() if isinstance(value, numpy.ndarray) else value
    case["expected"] = expected
    cases.append(case)


def number(value):
    return "Infinity" if numpy.isinf(value) else float(value)


def numbers(values):
    return [number(value) for value in values]


def quarters(rows, least=0):
    return random.integers(least, 9, rows) / 4


def roc_fields(labels, scores, weights):
    false_rate, true_rate, thresholds = roc_curve(labels, scores, sample_weight=weights)
    return {
        "falsePositiveRate": numbers(false_rate),
        "truePositiveRate": numbers(true_rate),
        "thresholds": numbers(thresholds),
    }


def pr_fields(labels, scores, weights):
    precision, recall, thresholds = precision_recall_curve(labels, scores, sample_weight=weights)
    return {"precision": numbers(precision), "recall": numbers(recall), "thresholds": numbers(thresholds)}


def binary(name, labels, scores, weights=None, kind="LOGITS"):
    expected = {
        "rocAuc": roc_auc_score(labels, scores, sample_weight=weights),
        "averagePrecision": average_precision_score(labels, scores, sample_weight=weights),
        "rocCurve": roc_fields(labels, scores, weights),
        "precisionRecallCurve": pr_fields(labels, scores, weights),
    }
    parts = {} if weights is None else {"weights": weights}
    add(name, expected, predictions=scores, kind=kind, classes=labels, **parts)


def classes_of_all_kinds(rows, classes):
    return random.permutation(numpy.arange(rows) % classes)


for rows in (20, 60):
    labels = classes_of_all_kinds(rows, 2)
    binary(f"{rows} logits", labels, random.normal(labels, 1))
labels = classes_of_all_kinds(80, 2)
binary("logits with ties and weights", labels, numpy.round(random.normal(labels, 1), 1), quarters(80))
labels = classes_of_all_kinds(50, 2)
binary(
    "probabilities with weights",
    labels,
    1 / (1 + numpy.exp(-random.normal(4 * labels, 3))),
    quarters(50),
    kind="PROBABILITIES",
)
binary("all right", numpy.array([0, 0, 1, 1]), numpy.array([-2.0, -1.0, 1.0, 2.0]))
binary("all wrong", numpy.array([1, 1, 0, 0]), numpy.array([-2.0, -1.0, 1.0, 2.0]))
binary("one score for all", numpy.array([0, 1, 1, 0, 1]), numpy.full(5, 0.25))
only = numpy.array([0.5, 1.5, -1.0])
add(
    "no positive row",
    {"rocAuc": None, "averagePrecision": 0.0, "rocCurve": None, "precisionRecallCurve": pr_fields([0, 0, 0], only, None)},
    predictions=only,
    classes=[0, 0, 0],
)
add(
    "no negative row",
    {"rocAuc": None, "averagePrecision": 1.0, "rocCurve": None, "precisionRecallCurve": pr_fields([1, 1, 1], only, None)},
    predictions=only,
    classes=[1, 1, 1],
)
add("NaN", {"rocAuc": None, "averagePrecision": None}, predictions=["NaN", "1"], classes=[0, 1])

two = random.normal(size=(40, 2))
labels = classes_of_all_kinds(40, 2)
add(
    "two columns of logits",
    {"rocAuc": roc_auc_score(labels, two[:, 1] - two[:, 0])},
    predictions=two.ravel(),
    columns=2,
    classes=labels,
)


def multiclass(name, labels, logits, weights=None):
    probabilities = numpy.exp(logits) / numpy.exp(logits).sum(axis=1, keepdims=True)
    classes = logits.shape[1]
    one_hot = numpy.eye(classes)[labels]
    expected = {}
    for average in ("macro", "weighted", "micro"):
        text = "" if average == "macro" else f"(average={average})"
        expected["rocAuc" + text] = roc_auc_score(
            labels, probabilities, multi_class="ovr", average=average, sample_weight=weights
        )
        expected["averagePrecision" + text] = average_precision_score(
            one_hot, probabilities, average=average, sample_weight=weights
        )
    expected["rocAuc(average=none)"] = numbers(
        roc_auc_score(labels, probabilities, multi_class="ovr", average=None, sample_weight=weights)
    )
    if weights is None:
        expected["rocAuc(multiclass=ovo)"] = roc_auc_score(labels, probabilities, multi_class="ovo")
        expected["rocAuc(multiclass=ovo,average=weighted)"] = roc_auc_score(
            labels, probabilities, multi_class="ovo", average="weighted"
        )
    expected["rocCurve"] = {
        str(c): roc_fields(one_hot[:, c], probabilities[:, c], weights) for c in range(classes)
    }
    expected["precisionRecallCurve"] = {
        str(c): pr_fields(one_hot[:, c], probabilities[:, c], weights) for c in range(classes)
    }
    parts = {} if weights is None else {"weights": weights}
    add(name, expected, predictions=logits.ravel(), columns=classes, classes=labels, **parts)
    if weights is None:
        add(
            name + " as probabilities",
            expected,
            predictions=probabilities.ravel(),
            kind="PROBABILITIES",
            columns=classes,
            classes=labels,
        )


labels = classes_of_all_kinds(40, 3)
multiclass("three classes", labels, random.normal(size=(40, 3)) + numpy.eye(3)[labels])
labels = random.choice(5, 90, p=[0.4, 0.3, 0.15, 0.1, 0.05])
multiclass("five classes of different sizes", labels, random.normal(size=(90, 5)) + numpy.eye(5)[labels])
labels = classes_of_all_kinds(45, 3)
multiclass("three classes with weights", labels, random.normal(size=(45, 3)) + numpy.eye(3)[labels], quarters(45))
add(
    "a class without rows",
    {"rocAuc": None, "rocAuc(multiclass=ovo)": None, "rocCurve": None},
    predictions=[1, 2, 3, 3, 2, 1],
    columns=3,
    classes=[0, 1],
)

targets = random.integers(0, 2, (30, 3))
scores = random.normal(targets, 1)
weights = quarters(30)
expected = {}
for average in ("macro", "weighted", "micro"):
    text = "" if average == "macro" else f"(average={average})"
    expected["rocAuc" + text] = roc_auc_score(targets, scores, average=average, sample_weight=weights)
    expected["averagePrecision" + text] = average_precision_score(
        targets, scores, average=average, sample_weight=weights
    )
expected["rocCurve"] = {str(c): roc_fields(targets[:, c], scores[:, c], weights) for c in range(3)}
expected["precisionRecallCurve"] = {str(c): pr_fields(targets[:, c], scores[:, c], weights) for c in range(3)}
add("three labels", expected, predictions=scores.ravel(), columns=3, targets=targets.ravel(), targetColumns=3, weights=weights)


def groups_case(name, groups, labels, scores, weights):
    areas, sizes = [], []
    for group in sorted(set(groups)):
        rows = numpy.array([other == group for other in groups]) & (weights > 0)
        if len(set(labels[rows])) == 2:
            areas.append(roc_auc_score(labels[rows], scores[rows], sample_weight=weights[rows]))
            sizes.append(weights[rows].sum())
    expected = {
        "aucPerGroup": numpy.average(areas, weights=sizes),
        "aucPerGroup(average=mean)": numpy.mean(areas),
        "aucPerGroup(average=min)": min(areas),
    }
    add(name, expected, predictions=scores, classes=labels, groups=groups, weights=weights)


for rows, users, weighted in ((40, 3, False), (60, 9, False), (80, 5, True)):
    labels = random.integers(0, 2, rows)
    groups_case(
        f"{rows} rows of {users} groups" + (" with weights" if weighted else ""),
        [f"user{user}" for user in random.integers(0, users, rows)],
        labels,
        numpy.round(random.normal(labels, 1), 1),
        quarters(rows) if weighted else numpy.ones(rows),
    )
add("no group with both", {"aucPerGroup": None}, predictions=[1, 2], classes=[0, 1], groups=["a", "b"])


def by_formula(relevances, scores, k):
    """Hit, reciprocal rank, precision and recall of the first k of one query without ties."""
    order = numpy.argsort(-scores)
    relevant = relevances[order] > 0
    if not relevant.any():
        return 0.0, 0.0, 0.0, 0.0
    found = relevant[:k].sum()
    return float(found > 0), 1 / (1 + numpy.argmax(relevant)), found / k, found / relevant.sum()


def query_values(queries, weights, k):
    """Of (relevances, scores) of each query."""

    def mean(values):
        return float(numpy.average(values, weights=weights))

    rows = [by_formula(relevances, scores, k) for relevances, scores in queries]
    expected = {
        f"hitRate(k={k})": mean([row[0] for row in rows]),
        "mrr": mean([row[1] for row in rows]),
        f"precisionAtK(k={k})": mean([row[2] for row in rows]),
        f"recallAtK(k={k})": mean([row[3] for row in rows]),
    }
    return {**expected, **tied_values(queries, weights, k)}


def tied_values(queries, weights, k):
    def mean(measure):
        return float(numpy.average([measure(*query) for query in queries], weights=weights))

    def of(score, **parameters):
        return lambda relevances, scores: score(relevances[None, :], scores[None, :], **parameters)

    return {
        "ndcg": mean(of(ndcg_score)),
        f"ndcg(k={k})": mean(of(ndcg_score, k=k)),
        f"ndcg(k={k},gain=exponential)": mean(
            lambda relevances, scores: ndcg_score(2.0 ** relevances[None, :] - 1, scores[None, :], k=k)
        ),
        "meanAveragePrecision(noRelevant=one)": mean(
            lambda relevances, scores: label_ranking_average_precision_score(
                (relevances > 0)[None, :].astype(int), scores[None, :]
            )
            if (relevances > 0).any()
            else 1.0
        ),
    }


for name, rows, items, k, weighted in (
    ("queries of 6 items", 15, 6, 3, False),
    ("queries of 30 items", 12, 30, 5, False),
    ("weighted queries of 10 items", 20, 10, 2, True),
):
    relevances = random.choice([0.0, 0.0, 0.0, 1.0, 2.0], (rows, items))
    scores = random.normal(relevances, 1)
    weights = quarters(rows) if weighted else numpy.ones(rows)
    add(
        name,
        query_values(list(zip(relevances, scores)), weights, k),
        predictions=scores.ravel(),
        columns=items,
        targets=relevances.ravel(),
        targetColumns=items,
        weights=weights,
    )
relevances = random.choice([0.0, 0.0, 1.0, 3.0], (25, 8))
scores = numpy.round(random.normal(relevances, 1))
add(
    "queries with ties",
    tied_values(list(zip(relevances, scores)), None, 4),
    predictions=scores.ravel(),
    columns=8,
    targets=relevances.ravel(),
    targetColumns=8,
)
items = random.integers(0, 7, 18)
scores = random.normal(size=(18, 7))
add(
    "one relevant item each, as classes",
    query_values(list(zip(numpy.eye(7)[items], scores)), None, 2),
    predictions=scores.ravel(),
    columns=7,
    classes=items,
)

queries, names, weights = [], [], []
for query in range(9):
    size = int(random.integers(2, 12))
    relevances = random.choice([0.0, 0.0, 1.0, 2.0], size)
    queries.append((relevances, random.normal(relevances, 1)))
    names += [f"query {query}"] * size
    weights.append(float(random.integers(1, 9) / 4))
order = random.permutation(len(names))
add(
    "rows of queries of 2 to 11 items, shuffled, with weights",
    query_values(queries, weights, 3),
    predictions=numpy.concatenate([scores for _, scores in queries])[order],
    targets=numpy.concatenate([relevances for relevances, _ in queries])[order],
    groups=[names[row] for row in order],
    weights=numpy.repeat(weights, [len(scores) for _, scores in queries])[order],
)
add(
    "no relevant item",
    {
        "ndcg": 0.0,
        "hitRate": 0.0,
        "mrr": 0.0,
        "meanAveragePrecision": 0.0,
        "meanAveragePrecision(noRelevant=one)": 1.0,
        "recallAtK(noRelevant=skip)": None,
    },
    predictions=[3, 2, 1],
    columns=3,
    targets=[0, 0, 0],
    targetColumns=3,
)
add(
    "all wrong: the relevant item comes last",
    {"hitRate(k=2)": 0.0, "mrr": 1 / 3, "precisionAtK(k=2)": 0.0, "recallAtK(k=2)": 0.0, "ndcg": ndcg_score([[0, 0, 1]], [[3, 2, 1]])},
    predictions=[3, 2, 1],
    columns=3,
    targets=[0, 0, 1],
    targetColumns=3,
)

json.dump({"sklearn": sklearn.__version__, "numpy": numpy.__version__, "cases": cases}, (Path(__file__).parent / "ranking.json").open("w"), default=float)
