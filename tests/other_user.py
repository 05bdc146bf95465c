"""Running a script as a user who is not root: root may write anywhere."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent

# The interpreter may lie where only root can read, so all imports come first.
BECOME = """
import os
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
"""


def run_as_other_user(imports: str, script: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run ``imports`` as we are, then ``script`` as an ordinary user, with that store."""
    return subprocess.run(
        [sys.executable, "-c", imports + BECOME + script],
        env=os.environ | {"PYTHONPATH": str(TESTS), "COMITY_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
