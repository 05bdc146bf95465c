"""Write the exact version of every dependency into pyproject.toml, without naming where packages come from.

``uv lock`` resolves the whole tree (all extras and groups, every supported Python) into uv.lock, which records
download addresses and so stays out of git. This script keeps only names, versions and environment markers, as
uv's constraints. Run it with ``just pin``; ``--check`` changes nothing and fails where a dependency has no pin.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
TREE, BUILD = "constraint-dependencies", "build-constraint-dependencies"
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def uv(*arguments: str, stdin: str | None = None) -> list[str]:
    """The requirement lines a uv command prints."""
    plain = ("--no-annotate", "--no-header", "--quiet")
    done = subprocess.run(["uv", *arguments, *plain], input=stdin, capture_output=True, text=True, cwd=PROJECT.parent)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.split("\n")[:-1]


def tree() -> list[str]:
    """Every package of the lock file but this one, with the markers that tell several versions apart."""
    return uv("export", "--frozen", "--no-hashes", "--all-extras", "--all-groups", "--no-emit-project")


def build_tools(project: dict[str, dict[str, list[str]]]) -> list[str]:
    """What building the package itself installs."""
    required = "\n".join(project["build-system"]["requires"])
    return uv("pip", "compile", "--universal", "--python-version", "3.11", "-", stdin=required)


def replace(text: str, key: str, pins: list[str]) -> str:
    """The TOML text with one list of pins exchanged."""
    block = f"{key} = [\n" + "".join(f'    "{pin}",\n' for pin in pins) + "]\n"
    found = re.compile(rf"^{key} = \[.*?^\]\n", re.MULTILINE | re.DOTALL)
    if not found.search(text):
        sys.exit(f"pyproject.toml has no list {key} under [tool.uv]")
    return found.sub(lambda _: block, text)


def normal(requirement: str) -> str:
    """A requirement's package name as registries compare names."""
    found = NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def unpinned(text: str) -> list[str]:
    """Direct dependencies without an exact version in the lists."""
    project = tomllib.loads(text)
    pins = project["tool"]["uv"][TREE] + project["tool"]["uv"][BUILD]
    exact = {normal(pin) for pin in pins if "==" in pin}
    lists = [project["project"]["dependencies"], project["build-system"]["requires"]]
    lists += [*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()]
    direct = {normal(requirement) for found in lists for requirement in found}
    return sorted(direct - exact - {project["project"]["name"]})


def main() -> None:
    """Rewrite the pins, or check them."""
    text = PROJECT.read_text("utf-8")
    if "--check" in sys.argv[1:]:
        if missing := unpinned(text):
            sys.exit(f"no pin for {', '.join(missing)}: run just pin")
        return
    for key, pins in ((TREE, tree()), (BUILD, build_tools(tomllib.loads(text)))):
        text = replace(text, key, pins)
    PROJECT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
