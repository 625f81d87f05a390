"""Expected values of io.firesteel.engine.metric.regression: scikit-learn's, SciPy's and PyTorch's where they have the metric; where they
don't, the formula of Ignite's documentation in NumPy, float64."""

import numpy as np
import scipy
import sklearn
import torch
from scipy.spatial import distance
from sklearn import metrics as sk

from case_file import case, quarters, write


def formula(y, p, w, of, finish=lambda mean: mean):
    """The mean of each column, and the mean of these."""
    columns = finish(np.average(of(y, p), axis=0, weights=w))
    return columns, float(np.mean(columns))


def expected(y, p, weights=None, positive=True):
    """Of any rows whose targets aren't constant; positive if all numbers are > 0."""
    y, p = (np.array(table, float).reshape(len(table), -1) for table in (y, p))
    w = np.ones(len(y)) if weights is None else np.asarray(weights, float)
    multioutput = {"": "uniform_average", "multioutput=raw": "raw_values", "multioutput=variance": "variance_weighted"}
    found = {}

    def sklearn_means(name, function, parameters="", variance=False, **options):
        for ours, theirs in multioutput.items():
            if variance or ours != "multioutput=variance":
                text = ",".join(part for part in (parameters, ours) if part)
                value = function(y, p, sample_weight=w, multioutput=theirs, **options)
                found[f"{name}({text})" if text else name] = np.atleast_1d(value) if "raw" in ours else value

    def means(name, of, finish=lambda mean: mean, parameters=""):
        columns, mean = formula(y, p, w, of, finish)
        found[f"{name}({parameters})" if parameters else name] = mean
        found[f"{name}({parameters + ',' if parameters else ''}multioutput=raw)"] = columns

    sklearn_means("meanSquaredError", sk.mean_squared_error)
    sklearn_means("rootMeanSquaredError", sk.root_mean_squared_error)
    sklearn_means("meanAbsoluteError", sk.mean_absolute_error)
    sklearn_means("meanAbsolutePercentageError", sk.mean_absolute_percentage_error)
    sklearn_means("quantileLoss", sk.mean_pinball_loss)
    sklearn_means("quantileLoss", sk.mean_pinball_loss, "alpha=0.9", alpha=0.9)
    if len(y) > 1:
        sklearn_means("r2", sk.r2_score, variance=True)
    sklearn_means("explainedVariance", sk.explained_variance_score, variance=True)
    if y.shape[1] == 1:
        found["maximumAbsoluteError"] = sk.max_error(y[w > 0], p[w > 0])
    else:
        found["maximumAbsoluteError"] = np.abs(y - p)[w > 0].max()

    means("meanError", lambda y, p: y - p)
    means("geometricMeanAbsoluteError", lambda y, p: np.log(np.abs(y - p)), np.exp)
    means("symmetricMeanAbsolutePercentageError", lambda y, p: 2 * np.abs(y - p) / (np.abs(y) + np.abs(p)))
    means("meanAbsoluteRelativeError", lambda y, p: np.abs(y - p) / np.abs(y))
    means("meanNormalizedBias", lambda y, p: (y - p) / y)
    means("fractionalBias", lambda y, p: 2 * (y - p) / (y + p))
    means("logCosh", lambda y, p: np.log(np.cosh(y - p)))
    for delta in (1, 0.25):
        loss = torch.nn.HuberLoss(delta=delta, reduction="none")
        huber = lambda y, p: loss(torch.from_numpy(p), torch.from_numpy(y)).numpy()
        means("huber", huber, parameters="" if delta == 1 else f"delta={delta}")

    found["manhattan"] = sum(weight * distance.cityblock(*row) for weight, *row in zip(w, y, p))
    found["canberra"] = sum(weight * distance.canberra(*row) for weight, *row in zip(w, y, p))
    found["waveHedges"] = np.sum(w[:, None] * np.abs(y - p) / np.maximum(y, p))
    for norm, eps in [(2, 1e-6), (1, 1e-6), (3, 0)]:
        rows = torch.nn.functional.pairwise_distance(torch.from_numpy(p), torch.from_numpy(y), p=norm, eps=eps).numpy()
        parameters = ([f"p={norm}"] if norm != 2 else []) + (["eps=0"] if eps == 0 else [])
        name = "meanPairwiseDistance" + (f"({','.join(parameters)})" if parameters else "")
        found[name] = np.average(rows, weights=w)

    pearson = [weighted_pearson(y[:, c], p[:, c], w) for c in range(y.shape[1])]
    if not np.isnan(pearson).any():
        found["pearson"], found["pearson(multioutput=raw)"] = np.mean(pearson), pearson

    logarithmic = [("meanSquaredLogError", sk.mean_squared_log_error), ("rootMeanSquaredLogError", sk.root_mean_squared_log_error)]
    deviances = {f"meanTweedieDeviance(power={power})": power for power in (-1.5, 1, 1.5, 2, 3)}
    deviances |= {"meanPoissonDeviance": 1, "meanGammaDeviance": 2}
    found["meanTweedieDeviance"] = np.mean(
        [sk.mean_tweedie_deviance(y[:, c], p[:, c], sample_weight=w) for c in range(y.shape[1])]
    )
    for name, function in logarithmic:
        if positive:
            sklearn_means(name, function)
        else:
            found[name] = None
    for name, power in deviances.items():
        if positive:
            columns = range(y.shape[1])
            found[name] = np.mean([sk.mean_tweedie_deviance(y[:, c], p[:, c], sample_weight=w, power=power) for c in columns])
        else:
            found[name] = None
    return found


def weighted_pearson(y, p, w):
    """SciPy's where all weights are 1."""
    if (w == 1).all():
        return scipy.stats.pearsonr(y, p).statistic if len(y) > 1 else float("nan")
    covariance = np.cov(y, p, aweights=w, ddof=0)
    return covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1])


def rows(name, y, p, w=None, only=None, **options):
    """The case, all metrics of it or only some, or only what is given."""
    found = only if isinstance(only, dict) else expected(y, p, w, **options)
    return case(name, found, predictions=p, targets=y, weights=w)


def main():
    g = np.random.default_rng(5)
    around = lambda y: y * np.exp(0.3 * g.standard_normal(y.shape))
    y1, y2, y3 = g.gamma(2, 3, (40, 1)), g.gamma(2, 3, (35, 1)), g.gamma(3, 1, (20, 3)) * [1, 5, 20]
    signed = g.standard_normal((30, 2)) * 5
    far = 1e8 + g.standard_normal((50, 1))
    counts = g.poisson(1.2, (25, 1)).astype(float)
    narrow = around(y1).astype(np.float32).astype(float)
    zeros = np.array([0.0, 1, 0, 2])
    constant = np.full(6, 0.1)
    wave = np.array([1.0, 2, 3, 4])
    cases = [
        rows("positive", y1, around(y1)),
        rows("positive-weighted", y2, around(y2), quarters(g, 35)),
        rows("three-columns-weighted", y3, around(y3), quarters(g, 20)),
        rows("three-columns", y3[::-1].copy(), around(y3)),
        rows("signed-weighted", signed, signed + g.standard_normal(signed.shape), quarters(g, 30), positive=False),
        rows("float32", narrow, y1.astype(np.float32).astype(float)),
        rows("one-row", [[3.0]], [[2.5]]),
        rows("all-wrong", wave, -wave[::-1] * 10, positive=False),
    ]
    p = counts + g.uniform(0.1, 2, counts.shape)
    cases += [
        rows(
            "counts-with-zeros",
            counts,
            p,
            only={
                "meanPoissonDeviance": sk.mean_poisson_deviance(counts, p),
                "meanTweedieDeviance(power=1.5)": sk.mean_tweedie_deviance(counts, p, power=1.5),
                "meanGammaDeviance": None,
                "meanTweedieDeviance(power=3)": None,
                "meanAbsoluteRelativeError": None,
                "meanNormalizedBias": None,
                "meanAbsolutePercentageError": sk.mean_absolute_percentage_error(counts, p),
                "meanSquaredLogError": sk.mean_squared_log_error(counts, p),
            },
        ),
        rows(
            "both-zero",
            zeros,
            [0, 1.5, 0, 2],
            only={
                "canberra": distance.canberra(zeros, [0, 1.5, 0, 2]),
                "symmetricMeanAbsolutePercentageError": 2 * distance.canberra(zeros, [0, 1.5, 0, 2]) / 4,
                "waveHedges": 0.5 / 1.5,
                "fractionalBias": 2 * -0.5 / 2.5 / 4,
                "geometricMeanAbsoluteError": 0,
            },
        ),
        rows("opposite", [1.0, -1], [-1.0, 1], only={"fractionalBias": None, "symmetricMeanAbsolutePercentageError": 2}),
        rows("constant-target", constant, wave[[0, 1, 2, 3, 0, 1]], only={"r2": 0, "explainedVariance": 0, "pearson": None}),
        rows("constant-target-constant-error", constant, constant + 0.5, only={"r2": 0, "explainedVariance": 1}),
        rows("constant-target-right", constant, constant, only={"r2": 1, "explainedVariance": 1, "pearson": None}),
        rows("constant-prediction", wave, np.full(4, 2.0), only={"r2": sk.r2_score(wave, np.full(4, 2.0)), "pearson": None}),
        rows(
            "one-column-constant",
            np.stack([wave, np.full(4, 7.0)], 1),
            np.stack([wave + [0.5, 0, 0, -1], np.full(4, 7.5)], 1),
            only={
                f"r2{text}": sk.r2_score(
                    np.stack([wave, np.full(4, 7.0)], 1),
                    np.stack([wave + [0.5, 0, 0, -1], np.full(4, 7.5)], 1),
                    multioutput=multioutput,
                )
                for text, multioutput in [
                    ("", "uniform_average"),
                    ("(multioutput=raw)", "raw_values"),
                    ("(multioutput=variance)", "variance_weighted"),
                ]
            },
        ),
        rows("all-right", wave, wave, only={"meanSquaredError": 0, "r2": 1, "pearson": 1, "maximumAbsoluteError": 0, "logCosh": 0}),
        rows("reversed", wave, wave[::-1], only={"r2": sk.r2_score(wave, wave[::-1]), "pearson": -1}),
        rows("all-weights-zero", wave, wave, np.zeros(4), only={name: None for name in ("meanSquaredError", "r2", "pearson", "maximumAbsoluteError", "meanPairwiseDistance")}),
        rows("not-a-number", [1.0, 2], [float("nan"), 2], only={"meanSquaredError": "NaN", "maximumAbsoluteError": "NaN", "meanPoissonDeviance": "NaN", "r2": "NaN"}),
        rows("not-a-number-without-weight", [1.0, 2, 3], [float("nan"), 2, 4], np.array([0.0, 1, 1]), only={"meanSquaredError": 0.5, "maximumAbsoluteError": 1, "r2": -1}),
        rows("far-from-zero", far, far + 0.1 * g.standard_normal(far.shape)),
        rows("small-errors", wave, wave + [1e-5, -2e-5, 3e-6, 0], only={"logCosh": np.mean(np.array([1e-5, 2e-5, 3e-6, 0]) ** 2 / 2)}),
        rows("large-errors", wave, wave + 1e4, only={"logCosh": 1e4 - np.log(2), "huber": 1e4 - 0.5}),
    ]
    for made in cases:
        if made["case"] == "one-row":
            made["expected"]["r2"] = None
        if made["case"] == "far-from-zero":
            made["expected"] = {name: value for name, value in made["expected"].items() if name.split("(")[0] in ("r2", "explainedVariance", "pearson")}
    write(__file__, cases, sklearn=sklearn.__version__, scipy=scipy.__version__, torch=torch.__version__, numpy=np.__version__)


if __name__ == "__main__":
    main()
