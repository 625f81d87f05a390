"""Makes the expected values in this folder with PyTorch. See README.md.

    python make_facts.py            # all
    python make_facts.py optim      # one part
"""

import json
import pathlib
import sys

import numpy as np
import torch

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
    return [float(str(x)) for x in np.asarray(tensor.detach(), dtype=np.float32).ravel()]


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
}


def optim():
    runs = []
    for name, create in OPTIMIZERS.items():
        weights = torch.nn.Parameter(start_weights())
        optimizer = create([weights])
        for step in range(1, 101):
            weights.grad = summed_gradients(step) * torch.tensor(SCALE)
            optimizer.step()
            if step in (1, 2, 10, 100):
                runs.append({"optimizer": name, "step": step, "weights": floats(weights)})
        state = optimizer.state[weights]
        slots = {k: floats(v) for k, v in state.items() if k != "step" and v is not None}
        runs.append({"optimizer": name, "step": 100, "slots": slots})
    write_json("optim.json", {"torch": torch.__version__, "runs": runs})


PARTS = {"optim": optim}

if __name__ == "__main__":
    torch.set_num_threads(1)
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
