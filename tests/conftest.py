"""Shared fixtures."""

import os
from pathlib import Path

import pytest

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
