"""What the scripts beside this file have in common: the form of a case of io.firesteel.engine.metric.MetricFacts."""

import json
import math
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent


def plain(value):
    """As JSON: numbers in full, those that JSON lacks as text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str):
        return value
    number = float(value)
    if math.isnan(number):
        return "NaN"
    return number if math.isfinite(number) else "Infinity" if number > 0 else "-Infinity"


def case(name, expected, predictions=None, targets=None, weights=None, **others):
    """Rows (N, C) and (N, L) of numbers, and what is expected of them by a metric's text; others are written as they are."""
    made = {"case": name, **others}
    for key, table, columns in [("predictions", predictions, "columns"), ("targets", targets, "targetColumns")]:
        if table is not None:
            table = np.asarray(table, dtype=np.float64)
            table = table.reshape(len(table), -1)
            made[columns] = table.shape[1]
            made[key] = plain(table.ravel())
    if weights is not None:
        made["weights"] = plain(weights)
    made["expected"] = plain(expected)
    return made


def quarters(generator, rows):
    """Weights 0, 1/4, ... 2."""
    return generator.integers(0, 9, rows) / 4


def write(script, cases, **versions):
    """One line per case, so that a change shows up small in a diff."""
    lines = [f'"{key}": {json.dumps(version)},' for key, version in versions.items()]
    body = ",\n".join(json.dumps(made, separators=(",", ":")) for made in cases)
    (HERE / script).with_suffix(".json").write_text("\n".join(["{", *lines, f'"cases": [\n{body}\n]', "}", ""]))
