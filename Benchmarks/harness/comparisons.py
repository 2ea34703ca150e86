"""What is compared: one entry per row of the table in RESULTS.md."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Peer:
    name: str
    script: str
    options: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    work: str
    workload: str
    options: dict
    peer: Peer | None = None
    # How many times faster than the peer, or without a peer, the seconds allowed.
    target: float | None = None
    # Which quality is better: "higher", "lower", "equal", or nothing to compare.
    better: str = ""
    warm_ups: int = 1
    # Repetitions for each one asked for: short work takes many seeds to judge its quality.
    times: int = 1


def _cd(batch, threads, peer, target=None, epochs=1):
    options = {"batch": batch, "epochs": epochs}
    ours = options | {"threads": threads}
    better = "" if peer.script == "sgemm.py" else "higher"
    return Comparison(f"CD-1, 784×500, 10,000 rows, batch {batch}", "cd", ours,
                      Peer(peer.name, peer.script, options | {"threads": threads}), target, better)


def _anneal(work, options, peer, target=None, rule="heat-bath"):
    return Comparison(f"{work}, {rule}", "anneal", options | {"threads": 1, "rule": rule},
                      Peer(peer.name, peer.script, options), target, "lower")


def _ground_state(work, model, sweeps):
    """The lowest energy of 64 chains: ours with so many sweeps, the peer's with its 1000."""
    common = {"model": model, "chains": 64}
    return Comparison(f"lowest energy, {work}, 64 chains of {sweeps} sweeps", "ground-state",
                      common | {"sweeps": sweeps, "threads": 1},
                      Peer("dwave-samplers, its defaults (1000 sweeps)", "dwave_ground_state.py",
                           common | {"sweeps": 1000}), 1, "lower")


def comparisons(quick):
    epochs = 1 if quick else 3
    torch = Peer("PyTorch", "torch_cd.py")
    sklearn = Peer("scikit-learn BernoulliRBM", "sklearn_cd.py")
    sgemm = Peer("five bare sgemm calls (NumPy's OpenBLAS)", "sgemm.py")
    dwave = Peer("dwave-samplers, Gibbs acceptance", "dwave_anneal.py")
    openjij = Peer("OpenJij, Metropolis", "openjij_anneal.py")
    lattice = {"model": ".data/lattice-100.edges", "chains": 16, "hot": 5.0, "cold": 0.2,
               "sweeps": 200}
    dense = {"model": ".data/dense-1000.edges", "chains": 16, "hot": 3.0, "cold": 0.1,
             "sweeps": 100}
    threes = {"visible": 64, "hidden": 25, "epochs": 1000,
              "train": ".data/eight-threes.bits", "test": ".data/eight-threes.bits"}
    on_lattice = "annealing, ±J lattice 100×100, 16 chains"
    on_dense = "annealing, dense SK, 1000 units, 16 chains"
    return [
        _cd(100, 2, torch, 5, epochs),
        _cd(100, 1, torch, None, epochs),
        _cd(100, 2, sklearn, 15, epochs),
        _cd(100, 2, sgemm, 3.5, epochs),
        _cd(100, 1, sgemm, None, epochs),
        _cd(10, 2, sklearn, 20, 1),
        _cd(10, 1, sklearn, None, 1),
        _cd(10, 2, torch, None, 1),
        _cd(10, 1, torch, None, 1),
        Comparison("CD-1, 64×25, eight digits, batch 1", "cd",
                   threes | {"batch": 1, "per": "update", "threads": 1},
                   Peer("NumPy loop", "numpy_cd.py", threes), 50, "higher", times=10),
        _anneal(on_lattice, lattice, dwave, 10),
        _anneal(on_lattice, lattice, openjij, rule="metropolis"),
        _anneal(on_dense, dense, dwave, 20),
        _anneal(on_dense, dense, openjij, rule="metropolis"),
        _ground_state("±J lattice 32×32", ".data/lattice-32.edges", 4000),
        _ground_state("dense SK, 200 units", ".data/dense-200.edges", 1000),
        Comparison("ln Z, general machine, 24 units", "lnz-machine", {"units": 24, "threads": 2},
                   target=1.0),
        Comparison("ln Z, restricted 784×20", "lnz-rbm", {"threads": 2},
                   Peer("NumPy by blocks", "numpy_lnz.py", {"threads": 2}), 50, "equal",
                   warm_ups=0),
    ]
