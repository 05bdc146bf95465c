"""The version, in one place: the build reads it from here, so does everything that prints it."""

VERSION = "0.1.0"
LICENCE = "MIT"
