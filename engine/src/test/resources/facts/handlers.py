"""Makes handlers.json with PyTorch's averaged models and, for the warm-up, NumPy in float64. See README.md.

    python handlers.py
"""

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn, get_swa_multi_avg_fn

from make_facts import floats, write_json

TRAINABLE = 5000  # more than handlers read at once
BUFFERS = 10
SHOWN = 97  # every so many values are kept, and all buffers


def weights(step):
    """((37 i + 101 t) mod 401 - 200) / 256: exact in float32."""
    i = torch.arange(TRAINABLE + BUFFERS)
    return ((37 * i + 101 * step) % 401 - 200).to(torch.float32) / 256


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(TRAINABLE))
        self.register_buffer("statistics", torch.zeros(BUFFERS))
        self.set(0)

    def set(self, step):
        with torch.no_grad():
            self.weight.copy_(weights(step)[:TRAINABLE])
            self.statistics.copy_(weights(step)[TRAINABLE:])


def shown(values):
    return floats(torch.cat([torch.as_tensor(values[:TRAINABLE:SHOWN]), torch.as_tensor(values[TRAINABLE:])]))


def averaged(function, first, steps, use_buffers):
    """AveragedModel copies the model in its first update: at `first`."""
    model = Model()
    average = AveragedModel(model, multi_avg_fn=function, use_buffers=use_buffers)
    for step in range(first, steps + 1):
        model.set(step)
        average.update_parameters(model)
    return shown(torch.cat([average.module.weight.detach(), average.module.statistics]))


def warmed_up(momentum, warmup_momentum, warmup_updates, steps):
    average = weights(0).numpy().astype(np.float64)
    for update in range(1, steps + 1):
        share = momentum
        if update <= warmup_updates:
            share = warmup_momentum + (momentum - warmup_momentum) * (update - 1) / max(1, warmup_updates - 1)
        average = (1 - share) * average + share * weights(update).numpy().astype(np.float64)
    return shown(average.astype(np.float32))


def main():
    ema = []
    for momentum in [0.1, 2e-4]:
        for use_buffers in [False, True]:
            values = averaged(get_ema_multi_avg_fn(1 - momentum), 0, 50, use_buffers)
            ema.append({"momentum": momentum, "warmupMomentum": momentum, "warmupUpdates": 0,
                        "buffersAveraged": use_buffers, "steps": 50, "values": values})
    for momentum, warmup_momentum, updates in [(0.1, 0.01, 20), (0.01, 0.5, 10), (0.2, 0.1, 1), (0.1, 0.01, 100)]:
        values = warmed_up(momentum, warmup_momentum, updates, 50)
        ema.append({"momentum": momentum, "warmupMomentum": warmup_momentum, "warmupUpdates": updates,
                    "buffersAveraged": True, "steps": 50, "values": values})
    mean = [{"from": first, "steps": 20, "buffersAveraged": use_buffers,
             "values": averaged(get_swa_multi_avg_fn(), first, 20, use_buffers)}
            for first in [1, 8, 20] for use_buffers in [False, True]]
    write_json("handlers.json", {"ema": ema, "mean": mean})


if __name__ == "__main__":
    main()
