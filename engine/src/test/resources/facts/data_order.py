"""Writes the expected orders of rows for SeededPermutationTest and BatchScheduleTest.

Follows the definitions in the documentation of the two classes with Python's unbounded integers and
fractions, nothing else. Run: python3 data_order.py
"""

import csv
from fractions import Fraction
from math import isqrt
from pathlib import Path

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def next_output(state):
    return mix((state + GAMMA) & MASK)


def permuted(index, n, seed, epoch, shard):
    a = isqrt(n - 1) + 1
    b = -(-n // a)
    k = next_output(next_output(next_output(seed & MASK) ^ (epoch & 0xFFFFFFFF)) ^ (shard & 0xFFFFFFFF))
    x = index
    while True:
        l, r = divmod(x, b)
        for i in range(6):
            key = mix((k + (i + 1) * GAMMA) & MASK)
            if i % 2 == 0:
                l = (l + (mix((key + r) & MASK) // 2**24) * a // 2**40) % a
            else:
                r = (r + (mix((key + l) & MASK) // 2**24) * b // 2**40) % b
        x = l * b + r
        if x < n:
            return x


def write_permutation(path):
    cases = [
        (1, 42, 0, 0), (2, 42, 1, 0), (3, 42, 1, 0), (5, -1, 2, 3), (9, 7, 1, 1), (10, 42, 1, 0), (97, 42, 3, 2),
        (1000, 42, 1, 0), (1000, 42, 2, 0), (1000, 42, 1, 1), (60_000, 1234567890123, 20, 7),
        (1_000_003, 42, 1, 0), (2**31 + 11, 5, 100, 63), (2**40 - 87, -(2**63), 1, 0),
        (2**48 - 59, 42, -1, -1), (2**48, 42, 2**31 - 1, 2**31 - 1),
    ]
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["rows", "seed", "epoch", "shard", "index", "row"])
        for n, seed, epoch, shard in cases:
            indices = range(n) if n <= 10 else sorted({0, 1, 2, n // 3, n // 2, n - 2, n - 1})
            for index in indices:
                rows.writerow([n, seed, epoch, shard, index, permuted(index, n, seed, epoch, shard)])


def write_schedule(path):
    cases = [
        (4, [3, 3]), (2, [7, 2, 5]), (5, [1, 0, 13, 1]), (3, [1, 1, 1, 1, 1, 1, 1]), (100, [4, 9]), (1, [2, 3]),
        (128, [719, 719]), (128, [700, 738, 0, 1]), (64, [1000, 10, 333]),
    ]
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["batchSize", "rowsPerShard", "step", "counts"])
        for batch, shards in cases:
            keys = sorted((Fraction(2 * j + 1, 2 * n), i) for i, n in enumerate(shards) for j in range(n))
            for step in range(-(-len(keys) // batch)):
                taken = [i for _, i in keys[step * batch : (step + 1) * batch]]
                counts = [taken.count(i) for i in range(len(shards))]
                rows.writerow([batch, " ".join(map(str, shards)), step, " ".join(map(str, counts))])


if __name__ == "__main__":
    here = Path(__file__).parent
    write_permutation(here / "permutation.csv")
    write_schedule(here / "schedule.csv")
