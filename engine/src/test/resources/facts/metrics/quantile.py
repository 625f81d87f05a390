"""Makes quantile.json beside this script: what scikit-learn, SciPy and NumPy say of the order of errors and values.

    python quantile.py
"""

import json
from pathlib import Path

import numpy
import scipy
import sklearn
from scipy.stats import kendalltau, spearmanr
from sklearn.metrics import median_absolute_error

random = numpy.random.default_rng(20251)
cases = []


def quantile(values, q):
    return float(numpy.quantile(values, q, method="averaged_inverted_cdf"))


def expected(targets, predictions, repeats):
    """Whole weights count as repeated rows."""
    y = numpy.repeat(targets, repeats)
    p = numpy.repeat(predictions, repeats)
    errors = numpy.abs(y - p)
    ratios = errors / numpy.abs(y - y.mean())
    return {
        "medianAbsoluteError": median_absolute_error(targets, predictions, sample_weight=repeats),
        "absoluteErrorQuantile": quantile(errors, 0.9),
        "absoluteErrorQuantile(q=0.25)": quantile(errors, 0.25),
        "absoluteErrorQuantile(q=1)": float(errors.max()),
        "medianAbsolutePercentageError": 100 * float(numpy.median(errors / numpy.abs(y))),
        "medianRelativeAbsoluteError": float(numpy.median(ratios)),
        "geometricMeanRelativeAbsoluteError": float(numpy.exp(numpy.log(ratios).mean())),
        "spearman": spearmanr(y, p).statistic,
        "kendall": kendalltau(p, y).statistic,
        "kendall(variant=c)": kendalltau(p, y, variant="c").statistic,
    }


def add(name, targets, predictions, repeats=None, values=None):
    case = {"case": name, "predictions": list(map(float, predictions)), "targets": list(map(float, targets))}
    if repeats is not None:
        case["weights"] = list(map(float, repeats))
    case["expected"] = values or expected(
        numpy.array(targets), numpy.array(predictions), numpy.ones(len(targets), int) if repeats is None else repeats
    )
    cases.append(case)


for rows in (11, 40):
    targets = random.normal(size=rows)
    add(f"{rows} rows", targets, targets + random.normal(0, 0.5, rows))
targets = random.normal(size=60)
add("weights 0 to 4", targets, targets + random.normal(0, 0.5, 60), random.integers(0, 5, 60))
targets = random.integers(1, 9, 50)
add("many ties, weights 1 to 3", targets, targets + random.choice([-0.5, 0.25, 0.5], 50), random.integers(1, 4, 50))
targets = numpy.arange(1.0, 9.0)
add("falling with the targets: all wrong", targets, 10.5 - targets)
add(
    "one row",
    [2.0],
    [1.5],
    values={
        "medianAbsoluteError": 0.5,
        "absoluteErrorQuantile(q=0)": 0.5,
        "medianAbsolutePercentageError": 25.0,
        "medianRelativeAbsoluteError": None,
        "spearman": None,
        "kendall": None,
    },
)
add(
    "constant target",
    [2.0, 2.0, 2.0],
    [1.0, 2.5, 4.0],
    values={
        "medianAbsoluteError": median_absolute_error([2.0, 2.0, 2.0], [1.0, 2.5, 4.0]),
        "medianRelativeAbsoluteError": None,
        "geometricMeanRelativeAbsoluteError": None,
        "spearman": None,
        "kendall": None,
        "kendall(variant=c)": None,
    },
)
add(
    "targets of 0",
    [0.0, 0.0, 4.0, 5.0],
    [0.0, 1.0, 5.0, 5.0],
    values={"medianAbsolutePercentageError": 12.5, "medianAbsoluteError": 0.5},
)
add("most targets are 0", [0.0, 0.0, 4.0], [1.0, 1.0, 5.0], values={"medianAbsolutePercentageError": None})
add(
    "all right",
    [1.0, 2.0, 4.0],
    [1.0, 2.0, 4.0],
    values={
        "medianAbsoluteError": 0.0,
        "medianAbsolutePercentageError": 0.0,
        "medianRelativeAbsoluteError": 0.0,
        "geometricMeanRelativeAbsoluteError": 0.0,
        "spearman": 1.0,
        "kendall": 1.0,
    },
)

several = random.normal(size=(20, 3))
predicted = several + random.normal(0, 0.5, (20, 3))
weights = random.integers(0, 9, 20) / 4
cases.append(
    {
        "case": "three columns",
        "predictions": predicted.ravel().tolist(),
        "columns": 3,
        "targets": several.ravel().tolist(),
        "targetColumns": 3,
        "weights": weights.tolist(),
        "expected": {"medianAbsoluteError": median_absolute_error(several, predicted, sample_weight=weights)},
    }
)

versions = {"sklearn": sklearn.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__}
json.dump({**versions, "cases": cases}, (Path(__file__).parent / "quantile.json").open("w"), default=float)
