"""Draw the pictures of README and tutorial from the starter data: the top of a dossier, and one figure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "docs" / "assets"
FIGURE = "figure years VNM RUS --issue hr --periods 2000-2023 -o years.svg"
DOSSIER = "dossier VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs CHN -f html -o ."
WIDTH, HEIGHT = 1100, 1232


def main() -> None:
    """Write both into a temporary folder, keep the figure and photograph the dossier."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("needs chromium")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COMITY_HOME": f"{folder}/store"}
        comity = Path(sys.executable).with_name("comity")
        for question in (FIGURE, DOSSIER):
            subprocess.run([comity, *question.split()], cwd=folder, env=environment, check=True)
        shutil.copy(f"{folder}/years.svg", ASSETS / "years.svg")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        look = ["--hide-scrollbars", "--force-device-scale-factor=1.5", f"--window-size={WIDTH},{HEIGHT}"]
        paths = [
            f"--user-data-dir={folder}/browser",
            f"--screenshot={ASSETS / 'picture.png'}",
            f"file://{folder}/dossier.html",
        ]
        subprocess.run([browser, *flags, *look, *paths], check=True, capture_output=True)


if __name__ == "__main__":
    main()
