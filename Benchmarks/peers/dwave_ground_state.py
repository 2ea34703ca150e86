"""dwave-samplers as it comes: Metropolis, its own range of temperatures, as many reads and sweeps.

Its own clock for the sampling alone is taken: building and copying the model is not counted.
"""
from common import couplings, mean_energy, options, repeat

import dimod
import numpy as np
from dwave.samplers import SimulatedAnnealingSampler

o = options(model=".data/lattice-32.edges", chains=64, sweeps=1000, threads=1)
model = couplings(o["model"])
units, i, j, weights = model
# dimod minimises +Σ J s s.
bqm = dimod.BinaryQuadraticModel.from_numpy_vectors(
    np.zeros(units), (i, j, -weights), 0.0, dimod.SPIN)


def run(number):
    samples = SimulatedAnnealingSampler().sample(
        bqm, num_reads=o["chains"], num_sweeps=o["sweeps"], seed=number)
    states = samples.record.sample[:, np.argsort(list(samples.variables))]
    return {"seconds": samples.info["timing"]["sampling_ns"] * 1e-9,
            "work": 1, "unit": "search",
            "quality": min(mean_energy(state[None], model) for state in states)}


repeat(o, run)
