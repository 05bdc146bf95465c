"""The scripts of a replication folder: the same dossier by the Python interface, and the way there by the shell."""

from __future__ import annotations

from shlex import quote

from comity.model.clock import epoch
from comity.report.replicate.record import Record

_PYTHON = '''"""Rebuild the files of expected/ into the folder named (by default rebuilt/), and compare them."""

import hashlib
import os
import sys
from pathlib import Path

os.environ["SOURCE_DATE_EPOCH"] = "{epoch}"  # the day of the answer, {day}

import comity
from comity.report.dossier.write import write
from comity.report.figures.draw import draw
from comity.report.text_formats import as_csv

HERE = Path(__file__).resolve().parent
OUT = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "rebuilt")

answer = comity.dossier({question})
write(answer, OUT, {formats})
for name in {figures}:
    draw(name, answer, OUT / "figures" / f"{{name}}.svg")
tables = {{"pair": answer.lead_pair, "years": answer.trend}}
if answer.splits is not None:
    tables["splits"] = answer.splits
tables |= {{f"partners-{{ranked.state}}": ranked for ranked in answer.ranks}}
(OUT / "tables").mkdir(exist_ok=True)
for name, part in tables.items():
    (OUT / "tables" / f"{{name}}.csv").write_text(as_csv(part), encoding="utf-8", newline="\\n")

different = 0
for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
    expected, _, name = line.partition("  ")
    if name.startswith("expected/"):
        file = OUT / name.removeprefix("expected/")
        same = file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == expected
        different += not same
        print("equal    " if same else "DIFFERENT", name)
sys.exit(1 if different else 0)
'''

_SHELL = """#!/bin/sh
# Rebuild expected/ into rebuilt/, in a store of its own: sh rebuild.sh FOLDER, where FOLDER has the files named below.
# First install what requirements.txt names, for Python {python}:
#   uv venv --python {minor} && uv pip install -r requirements.txt
#   or: python -m pip install -r requirements.txt
set -eu
{files}cd "$(dirname "$0")"
export COMITY_HOME="$PWD/rebuilt/store" SOURCE_DATE_EPOCH={epoch}
mkdir -p "$COMITY_HOME"
{steps}python rebuild.py "$PWD/rebuilt"
"""


def python_script(record: Record) -> bytes:
    """rebuild.py."""
    q = record.question
    asked = {"periods": q.periods, "vs": q.vs, **q.reading}
    told = ", ".join([repr(q.a), repr(q.b), *(f"{k}={v!r}" for k, v in asked.items() if v is not None)])
    return _PYTHON.format(
        epoch=epoch(q.answered), day=q.answered.isoformat(), question=told, formats=q.formats, figures=q.figures
    ).encode()


def shell_script(record: Record) -> bytes:
    """rebuild.sh."""
    steps = [
        f"comity data add --label {quote(m.release)} {' '.join(_at(f.name) for f in m.files)}\n"
        for m in reversed(record.manifests)  # the oldest first: of two with one last roll call, the later added answers
    ]
    steps += [f"comity data add --label {quote(d.label)} {_at(d.file.name)}\n" for d in reversed(record.tables)]
    steps += ['cp -R own/. "$COMITY_HOME"/\n'] if record.own else []
    needed = bool(record.releases or record.datasets)
    return _SHELL.format(
        python=record.python,
        minor=".".join(record.python.split(".")[:2]),
        epoch=epoch(record.question.answered),
        files='FILES=$(cd "${1:?name the folder that has the files of the sources}" && pwd)\n' if needed else "",
        steps="".join(steps),
    ).encode()


def _at(name: str) -> str:
    return f'"$FILES"/{quote(name)}'
