"""Reports against the schemas of their formats, as the packages of other projects know them.

    validate.py HARMONIUM SCHEMA XSD FOLDER

HARMONIUM checks a folder of notebooks with every kind of finding; its JSON is held against SCHEMA,
its JUnit XML against XSD (pytest's copy of the Jenkins plugin's), its SARIF against the classes of
`sarif-pydantic`, which know the fields of version 2.1.0, their types and which are required.
"""
import json
import pathlib
import subprocess
import sys

import jsonschema
import sarif_pydantic
import xmlschema

NOTEBOOKS = {
    "clean.md": "```{machine} m\n:visible: a b\n\na -- b: 1\n```\n",
    "false.md": "The sum is {claim}`3 = 1 + 1`.\n",
    "wrong.md": "```{machine} m\n:visble: a\n```\n\n{eval}`Z(n)`\n",
    "stale <&\"'>.md": "```{machine} m\n:visible: a b\n\na -- b: 1\n```\n\n{eval}`Z(m)`\n",
}


def main():
    harmonium, schema, xsd, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    (folder / "in").mkdir(parents=True, exist_ok=True)
    (folder / "out").mkdir(exist_ok=True)
    for name, text in NOTEBOOKS.items():
        (folder / "in" / name).write_text(text)
        (folder / "out" / name).write_text(text)
    formats = {"json": "report.json", "junit": "report.xml", "sarif": "report.sarif"}
    command = [harmonium, "check", "in", "--against", "out", "--no-store"]
    for name, path in formats.items():
        command += ["--report", f"{name}={path}"]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert found.returncode == 2, found

    report = json.loads((folder / "report.json").read_text())
    jsonschema.validate(report, json.loads(pathlib.Path(schema).read_text()))
    kinds = {d["kind"] for n in report["notebooks"] for d in n["diagnostics"]}
    assert kinds == {"error", "failure", "stale"}, kinds

    xmlschema.XMLSchema(xsd).validate(str(folder / "report.xml"))

    text = (folder / "report.sarif").read_text()
    sarif = sarif_pydantic.Sarif.model_validate_json(text)
    assert sarif.version == "2.1.0" and sarif.runs[0].results

    for name, path in formats.items():
        print(f"{name}: valid, {(folder / path).stat().st_size} bytes")


main()
