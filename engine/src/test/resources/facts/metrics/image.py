"""Makes image.json: images, features and class probabilities, and what scikit-image, PyTorch and SciPy say of them.
Needs numpy, scipy, scikit-image, torch."""
import json
import math
from pathlib import Path

import numpy as np
import scipy
import skimage
import torch
from scipy.linalg import sqrtm
from skimage.metrics import peak_signal_noise_ratio, structural_similarity


def psnr(made, real, weights, data_range, epsilon=0.0):
    """The mean over images of scikit-image's; with Ignite's epsilon by its formula."""
    if epsilon:
        errors = ((np.array(made) - np.array(real)) ** 2).mean((1, 2, 3))
        return float(np.average(10 * np.log10(data_range**2 / (errors + epsilon)), weights=weights))
    values = [peak_signal_noise_ratio(r, m, data_range=data_range) for m, r in zip(made, real)]
    counted = [(v, w) for v, w in zip(values, weights) if w]
    return sum(v * w for v, w in counted) / sum(w for _, w in counted)


def ssim_valid(made, real, weights, data_range, sigma, kernel, k1, k2):
    values = []
    for m, r in zip(made, real):
        assert kernel == 2 * int(3.5 * sigma + 0.5) + 1, "scikit-image derives the kernel from sigma"
        values.append(structural_similarity(
            m, r, win_size=kernel, data_range=data_range, channel_axis=0, gaussian_weights=True, sigma=sigma,
            use_sample_covariance=False, K1=k1, K2=k2))
    return float(np.average(values, weights=weights))


def ssim_reflect(made, real, weights, data_range, sigma, kernel, k1, k2):
    """Ignite's definition in float64: borders mirrored, one convolution with the product of two Gaussians."""
    x, y = torch.tensor(np.array(made)), torch.tensor(np.array(real))
    channels = x.shape[1]
    line = torch.exp(-0.5 * ((torch.arange(kernel, dtype=torch.float64) - (kernel - 1) / 2) / sigma) ** 2)
    line = line / line.sum()
    window = torch.outer(line, line).expand(channels, 1, kernel, kernel)
    pad = [kernel // 2] * 4

    def mean(images):
        padded = torch.nn.functional.pad(images, pad, mode="reflect") if kernel > 1 else images
        return torch.nn.functional.conv2d(padded, window, groups=channels)

    x_pad, y_pad = mean(x), mean(y)
    vx, vy, c = mean(x * x) - x_pad**2, mean(y * y) - y_pad**2, mean(x * y) - x_pad * y_pad
    c1, c2 = (k1 * data_range) ** 2, (k2 * data_range) ** 2
    values = ((2 * x_pad * y_pad + c1) * (2 * c + c2)) / ((x_pad**2 + y_pad**2 + c1) * (vx + vy + c2))
    return float(np.average(values.mean((1, 2, 3)).numpy(), weights=weights))


def image_case(title, seed, rows, shape, data_range=1.0, noise=0.1, sigma=1.5, kernel=11, weighted=False, k=(0.01, 0.03),
               made=None, real=None):
    random = np.random.default_rng(seed)
    channels, height, width = shape
    if real is None:
        y, x = np.mgrid[0:height, 0:width]
        waves = [np.sin(x / random.uniform(1, 4) + y / random.uniform(1, 4) + random.uniform(0, 6)) for _ in range(rows * channels)]
        real = (np.array(waves).reshape(rows, *shape) + 1) / 2 * data_range
        made = np.clip(real + random.normal(scale=noise * data_range, size=real.shape), 0, data_range)
        real, made = np.round(real, 4), np.round(made, 4)
    weights = random.integers(0, 5, rows) / 4 if weighted else np.ones(rows)
    options = []
    if height != width:
        options += [f"height={height}"]
    options += [f"channels={channels}"] if channels > 1 else []
    options += [f"kernel={kernel}"] if kernel != 11 else []
    options += [f"sigma={sigma}"] if sigma != 1.5 else []
    range_option = [f"dataRange={data_range:g}"] if data_range != 1 else []
    options += range_option
    options += [f"k1={k[0]}", f"k2={k[1]}"] if k != (0.01, 0.03) else []
    name = lambda metric, extra: metric + ("(" + ",".join(extra) + ")" if extra else "")
    arguments = (made, real, weights, data_range, sigma, kernel, *k)
    expected = {name("ssim", options): ssim_reflect(*arguments), name("psnr", range_option): psnr(made, real, weights, data_range)}
    expected[name("psnr", range_option + ["epsilon=1e-10"])] = psnr(made, real, weights, data_range, 1e-10)
    if min(height, width) >= kernel > 1:
        expected[name("ssim", options + ["border=valid"])] = ssim_valid(*arguments)
    return case(title, made, real, weights if weighted else None, expected)


def case(title, made, real, weights, expected, **more):
    made = np.array(made)
    result = {"case": title, "columns": int(made[0].size), "predictions": made.ravel().tolist()}
    if real is not None:
        result |= {"targetColumns": int(made[0].size), "targets": np.array(real).ravel().tolist()}
    if weights is not None:
        result["weights"] = np.array(weights, float).tolist()
    return result | more | {"expected": expected}


def frechet(made, real, weights):
    """A row of weight 2 is there twice. The root by SciPy where covariances have full rank, else by eigenvalues."""
    repeats = np.array(weights, int)
    made, real = np.repeat(made, repeats, axis=0), np.repeat(real, repeats, axis=0)
    if len(made) < 2:
        return None
    s1, s2 = np.atleast_2d(np.cov(made, rowvar=False)), np.atleast_2d(np.cov(real, rowvar=False))
    if min(np.linalg.matrix_rank(s1), np.linalg.matrix_rank(s2)) == len(s1):
        root = np.trace(sqrtm(s1 @ s2)).real
    else:  # the singular values of A'B, of which s1 = A'A and s2 = B'B
        a = (made - made.mean(0)) / math.sqrt(len(made) - 1)
        b = (real - real.mean(0)) / math.sqrt(len(real) - 1)
        root = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    return float(((made.mean(0) - real.mean(0)) ** 2).sum() + np.trace(s1) + np.trace(s2) - 2 * root)


def feature_case(title, seed, rows, columns, shift=0.5, weighted=False, mean=0.0, real=None, made=None):
    random = np.random.default_rng(seed)
    if real is None:
        real = random.normal(size=(rows, columns)) @ random.normal(size=(columns, columns)) + mean
        made = random.normal(size=(rows, columns)) @ random.normal(size=(columns, columns)) + mean + shift
    weights = random.integers(0, 4, rows) if weighted else np.ones(rows)
    return case(title, made, real, weights if weighted else None, {"fid": frechet(made, real, weights)})


def class_case(title, seed, rows, classes, kind="LOGITS", weighted=False, scale=2.0, logits=None):
    random = np.random.default_rng(seed)
    logits = random.normal(size=(rows, classes)) * scale if logits is None else np.array(logits, float)
    table = np.hstack([np.zeros_like(logits), logits]) if classes == 1 else logits
    p = torch.softmax(torch.tensor(table), 1).numpy()
    weights = random.integers(0, 5, rows) / 4 if weighted else np.ones(rows)
    marginal = np.average(p, axis=0, weights=weights)
    divergence = scipy.special.rel_entr(p, marginal).sum(1)
    expected = {"inceptionScore": math.exp(np.average(divergence, weights=weights))}
    return case(title, p if kind == "PROBABILITIES" else logits, None, weights if weighted else None, expected, kind=kind)


def main():
    flat = np.full((2, 1, 12, 12), 0.5)
    cases = [
        image_case("squares", 1, 2, (1, 16, 16)),
        image_case("wide, three channels", 2, 2, (3, 12, 17), weighted=False),
        image_case("weighted", 3, 4, (1, 14, 14), weighted=True, noise=0.3),
        image_case("bytes", 4, 2, (1, 15, 13), data_range=255.0),
        image_case("small kernel", 5, 2, (2, 7, 9), kernel=5, sigma=0.6),
        image_case("other constants", 6, 2, (1, 13, 13), kernel=7, sigma=0.8, k=(0.03, 0.05)),
        image_case("smaller than the kernel", 7, 1, (1, 8, 8)),
        image_case("black against white", 8, 2, (1, 12, 12), made=np.zeros((2, 1, 12, 12)), real=np.ones((2, 1, 12, 12))),
        image_case("constant against waves", 9, 2, (1, 12, 12), made=flat, real=np.sin(np.arange(288.0)).reshape(2, 1, 12, 12)),
        case("equal images", flat, flat, None, {"ssim": 1.0, "psnr": "Infinity", "psnr(epsilon=1e-10)": 100.0}),
        feature_case("features", 21, 40, 6),
        feature_case("many features", 22, 60, 24, shift=1.0),
        feature_case("weighted features", 23, 40, 5, weighted=True),
        feature_case("fewer rows than features", 24, 6, 10),
        feature_case("far from zero", 25, 50, 4, mean=1e4),
        feature_case("one feature", 26, 12, 1),
        feature_case("two rows", 27, 2, 3),
        feature_case("one row", 28, 1, 3),
        feature_case("constant features", 29, 5, 3, made=np.full((5, 3), 2.0), real=np.full((5, 3), 1.5)),
        feature_case("made all alike", 30, 8, 3, made=np.ones((8, 3)), real=np.random.default_rng(30).normal(size=(8, 3))),
        class_case("classes", 41, 30, 5),
        class_case("weighted classes", 42, 30, 7, weighted=True),
        class_case("probabilities", 43, 20, 4, kind="PROBABILITIES"),
        class_case("two classes in one column", 44, 20, 1),
        class_case("one row of classes", 45, 1, 3),
        class_case("one class only", 46, 4, 3, logits=[[800, 0, 0]] * 4),
        class_case("sure of each class", 47, 3, 3, logits=np.eye(3) * 2000),
    ]
    head = {"skimage": skimage.__version__, "scipy": scipy.__version__, "torch": torch.__version__, "numpy": np.__version__}
    text = ",\n".join(json.dumps(c) for c in cases)
    Path(__file__).with_suffix(".json").write_text(json.dumps(head)[:-1] + ', "cases": [\n' + text + "\n]}\n")


main()
