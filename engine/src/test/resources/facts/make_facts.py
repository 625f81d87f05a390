"""Makes the expected values in this folder with PyTorch. See README.md.

    python make_facts.py            # all
    python make_facts.py optim      # one part
    python make_facts.py check      # writes nothing: Python reads what Firesteel has written
"""

import hashlib
import json
import pathlib
import struct
import sys
import zlib

import numpy as np
import sklearn
import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from sklearn.metrics import accuracy_score
from torch import nn

HERE = pathlib.Path(__file__).parent


def write_json(name, value):
    """One line per top-level list element, so that a change shows up small in a diff."""
    lines = ["{"]
    for key, items in value.items():
        if isinstance(items, list):
            rows = ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)
            lines.append(f'"{key}": [\n{rows}\n],')
        else:
            lines.append(f'"{key}": {json.dumps(items)},')
    lines[-1] = lines[-1].rstrip(",")
    lines.append("}\n")
    (HERE / name).write_text("\n".join(lines))


def floats(tensor):
    """The shortest decimals that parse to the same float32."""
    values = tensor.detach() if isinstance(tensor, torch.Tensor) else tensor
    return [float(str(x)) for x in np.asarray(values, dtype=np.float32).ravel()]


# --- optimizers -------------------------------------------------------------------------------------------------------

PARAMETERS = 200
SCALE = np.float32(1 / 7)


def start_weights():
    """(37 i mod 401 - 200) / 256: exact in float32."""
    i = torch.arange(PARAMETERS)
    return ((37 * i) % 401 - 200).to(torch.float32) / 256


def summed_gradients(step):
    """((7919 i + 104729 t) mod 2003 - 1001) / 256: exact in float32; every tenth element is 0 throughout."""
    i = torch.arange(PARAMETERS)
    gradients = ((7919 * i + 104729 * step) % 2003 - 1001).to(torch.float32) / 256
    gradients[i % 10 == 9] = 0
    return gradients


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1, foreach=False),
    "sgd-decay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.01, foreach=False),
    "sgd-momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, foreach=False),
    "sgd-nesterov-decay": lambda p: torch.optim.SGD(
        p, lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.001, foreach=False
    ),
    "adam": lambda p: torch.optim.Adam(p, lr=0.001, foreach=False),
    "adam-decay": lambda p: torch.optim.Adam(p, lr=0.003, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, foreach=False),
    "adam-low-beta": lambda p: torch.optim.Adam(p, lr=0.002, betas=(0.3, 0.9), foreach=False),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.001, weight_decay=0.01, foreach=False),
    "sgd-dampening": lambda p: torch.optim.SGD(
        p, lr=0.01, momentum=0.9, dampening=0.3, weight_decay=0.001, foreach=False
    ),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, foreach=False),
    "rmsprop-centered": lambda p: torch.optim.RMSprop(p, lr=0.01, centered=True, momentum=0.8, foreach=False),
    "rmsprop-momentum": lambda p: torch.optim.RMSprop(
        p, lr=0.0003, alpha=0.9, eps=1e-6, weight_decay=0.01, momentum=0.8, foreach=False
    ),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.01, foreach=False),
    "adagrad-all": lambda p: torch.optim.Adagrad(
        p, lr=0.05, lr_decay=0.01, weight_decay=0.01, initial_accumulator_value=0.1, eps=1e-8, foreach=False
    ),
    "adadelta": lambda p: torch.optim.Adadelta(p, lr=1.0, foreach=False),
    "adadelta-decay": lambda p: torch.optim.Adadelta(p, lr=0.5, rho=0.8, eps=1e-5, weight_decay=0.01, foreach=False),
    "nadam": lambda p: torch.optim.NAdam(p, lr=0.002, foreach=False),
    "nadam-decay": lambda p: torch.optim.NAdam(p, lr=0.002, weight_decay=0.1, foreach=False),
    "nadam-decoupled": lambda p: torch.optim.NAdam(
        p,
        lr=0.003,
        betas=(0.8, 0.99),
        eps=1e-6,
        weight_decay=0.1,
        momentum_decay=0.01,
        decoupled_weight_decay=True,
        foreach=False,
    ),
    "radam": lambda p: torch.optim.RAdam(p, lr=0.001, foreach=False),
    "radam-decay": lambda p: torch.optim.RAdam(p, lr=0.001, weight_decay=0.1, foreach=False),
    "radam-decoupled": lambda p: torch.optim.RAdam(
        p, lr=0.003, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, decoupled_weight_decay=True, foreach=False
    ),
}


# Three optimizers that torch.optim doesn't have, from their papers: elements in float32, factors and norms in float64.


class Lion:
    """Chen et al. 2023, algorithm 2."""

    def __init__(self, lr, beta1, beta2, weight_decay):
        self.lr, self.beta1, self.beta2, self.weight_decay = lr, beta1, beta2, weight_decay
        self.slots = {}

    def step(self, w, g, t):
        m = self.slots.setdefault("exp_avg", np.zeros_like(w))
        direction = np.sign(np.float32(self.beta1) * m + np.float32(1 - self.beta1) * g)
        w *= np.float32(1 - self.lr * self.weight_decay)
        w -= np.float32(self.lr) * direction
        m[:] = np.float32(self.beta2) * m + np.float32(1 - self.beta2) * g


class Lamb:
    """You et al. 2020, algorithm 2 with the identity for phi."""

    def __init__(self, lr, beta1, beta2, eps, weight_decay):
        self.lr, self.beta1, self.beta2, self.eps, self.weight_decay = lr, beta1, beta2, eps, weight_decay
        self.slots = {}

    def step(self, w, g, t):
        m = self.slots.setdefault("exp_avg", np.zeros_like(w))
        v = self.slots.setdefault("exp_avg_sq", np.zeros_like(w))
        m[:] = np.float32(self.beta1) * m + np.float32(1 - self.beta1) * g
        v[:] = np.float32(self.beta2) * v + np.float32(1 - self.beta2) * g * g
        m_hat, v_hat = m / np.float32(1 - self.beta1**t), v / np.float32(1 - self.beta2**t)
        r = m_hat / (np.sqrt(v_hat) + np.float32(self.eps))
        for part in LAYERS:
            update = r[part] + np.float32(self.weight_decay) * w[part]
            w[part] -= np.float32(self.lr * norm(w[part]) / norm(update)) * update


class Lars:
    """You, Gitman, Ginsburg 2017, algorithm 1."""

    def __init__(self, lr, momentum, trust, weight_decay):
        self.lr, self.momentum, self.trust, self.weight_decay = lr, momentum, trust, weight_decay
        self.slots = {}

    def step(self, w, g, t):
        velocity = self.slots.setdefault("momentum_buffer", np.zeros_like(w))
        for part in LAYERS:
            local = self.trust * norm(w[part]) / (norm(g[part]) + self.weight_decay * norm(w[part]))
            decayed = g[part] + np.float32(self.weight_decay) * w[part]
            velocity[part] = np.float32(self.momentum) * velocity[part] + np.float32(self.lr * local) * decayed
            w[part] -= velocity[part]


def norm(values):
    return np.linalg.norm(values.astype(np.float64))


# The two parameters that have norms, groups and a common norm of their own.
LAYERS = [slice(0, 120), slice(120, PARAMETERS)]
FROM_PAPERS = {
    "lion": lambda: Lion(1e-4, 0.9, 0.99, 0.0),
    "lion-decay": lambda: Lion(0.003, 0.8, 0.95, 0.1),
    "lamb": lambda: Lamb(0.001, 0.9, 0.999, 1e-6, 0.01),
    "lamb-no-decay": lambda: Lamb(0.01, 0.8, 0.99, 1e-8, 0.0),
    "lars": lambda: Lars(0.1, 0.9, 0.001, 1e-4),
    "lars-no-momentum": lambda: Lars(1.0, 0.0, 0.02, 0.01),
}
RECORDED = (1, 2, 10, 100)


def optim():
    runs = []
    for name, create in OPTIMIZERS.items():
        weights = torch.nn.Parameter(start_weights())
        optimizer = create([weights])
        for step in range(1, 101):
            weights.grad = summed_gradients(step) * torch.tensor(SCALE)
            optimizer.step()
            if step in RECORDED:
                runs.append({"optimizer": name, "step": step, "weights": floats(weights)})
        state = optimizer.state[weights]
        slots = {k: floats(v) for k, v in state.items() if k not in ("step", "mu_product") and v is not None}
        runs.append({"optimizer": name, "step": 100, "slots": slots})
    for name, create in FROM_PAPERS.items():
        runs += optimizer_from_paper(name, create())
    write_json("optim.json", {"torch": torch.__version__, "runs": runs})


def optimizer_from_paper(name, optimizer):
    runs = []
    weights = start_weights().numpy()
    for step in range(1, 101):
        optimizer.step(weights, (summed_gradients(step) * torch.tensor(SCALE)).numpy(), step)
        if step in RECORDED:
            runs.append({"optimizer": name, "step": step, "weights": floats(weights)})
    slots = {slot: floats(values) for slot, values in optimizer.slots.items()}
    return runs + [{"optimizer": name, "step": 100, "slots": slots}]


def optim_groups():
    """Weights after 100 steps of two parameters in groups of their own, with and without clipping."""
    groups = {"lr": 0.003, "weight_decay": 0.0}
    clippings = {
        "none": lambda parameters: None,
        "value": lambda parameters: torch.nn.utils.clip_grad_value_(parameters, 0.25, foreach=False),
        "norm": lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 0.5, foreach=False),
        "large-norm": lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 1e6, foreach=False),
    }
    runs = []
    for clipping, clip in clippings.items():
        first, second = (torch.nn.Parameter(start_weights()[part].clone()) for part in LAYERS)
        optimizer = torch.optim.AdamW(
            [{"params": [first]}, {"params": [second], **groups}], lr=0.001, weight_decay=0.1, foreach=False
        )
        for step in range(1, 101):
            gradients = summed_gradients(step) * torch.tensor(SCALE)
            first.grad, second.grad = (gradients[part].clone() for part in LAYERS)
            clip([first, second])
            optimizer.step()
        runs.append({"clipping": clipping, "weights": floats(torch.cat([first, second]))})
    write_json("optim-groups.json", {"torch": torch.__version__, "runs": runs})


# --- metrics ----------------------------------------------------------------------------------------------------------


def quarters(generator, rows):
    """Weights 0, 1/4, ... 2."""
    return torch.randint(0, 9, (rows,), generator=generator).to(torch.float32) / 4


def case(name, predictions, losses, right, weights=None, **labels):
    """Expected values by scikit-learn and NumPy; right is (N) or (N, C) of booleans."""
    row_weights = np.ones(len(losses)) if weights is None else weights.numpy().astype(np.float64)
    right = np.asarray(right)
    element_weights = np.repeat(row_weights, right[0].size)
    made = {
        "case": name,
        "float32": True,
        "columns": predictions.shape[1],
        "predictions": floats(predictions),
        "losses": floats(losses),
        **{key: value.ravel().tolist() for key, value in labels.items()},
        "expected": {
            "accuracy": float(accuracy_score(np.ones(right.size), right.ravel(), sample_weight=element_weights)),
            "loss": float(np.average(losses.numpy().astype(np.float64), weights=row_weights)),
        },
    }
    if "targets" in labels:
        made["targetColumns"] = predictions.shape[1]
    if weights is not None:
        made["weights"] = weights.tolist()
    return made


def multiclass(name, predictions, classes, weights=None):
    losses = F.cross_entropy(predictions, classes, reduction="none")
    return case(name, predictions, losses, predictions.argmax(1) == classes, weights, classes=classes)


def binary(name, predictions, targets, weights=None):
    losses = F.binary_cross_entropy_with_logits(predictions, targets, reduction="none").mean(1)
    return case(name, predictions, losses, (predictions > 0) == (targets >= 0.5), weights, targets=targets)


def metrics():
    g = torch.Generator().manual_seed(20)
    nan, inf = float("nan"), float("inf")
    zero_losses = torch.tensor([0.0, 1e30, 0.5, 2.0, 0.0])
    ties = torch.tensor([[1, 1, 0], [nan, 2, 3], [-inf, -inf, -inf], [0, nan, nan], [-2, 0.0, -0.0]])
    tie_classes = torch.tensor([0, 0, 0, 1, 1])
    bits = lambda *shape: torch.randint(0, 2, shape, generator=g).to(torch.float32)
    cases = [
        multiclass("multiclass", torch.randn(37, 5, generator=g), torch.randint(0, 5, (37,), generator=g)),
        multiclass(
            "multiclass-weighted",
            2 * torch.randn(41, 3, generator=g),
            torch.randint(0, 3, (41,), generator=g),
            quarters(g, 41),
        ),
        binary("binary", torch.randn(25, 1, generator=g), bits(25, 1)),
        binary("binary-weighted", torch.randn(23, 1, generator=g), bits(23, 1), quarters(g, 23)),
        binary("multilabel-weighted", torch.randn(11, 4, generator=g), bits(11, 4), quarters(g, 11)),
        binary("logit-zero-target-half", torch.tensor([[0.0], [-0.0], [1.0], [-1.0]]), torch.full((4, 1), 0.5)),
        binary("one-row", torch.tensor([[3.0]]), torch.tensor([[0.0]])),
        multiclass("one-class-only", torch.randn(6, 4, generator=g), torch.full((6,), 2)),
        case(
            "ties-nan-infinity-zero-weights",
            ties,
            zero_losses,
            ties.argmax(1) == tie_classes,
            torch.tensor([1.0, 0.0, 2.0, 0.5, 0.25]),
            classes=tie_classes,
        ),
    ]
    write_json("metrics.json", {"torch": torch.__version__, "sklearn": sklearn.__version__, "cases": cases})


def golden_metric_states():
    """Format version 1 of the states, assembled from the table in StateBytes."""
    folder = HERE.parent / "golden" / "metric"
    folder.mkdir(parents=True, exist_ok=True)
    for name, total, weight, rows in [("loss", 3.375, 2.5, 3), ("accuracy", 1.75, 2.5, 3)]:
        state = b"FSMS" + bytes([1, len(name)]) + name.encode() + struct.pack(">ddq", total, weight, rows)
        state += struct.pack(">I", zlib.crc32(state))
        (folder / f"{name}-v1.hex").write_text(state.hex() + "\n")


# --- safetensors ------------------------------------------------------------------------------------------------------


def safetensors_file():
    """Every kind of tensor that a reader may trip over; SafeTensorsTest has the same values in Java."""
    tensors = {
        "b.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4 - 0.5,
        "a.bias": torch.tensor([1.5, -0.0, float("inf")]),
        "scalar": torch.tensor(3.25),
        "empty": torch.zeros(0, 4),
        'größe "q"\\\n': torch.tensor([-1, 2**62, 0]),
        "flags": torch.tensor([True, False, True]),
        "half": torch.tensor([1.0, -2.0], dtype=torch.float16),
    }
    save_file(tensors, HERE / "python.safetensors", metadata={"format": "pt"})
    save_file({}, HERE / "python-empty.safetensors")


def check_our_safetensors():
    """Writes nothing: Python reads the file that SafeTensorsTest writes, with the values that the test has put in."""
    path = HERE.parent / "golden" / "checkpoint" / "mixed.safetensors"
    with safe_open(path, framework="pt") as file:
        assert file.metadata() == {"written-by": "Firesteel", "note": "tab\t \u2028 ü"}, file.metadata()
    tensors = load_file(path)
    assert list(sorted(tensors)) == ["0.weight", "größe \"q\"", "nothing", "scalar", "steps"], sorted(tensors)
    assert torch.equal(tensors["0.weight"], torch.tensor([[1.0, -2.5, 3.0]]))
    assert torch.equal(tensors["steps"], torch.tensor([7, -(2**40)]))
    assert torch.equal(tensors["scalar"], torch.tensor(0.1))
    assert torch.equal(tensors['größe "q"'], torch.tensor([[float("-inf")], [2.0**-149]]))
    assert tensors["nothing"].shape == (3, 0) and tensors["nothing"].dtype == torch.float32
    print(path.name, "sha256", hashlib.sha256(path.read_bytes()).hexdigest(), "reads as expected")


# --- models -----------------------------------------------------------------------------------------------------------

LARGEST_STORED_GRADIENT = 4096


def mlp():
    torch.manual_seed(1)
    model = nn.Sequential(
        nn.Flatten(), nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)
    )
    classifier("mlp", model, torch.rand(16, 64), seed=2)


def lenet():
    torch.manual_seed(3)
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * 5 * 5, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )
    classifier("lenet", model, torch.rand(4, 1, 28, 28), seed=4, largest=LARGEST_STORED_GRADIENT)


def classifier(name, model, inputs, seed, largest=None):
    """<name>-weights: the parameters. <name>-io: inputs, outputs, labels, row weights, losses, gradients."""
    g = torch.Generator().manual_seed(seed)
    rows = len(inputs)
    labels = torch.randint(0, 10, (rows,), generator=g)
    weights = quarters(g, rows) + 0.25
    outputs = model(inputs)
    losses = F.cross_entropy(outputs, labels, reduction="none")
    save(f"{name}-weights", model.state_dict())
    io = {"inputs": inputs, "outputs": outputs, "labels": labels, "weights": weights, "losses": losses}
    save(f"{name}-io", io | gradients(model, losses, weights, largest))


def gradients(model, losses, weights, largest=None):
    """
    Of the weighted mean loss, sum(w * loss) / sum(w). A tensor with more than `largest` elements is summed up:
    gradsum.* holds the sums over all axes but the first, gradnorm.* the L2 norm.
    """
    model.zero_grad()
    mean = (losses * weights).sum() / weights.sum()
    mean.backward()
    made = {"meanLoss": mean}
    for name, parameter in model.named_parameters():
        gradient = parameter.grad
        if largest is None or gradient.numel() <= largest:
            made[f"grad.{name}"] = gradient
        else:
            made[f"gradsum.{name}"] = gradient.double().flatten(1).sum(1).float()
            made[f"gradnorm.{name}"] = gradient.double().norm().float()
    return made


def linear_losses():
    """Linear(64, 1) with the three losses that take targets, from the same weights and inputs."""
    torch.manual_seed(5)
    model = nn.Linear(64, 1)
    g = torch.Generator().manual_seed(6)
    inputs = torch.randn(16, 64, generator=g)
    weights = quarters(g, 16) + 0.25
    targets = {
        "mse": torch.randn(16, 1, generator=g),
        "l1": torch.randn(16, 1, generator=g),
        "binaryCrossEntropy": torch.randint(0, 2, (16, 1), generator=g).float(),
    }
    targets["binaryCrossEntropy"][0] = 0.25
    functions = {"mse": F.mse_loss, "l1": F.l1_loss, "binaryCrossEntropy": F.binary_cross_entropy_with_logits}
    save("linear-weights", model.state_dict())
    made = {"inputs": inputs, "outputs": model(inputs), "weights": weights}
    for name, function in functions.items():
        losses = function(model(inputs), targets[name], reduction="none").mean(1)
        made |= {f"{name}.targets": targets[name], f"{name}.losses": losses}
        made |= {f"{name}.{key}": value for key, value in gradients(model, losses, weights).items()}
    save("linear-io", made)


def batch_norm():
    """Two training passes over batches of unequal size and one evaluation with what they leave behind."""
    torch.manual_seed(7)
    model = nn.Sequential(nn.Flatten(), nn.Linear(8, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 3))
    g = torch.Generator().manual_seed(8)
    with torch.no_grad():
        model[2].weight.copy_(torch.rand(6, generator=g) + 0.5)
        model[2].bias.copy_(torch.randn(6, generator=g))
    weights = {k: v.clone() for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
    save("batchnorm-weights", weights)
    made = {}
    for number, rows in ((1, 9), (2, 4)):
        made |= training_pass(model, f"{number}.", torch.randn(rows, 8, generator=g) * 2 + 1, quarters(g, rows) + 0.25, g)
    model.eval()
    made |= {"evaluation.inputs": made["1.inputs"], "evaluation.outputs": model(made["1.inputs"])}
    save("batchnorm-io", made)


def training_pass(model, prefix, inputs, weights, g):
    labels = torch.randint(0, 3, (len(inputs),), generator=g)
    outputs = model(inputs)
    losses = F.cross_entropy(outputs, labels, reduction="none")
    made = {"inputs": inputs, "outputs": outputs, "labels": labels, "weights": weights, "losses": losses}
    made |= gradients(model, losses, weights)
    made |= {"running_mean": model[2].running_mean, "running_var": model[2].running_var}
    return {prefix + key: value.detach().clone() for key, value in made.items()}


def extreme_losses():
    """Losses and their derivatives far from 0, where a careless formula cancels or overflows."""
    logits = torch.tensor([-1e4, -100.0, -30.0, -20.5, -15.0, -1.0, 0.0, 1.0, 15.0, 20.5, 30.0, 100.0, 1e4])
    cases = []
    for target in (0.0, 0.25, 1.0):
        x = logits.clone().double().requires_grad_()
        losses = F.binary_cross_entropy_with_logits(x, torch.full_like(x, target), reduction="none")
        losses.sum().backward()
        cases.append(extreme_case("binaryCrossEntropy", logits, 1, {"targets": [target] * len(logits)}, losses, x.grad))
    rows = torch.stack([logits, torch.zeros_like(logits)], 1)
    for label in (0, 1):
        x = rows.clone().double().requires_grad_()
        losses = F.cross_entropy(x, torch.full((len(rows),), label), reduction="none")
        losses.sum().backward()
        cases.append(extreme_case("crossEntropy", rows, 2, {"classes": [label] * len(rows)}, losses, x.grad))
    write_json("losses.json", {"torch": torch.__version__, "cases": cases})


def extreme_case(loss, logits, columns, labels, losses, derivatives):
    return {
        "loss": loss,
        "columns": columns,
        "logits": logits.flatten().tolist(),
        **labels,
        "losses": losses.tolist(),
        "derivatives": derivatives.flatten().tolist(),
    }


# --- first weights ----------------------------------------------------------------------------------------------------

MASK = 2**64 - 1


class SplitMix:
    """Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators (2014), figures 14 to 16."""

    GOLDEN = 0x9E3779B97F4A7C15

    def __init__(self, seed, gamma=GOLDEN):
        self.seed, self.gamma = seed & MASK, gamma

    def next_seed(self):
        self.seed = (self.seed + self.gamma) & MASK
        return self.seed

    @staticmethod
    def mix(z, first, second, shifts):
        z = ((z ^ (z >> shifts[0])) * first) & MASK
        z = ((z ^ (z >> shifts[1])) * second) & MASK
        return z ^ (z >> shifts[2])

    def next_long(self):
        return self.mix(self.next_seed(), 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, (30, 27, 31))

    def split(self):
        seed = self.next_long()
        gamma = self.mix(self.next_seed(), 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, (33, 33, 33)) | 1
        if bin(gamma ^ (gamma >> 1)).count("1") < 24:
            gamma ^= 0xAAAAAAAAAAAAAAAA
        return SplitMix(seed, gamma)

    def next_double(self):
        return (self.next_long() >> 11) * 2.0**-53


def first_weights():
    """Mlp(hidden 4, outputs 2) on 3 inputs: a generator split off per parameter, uniform in +-1/sqrt(fan_in)."""
    cases = []
    for seed in (0, 42, -7):
        seeds = SplitMix(seed)
        for name, size, fan_in in (("1.weight", 12, 3), ("1.bias", 4, 3), ("3.weight", 8, 4), ("3.bias", 2, 4)):
            generator = seeds.split()
            bound = 1 / np.sqrt(np.float64(fan_in))
            drawn = [(2 * generator.next_double() - 1) * bound for _ in range(size)]
            cases.append({"seed": seed, "name": name, "values": floats(np.float32(drawn))})
    write_json("first-weights.json", {"cases": cases})


def save(name, tensors):
    tensors = {key: value.detach().clone().contiguous() for key, value in tensors.items()}
    save_file(tensors, HERE / f"{name}.safetensors")


PARTS = {
    "optim": optim,
    "optim-groups": optim_groups,
    "metrics": metrics,
    "golden": golden_metric_states,
    "safetensors": safetensors_file,
    "mlp": mlp,
    "lenet": lenet,
    "linear": linear_losses,
    "batchnorm": batch_norm,
    "losses": extreme_losses,
    "weights": first_weights,
}
CHECKS = {"check": check_our_safetensors}

if __name__ == "__main__":
    torch.set_num_threads(1)
    for part in sys.argv[1:] or PARTS:
        (PARTS | CHECKS)[part]()
