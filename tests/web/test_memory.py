"""What is freed is given back: measured in a process of its own, where the C library is glibc."""

import platform
import subprocess
import sys

import pytest

SCRIPT = """
import ctypes, time
from pathlib import Path
from comity.web import memory

def resident():
    return int(next(l for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmRSS")).split()[1])

library = ctypes.CDLL(None)
library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
blocks = [library.malloc(60_000) for _ in range(3_000)]
for block in blocks:
    ctypes.memset(block, 1, 60_000)
for k, block in enumerate(blocks):
    if k % 50:  # those that stay keep the heap from shrinking by itself
        library.free(block)
before = resident()
memory.EVERY = 0.05
memory.give_back_freed()
until = time.monotonic() + 20
while resident() > before - 100_000 and time.monotonic() < until:
    time.sleep(0.05)
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library gives memory back by itself")
def test_freed_memory_goes_back_to_the_machine():
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    assert int(told.stdout) > 100_000, "KiB given back of 176,000 freed"


def test_elsewhere_nothing_is_done(monkeypatch):
    from comity.web.memory import give_back_freed

    monkeypatch.setattr(sys, "platform", "darwin")
    assert give_back_freed() is None
