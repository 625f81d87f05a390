"""Expected values of io.firesteel.engine.metric.probabilistic: SciPy's entropies and PyTorch's cosine similarity, divergences by
PyTorch; HSIC and maximum mean discrepancy in NumPy, float64, by the formulas of Song et al. (2012), equation 5, and of Ignite's
documentation, of all rows as one batch. Rows of a whole weight are repeated."""

import numpy as np
import scipy
import torch
import torch.nn.functional as F
from scipy.spatial.distance import cdist, jensenshannon
from scipy.special import softmax
from scipy.stats import entropy

from case_file import case, quarters, write


def two_columns(p):
    return np.hstack([1 - p, p]) if p.shape[1] == 1 else p


def of_predictions(p, w):
    p = two_columns(p)
    mean = np.average(p, axis=0, weights=w)
    each = np.average(entropy(p, axis=1), weights=w)
    return {"entropy": each, "mutualInformation": max(0, entropy(mean) - each)}


def of_distributions(p, q, w, text=""):
    p, q = two_columns(p), two_columns(q)
    kl = F.kl_div(torch.from_numpy(np.log(p)), torch.from_numpy(q), reduction="none").sum(1).numpy()
    js = jensenshannon(p, q, axis=1) ** 2
    return {"klDivergence" + text: np.average(kl, weights=w), "jsDivergence" + text: np.average(js, weights=w)}


def hsic(x, y, sigma_x=None, sigma_y=None):
    n = len(x)

    def gram(rows, sigma):
        distances = cdist(rows, rows, "sqeuclidean")
        variance = np.quantile(distances, 0.5) if sigma is None else sigma**2
        return np.exp(-distances / 2 / variance) * (1 - np.eye(n))

    k, l = gram(x, sigma_x), gram(y, sigma_y)
    ones = np.ones(n)
    value = np.trace(k @ l) + ones @ k @ ones * (ones @ l @ ones) / ((n - 1) * (n - 2)) - 2 / (n - 2) * (ones @ k @ l @ ones)
    return max(0, value / (n * (n - 3)))


def mmd(x, y, variance=1.0):
    n = len(x)
    k = lambda a, b: np.exp(-cdist(a, b, "sqeuclidean") / 2 / variance).sum()
    return np.sqrt(max(0, (k(x, x) - n + k(y, y) - n) / (n * (n - 1)) - 2 * k(x, y) / n**2))


def of_vectors(x, y, w):
    cosine = F.cosine_similarity(torch.from_numpy(x), torch.from_numpy(y)).numpy()
    repeated_x, repeated_y = (np.repeat(rows, w.astype(int), axis=0) for rows in (x, y))
    return {
        "cosineSimilarity": np.average(cosine, weights=w),
        "hsic": hsic(repeated_x, repeated_y),
        "hsic(sigmaX=0.5,sigmaY=2)": hsic(repeated_x, repeated_y, 0.5, 2),
        "maximumMeanDiscrepancy": mmd(repeated_x, repeated_y),
        "maximumMeanDiscrepancy(variance=4)": mmd(repeated_x, repeated_y, 4),
    }


def main():
    g = np.random.default_rng(8)
    logits, wanted = 2 * g.standard_normal((31, 4)), g.standard_normal((31, 4))
    p, q, w = g.dirichlet(np.ones(3), 27), g.dirichlet(np.ones(3), 27), quarters(g, 27)
    one, target = g.random((20, 1)), g.random((20, 1))
    x = g.standard_normal((25, 3))
    y, whole = np.sin(x) + 0.2 * g.standard_normal((25, 3)), g.integers(0, 4, 25)
    wave = np.arange(50.0).reshape(10, 5)
    ignite = np.array([[0.0, -2.3026, -2.3026], [1.3863, 1.6094, 1.6094], [0.0, 0.6931, 1.0986]])
    certain = np.array([[1.0, 0], [0, 1], [1, 0], [0, 1]])
    ones = lambda rows: np.ones(len(rows))
    by_logits = lambda a, b, w: of_distributions(softmax(a, axis=1), softmax(b, axis=1), w, "(targets=logits)")
    cases = [
        case(
            "logits",
            of_predictions(softmax(logits, axis=1), ones(logits)) | by_logits(logits, wanted, ones(logits)),
            predictions=logits,
            targets=wanted,
        ),
        case(
            "probabilities-weighted",
            of_predictions(p, w) | of_distributions(p, q, w),
            predictions=p,
            targets=q,
            weights=w,
            kind="PROBABILITIES",
        ),
        case(
            "one-column",
            of_predictions(one, ones(one)) | of_distributions(one, target, ones(one)),
            predictions=one,
            targets=target,
            kind="PROBABILITIES",
        ),
        case(
            "one-column-of-logits",
            of_predictions(scipy.special.expit(one), ones(one))
            | of_distributions(scipy.special.expit(one), scipy.special.expit(target), ones(one), "(targets=logits)"),
            predictions=one,
            targets=target,
        ),
        case("ignites-example", by_logits(ignite[[2, 1, 0]], ignite, ones(ignite)), predictions=ignite[[2, 1, 0]], targets=ignite),
        case(
            "certain",
            {"entropy": 0, "mutualInformation": np.log(2), "klDivergence": 0, "jsDivergence": 0},
            predictions=certain,
            targets=certain,
            kind="PROBABILITIES",
        ),
        case(
            "certain-and-wrong",
            {"entropy": 0, "klDivergence": "Infinity", "jsDivergence": np.log(2)},
            predictions=certain,
            targets=1 - certain,
            kind="PROBABILITIES",
        ),
        case("large-logits", {"entropy": 0, "klDivergence(targets=logits)": 2000, "jsDivergence(targets=logits)": np.log(2)}, predictions=[[1000.0, -1000]], targets=[[-1000.0, 1000]]),
        case("all-alike", {"entropy": np.log(4), "mutualInformation": 0}, predictions=np.zeros((5, 4))),
        case("vectors", of_vectors(x, y, ones(x)), predictions=x, targets=y),
        case("vectors-whole-weights", of_vectors(x, y, whole), predictions=x, targets=y, weights=whole),
        case("vectors-repeated", of_vectors(np.repeat(x, 3, 0), np.repeat(y, 3, 0), np.ones(75)), predictions=np.repeat(x, 3, 0), targets=np.repeat(y, 3, 0)),
        case("hsic-of-other-columns", {"hsic": hsic(x, y[:, :1])}, predictions=x, targets=y[:, :1]),
        case("ignites-wave", {"hsic": hsic(wave, np.sin(wave * np.pi * 2 / 50))}, predictions=wave, targets=np.sin(wave * np.pi * 2 / 50)),
        case("four-rows", {"hsic": hsic(x[:4], y[:4])}, predictions=x[:4], targets=y[:4]),
        case("three-rows", {"hsic": None, "maximumMeanDiscrepancy": mmd(x[:3], y[:3])}, predictions=x[:3], targets=y[:3]),
        case("one-row", {"maximumMeanDiscrepancy": None}, predictions=x[:1], targets=y[:1]),
        case("constant", {"hsic": None, "hsic(sigmaX=1,sigmaY=1)": 0, "maximumMeanDiscrepancy": 0, "cosineSimilarity": 1}, predictions=np.ones((6, 2)), targets=np.ones((6, 2))),
        case("opposite-and-zero", {"cosineSimilarity": -1 / 3}, predictions=[[1.0, 2], [0, 0], [1, 0]], targets=[[-2.0, -4], [1, 1], [0, 1]]),
        case("no-weight", {name: None for name in ("entropy", "mutualInformation", "jsDivergence", "cosineSimilarity", "hsic")}, predictions=certain, targets=certain, weights=np.zeros(4), kind="PROBABILITIES"),
    ]
    write(__file__, cases, numpy=np.__version__, scipy=scipy.__version__, torch=torch.__version__)


if __name__ == "__main__":
    main()
