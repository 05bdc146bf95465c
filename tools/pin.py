"""Write the exact version of every dependency into pyproject.toml, without naming where packages come from.

``uv lock`` resolves the whole tree (all extras and groups, every supported Python) into uv.lock, which records
download addresses and so stays out of git. This script keeps only names, versions and environment markers, as
uv's constraints. ``just pin`` keeps the present versions and adds what is new; ``just pin --upgrade`` takes the newest
that pyproject.toml allows; ``--check`` changes nothing and fails where a dependency has no pin.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
TREE, BUILD = "constraint-dependencies", "build-constraint-dependencies"
PLAIN = ("--no-annotate", "--no-header")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def uv(*arguments: str, stdin: str | None = None) -> list[str]:
    """The lines a uv command prints."""
    done = subprocess.run(
        ["uv", *arguments, "--quiet"], input=stdin, capture_output=True, text=True, cwd=PROJECT.parent
    )
    if done.returncode:
        raise ChildProcessError(done.stderr)
    return done.stdout.split("\n")[:-1]


def tree() -> list[str]:
    """Every package of the lock file but this one, with the markers that tell several versions apart."""
    uv("lock")
    return uv("export", "--frozen", "--no-hashes", "--all-extras", "--all-groups", "--no-emit-project", *PLAIN)


def build_tools(project: dict[str, dict[str, list[str]]]) -> list[str]:
    """What building the package itself installs."""
    required = "\n".join(project["build-system"]["requires"])
    return uv("pip", "compile", "--universal", "--python-version", "3.11", *PLAIN, "-", stdin=required)


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


def renew(text: str, upgrade: bool) -> str:
    """The TOML text with both lists as uv resolves them; uv reads the file itself, so it is changed on the way."""
    if upgrade:
        text = replace(replace(text, TREE, []), BUILD, [])
        PROJECT.write_text(text, "utf-8")
        PROJECT.with_name("uv.lock").unlink(missing_ok=True)
    pins = build_tools(tomllib.loads(text))
    return replace(replace(text, TREE, tree()), BUILD, pins)


def main() -> None:
    """Rewrite the pins, or check them; a failure leaves pyproject.toml as it was."""
    text = PROJECT.read_text("utf-8")
    if "--check" in sys.argv[1:]:
        if missing := unpinned(text):
            sys.exit(f"no pin for {', '.join(missing)}: run just pin")
        return
    try:
        PROJECT.write_text(renew(text, upgrade="--upgrade" in sys.argv[1:]), "utf-8")
    except ChildProcessError as error:
        PROJECT.write_text(text, "utf-8")
        sys.exit(str(error))


if __name__ == "__main__":
    main()
