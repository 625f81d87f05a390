"""Makes narrow-floats.csv: float32 numbers and what NumPy (float16) and PyTorch (bfloat16) round them to.

Prints a hash for NarrowFloatTest. Columns are bits in hexadecimal: of the float32 number, of its float16 and of its bfloat16. Run with Python 3.11, NumPy 2.4.6
and PyTorch 2.13.0; both round to nearest even and overflow to infinity.
"""

import hashlib

import numpy as np
import torch

ties = np.arange(0, 1 << 16, 131, dtype=np.uint32).astype(np.uint16).view(np.float16)
ties = ties[np.isfinite(ties)].astype(np.float32)
steps = np.abs(np.nextafter(ties.astype(np.float16), np.float16(np.inf)).astype(np.float32) - ties)
steps[~np.isfinite(steps)] = 0
random = np.random.default_rng(7)
groups = [
    ties,  # exact
    ties + steps / 2,  # halfway
    np.nextafter(ties + steps / 2, np.float32(np.inf)),
    np.nextafter(ties + steps / 2, np.float32(-np.inf)),
    random.integers(0, 1 << 32, 700, dtype=np.uint64).astype(np.uint32).view(np.float32),
    (random.integers(0, 1 << 16, 300, dtype=np.uint64).astype(np.uint32) << 16 | 0x8000).view(np.float32),  # bfloat16 ties
    np.array([0, -0.0, np.inf, -np.inf, np.nan, 65504, 65519.996, 65520, -1e6, 2.0**-25, 2.0**-24, 1.5 * 2.0**-25,
              3.3895e38, 3.4028235e38, -3.4028235e38, 1e-45, -1e-45, 2.0**-14, 2.0**-14 - 2.0**-26], np.float32),
]
values = np.concatenate(groups).astype(np.float32)
with np.errstate(over="ignore"):
    half = values.astype(np.float16)
brain = torch.from_numpy(values).to(torch.bfloat16).view(torch.int16).numpy().view(np.uint16)
with open("narrow-floats.csv", "w") as out:
    for bits, h, b in zip(values.view(np.uint32), half.view(np.uint16), brain):
        out.write(f"{bits:08x},{h:04x},{b:04x}\n")

decoded = np.arange(1 << 16, dtype=np.uint32).astype(np.uint16).view(np.float16)
with np.errstate(invalid="ignore"):
    widened = decoded.astype(np.float32).astype(">f4")
# Stands in NarrowFloatTest: all float16 numbers in order as big-endian float32, NaN as 0.
print(hashlib.sha256(np.where(np.isnan(widened), 0, widened).astype(">f4").tobytes()).hexdigest())
