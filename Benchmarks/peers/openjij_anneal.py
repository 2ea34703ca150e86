"""OpenJij: annealing with its single-spin-flip updater (Metropolis; it has no heat bath)."""
from common import couplings, geometric, mean_energy, options, repeat

import numpy as np
import openjij

o = options(model=".data/lattice-100.edges", chains=16, sweeps=100, hot=5.0, cold=0.2, threads=1)
model = couplings(o["model"])
units, i, j, weights = model
interactions = {(a, b): -w for a, b, w in zip(i.tolist(), j.tolist(), weights.tolist())}
schedule = [(beta, 1) for beta in 1 / geometric(o)]
sampler = openjij.SASampler()


def run(number):
    samples = sampler.sample_ising(
        {}, interactions, num_reads=o["chains"], schedule=schedule, seed=number,
        updater="single spin flip", sparse=len(i) < units * (units - 1) // 4)
    states = samples.record.sample[:, np.argsort(list(samples.variables))]
    # Its own clock: microseconds of sampling per read.
    return {"seconds": samples.info["execution_time"] * 1e-6 * o["chains"],
            "work": units * o["chains"] * o["sweeps"], "unit": "update",
            "quality": mean_energy(states, model), "info": str(samples.info)[:300]}


repeat(o, run)
