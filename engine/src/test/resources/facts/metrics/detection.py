"""Makes detection.json: boxes in images, and what pycocotools says of them. Needs pycocotools, numpy."""
import contextlib
import io
import json
import math
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

NAMES = ["AP", "AP50", "AP75", "APsmall", "APmedium", "APlarge", "AR1", "AR10", "AR100", "ARsmall", "ARmedium", "ARlarge"]
DETECTION, TRUTH, CROWD = 0, 1, 2


def evaluate(rows, maximum, per_category=False):
    """A row is (image, category, kind, score, x1, y1, x2, y2). Images get numbers in the order of their names."""
    images = {name: i + 1 for i, name in enumerate(sorted({r[0] for r in rows}))}
    truths, found = [], []
    for image, category, kind, score, x1, y1, x2, y2 in rows:
        box = {"image_id": images[image], "category_id": category, "bbox": [x1, y1, x2 - x1, y2 - y1]}
        if kind == DETECTION:
            found.append(box | {"score": score})
        else:
            truths.append(box | {"id": len(truths) + 1, "area": (x2 - x1) * (y2 - y1), "iscrowd": int(kind == CROWD)})
    categories = [{"id": c, "name": str(c)} for c in sorted({r[1] for r in rows})]
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = {"images": [{"id": i} for i in images.values()], "annotations": truths, "categories": categories}
        coco.createIndex()
        detections = coco.loadRes(found) if found else empty(coco)
        evaluation = COCOeval(coco, detections, "bbox")
        evaluation.params.maxDets = maxima = sorted({n for n in (1, 10, maximum) if n <= maximum})
        evaluation.evaluate()
        evaluation.accumulate()
    found = values(evaluation, maxima)
    if per_category:
        found["categories"] = by_category(evaluation, maxima)
    return found


def by_category(evaluation, maxima):
    """The same numbers of one category after the other; of those with nothing to find all are -1."""
    precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]
    result = {}
    for k, category in enumerate(evaluation.params.catIds):
        evaluation.eval = {"precision": precision[:, :, k : k + 1], "recall": recall[:, k : k + 1]}
        found = values(evaluation, maxima)
        if found is not None:
            result[str(category)] = found
    return result


def empty(coco):
    nothing = COCO()
    nothing.dataset = {"images": coco.dataset["images"], "annotations": [], "categories": coco.dataset["categories"]}
    nothing.createIndex()
    return nothing


def values(evaluation, maxima):
    """What summarize() prints, in all digits; its -1 is NaN here, and it prints AP for 100 detections only."""
    precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]  # [T, R, K, area, max], [T, K, area, max]

    def mean(table):
        table = table[table > -1]
        return float(table.mean()) if table.size else math.nan

    result = {"AP": mean(precision[..., 0, -1]), "AP50": mean(precision[0, ..., 0, -1]), "AP75": mean(precision[5, ..., 0, -1])}
    result |= {f"AR{n}": mean(recall[..., 0, i]) for i, n in enumerate(maxima)}
    for i, size in ((1, "small"), (2, "medium"), (3, "large")):
        result |= {"AP" + size: mean(precision[..., i, -1]), "AR" + size: mean(recall[..., i, -1])}
    if maxima == [1, 10, 100]:
        check(evaluation, result)
    if math.isnan(result["AP"]):
        return None
    return {name: "NaN" if math.isnan(value) else value for name, value in result.items()}


def check(evaluation, result):
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation.summarize()
    for name, value in zip(NAMES, evaluation.stats):
        assert (value == -1 and math.isnan(result[name])) or math.isclose(value, result[name], rel_tol=1e-12, abs_tol=1e-15), name


def case(title, rows, order=None, maxima=(100,)):
    if order is not None:
        rows = [rows[i] for i in order]
    expected = {}
    for maximum in maxima:
        name = "cocoMeanAveragePrecision" + (f"(maxDetections={maximum})" if maximum != 100 else "")
        expected[name] = evaluate(rows, maximum)
        if expected[name] is not None and maximum == 100:
            expected["cocoMeanAveragePrecision(perCategory=true)"] = evaluate(rows, maximum, per_category=True)
    return {"case": title, "columns": 5, "predictions": [v for r in rows for v in r[3:]], "groups": [r[0] for r in rows],
            "classes": [r[1] for r in rows], "targets": [r[2] for r in rows], "expected": expected}


def generated(title, seed, images, categories, boxes, crowds=0.0, side=(8, 200), extra=3, maxima=(100,), ties=False):
    """Detections near true boxes, missed ones, and false ones; scores all different, or with ties only those of an image."""
    random = np.random.default_rng(seed)
    rows = []

    def row(image, category, kind, box):
        x1, y1, w, h = (round(float(v), 2) for v in box)
        score = round(float(random.random()), 6) if kind == DETECTION else 0.0
        if ties and score:
            score = (1 + sum(r[0] == image for r in rows)) / 64
        rows.append((image, int(category), kind, score, x1, y1, round(x1 + max(w, 1), 2), round(y1 + max(h, 1), 2)))

    for i in range(images):
        image = f"image-{i:03d}"
        for _ in range(random.integers(0, boxes + 1)):
            category = random.integers(1, categories + 1)
            box = np.concatenate([random.uniform(0, 300, 2), random.uniform(*side, 2)])
            crowd = random.random() < crowds
            row(image, category, CROWD if crowd else TRUTH, box)
            for _ in range(random.integers(0, 4 if crowd else 3)):
                found = category if random.random() < 0.9 else random.integers(1, categories + 1)
                row(image, found, DETECTION, box + random.normal(scale=0.08 * box[2:].mean(), size=4))
        for _ in range(random.integers(0, extra + 1)):
            row(image, random.integers(1, categories + 2), DETECTION,
                np.concatenate([random.uniform(0, 300, 2), random.uniform(*side, 2)]))
    assert ties or len({r[3] for r in rows if r[2] == DETECTION}) == sum(r[2] == DETECTION for r in rows)
    return case(title, rows, random.permutation(len(rows)), maxima)


def main():
    box, other = (10.0, 10.0, 50.0, 50.0), (100.0, 100.0, 180.0, 190.0)
    truth = ("a", 1, TRUTH, 0.0, *box)
    cases = [
        generated("some images", 1, 12, 3, 5),
        generated("many boxes in an image", 2, 3, 1, 40, extra=30, side=(20, 120), maxima=(100, 5)),
        generated("crowds", 3, 15, 2, 6, crowds=0.3),
        generated("small boxes", 4, 10, 2, 6, side=(3, 30)),
        generated("many categories", 5, 10, 15, 8),
        generated("equal scores in several images", 6, 15, 2, 6, ties=True),
        case("all right", [truth, ("a", 1, DETECTION, 0.9, *box), ("b", 2, TRUTH, 0.0, *other), ("b", 2, DETECTION, 0.1, *other)]),
        case("all wrong", [truth, ("a", 1, DETECTION, 0.9, *other), ("a", 2, DETECTION, 0.8, *box), ("b", 1, DETECTION, 0.7, *box)]),
        case("nothing found", [truth, ("b", 2, TRUTH, 0.0, *other)]),
        case("nothing to find", [("a", 1, DETECTION, 0.5, *box)]),
        case("crowd only", [("a", 1, CROWD, 0.0, *box), ("a", 1, DETECTION, 0.5, *box)]),
        case("found twice", [truth, ("a", 1, DETECTION, 0.9, *box), ("a", 1, DETECTION, 0.8, *box)]),
        case("empty boxes", [truth, ("a", 1, TRUTH, 0.0, 5.0, 5.0, 5.0, 9.0), ("a", 1, DETECTION, 0.9, 5.0, 5.0, 5.0, 9.0),
                             ("a", 1, DETECTION, 0.3, *box)]),
        case("at the border of sizes", [("a", 1, TRUTH, 0.0, 0.0, 0.0, 32.0, 32.0), ("a", 1, DETECTION, 0.9, 0.0, 0.0, 32.0, 32.0),
                                        ("a", 1, TRUTH, 0.0, 0.0, 0.0, 96.0, 96.0), ("a", 1, DETECTION, 0.7, 0.0, 0.0, 96.0, 96.0)]),
    ]
    text = ",\n".join(json.dumps(c) for c in cases)
    head = json.dumps({"pycocotools": version("pycocotools"), "numpy": np.__version__})
    Path(__file__).with_suffix(".json").write_text(head[:-1] + ', "cases": [\n' + text + "\n]}\n")


main()
