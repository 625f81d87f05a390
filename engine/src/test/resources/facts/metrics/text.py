"""Makes text.json: texts and what NLTK says of them. Needs nltk, sacrebleu, torch, numpy."""
import json
import math
from collections import Counter
from pathlib import Path

import nltk
import numpy as np
import sacrebleu
import torch
from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu

WORDS = "the a cat dog sat stands on under mat tree and is not there very old small house near river".split()
SMOOTH = SmoothingFunction()
CHECKED = Counter()


def bleu_precisions(references, written, n):
    most = Counter()
    for reference in references:
        most |= Counter(nltk.ngrams(reference, n))
    counts = Counter(nltk.ngrams(written, n))
    return sum((counts & most).values()), sum(counts.values())


def bleu_by_hand(rows, n, smooth):
    """Ignite's formula; NLTK has the same values except that texts shorter than n count as if they had one n-gram."""
    matches, totals, written, wanted = [0] * n, [0] * n, 0, 0
    for candidate, references in rows:
        for k in range(n):
            m, t = bleu_precisions(references, candidate, k + 1)
            matches[k] += m
            totals[k] += t
        written += len(candidate)
        wanted += min((abs(len(r) - len(candidate)), len(r)) for r in references)[1]
    if matches[0] == 0 or (smooth == "none" and 0 in matches):
        return 0.0
    floors = totals if smooth == "smooth2" else [max(1, t) for t in totals]
    if smooth in ("none", "smooth1"):
        precisions = [(m or 0.1) / t for m, t in zip(matches, floors)]
    else:
        precisions = [(m + (k > 0)) / (t + (k > 0)) for k, (m, t) in enumerate(zip(matches, floors))]
    brevity = math.exp(1 - wanted / written) if written < wanted else 1
    return brevity * math.exp(math.fsum(math.log(p) for p in precisions) / n)


def bleu_by_nltk(rows, n, smooth):
    function = {"none": SMOOTH.method0, "smooth1": SMOOTH.method1, "nltkSmooth2": SMOOTH.method2}[smooth]
    return corpus_bleu([r for _, r in rows], [c for c, _ in rows], [1 / n] * n, function)


def bleu(rows, n, smooth):
    by_hand = bleu_by_hand(rows, n, smooth)
    if smooth != "smooth2" and by_hand > 0 and all(len(c) >= n for c, _ in rows):
        assert math.isclose(by_hand, bleu_by_nltk(rows, n, smooth), rel_tol=1e-12)
        CHECKED[smooth] += 1
    return by_hand


def bleus(rows, weights):
    """By the name of each metric. Weights are whole numbers, and a corpus has a row as often as its weight says."""
    repeated = [row for row, w in zip(rows, weights) for _ in range(w)]
    expected = {}
    for n in (4, 2):
        for smooth in ("none", "smooth1", "smooth2", "nltkSmooth2"):
            options = ([] if n == 4 else [f"n={n}"]) + ([] if smooth == "none" else [f"smoothing={smooth}"])
            macro = np.average([bleu([row], n, smooth) for row in rows], weights=weights)
            expected[name("bleu", options)] = float(macro)
            expected[name("bleu", options + ["average=micro"])] = bleu(repeated, n, smooth)
    return expected


def name(metric, options):
    return metric + ("(" + ",".join(options) + ")" if options else "")


def check_with_sacrebleu(rows):
    """With one reference each."""
    score = sacrebleu.corpus_bleu(
        [" ".join(c) for c, _ in rows], [[" ".join(r[0]) for _, r in rows]], smooth_method="none", tokenize="none")
    assert math.isclose(score.score / 100, bleu_by_hand(rows, 4, "none"), rel_tol=1e-12)


def longest_common(left, right):
    table = np.zeros((len(left) + 1, len(right) + 1), int)
    for i, x in enumerate(left):
        for j, y in enumerate(right):
            table[i + 1, j + 1] = table[i, j] + 1 if x == y else max(table[i, j + 1], table[i + 1, j])
    return int(table[-1, -1])


def overlap(variant, written, wanted):
    if variant == "L":
        return longest_common(written, wanted), len(written), len(wanted)
    a, b = Counter(nltk.ngrams(written, variant)), Counter(nltk.ngrams(wanted, variant))
    return sum((a & b).values()), sum(a.values()), sum(b.values())


def ratio(a, b):
    return a / b if b else 0.0


def rouges(rows, weights, variants, multiref, alpha):
    """Lin's counts, averaged as Ignite does."""
    fields = {}
    for variant in variants:
        values = []
        for written, references in rows:
            counts = [overlap(variant, written, reference) for reference in references]
            m, c, r = (
                np.sum(counts, axis=0) if multiref == "average" else max(counts, key=lambda x: ratio(x[0], x[2])))
            p, r = ratio(m, c), ratio(m, r)
            values.append((p, r, p * r / ((1 - alpha) * p + alpha * r) if p * r else 0))
        for letter, value in zip("PRF", np.average(values, axis=0, weights=weights)):
            fields[f"Rouge-{variant}-{letter}"] = float(value)
    return fields


def all_rouges(rows, weights):
    expected = {}
    for multiref in ("average", "best"):
        for alpha in (0, 0.5, 1):
            options = ([] if multiref == "average" else ["multiref=best"]) + ([f"alpha={alpha}"] if alpha else [])
            expected[name("rouge", options)] = rouges(rows, weights, [1, 2, 4, "L"], multiref, alpha)
    expected["rougeN(n=2,alpha=0.5)"] = rouges(rows, weights, [2], "average", 0.5)
    expected["rougeN"] = rouges(rows, weights, [4], "average", 0)
    expected["rougeL(multiref=best,alpha=0.25)"] = rouges(rows, weights, ["L"], "best", 0.25)
    return expected


def error_rates(texts, references, weights):
    expected = {}
    for metric, units in (("characterErrorRate", list), ("wordErrorRate", str.split)):
        errors = length = 0
        for text, row, weight in zip(texts, references, weights):
            choices = [(nltk.edit_distance(units(text), units(r)), len(units(r))) for r in row]
            best = min(choices, key=lambda c: ratio(*c) if c[1] else (math.inf if c[0] else 0))
            errors += weight * best[0]
            length += weight * best[1]
        expected[metric] = errors / length if length else None
    return expected


def text_case(title, texts, references, weights=None):
    used = [1] * len(texts) if weights is None else weights
    rows = [(t.split(), [r.split() for r in row]) for t, row in zip(texts, references)]
    if all(len(r) == 1 for r in references) and bleu_by_hand(rows, 4, "none") > 0:
        check_with_sacrebleu(rows)
    case = {"case": title, "texts": texts, "references": references}
    if weights is not None:
        case["weights"] = weights
    case["expected"] = bleus(rows, used) | all_rouges(rows, used) | error_rates(texts, references, used)
    return case


def sentence(random, words):
    return " ".join(random.choice(WORDS, size=words))


def near(random, text, changes):
    words = text.split()
    for _ in range(changes):
        at = random.integers(len(words))
        kind = random.integers(3)
        if kind == 0:
            words[at] = str(random.choice(WORDS))
        elif kind == 1:
            words.insert(at, str(random.choice(WORDS)))
        elif len(words) > 1:
            del words[at]
    return " ".join(words)


def generated(name, seed, rows, most_references, weighted):
    random = np.random.default_rng(seed)
    texts, references = [], []
    for _ in range(rows):
        base = sentence(random, random.integers(5, 16))
        references.append([near(random, base, random.integers(3)) for _ in range(random.integers(1, most_references + 1))])
        texts.append(near(random, base, random.integers(4)))
    weights = [int(w) for w in random.integers(0, 4, rows)] if weighted else None
    return text_case(name, texts, references, weights)


def token_case(name, seed, rows, classes, kind="LOGITS", scale=1.0, ignored=(), weighted=False):
    random = np.random.default_rng(seed)
    logits = random.normal(size=(rows, classes)) * scale
    tokens = random.integers(0, max(2, classes), rows)
    tokens[list(ignored)] = -100
    weights = random.integers(0, 5, rows) / 2 if weighted else np.ones(rows)
    table = torch.tensor(logits)
    if classes == 1:
        table = torch.cat([torch.zeros_like(table), table], 1)
    losses = torch.nn.functional.cross_entropy(table, torch.tensor(tokens), reduction="none", ignore_index=-100).numpy()
    counted = weights * (tokens != -100)
    expected = {"perplexity": math.exp((counted * losses).sum() / counted.sum()) if counted.sum() else None}
    shown = torch.softmax(torch.tensor(logits), 1).numpy() if kind == "PROBABILITIES" else logits
    case = {"case": name, "kind": kind, "columns": classes, "predictions": shown.ravel().tolist(),
            "classes": tokens.tolist(), "losses": losses.tolist()}
    if weighted:
        case["weights"] = weights.tolist()
    if weights.sum():
        expected["lossPerplexity"] = math.exp((weights * losses).sum() / weights.sum())
    case["expected"] = expected
    return case


def main():
    cases = [
        generated("one reference", 1, 12, 1, False),
        generated("several references", 2, 12, 4, False),
        generated("weighted", 3, 15, 3, True),
        text_case("papers", ["the the the the the the the", "the cat is not there"],
                  [["the cat is on the mat", "there is a cat on the mat"]] * 2),
        text_case("all wrong", ["a b c d", "e f"], [["u v w x"], ["y z", "z"]]),
        text_case("all right", ["a b c d e", "a b c d"], [["a b c d e"], ["a b c d", "x"]]),
        text_case("no text", ["", "  ", ""], [["a b c d e"], ["x"], ["", "y"]]),
        text_case("short", ["a", "a b"], [["a"], ["a b"]]),
        text_case("spaces and scripts", ["na\u00efve  caf\u00e9\u3000x\ty", "\U0001F600 smile"],
                  [["naive caf\u00e9 x y"], ["\U0001F601 smile"]]),
        token_case("tokens", 11, 20, 7),
        token_case("padded tokens", 12, 24, 5, ignored=(0, 3, 4, 23)),
        token_case("weighted tokens", 13, 24, 9, ignored=(5,), weighted=True),
        token_case("large logits", 14, 10, 4, scale=300.0),
        token_case("probabilities", 15, 10, 4, kind="PROBABILITIES"),
        token_case("two tokens in one column", 16, 12, 1),
        token_case("one row", 17, 1, 3),
        token_case("padding only", 18, 3, 3, ignored=(0, 1, 2)),
    ]
    for case in cases:
        for name, value in case["expected"].items():
            if isinstance(value, float) and math.isinf(value):
                case["expected"][name] = "Infinity"
    assert all(CHECKED[smooth] > 50 for smooth in ("none", "smooth1", "nltkSmooth2")), CHECKED
    head = {"nltk": nltk.__version__, "sacrebleu": sacrebleu.__version__, "torch": torch.__version__}
    text = ",\n".join(json.dumps(case) for case in cases)
    Path(__file__).with_suffix(".json").write_text(json.dumps(head)[:-1] + ', "cases": [\n' + text + "\n]}\n")


main()
