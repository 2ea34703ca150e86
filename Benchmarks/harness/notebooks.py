"""The notebook runner as its users start it: whole processes, from start to exit.

Each command runs in turn with its peers, so that what slows the machine down slows all.
"""
import pathlib
import shutil
import subprocess
import tempfile
import time

NOTEBOOKS = pathlib.Path(__file__).resolve().parent.parent / "notebooks"
# What each twin prints.
ANSWER = "0.4660"
MANY = 1000
MEGABYTES = 10


class Contest:
    """Commands by name, timed in turn in a folder of their own."""

    def __init__(self, folder, repetitions):
        self.folder, self.repetitions = folder, repetitions

    def seconds(self, commands):
        """Times by name; None where a command cannot start or fails. The first round is not timed."""
        found = {name: [] for name in commands}
        for number in range(self.repetitions + 1):
            for name, command in commands.items():
                if found[name] is None:
                    continue
                seconds = self._once(command)
                if seconds is None:
                    found[name] = None
                elif number > 0:
                    found[name].append(seconds)
        return found

    def _once(self, command):
        start = time.perf_counter()
        try:
            code = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        except OSError:
            return None
        return time.perf_counter() - start if code == 0 else None


def trivial(folder, harmonium, python, repetitions):
    """One small notebook and its twins. The answers are compared as well."""
    for source in NOTEBOOKS.glob("trivial*"):
        shutil.copy(source, folder)
    scripts = python.parent
    # The command of each, and where it leaves its answer.
    contestants = {
        "harmonium render --no-store": (
            [harmonium, "render", "trivial.md", "--no-store", "-o", "a"], "a/trivial.md"),
        "harmonium render": ([harmonium, "render", "trivial.md", "-o", "b"], "b/trivial.md"),
        "cog": ([scripts / "cog", "-d", "-o", "cog.md", "trivial.cog.md"], "cog.md"),
        "jupyter nbconvert --execute": (
            [scripts / "jupyter", "nbconvert", "--to", "notebook", "--execute", "trivial.ipynb",
             "--output", "nbconvert.ipynb"], "nbconvert.ipynb"),
        "papermill": ([scripts / "papermill", "trivial.ipynb", "papermill.ipynb"],
                      "papermill.ipynb"),
    }
    found = Contest(folder, repetitions).seconds({n: c for n, (c, _) in contestants.items()})
    for name, (_, path) in contestants.items():
        if found[name] is not None and ANSWER not in (folder / path).read_text():
            raise ValueError(f"{name} does not print {ANSWER}")
    return found


def many(folder, harmonium, repetitions):
    """A thousand notebooks that are checked: nothing kept, all kept, and all but one kept."""
    source = (NOTEBOOKS / "trivial.md").read_text()
    (folder / "many").mkdir()
    for number in range(MANY):
        text = source.replace("v1 -- h1: 2", f"v1 -- h1: 2.{number:03}")
        (folder / "many" / f"{number:03}.md").write_text(text)
    subprocess.run([harmonium, "render", "many", "-o", "out"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    check = [harmonium, "check", "many", "--against", "out"]
    return Contest(folder, repetitions).seconds(
        {"without a store": [*check, "--no-store"], "with a warm store": check})


def plain(folder, harmonium, repetitions):
    """Markdown without a directive, against what parsing it takes."""
    parse = folder / "cmark_parse"
    source = NOTEBOOKS.parent / "peers/cmark_parse.c"
    built = subprocess.run(["clang", "-O2", source, "-lcmark", "-o", parse]).returncode == 0
    section = (
        "## Section {n}\n\n" + "Plain words, *some of them stressed*, with `code {n}` and a "
        "[link](https://example.org/{n}) among them, as\nprose has them on line after line.\n" * 6
        + "\n- one item\n- another one\n\n```c\nint x = {n};\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | {n} |\n\n")
    with open(folder / "plain.md", "w") as file:
        written = number = 0
        while written < MEGABYTES * 1_000_000:
            written += file.write(section.format(n=number))
            number += 1
    commands = {"harmonium render": [harmonium, "render", "plain.md", "--no-store", "-o", "c"]}
    if built:
        commands["cmark"] = [parse, "plain.md"]
    found = Contest(folder, repetitions).seconds(commands)
    if (folder / "plain.md").read_bytes() != (folder / "c/plain.md").read_bytes():
        raise ValueError("Markdown without a directive is not the same any more")
    return {"cmark": None} | found


def measure(harmonium, python, repetitions):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        return {"trivial": trivial(folder, harmonium, python, repetitions),
                "many": many(folder, harmonium, repetitions),
                "plain": plain(folder, harmonium, repetitions)}
