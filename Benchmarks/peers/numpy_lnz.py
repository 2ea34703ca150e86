"""ln Z of a restricted machine in NumPy: blocks of hidden states, visible units summed out."""
from common import options, repeat, softplus, timed

import numpy as np
from threadpoolctl import threadpool_limits

o = options(visible=784, hidden=20, block=8, threads=2, parameters=".data/rbm-784x20.floats")
threadpool_limits(o["threads"])
values = np.fromfile(o["parameters"], dtype=np.float32).astype(np.float64)
n, m = o["visible"], o["hidden"]
w, b, c = values[:n * m].reshape(n, m), values[n * m:n * m + n], values[n * m + n:]


def states(first, count, units):
    return (np.arange(first, first + count)[:, None] >> np.arange(units) & 1).astype(np.float64)


def log_partition_function():
    # The fields of a block's low units are the same in every block. 256 states × 784 units stay
    # in the cache.
    low = states(0, 1 << o["block"], o["block"])
    fields_low = low @ w[:, :o["block"]].T + b
    bias_low = low @ c[:o["block"]]
    terms = []
    for high in states(0, 1 << (m - o["block"]), m - o["block"]):
        fields = fields_low + w[:, o["block"]:] @ high
        terms.append(softplus(fields).sum(axis=1) + bias_low + c[o["block"]:] @ high)
    terms = np.concatenate(terms)
    largest = terms.max()
    return float(largest + np.log(np.exp(terms - largest).sum()))


def run(number):
    result, log_z = timed(1, "ln Z", log_partition_function)
    return result | {"quality": log_z}


repeat(o, run)
