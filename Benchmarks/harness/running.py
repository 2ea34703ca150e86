"""Runs programs that print one line of JSON per repetition, and alternates between them."""
import json
import os
import subprocess
import tempfile
import time

# Between repetitions: threads of the other program that wait for more work without sleeping, as
# OpenBLAS's and OpenMP's do, are not to wait into the clock.
PAUSE = 0.2


class Failure(Exception):
    """A program ended before it had measured what was asked."""


class Program:
    def __init__(self, command, options, folder, repetitions, environment=None):
        self.errors = tempfile.TemporaryFile("w+")
        settings = options | {"repetitions": repetitions, "paced": "true"}
        self.process = subprocess.Popen(
            [*command, *(f"{name}={value}" for name, value in settings.items())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True,
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})})

    def repetition(self):
        time.sleep(PAUSE)
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            lines = self.errors.read().strip().splitlines()
            raise Failure(lines[-1] if lines else f"ended with {self.process.returncode}")
        return json.loads(line)

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def once(command, options, folder, environment=None):
    """The single measurement of a program that runs once."""
    program = Program(command, options, folder, 1, environment)
    try:
        return program.repetition()
    finally:
        program.close()


def alternate(ours, theirs, repetitions, warm_ups):
    """Measurements of both, taken in turn: ours, theirs, ours, … A peer that fails is a text."""
    mine, other, failure = [], [], None
    for number in range(warm_ups + repetitions):
        measured = ours.repetition()
        if number >= warm_ups:
            mine.append(measured)
        if theirs is None or failure:
            continue
        try:
            measured = theirs.repetition()
        except Failure as error:
            failure = str(error)
            continue
        if number >= warm_ups:
            other.append(measured)
    return mine, other, failure
