"""Facts of drift: distances of samples as SciPy and NumPy compute them, in drift.json beside this file.

    python drift.py

The groups of the stability index are made here anew from its definition: cuts of the first sample into about ten groups of equal
counts, values that hold a tenth by themselves alone, and open ends unless the outermost group is of one value.
"""

import json
import pathlib

import numpy
import scipy
from scipy import stats

EMPTY = 1e-4
GROUPS = 10


def groups(sample):
    values, counts = numpy.unique(sample, return_counts=True)
    share = len(sample) / GROUPS
    made, start, held = [], None, 0
    for value, count in zip(values, counts):
        if start is not None and count >= share:
            made.append((start, last))
            start, held = None, 0
        if start is None:
            start, held = value, 0
        last = value
        held += count
        if held >= share:
            made.append((start, last))
            start = None
    if start is not None:
        made.append((start, last))
    return made


def shares(sample, made):
    """A group is above the end of the one before and up to its own."""
    ends = [end for _, end in made]
    cells = numpy.searchsorted(ends, sample, side="left")
    counts = list(numpy.bincount(cells, minlength=len(ends) + 1).astype(float))
    beyond = counts.pop()
    first, last = made[0], made[-1]
    if last[0] == last[1]:
        counts.append(beyond)
    else:
        counts[-1] += beyond
    if first[0] == first[1]:
        below = float(numpy.sum(sample < first[0]))
        counts[0] -= below
        counts.insert(0, below)
    return numpy.array(counts) / len(sample)


def index(p, q):
    p, q = numpy.maximum(p, EMPTY), numpy.maximum(q, EMPTY)
    return float(numpy.sum((q - p) * numpy.log(q / p)))


def fact(name, before, now):
    made = groups(before)
    p, q = shares(before, made), shares(now, made)
    return {
        "name": name,
        "before": [float(x) for x in before],
        "now": [float(x) for x in now],
        "distance": float(stats.ks_2samp(before, now, method="asymp").statistic),
        "stabilityIndex": index(p, q),
        "totalVariation": float(numpy.sum(numpy.abs(q - p)) / 2),
    }


def main():
    random = numpy.random.default_rng(20260131)
    normal = random.normal(size=(3, 900)).round(4)
    facts = [
        fact("few values, moved", random.integers(0, 8, 400), random.integers(1, 9, 300)),
        fact("few values, the same", random.integers(0, 150, 500), random.integers(0, 150, 200)),
        fact("constant, the same", numpy.full(50, 3.5), numpy.full(20, 3.5)),
        fact("constant, then not", numpy.full(50, 3.5), numpy.array([3.5] * 15 + [2.0] * 3 + [4.0] * 2)),
        fact("mostly zero", numpy.where(random.random(300) < 0.8, 0, random.integers(1, 60, 300)),
             numpy.where(random.random(300) < 0.6, 0, random.integers(1, 60, 300))),
        fact("zero and one", (random.random(200) < 0.3).astype(float), (random.random(100) < 0.5).astype(float)),
        fact("many values, the same", normal[0], normal[1]),
        fact("many values, moved", normal[0], normal[2] + 0.5),
        fact("many values, wider", normal[0], normal[2] * 3),
        fact("many values, elsewhere", normal[0], normal[1] + 100),
        fact("large and close", 1.7e9 + normal[0] * 1000, 1.7e9 + normal[1] * 1000 + 300),
    ]
    categories = {"before": {"a": 50, "b": 30, "c": 20}, "now": {"a": 20, "b": 30, "d": 50}}
    names = sorted(set(categories["before"]) | set(categories["now"]))
    p, q = ([categories[when].get(name, 0) / 100 for name in names] for when in ("before", "now"))
    text = {
        "made with": f"numpy {numpy.__version__}, scipy {scipy.__version__}",
        "samples": facts,
        "categories": {**categories, "stabilityIndex": index(p, q),
                       "totalVariation": float(numpy.abs(numpy.subtract(q, p)).sum() / 2)},
        "chiSquare999": {str(k): float(stats.chi2.ppf(0.999, k)) for k in (1, 3, 9, 30)},
        "kolmogorov999": float(stats.kstwobign.isf(0.001)),
    }
    pathlib.Path(__file__).with_name("drift.json").write_text(json.dumps(text) + "\n")


main()
