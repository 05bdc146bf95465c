"""Draw the README's picture: the top of a real dossier on the starter data, as a browser shows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "assets" / "picture.png"
QUESTION = "dossier VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs CHN -f html -o ."
WIDTH, HEIGHT = 1100, 1210


def main() -> None:
    """Write the dossier into a temporary folder and photograph it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("needs chromium")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COMITY_HOME": f"{folder}/store"}
        comity = Path(sys.executable).with_name("comity")
        subprocess.run([comity, *QUESTION.split()], cwd=folder, env=environment, check=True)
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        look = ["--hide-scrollbars", "--force-device-scale-factor=1.5", f"--window-size={WIDTH},{HEIGHT}"]
        paths = [f"--user-data-dir={folder}/browser", f"--screenshot={TARGET}", f"file://{folder}/dossier.html"]
        subprocess.run([browser, *flags, *look, *paths], check=True, capture_output=True)


if __name__ == "__main__":
    main()
