"""Expected values of io.firesteel.engine.metric.aggregation: NumPy's and SciPy's, float64. Weights say how often a row stands in the data;
where NumPy has no such weights, the rows are repeated."""

import numpy as np
import scipy
from scipy.stats import gmean

from case_file import case, quarters, write


def expected(values, weights, of="prediction", geometric=True):
    """Of a table, by what the parameters add to a metric's name."""
    values = np.asarray(values, float).reshape(len(values), -1)
    w = np.ones(len(values)) if weights is None else np.asarray(weights, float)
    counting = values[w > 0]
    number = lambda columns: columns[0] if len(columns) == 1 else columns
    text = lambda *parameters: "(" + ",".join(parameters) + ")" if parameters else ""
    source = [] if of == "prediction" else [f"of={of}"]
    mean = np.average(values, axis=0, weights=w)
    variance = np.average((values - mean) ** 2, axis=0, weights=w)
    found = {
        "mean": mean,
        "sum": (values * w[:, None]).sum(0),
        "minimum": counting.min(0),
        "maximum": counting.max(0),
        "variance": variance,
        "standardDeviation": np.sqrt(variance),
    }
    if geometric:
        found["geometricMean"] = gmean(counting, axis=0, weights=np.broadcast_to(w[w > 0][:, None], counting.shape))
    made = {name + text(*source): number(value) for name, value in found.items()}
    if (w == np.rint(w)).all():
        repeated = np.repeat(values, w.astype(int), axis=0)
        made["variance" + text(*source, "ddof=1")] = number(repeated.var(0, ddof=1))
        made["standardDeviation" + text(*source, "ddof=1")] = number(repeated.std(0, ddof=1))
    return {**made, "count": len(values), "totalWeight": w.sum()}


def main():
    g = np.random.default_rng(6)
    one, three = g.gamma(2, 3, 31), g.gamma(2, 3, (22, 3)) * [1, 10, 100]
    targets, losses = g.standard_normal((17, 2)), g.random(17)
    far = 1e9 + g.integers(0, 8, 40)
    weights, whole = quarters(g, 22), g.integers(0, 4, 31)
    cases = [
        case("one-column", expected(one, None), predictions=one),
        case("one-column-whole-weights", expected(one, whole), predictions=one, weights=whole),
        case("three-columns-weighted", expected(three, weights), predictions=three, weights=weights),
        case("targets", expected(targets, None, "target", geometric=False), targets=targets, rows=17),
        case("losses", expected(losses, None, "loss"), losses=losses.tolist()),
        case("classes", {"mean(of=target)": 1, "maximum(of=target)": 3, "variance(of=target)": 1.5}, classes=[0, 0, 1, 3]),
        case("negative", expected(-one, None, geometric=False) | {"geometricMean": None}, predictions=-one),
        case("with-zero", {"geometricMean": gmean([3.0, 0, 2])}, predictions=[3.0, 0, 2]),
        case("zero-without-weight", {"geometricMean": gmean([3.0, 2])}, predictions=[3.0, 0, 2], weights=[1, 0, 1]),
        case("constant", expected(np.full(9, 0.1), None) | {"variance": 0, "standardDeviation": 0}, predictions=np.full(9, 0.1)),
        case("far-from-zero", {"variance": float(np.var(far - 1e9)), "variance(ddof=1)": float(np.var(far - 1e9, ddof=1))}, predictions=far),
        case("one-row", {"mean": 5, "variance": 0, "variance(ddof=1)": None, "standardDeviation(ddof=1)": None}, predictions=[5.0]),
        case(
            "no-weight",
            {"count": 2, "totalWeight": 0, "sum": 0, "mean": None, "minimum": None, "variance": None, "geometricMean": None},
            predictions=[1.0, 2],
            weights=[0, 0],
        ),
        case("not-a-number", {name: "NaN" for name in ("mean", "sum", "minimum", "maximum", "variance", "geometricMean")}, predictions=[1.0, float("nan"), 2]),
        case("infinite", {"mean": "Infinity", "minimum": 1, "maximum": "Infinity", "variance": "NaN"}, predictions=[1.0, float("inf"), 2]),
    ]
    write(__file__, cases, numpy=np.__version__, scipy=scipy.__version__)


if __name__ == "__main__":
    main()
