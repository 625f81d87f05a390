"""Makes schedules.json, plateau.json and optim-schedules.json with PyTorch's learning-rate schedulers. See README.md.

    python schedules.py
"""

import math
import warnings

import torch
from torch.optim import lr_scheduler as lrs

from make_facts import LAYERS, SCALE, floats, start_weights, summed_gradients, write_json

RATE = 0.05


def sgd(**settings):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE, **settings)


def sequential(optimizer, schedulers, milestones):
    return lrs.SequentialLR(optimizer, schedulers, milestones)


# Name, steps, scheduler. Each starts from a learning rate of 0.05.
SCHEDULERS = {
    "step": (40, lambda o: lrs.StepLR(o, step_size=7, gamma=0.3)),
    "multi-step": (40, lambda o: lrs.MultiStepLR(o, milestones=[4, 10, 10, 30], gamma=0.5)),
    "constant": (10, lambda o: lrs.ConstantLR(o, factor=1 / 3, total_iters=4)),
    "linear": (20, lambda o: lrs.LinearLR(o, start_factor=0.25, end_factor=0.8, total_iters=12)),
    "exponential": (60, lambda o: lrs.ExponentialLR(o, gamma=0.93)),
    "polynomial": (30, lambda o: lrs.PolynomialLR(o, total_iters=25, power=2.5)),
    "polynomial-line": (30, lambda o: lrs.PolynomialLR(o, total_iters=25, power=1)),
    "cosine": (91, lambda o: lrs.CosineAnnealingLR(o, T_max=30, eta_min=0.001)),
    "warm-restarts": (60, lambda o: lrs.CosineAnnealingWarmRestarts(o, T_0=7, T_mult=1, eta_min=0.001)),
    "warm-restarts-doubled": (120, lambda o: lrs.CosineAnnealingWarmRestarts(o, T_0=7, T_mult=2)),
    "triangular": (60, lambda o: lrs.CyclicLR(o, 0.05, 0.4, 5, 9, "triangular", cycle_momentum=False)),
    "triangular-halved": (60, lambda o: lrs.CyclicLR(o, 0.05, 0.4, 6, 4, "triangular2", cycle_momentum=False)),
    "triangular-range": (
        60,
        lambda o: lrs.CyclicLR(o, 0.05, 0.4, 5, 5, "exp_range", gamma=0.97, cycle_momentum=False),
    ),
    "warm-up-cosine": (
        57,
        lambda o: sequential(
            o,
            [
                lrs.LinearLR(o, start_factor=0.01, end_factor=1, total_iters=6),
                lrs.CosineAnnealingLR(o, T_max=50, eta_min=0.002),
            ],
            [6],
        ),
    ),
    "three-in-turn": (
        60,
        lambda o: sequential(
            o,
            [
                lrs.ExponentialLR(o, gamma=0.9),
                lrs.StepLR(o, step_size=3, gamma=0.5),
                lrs.PolynomialLR(o, total_iters=20, power=2),
            ],
            [10, 25],
        ),
    ),
}

# Those that change the momentum as well.
MOMENTUM_SCHEDULERS = {
    "one-cycle": (40, lambda o: lrs.OneCycleLR(o, max_lr=0.1, total_steps=40)),
    "one-cycle-lines": (
        50,
        lambda o: lrs.OneCycleLR(
            o, max_lr=0.1, total_steps=50, pct_start=0.21, anneal_strategy="linear", div_factor=10, final_div_factor=100
        ),
    ),
    "one-cycle-three": (
        50,
        lambda o: lrs.OneCycleLR(o, max_lr=0.1, total_steps=50, pct_start=0.4, three_phase=True),
    ),
    "cyclic": (40, lambda o: lrs.CyclicLR(o, 0.05, 0.4, 5, 9, "triangular2", base_momentum=0.8, max_momentum=0.95)),
}


def run(optimizer, scheduler, steps, key="lr"):
    values = []
    for _ in range(steps):
        values.append(float(optimizer.param_groups[0][key]))
        optimizer.step()
        scheduler.step()
    return values


def schedules():
    runs = []
    for name, (steps, create) in SCHEDULERS.items():
        optimizer = sgd()
        runs.append({"schedule": name, "values": run(optimizer, create(optimizer), steps)})
    for name, (steps, create) in MOMENTUM_SCHEDULERS.items():
        for key, suffix in (("lr", ""), ("momentum", "-momentum")):
            optimizer = sgd(momentum=0.9)
            scheduler = create(optimizer)
            # The scheduler raises after its last step.
            values = run(optimizer, scheduler, steps - 1, key) + [float(optimizer.param_groups[0][key])]
            runs.append({"schedule": name + suffix, "values": values})
    optimizer = sgd()
    scheduler = lrs.CosineAnnealingWarmRestarts(optimizer, T_0=2, T_mult=2)
    values = []
    for i in range(60):
        scheduler.step(i / 8)
        values.append(float(optimizer.param_groups[0]["lr"]))
    runs.append({"schedule": "warm-restarts-eighths", "values": values})
    write_json("schedules.json", {"torch": torch.__version__, "rate": RATE, "runs": runs})


PLATEAUS = {
    "defaults": {},
    "max": {"mode": "max", "factor": 0.5, "patience": 1, "threshold": 1.99, "threshold_mode": "abs"},
    "cooldown": {"factor": 0.3, "patience": 1, "cooldown": 3, "threshold": 0.01},
    "minimum": {"factor": 0.1, "patience": 0, "min_lr": 0.004},
    "max-relative": {"mode": "max", "factor": 0.6, "patience": 2, "threshold": 0.05},
    "eager": {"factor": 0.2, "patience": 0, "threshold": 0.0, "threshold_mode": "abs"},
}


def plateau():
    """Sequences with ties, NaN, infinities and negative values."""
    generator = torch.Generator().manual_seed(7)
    noise = torch.rand(60, generator=generator, dtype=torch.float64).tolist()
    sequences = {
        "falling": [2 / (1 + i) for i in range(60)],
        "noisy": [1 + x - i / 100 for i, x in enumerate(noise)],
        "flat": [0.5] * 60,
        "negative": [-x for x in noise],
        "holes": [math.nan if i % 4 == 1 else math.inf if i % 11 == 5 else 1 - i / 80 for i in range(60)],
        "ignite": [3, 7, 7, 9, 10, 11, 8, 8, 4, 7],
    }
    runs = []
    for name, settings in PLATEAUS.items():
        for sequence, metrics in sequences.items():
            optimizer = sgd()
            scheduler = lrs.ReduceLROnPlateau(optimizer, **settings)
            values = []
            for metric in metrics:
                scheduler.step(metric)
                values.append(float(optimizer.param_groups[0]["lr"]))
            shown = [str(metric) for metric in metrics]
            runs.append({"plateau": name, "sequence": sequence, "metrics": shown, "values": values})
    write_json("plateau.json", {"torch": torch.__version__, "rate": RATE, "runs": runs})


def warm_cosine(optimizer, steps=100):
    """Ten steps up from a hundredth of the rate, then a cosine to 0."""
    warm_up = lrs.LinearLR(optimizer, start_factor=0.01, end_factor=1, total_iters=10)
    return sequential(optimizer, [warm_up, lrs.CosineAnnealingLR(optimizer, T_max=steps - 10)], [10])


def decay_weights_less(optimizer, step):
    """From 0.1 in a straight line to 0 at step 80 in all groups."""
    for group in optimizer.param_groups:
        group["weight_decay"] = 0.1 - 0.1 * min(step, 80) / 80


def keep_decay(optimizer, step):
    """Leaves it."""


OPTIMIZERS = {
    "sgd": (lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, foreach=False), warm_cosine, decay_weights_less),
    "adam": (lambda p: torch.optim.Adam(p, lr=0.005, foreach=False), warm_cosine, decay_weights_less),
    "adamw": (lambda p: torch.optim.AdamW(p, lr=0.005, foreach=False), warm_cosine, decay_weights_less),
    "sgd-one-cycle": (
        lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, foreach=False),
        lambda o: lrs.OneCycleLR(o, max_lr=0.05, total_steps=101),
        keep_decay,
    ),
    "adam-one-cycle": (
        lambda p: torch.optim.Adam(p, lr=0.005, foreach=False),
        lambda o: lrs.OneCycleLR(o, max_lr=0.005, total_steps=101),
        keep_decay,
    ),
    "rmsprop-one-cycle": (
        lambda p: torch.optim.RMSprop(p, lr=0.001, momentum=0.9, centered=True, foreach=False),
        lambda o: lrs.OneCycleLR(o, max_lr=0.001, total_steps=101),
        keep_decay,
    ),
}


def optim_schedules():
    """Weights after 100 steps; in the last run of two groups, the second with three times the rate of the first."""
    runs = []
    for name, (create, schedule, decay) in OPTIMIZERS.items():
        weights = torch.nn.Parameter(start_weights())
        optimizer = create([weights])
        scheduler = schedule(optimizer)
        for step in range(100):
            decay(optimizer, step)
            weights.grad = summed_gradients(step + 1) * torch.tensor(SCALE)
            optimizer.step()
            scheduler.step()
        runs.append({"run": name, "weights": floats(weights.detach())})
    first, second = (torch.nn.Parameter(start_weights()[part].clone()) for part in LAYERS)
    optimizer = torch.optim.AdamW(
        [{"params": [first]}, {"params": [second], "lr": 0.015}], lr=0.005, weight_decay=0.1, foreach=False
    )
    scheduler = warm_cosine(optimizer)
    for step in range(100):
        gradients = summed_gradients(step + 1) * torch.tensor(SCALE)
        first.grad, second.grad = (gradients[part].clone() for part in LAYERS)
        optimizer.step()
        scheduler.step()
    runs.append({"run": "groups", "weights": floats(torch.cat([first, second]).detach())})
    write_json("optim-schedules.json", {"torch": torch.__version__, "runs": runs})


if __name__ == "__main__":
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", category=UserWarning)
    schedules()
    plateau()
    optim_schedules()
