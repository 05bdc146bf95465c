"""The version, in one place: the build reads it from here, so does everything that prints it."""

VERSION = "0.1.0"
LICENCE = "MIT"
METHOD = 1
"""Of the counting: raised with each entry under "Numbers that changed" in CHANGELOG, so that a link can say what it was
made with."""
