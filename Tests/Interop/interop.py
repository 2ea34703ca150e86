"""Model files and Python's safetensors, both ways, bit for bit.

    interop.py write FOLDER   writes what the tests read (the fixtures)
    interop.py read FOLDER    reads what the tests have written, and compares
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file


def bits(array):
    return np.ascontiguousarray(array).tobytes()


def tensors():
    """Every type both sides know, with the values that go wrong most easily."""
    ramp = np.arange(15, dtype=np.float32).reshape(5, 3)
    return {
        "f32": (ramp - 7) / np.float32(3),
        "f32 special": np.array(
            [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-45, 3.4028235e38], dtype=np.float32
        ),
        "f64": np.array([[0.1, -2.5e-308], [5e-324, 1.7976931348623157e308]]),
        "i64": np.array([-(2**63), -1, 0, 2**63 - 1]),
        "u8": np.arange(256, dtype=np.uint8).reshape(2, 128),
        "f16": np.array([0.5, 65504], dtype=np.float16),
        "i32": np.array([[[-(2**31), 2**31 - 1]]], dtype=np.int32),
        "empty": np.zeros((0, 4), dtype=np.float32),
        "scalar": np.array(2.5, dtype=np.float32),
        'é 😀 "quoted" \\': np.array([1.0]),
    }


def rbm():
    """A restricted machine as scikit-learn names its parts, in values that need no rounding."""
    weights = (np.arange(12).reshape(4, 3) - 6) / 8
    return weights, np.array([1.0, -0.5, 0.25, 0.0]), np.array([-1.0, 2.0, 0.125])


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors(), folder / "tensors.safetensors", metadata={"é": "\n\t\"\\ 😀", "b": ""})
    weights, visible, hidden = rbm()
    save_file(
        {
            "components_": np.ascontiguousarray(weights.T),
            "intercept_visible_": visible,
            "intercept_hidden_": hidden,
        },
        folder / "scikit-learn.safetensors",
    )
    single = np.float32
    save_file(
        {
            "W": np.ascontiguousarray(weights.T).astype(single),
            "v_bias": visible.astype(single),
            "h_bias": hidden.astype(single),
        },
        folder / "torch.safetensors",
        metadata={"format": "pt"},
    )


def same(found, expected, name):
    if found.dtype != expected.dtype or found.shape != expected.shape:
        sys.exit(f"{name}: {found.dtype} {found.shape}, not {expected.dtype} {expected.shape}")
    if bits(found) != bits(expected):
        sys.exit(f"{name}: other bits")


def read(folder):
    compared = 0
    found = load_file(folder / "tensors.safetensors")
    expected = tensors()
    if set(found) != set(expected):
        sys.exit(f"tensors: {sorted(found)}")
    for name in expected:
        same(found[name], expected[name], name)
        compared += 1
    weights, visible, hidden = rbm()
    found = load_file(folder / "rbm.safetensors")
    for name, values in [
        ("weights", weights), ("visible_biases", visible), ("hidden_biases", hidden)
    ]:
        same(found[name], values.astype(np.float32), name)
        compared += 1
    found = load_file(folder / "machine.safetensors")
    same(found["connections"], np.array([[0, 1], [1, 2]]), "connections")
    same(found["weights"], np.array([0.1, -2.0]), "weights of a machine")
    same(found["biases"], np.array([0.0, 0.3, -1.0]), "biases of a machine")
    compared += 3
    found = load_file(folder / "deep.safetensors")
    expected = {
        "recognition.1.weights": weights, "recognition.1.biases": hidden,
        "generative.1.weights": weights.T, "generative.1.biases": visible,
        "top.weights": weights.T, "top.visible_biases": hidden, "top.hidden_biases": visible,
    }
    if set(found) != set(expected):
        sys.exit(f"deep: {sorted(found)}")
    for name in expected:
        same(found[name], expected[name].astype(np.float32), name)
        compared += 1
    found = load_file(folder / "hopfield.safetensors")
    same(found["patterns"], np.array([[1, -1, 1, 1]], dtype=np.int8), "patterns")
    compared += 1
    kinds = {
        "rbm": "restricted-boltzmann-machine", "machine": "boltzmann-machine",
        "deep": "deep-belief-net", "hopfield": "hopfield-network",
    }
    for name, kind in kinds.items():
        with safe_open(folder / f"{name}.safetensors", "numpy") as file:
            metadata = file.metadata()
        if metadata["harmonium.model"] != kind:
            sys.exit(json.dumps(metadata))
        if metadata["harmonium.checksum"] != checksum(folder / f"{name}.safetensors"):
            sys.exit(f"{name}: another checksum")
    print(f"{compared} tensors and {len(kinds)} checksums agree with Python, bit for bit")


def checksum(path):
    """The rule of ModelRecord, written a second time."""
    with safe_open(path, "numpy") as file:
        metadata = file.metadata()
    contents = load_file(path)
    types = {"float32": "F32", "float64": "F64", "int64": "I64", "int8": "I8"}
    digest = hashlib.sha256()

    def add(part):
        digest.update(f"{len(part)}:".encode() + part)

    for key in sorted(metadata, key=str.encode):
        if key != "harmonium.checksum":
            add(key.encode())
            add(metadata[key].encode())
    digest.update(b"tensors")
    for name in sorted(contents, key=str.encode):
        array = contents[name]
        add(name.encode())
        add(f"{types[str(array.dtype)]} {list(array.shape)}".encode())
        add(bits(array))
    return digest.hexdigest()


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](pathlib.Path(sys.argv[2]))
