"""Run the commands pasted in README and docs, and put their real output below them.

A ``console`` block holds one command after "$ " and its output. Where it ends with "…", only as many lines as stand
there are shown. ``just paste`` rewrites the blocks; tests/docs compares them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```console\n\$ (?P<command>.*)\n(?P<output>(?:(?!```).*\n)*)```$", re.MULTILINE)
MORE = "…"


def pages() -> list[Path]:
    """README and every page written by hand."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str) -> Iterator[re.Match[str]]:
    """The console blocks of a page."""
    return BLOCK.finditer(text)


def run(command: str, home: Path) -> tuple[int, list[str]]:
    """Exit code and what a terminal would show of a command, in an empty folder with an empty store."""
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "COMITY_HOME": str(home / "store"),
        "PATH": scripts + os.pathsep + os.environ.get("PATH", ""),
        "PYTHONUTF8": "1",
        "TERM": "dumb",
    }
    plain = command.replace("uv run comity", "comity")
    done = subprocess.run(
        ["bash", "-c", f"{plain} 2>&1"], capture_output=True, text=True, cwd=home, env=environment, encoding="utf-8"
    )
    lines = [line.rstrip() for line in done.stdout.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return done.returncode, lines


def shown(block: re.Match[str], real: list[str]) -> list[str]:
    """The lines that the block should show of a command's real output."""
    now = block["output"].split("\n")[:-1]
    return [*real[: len(now) - 1], MORE] if now and now[-1] == MORE else real


def refreshed(text: str) -> str:
    """The page with every block's output as it is now; a command that fails is told and its block left alone."""

    def paste(block: re.Match[str]) -> str:
        with tempfile.TemporaryDirectory() as folder:
            code, real = run(block["command"], Path(folder))
        if code:
            print(f"{block['command']}: exit code {code}\n{real[-1] if real else ''}", file=sys.stderr)
            return block[0]
        return "\n".join(["```console", f"$ {block['command']}", *shown(block, real), "```"])

    return BLOCK.sub(paste, text)


def main() -> None:
    """Refresh every page."""
    for page in pages():
        before = page.read_text("utf-8")
        after = refreshed(before)
        if after != before:
            page.write_text(after, "utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
