"""What a server has freed goes back to the machine.

Under load many threads ask for and free large buffers. The C library of most Linux systems (glibc) gives threads heaps
of their own and keeps what is freed in each, so a server that holds the same for hours would seem to grow for hours.
"""

from __future__ import annotations

import ctypes
import sys
from threading import Event, Thread

EVERY = 60.0  # seconds between two times that freed memory is given back
_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def give_back_freed() -> Thread | None:
    """Keep one heap for all threads from here on, and give back each minute what was freed.

    Returns the thread that does so, None where the C library is another.
    """
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    if not (hasattr(library, "mallopt") and hasattr(library, "malloc_trim")):
        return None
    library.mallopt(_ARENA_MAX, 1)
    never = Event()

    def each_minute() -> None:
        while not never.wait(EVERY):
            library.malloc_trim(0)

    thread = Thread(target=each_minute, name="give-back-freed", daemon=True)
    thread.start()
    return thread
