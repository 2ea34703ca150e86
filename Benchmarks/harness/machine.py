"""What the numbers were measured on and with; every line is asked of the system."""
import os
import pathlib
import platform
import re
import subprocess


def output(command, folder="."):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True,
                              cwd=folder).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _cpuinfo(name):
    path = pathlib.Path("/proc/cpuinfo")
    text = path.read_text() if path.exists() else ""
    found = re.search(rf"^{name}\s*:\s*(.*)$", text, re.MULTILINE)
    return found.group(1) if found else ""


def _caches():
    """Level and size of the data caches of the first core."""
    sizes = []
    for folder in sorted(pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        if (folder / "type").read_text().strip() != "Instruction":
            size = (folder / "size").read_text().strip()
            sizes.append((f"L{(folder / 'level').read_text().strip()}", int(size[:-1]) << 10))
    return sizes


def describe(root):
    flags = set((_cpuinfo("flags") or _cpuinfo("Features")).split())
    sets = [f for f in ("avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512_vnni", "asimd")
            if f in flags]
    changed = output(["git", "status", "--porcelain", "--", "Sources", "Benchmarks/Sources"], root)
    return {
        "processor": _cpuinfo("model name")
        or output(["sysctl", "-n", "machdep.cpu.brand_string"]) or platform.machine(),
        "family and model": " ".join(filter(None, [_cpuinfo("cpu family"), _cpuinfo("model")])),
        "cores": os.cpu_count(),
        "instruction sets": " ".join(sets) or platform.machine(),
        "caches": _caches(),
        "system": f"{platform.system()} {platform.release()}",
        "Swift": next(iter(re.findall(r"Swift version (\S+)", output(["swift", "--version"]))), ""),
        "revision": output(["git", "rev-parse", "--short", "HEAD"], root)
        + (" with changes" if changed else ""),
    }


def peer_versions(python, requirements):
    """Installed versions of the pinned packages; None where one is missing."""
    names = re.findall(r"^([\w-]+)==", requirements.read_text(), re.MULTILINE)
    code = ("import importlib.metadata as m, sys\n"
            "for n in sys.argv[1:]:\n"
            "    try: print(n, m.version(n))\n"
            "    except m.PackageNotFoundError: print(n)\n")
    lines = output([str(python), "-c", code, *names]).splitlines()
    found = dict(line.split() for line in lines if " " in line)
    return {"Python": output([str(python), "-c", "import platform as p; print(p.python_version())"]),
            **{name: found.get(name) for name in names}}
