"""What all peers share: name=value options, the pace, and the quality of a trained machine."""
import json
import sys
import time

import numpy as np


def options(**standard):
    """The arguments over their standard values, each of the standard value's type."""
    values = dict(standard, repetitions=1, paced="false")
    for argument in sys.argv[1:]:
        name, _, text = argument.partition("=")
        if name not in values:
            sys.exit(f"there is no option {name}")
        values[name] = type(values[name])(text)
    return values


def repeat(values, run):
    """Prints one line of JSON per repetition; run(number) returns its measurement."""
    for number in range(values["repetitions"]):
        if values["paced"] == "true" and not sys.stdin.readline():
            return
        print(json.dumps(run(number)), flush=True)


def timed(work, unit, body):
    """body() under the clock."""
    start = time.perf_counter()
    result = body()
    return {"seconds": time.perf_counter() - start, "work": work, "unit": unit}, result


def digits(path, columns):
    """Rows of 0 and 1 as float32."""
    return np.fromfile(path, dtype=np.uint8).reshape(-1, columns).astype(np.float32)


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def log_pseudo_likelihood(test, weights, visible_biases, hidden_biases):
    """The mean over rows of Σᵢ ln p(vᵢ | the others); weights [visible, hidden], in Double."""
    v, w, b, c = (np.asarray(a, dtype=np.float64)
                  for a in (test, weights, visible_biases, hidden_biases))
    fields = v @ w + c
    base = softplus(fields).sum(axis=1)
    total = np.zeros(len(v))
    for i in range(v.shape[1]):
        sign = 1 - 2 * v[:, i]
        flipped = softplus(fields + sign[:, None] * w[i]).sum(axis=1)
        total -= softplus(sign * b[i] + flipped - base)
    return float(total.mean())


def couplings(path):
    """Units, and the arrays i, j, J of a model file."""
    with open(path) as file:
        units = int(file.readline())
        table = np.loadtxt(file)
    return units, table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def geometric(values):
    """The temperatures of the schedule, one for each sweep, as the engine computes them."""
    steps = np.arange(values["sweeps"]) / (values["sweeps"] - 1)
    return values["hot"] * (values["cold"] / values["hot"]) ** steps


def mean_energy(states, model):
    """The mean energy per unit of rows of ±1; E = −Σ J s s."""
    units, i, j, weights = model
    states = np.asarray(states, dtype=np.float64)
    return float(-(states[:, i] * states[:, j] @ weights).mean() / units)
