"""The shipped fonts have a glyph for every letter that Comity prints, in English and in Vietnamese."""

import unicodedata
from importlib import resources

import pytest

from comity.model.words import catalogue
from comity.report.print.letters import UNKNOWN, fonts, letters, printable

FACES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "SourceSerif4-Regular.otf", "SourceSerif4-Semibold.otf")
TEXT = FACES[:2]
PANGRAM = (
    "Do bạch kim rất quý nên sẽ dùng để lắp vô xương. Tâm tưởng tôi tỏ tình tới Tú từ tháng tư, thú thật, tôi thương "
    "Tâm thì tôi thì thầm thử Tâm thế thôi."
)
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = {unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES} | {"đ"}


def printed() -> set[str]:
    """Every letter of every message, of every language that has a folder."""
    languages = [e.name for e in (resources.files("comity.data") / "messages").iterdir() if e.is_dir()]
    assert "en" in languages
    return {c for language in languages for text in catalogue(language).values() for c in text if not c.isspace()}


def test_all_vietnamese_letters_are_single_code_points() -> None:
    assert len(VIETNAMESE) == 73
    assert all(len(letter) == 1 for letter in VIETNAMESE)


@pytest.mark.parametrize("face", FACES)
def test_every_vietnamese_letter_has_a_glyph(face: str) -> None:
    wanted = VIETNAMESE | {v.upper() for v in VIETNAMESE} | set(PANGRAM)
    assert {c for c in wanted if ord(c) not in letters(face)} == set()


@pytest.mark.parametrize("face", TEXT)
def test_every_letter_of_the_catalogues_has_a_glyph(face: str) -> None:
    # With what the page puts in itself: spaces that do not break, the word joiner, the sign for an unknown letter.
    wanted = printed() | set("\u00a0\u2060") | {UNKNOWN}
    assert {c for c in wanted if ord(c) not in letters(face)} == set()


def test_a_letter_that_is_not_there_is_told() -> None:
    assert all(ord("国") not in letters(face) for face in FACES)
    assert 0xFFFF not in letters(TEXT[0])
    assert len(letters("SourceSerif4-Regular.otf")) == 920
    assert printable("A/RES/ES-11/1 “Đặng” 国") == f"A/RES/ES-11/1 “Đặng” {UNKNOWN}"


def test_the_licences_travel_with_the_fonts() -> None:
    static = resources.files("comity.web") / "static" / "fonts"
    for folder, suffix in ((fonts(), (".ttf", ".otf")), (static, (".woff2",))):
        names = {entry.name for entry in folder.iterdir()}
        stems = {name.rpartition(".")[0] for name in names if name.endswith(suffix)}
        assert stems == {face.rpartition(".")[0] for face in FACES}
        for licence in ("OFL-Inter.txt", "OFL-SourceSerif4.txt"):
            assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / licence).read_text(encoding="utf-8")


def test_browsers_get_fonts_that_are_light() -> None:
    static = resources.files("comity.web") / "static" / "fonts"
    for entry in static.iterdir():
        if entry.name.endswith(".woff2"):
            content = entry.read_bytes()
            assert content[:4] == b"wOF2"
            assert len(content) < 90_000
