"""dwave-samplers: annealing with Gibbs acceptance, one sweep at each temperature of our schedule.

Its own clock for the sampling alone is taken: building and copying the model is not counted.
"""
from common import couplings, geometric, mean_energy, options, repeat

import dimod
import numpy as np
from dwave.samplers import SimulatedAnnealingSampler

o = options(model=".data/lattice-100.edges", chains=16, sweeps=100, hot=5.0, cold=0.2, threads=1)
model = couplings(o["model"])
units, i, j, weights = model
# dimod minimises +Σ J s s.
bqm = dimod.BinaryQuadraticModel.from_numpy_vectors(
    np.zeros(units), (i, j, -weights), 0.0, dimod.SPIN)
betas = 1 / geometric(o)


def run(number):
    samples = SimulatedAnnealingSampler().sample(
        bqm, num_reads=o["chains"], num_sweeps_per_beta=1, beta_schedule_type="custom",
        beta_schedule=betas, proposal_acceptance_criteria="Gibbs", seed=number)
    states = samples.record.sample[:, np.argsort(list(samples.variables))]
    return {"seconds": samples.info["timing"]["sampling_ns"] * 1e-9,
            "work": units * o["chains"] * o["sweeps"], "unit": "update",
            "quality": mean_energy(states, model)}


repeat(o, run)
