"""Shared fixtures."""

import os
import sys
from pathlib import Path

import pytest

# Some tests cap the size of files. A module compiled under such a cap leaves half a .pyc behind, which breaks every
# later start, so neither the tests nor the processes they start write any.
sys.dont_write_bytecode = True
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real releases that some tests read; such a test is skipped, by name, where it is absent.

    The folder is COMITY_SHARED_DATA, or ``../shared/data`` beside the checkout.
    """
    folder = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the shared data folder {folder} (set COMITY_SHARED_DATA)")
    return folder
