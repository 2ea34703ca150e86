"""The five bare sgemm calls of a CD-1 epoch through NumPy's OpenBLAS, and nothing else."""
from common import digits, options, repeat, timed

import numpy as np
from threadpoolctl import threadpool_limits

o = options(visible=784, hidden=500, batch=100, epochs=1, threads=2,
            train=".data/mnist-train.bits")
threadpool_limits(o["threads"])
train = digits(o["train"], o["visible"])
rng = np.random.default_rng(0)
w = rng.normal(0, 0.01, (o["visible"], o["hidden"])).astype(np.float32)
h0 = rng.random((o["batch"], o["hidden"]), dtype=np.float32)
h1, v1 = np.empty_like(h0), np.empty((o["batch"], o["visible"]), np.float32)
positive, negative = np.empty_like(w), np.empty_like(w)


def epoch():
    for start in range(0, len(train), o["batch"]):
        v0 = train[start:start + o["batch"]]
        np.matmul(v0, w, out=h1)
        np.matmul(h0, w.T, out=v1)
        np.matmul(v1, w, out=h1)
        np.matmul(v0.T, h0, out=positive)
        np.matmul(v1.T, h1, out=negative)


repeat(o, lambda number: timed(
    o["epochs"], "epoch", lambda: [epoch() for _ in range(o["epochs"])])[0])
