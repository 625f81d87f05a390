"""Expected values of io.firesteel.engine.metric.fairness: rates of each group by scikit-learn, differences and ratios as Fairlearn's
documentation of MetricFrame, demographic_parity_difference and equalized_odds_difference defines them."""

import numpy as np
import sklearn
from sklearn import metrics as sk

from case_file import case, quarters, write


def rates(y, decision, w, positive):
    """Every rate that Fairlearn's user guide names, 0 where it is 0 / 0."""
    truth, chosen = y == positive, decision == positive
    tn, fp, fn, tp = sk.confusion_matrix(truth, chosen, labels=[False, True], sample_weight=w, normalize="true").ravel()
    return {
        "accuracy": sk.accuracy_score(y, decision, sample_weight=w),
        "precision": sk.precision_score(truth, chosen, sample_weight=w, zero_division=0),
        "recall": tp,
        "selectionRate": np.average(chosen, weights=w),
        "falsePositiveRate": fp,
        "falseNegativeRate": fn,
        "specificity": tn,
    }


def difference(groups, overall, method):
    values = np.array(groups)
    return values.max() - values.min() if method == "betweenGroups" else np.abs(values - overall).max()


def ratio(groups, overall, method):
    """NaN if all are 0."""
    values = np.array(groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        if method == "betweenGroups":
            return values.min() / values.max()
        ratios = values / overall
        return np.where(ratios > 1, 1 / ratios, ratios).min()


def expected(y, decision, names, weights=None, positive=1):
    y, decision, names = np.array(y), np.array(decision), np.array(names)
    w = np.ones(len(y)) if weights is None else np.asarray(weights, float)
    y, decision, names, w = y[w > 0], decision[w > 0], names[w > 0], w[w > 0]
    group = {
        name: rates(y[names == name], decision[names == name], w[names == name], positive) for name in np.unique(names)
    }
    overall = rates(y, decision, w, positive)
    with_positive = [] if positive == 1 else [f"positive={positive}"]
    text = lambda name, *parameters: name + (f"({','.join([*parameters, *with_positive])})" if [*parameters, *with_positive] else "")
    or_none = lambda value: None if np.isnan(value) else value
    found = {text("selectionRate"): {name: values["selectionRate"] for name, values in group.items()}}
    for rate in overall:
        of = [] if rate == "accuracy" else [f"of={rate}"]
        found[text("subgroup", *of)] = {name: values[rate] for name, values in group.items()}
        for method in ("betweenGroups", "toOverall"):
            how = [] if method == "betweenGroups" else [f"method={method}"]
            values = [values[rate] for values in group.values()]
            found[text("subgroupDifference", *of, *how)] = difference(values, overall[rate], method)
            found[text("subgroupRatio", *of, *how)] = or_none(ratio(values, overall[rate], method))
    for method in ("betweenGroups", "toOverall"):
        how = [] if method == "betweenGroups" else [f"method={method}"]
        by = lambda of, rate: of([values[rate] for values in group.values()], overall[rate], method)
        found[text("demographicParityDifference", *how)] = by(difference, "selectionRate")
        found[text("demographicParityRatio", *how)] = or_none(by(ratio, "selectionRate"))
        found[text("equalOpportunityDifference", *how)] = by(difference, "recall")
        found[text("equalOpportunityRatio", *how)] = or_none(by(ratio, "recall"))
        differences = [by(difference, "recall"), by(difference, "falsePositiveRate")]
        ratios = [value for value in (by(ratio, "recall"), by(ratio, "falsePositiveRate")) if not np.isnan(value)]
        found[text("equalizedOddsDifference", *how)] = max(differences)
        found[text("equalizedOddsDifference", *how, "aggregate=mean")] = np.mean(differences)
        found[text("equalizedOddsRatio", *how)] = min(ratios) if ratios else None
        found[text("equalizedOddsRatio", *how, "aggregate=mean")] = np.mean(ratios) if ratios else None
    return found


def rows(name, y, decision, names, weights=None, positive=1):
    """Of decisions that are classes."""
    found = expected(y, decision, names, weights, positive)
    return case(
        name, found, predictions=decision, weights=weights, kind="CLASSES", classes=[int(c) for c in y], groups=[str(n) for n in names]
    )


def main():
    g = np.random.default_rng(7)
    bits = lambda n: g.integers(0, 2, n)
    names = lambda n, *choices: g.choice(choices, n)
    scores, classes, three = g.standard_normal((60, 1)), bits(60), names(60, "a", "b", "c")
    logits, labels, two = g.standard_normal((50, 3)), g.integers(0, 3, 50), names(50, "x", "y")
    cases = [
        rows("two-groups", bits(40), bits(40), names(40, "women", "men")),
        rows("four-groups-weighted", bits(70), bits(70), names(70, "", "Nord", "süd", "west.1"), quarters(g, 70)),
        case(
            "logits",
            expected(classes, (scores[:, 0] > 0).astype(int), three),
            predictions=scores,
            classes=classes.tolist(),
            groups=three.tolist(),
        ),
        case(
            "three-classes-weighted",
            expected(labels, logits.argmax(1), two, np.tile([0.5, 2], 25), positive=2),
            predictions=logits,
            weights=np.tile([0.5, 2], 25),
            classes=labels.tolist(),
            groups=two.tolist(),
        ),
        rows("one-group", bits(9), bits(9), ["all"] * 9),
        rows("none-selected", [0, 1, 0, 1], [0, 0, 0, 0], ["a", "a", "b", "b"]),
        rows("all-right", [0, 1, 0, 1], [0, 1, 0, 1], ["a", "a", "b", "b"]),
        rows("all-wrong", [0, 1, 0, 1], [1, 0, 1, 0], ["a", "a", "b", "b"]),
        rows("one-class-only", [1, 1, 1, 1], [1, 0, 1, 1], ["a", "a", "b", "b"]),
        rows("group-without-positives", [0, 0, 1, 1, 0], [0, 1, 1, 0, 1], ["a", "a", "b", "b", "b"]),
        rows("group-without-weight", [0, 1, 1, 0], [1, 1, 0, 0], ["a", "b", "b", "c"], np.array([0.0, 1, 1, 2])),
        case("without-labels", {"selectionRate": {"a": 0.5, "b": 1}, "demographicParityDifference": 0.5, "demographicParityRatio": 0.5}, predictions=[0, 1, 1], kind="CLASSES", groups=["a", "a", "b"]),
        case("no-weight", {name: None for name in ("selectionRate", "subgroup", "equalizedOddsDifference")}, predictions=[0, 1], kind="CLASSES", classes=[0, 1], weights=[0, 0], groups=["a", "b"]),
    ]
    write(__file__, cases, sklearn=sklearn.__version__, numpy=np.__version__)


if __name__ == "__main__":
    main()
