"""CD-1 as a NumPy loop over single rows, as one writes it for a small machine; float32."""
from common import digits, log_pseudo_likelihood, options, repeat, timed

import numpy as np
from threadpoolctl import threadpool_limits

o = options(visible=64, hidden=25, epochs=100, rate=0.05, threads=1,
            train=".data/eight-threes.bits", test=".data/eight-threes.bits")
threadpool_limits(o["threads"])
train, test = digits(o["train"], o["visible"]), digits(o["test"], o["visible"])


def logistic(x):
    return 1 / (1 + np.exp(-x))


def learn(w, b, c, rng):
    rate = np.float32(o["rate"])
    for _ in range(o["epochs"]):
        for row in rng.permutation(len(train)):
            v0 = train[row]
            h0 = logistic(v0 @ w + c)
            h = (rng.random(len(c), dtype=np.float32) < h0).astype(np.float32)
            v1 = (rng.random(len(b), dtype=np.float32) < logistic(w @ h + b)).astype(np.float32)
            h1 = logistic(v1 @ w + c)
            w += rate * (np.outer(v0, h0) - np.outer(v1, h1))
            b += rate * (v0 - v1)
            c += rate * (h0 - h1)


def run(number):
    rng = np.random.default_rng(number)
    w = rng.normal(0, 0.01, (o["visible"], o["hidden"])).astype(np.float32)
    b, c = np.zeros(o["visible"], np.float32), np.zeros(o["hidden"], np.float32)
    result, _ = timed(o["epochs"] * len(train), "update", lambda: learn(w, b, c, rng))
    return result | {"quality": log_pseudo_likelihood(test, w, b, c)}


repeat(o, run)
