"""RESULTS.md from what was measured. Every number in it comes from the measurements."""
import ast
import math
import statistics


def median(values):
    return statistics.median(values)


def number(value, digits=3):
    """`digits` significant digits, without an exponent where that is readable."""
    if value == 0 or 1e-3 <= abs(value) < 1e6:
        text = f"{value:.{digits}g}"
        return f"{value:.0f}" if "e" in text else text
    return f"{value:.{digits}g}"


def rate(measured):
    return measured["work"] / measured["seconds"]


def speed(measurements, peer=None):
    """The median, in the unit a reader expects; the one that suits the peer."""
    per_second = median([rate(m) for m in measurements])
    unit = measurements[0]["unit"]
    if unit == "update" and median([rate(m) for m in peer or measurements]) > 1e6:
        return f"{number(per_second * 1e-9)} updates/ns"
    if unit == "update":
        return f"{number(1e6 / per_second)} µs/update"
    return f"{number(1 / per_second)} s"


def ratios(ours, theirs):
    """The ratio of medians, and the ratios of neighbouring repetitions."""
    whole = median([rate(m) for m in ours]) / median([rate(m) for m in theirs])
    return whole, [rate(a) / rate(b) for a, b in zip(ours, theirs)]


def qualities(measurements):
    return [m["quality"] for m in measurements if m.get("quality") is not None]


# What the order of a sum may change: the same energy, added up otherwise, is the same.
ROUNDING = 1e-9


# With two, one row in twenty would be worse by chance alone.
STANDARD_ERRORS = 3


def standard_error(values):
    return statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0


def quality_verdict(comparison, ours, theirs, _failure=None):
    """Our mean may be worse than the peer's by no more than chance allows."""
    a, b = qualities(ours), qualities(theirs)
    if not comparison.better or not a or not b:
        return None
    difference = statistics.mean(b) - statistics.mean(a)
    rounding = ROUNDING * abs(statistics.mean(b))
    if comparison.better == "equal":
        return abs(difference) <= rounding
    sign = 1 if comparison.better == "higher" else -1
    chance = STANDARD_ERRORS * math.hypot(standard_error(a), standard_error(b))
    return sign * difference <= chance + rounding


def bandwidth(measured, working_set):
    sizes = [entry for entry in measured if entry["bytes"] >= working_set]
    return (sizes[0] if sizes else measured[-1])["rate"]


NAMES = {"adds": "additions", "fmas": "multiply-adds", "double fmas": "multiply-adds in Double",
         "products": "32-bit products", "bytes": "bandwidth",
         "lines": "lines of 16 Floats loaded and added", "sums": "sums of lines stored",
         "words": "words of Philox", "logistics": "logistic functions", "read": "weights read",
         "moved": "weights moved"}
# Resources whose rate depends on the working set, and where the roof has it.
BY_SIZE = {"bytes": "bandwidth", "read": "bandwidth", "moved": "moved"}


def limits(measured, roof, threads=1):
    """For each demand, seconds at its limit, its name, and whether it is a phase of the work."""
    for demand in measured.get("demands", []):
        resource = demand["resource"]
        rate = (bandwidth(roof[BY_SIZE[resource]], demand["working set"]) if resource in BY_SIZE
                else roof["rates"][resource])
        yield demand["amount"] / rate / threads, NAMES[resource], demand.get("phase", False)


def bound(measured, roof, threads=1):
    """(seconds at the limit, its name), or None: all phases, or else the limit that binds."""
    found = list(limits(measured, roof, threads))
    phases = [seconds for seconds, _, is_phase in found if is_phase]
    if phases:
        return sum(phases), "its phases"
    return max(((seconds, name) for seconds, name, _ in found), default=None)


PHASES = [NAMES[name] for name in ("lines", "sums", "words", "logistics", "read", "moved")]


def phase_rows(entries, roof):
    """One row for each different work of ours with all phases: their times, sum, and our time."""
    rows = {}
    for entry in entries:
        c, ours = entry["comparison"], entry["ours"]
        found = [s for s, _, is_phase in limits(ours[0], roof, c.options["threads"]) if is_phase]
        if len(found) < len(PHASES):
            continue
        scale = 1e6 / ours[0]["work"] if ours[0]["unit"] == "update" else 1e3 / ours[0]["work"]
        unit = "µs" if ours[0]["unit"] == "update" else "ms"
        seconds = median([m["seconds"] for m in ours])
        row = [c.work, c.options["threads"], f"{number(seconds * scale)} {unit}",
               *[f"{number(s * scale)} {unit}" for s in found],
               f"**{number(sum(found) * scale)} {unit}**", f"{number(seconds / sum(found))}×"]
        key = (c.work, c.options["threads"])
        if key not in rows or seconds < rows[key][0]:
            rows[key] = (seconds, row)
    return [row for _, row in rows.values()]


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(c) for c in row) + " |" for row in rows])


def comparison_row(entry, roof):
    c, ours, theirs = entry["comparison"], entry["ours"], entry["theirs"]
    threads = c.options["threads"]
    limit = bound(ours[0], roof, threads)
    share = f"{100 * limit[0] / median([m['seconds'] for m in ours]):.0f} %" if limit else ""
    start = [c.work, threads, speed(ours, theirs), share]
    if c.peer is None:
        seconds = median([m["seconds"] for m in ours])
        verdict = "reached" if seconds <= c.target else "missed"
        return [*start, "–", "–", "–", f"≤ {number(c.target)} s: {verdict}", "–"]
    if entry["failure"]:
        return [*start, c.peer.name, f"missing: {entry['failure']}", "–", "–", "–"]
    whole, each = ratios(ours, theirs)
    target = ""
    if c.target:
        target = f"≥ {number(c.target)}×: {'reached' if whole >= c.target else 'missed'}"
    verdict = {True: "as good", False: "**worse**", None: "–"}[quality_verdict(c, ours, theirs)]
    spread = f"**{number(whole)}×** ({number(min(each))}–{number(max(each))})"
    return [*start, c.peer.name, speed(theirs), spread, target, verdict]


def quality_row(entry):
    c, a, b = entry["comparison"], qualities(entry["ours"]), qualities(entry["theirs"])
    digits = 12 if c.better == "equal" else 5
    shown = [f"{statistics.mean(v):.{digits}g} ± {number(standard_error(v), 2)} "
             f"({min(v):.{digits}g} … {max(v):.{digits}g})" for v in (a, b)]
    return [c.work, c.options["threads"], c.peer.name, *shown, c.better]


def kernel_row(measured, roof):
    limit = bound(measured, roof)
    seconds = measured["seconds"]
    return [measured["kernel"], f"{number(seconds * 1e6)} µs", f"{number(limit[0] * 1e6)} µs",
            limit[1], f"{100 * limit[0] / seconds:.0f} %"]


# What centering has to reach, in nats: alike on both kinds of pixels, and the plain one not.
ALIKE, WORSE = 2, 20


def centering_table(found):
    rows = []
    for centered, name in ((True, "centred"), (False, "plain")):
        plain, inverted = (median(found[centered, flag]) for flag in (False, True))
        gap = plain - inverted
        reached = abs(gap) <= ALIKE if centered else gap >= WORSE
        aim = f"within {ALIKE}" if centered else f"at least {WORSE}"
        rows.append([name, f"{plain:.1f}", f"{inverted:.1f}", f"{gap:.1f}",
                     f"{aim}: {'reached' if reached else '**missed**'}"])
    return table(["PCD-1", "digits", "inverted digits", "worse by", "to reach"], rows)


def centering_section(found):
    return "\n\n".join([
        "## Centering",
        "Exact mean log-likelihood in nats of 1,000 held-out binarised digits after PCD-1 on 10,000 "
        "rows drawn from 4,000 others, 784–16, batch 100, 100 chains, rate 0.01, visible biases "
        "from the means of the data at first: median over "
        f"{len(found[True, True])} seeds. The same on inverted pixels, where a model of the same "
        "likelihood always exists.",
        centering_table(found)])


# What the runner has to reach: seconds, times as fast as nbconvert, times the time of cmark.
START, FASTER, CHECKED, PARSING = 0.020, 50, 1, 3


def milliseconds(seconds):
    if not seconds:
        return "missing"
    low, middle, high = (number(1e3 * s) for s in (min(seconds), median(seconds), max(seconds)))
    return f"{middle} ms ({low}–{high})"


def reached(found, holds, aim):
    return f"{aim}: {'reached' if found and holds(median(found)) else '**missed**'}"


def runner_section(found):
    trivial, many, plain = found["trivial"], found["many"], found["plain"]
    versions = found["versions"]
    ours = median(trivial["harmonium render"])
    rows = [["one small notebook", name, milliseconds(seconds),
             f"{number(median(seconds) / ours)}×" if seconds else "–",
             reached(seconds, lambda s: s <= START, f"≤ {number(1e3 * START)} ms")
             if name.startswith("harmonium")
             else reached(seconds, lambda s: s >= FASTER * ours, f"≥ {FASTER}×")
             if "nbconvert" in name else ""]
            for name, seconds in trivial.items()]
    rows += [["1,000 notebooks", f"harmonium check, {name}", milliseconds(seconds), "",
              reached(seconds, lambda s: s <= CHECKED, f"≤ {CHECKED} s") if "warm" in name else ""]
             for name, seconds in many.items()]
    alone = median(plain["cmark"]) if plain["cmark"] else None
    rows += [["10 MB of plain Markdown", name, milliseconds(seconds),
              f"{number(median(seconds) / alone)}×" if alone and seconds else "–",
              reached(seconds, lambda s: alone and s <= PARSING * alone, f"≤ {PARSING}×")
              if name.startswith("harmonium") else ""]
             for name, seconds in plain.items()]
    return "\n\n".join([
        "## The runner",
        "Whole processes from start to exit, taken in turn after a first round that is not "
        "counted: median (smallest–largest). The small notebook is a machine of four units and one "
        "probability, its twins the same sum in plain Python, with the same four digits printed; "
        "times as long as `harmonium render` with its store. cmark alone parses the 10 MB and "
        "writes nothing; `harmonium` writes the page. Measured with "
        + ", ".join(f"{name} {version or 'missing'}" for name, version in versions.items()) + ".",
        table(["work", "command", "time", "times", "to reach"], rows),
    ])


def write_section(path, section):
    """Puts one section alone into results that are there, in the place of the one it had."""
    title = section.partition("\n")[0].removeprefix("## ") + "\n"
    parts = path.read_text().split("\n## ")
    places = [n for n, part in enumerate(parts) if part.startswith(title)]
    body = section.removeprefix("## ") + "\n"
    if places:
        parts[places[0]] = body
    else:
        last = [n for n, part in enumerate(parts) if part.startswith("The same bits\n")]
        parts.insert(last[0] if last else len(parts), body)
    path.write_text("\n## ".join(parts))


def level(size, caches):
    return next((name for name, capacity in caches if size <= capacity), "memory")


def roof_rows(roof, caches):
    rows = [[NAMES[name], f"{number(value * 1e-9)} · 10⁹/s"]
            for name, value in roof["rates"].items()]
    for kind, name in [("bandwidth", "read bandwidth"), ("moved", "read, changed and written")]:
        for entry in roof[kind]:
            size = int(entry["bytes"])
            rows.append([f"{name}, {size >> 10} KiB ({level(size, caches)})",
                         f"{number(entry['rate'] * 1e-9)} GB/s"])
    return rows


def describe_peers(folder):
    lines = []
    for path in sorted(folder.glob("*.py")):
        text = ast.get_docstring(ast.parse(path.read_text()))
        if path.name not in ("common.py", "data.py"):
            lines.append(f"- `{path.name}`: {' '.join(text.split())}")
    return "\n".join(lines)


def write(path, results):
    machine, versions, roof = results["machine"], results["versions"], results["roof"]
    caches = ", ".join(f"{name} {size >> 10} KiB" for name, size in machine["caches"])
    facts = [[name, caches if name == "caches" else value] for name, value in machine.items()]
    facts += [["kernels", results["kernels"]], ["load before and after", results["load"]]]
    facts += [[name, version or "**missing**"] for name, version in versions.items()]
    entries = results["entries"]
    with_quality = [e for e in entries if quality_verdict(*e.values()) is not None]
    hashes = results["hashes"]
    measured = {h for *_, h in hashes if h}
    parts = [
        "# Results",
        f"Written by `make bench{' QUICK=1' if results['quick'] else ''}`; no number is typed by "
        f"hand. {results['repetitions']} repetitions of each program, ours and theirs in turn.",
        "## Machine and versions", table(["", ""], facts),
        "## Against the peers",
        "Medians, and the ratio of medians with the smallest and largest ratio of neighbouring "
        "repetitions. \"Limit\": the time at the machine's limit as a share of our time; that of "
        "contrastive divergence is taken apart below. Annealing of dense machines: a word of "
        "Philox for each update, the loads and additions of a row of weights for each state that "
        "changes, and fetching each row once in each sweep in which any of sixteen chains changes "
        "its unit; their sum, so what overlaps may go below.",
        table(["work", "threads", "ours", "limit", "peer", "theirs", "faster", "to reach",
               "quality"], [comparison_row(e, roof) for e in entries]),
        "## The limit of contrastive divergence",
        "What no step goes without, in the order of summation that makes results the same "
        "everywhere, counted on batches of the machine trained and divided by what loops that do "
        "nothing else reached at best between the rows of this run, on as many cores: loading and "
        "adding a line of 16 weights for each group of four inputs that is not 0 in a row; storing "
        "each sum that rows share; Philox for each state drawn; σ for each probability; reading "
        "the weights for each half-step; reading and writing those that move. The limit is their "
        "sum: what overlaps may go below. Per epoch, or update; the best of rows with the same "
        "work.",
        table(["work", "threads", "ours", *PHASES, "all at their limits", "ours / limit"],
              phase_rows(entries, roof)),
        "## Quality",
        "Log pseudo-likelihood per held-out image in nats (of CD), mean final energy per unit (of "
        "annealing), lowest energy per unit (of all chains), ln Z: mean ± its standard error, "
        "smallest … largest. As good: the mean is not worse than the peer's by more than "
        f"{STANDARD_ERRORS} standard errors of their difference.",
        table(["work", "threads", "peer", "ours", "theirs", "better"],
              [quality_row(e) for e in with_quality]),
        "## What the peers do", describe_peers(results["peers"]),
        "## Limits of one core",
        f"Measured between the rows of this run with {roof['instruction set']}, the best of each.",
        table(["", "per second"], roof_rows(roof, machine["caches"])),
        "## Kernels on one core", "Fastest of some runs, beside the time at the limit that binds.",
        table(["kernel", "time", "at the limit", "limit", "share"],
              [kernel_row(k, roof) for k in results["kernel times"]]),
        centering_section(results["centering"]),
        runner_section(results["runner"]),
        "## The same bits",
        f"Weights after 3 epochs of CD-1, 784×500, on 500 rows: "
        f"{'all equal' if len(measured) == 1 else '**they differ**'}.",
        table(["build", "kernels", "threads", "hash of the weights"],
              [[*row[:3], row[3] or "not on this machine"] for row in hashes]),
    ]
    path.write_text("\n\n".join(parts) + "\n")
