"""A text as sentences with their places in the file: plain text, Markdown or HTML, in English only.

Markup is blanked out character by character, so that every place is one of the file as it lies on the disk.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from comity.errors import BadFile, DamagedFile, UnknownLayout

SUFFIXES = (".txt", ".html", ".htm", ".md")
LARGEST = 20_000_000
LONGEST = 1000
"""Characters of a sentence; what is longer is a table, a list or code, and is not read."""
_GAP = "\x00"
"""What stands for a character of markup inside a sentence; taken out when the sentence is read."""
_BREAK = "\x1e"
"""What stands where markup ends a paragraph."""
_BLOCKS_WORDS = (
    "address article aside blockquote body br caption dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 head "
    "header hr html li main nav ol option p pre section table tbody td th thead title tr ul"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_SILENT = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "title",
        "svg",
        "math",
        "textarea",
        "select",
        "del",
        "s",
        "strike",
    )
)
_PARAGRAPH = re.compile(r"\n[ \t\r\f\v\x00]*\n[\s\x00]*|\x1e")
_END = re.compile(r"""(?<=[.!?…])["'”’)\]\x00]*\s+(?=["'“‘(\[\x00]*[A-ZÀ-Þ0-9])""")
_SHORT = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|Nos|Gen|Gov|Sen|Rep|Prof|vs|cf|e\.g|i\.e|approx|ca|c|p|pp|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_ENGLISH_WORDS = (
    "the of and to in a an that is was were for on with as by it from at be are this has had have or but not its their "
    "they which who after before between than only all two also did does his her he she no when while then into over "
    "came against voted"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_A_SYMBOL = re.compile(r"\bA/\S{1,40}")
_ENGLISH_SHARE = 0.15
_LATIN_LEAST = 0.3
_LATIN_SHARE = 0.8
_FOREIGN_SHARE = 0.08
_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")
_FENCE = re.compile(r"^(```|~~~).*?(?:^\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}|[-*+]|>|\d{1,3}[.)])[ \t]+|^[ \t]*\|.*$|\[\^[^\]\n]{1,40}\]:?|!?\[|\]\([^)\n]{0,2000}\)|\]"
    r"|\*{1,3}|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`+",
    re.MULTILINE,
)
_ITEM = re.compile(r"^[ \t]*(?:#{1,6}|[-*+]|\d{1,3}[.)])[ \t]+|^[ \t]*(?:>[ \t]*)+", re.MULTILINE)

_HEADING = re.compile(r"^#{1,6}[ \t][^\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence. text : without markup, on one line; line : from 1; start, end : characters of the file.

    quoted : whether it begins inside a quotation that an earlier sentence of the paragraph opened.
    """

    text: str
    line: int
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text's sentences in English, and how many pieces were left out: another language, or too long."""

    sentences: tuple[Sentence, ...]
    foreign: int
    long: int


def is_text(source: str | Path) -> bool:
    """Whether a file's name is one of a text."""
    return Path(source).suffix.lower() in SUFFIXES


def read_file(path: Path) -> str:
    """A text file as it lies on the disk; UnknownLayout, DamagedFile, BadFile."""
    if not is_text(path):
        raise UnknownLayout("Not a text", got=path.name, allowed=", ".join(SUFFIXES))
    try:
        raw = path.read_bytes()
    except OSError as err:
        raise DamagedFile("The text cannot be read", got=str(path), next=str(err.strerror)) from err
    if len(raw) > LARGEST:
        raise BadFile("The text is too large", got=f"{len(raw):,} bytes", allowed=f"up to {LARGEST:,}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise DamagedFile("The text is not UTF-8", got=path.name, next=f"Save it as UTF-8 (byte {err.start})") from err


def read_text(text: str, name: str) -> Text:
    """The sentences of a text; name : of its file, for its suffix. BadFile where the text is not in English."""
    suffix = Path(name).suffix.lower()
    given = text.replace(_GAP, " ").replace(_BREAK, " ")
    plain = _html(given) if suffix in (".html", ".htm") else _markdown(given) if suffix == ".md" else given
    if not _english(plain):
        told = "Translate it, or write its claims: comity claims new FILE.yaml"
        raise BadFile("Only texts in English are read", got=name, next=told)
    lines = [m.end() for m in re.finditer("\n", text)]
    found, foreign, long = [], 0, 0
    paragraph, open_ = -1, 0
    for start, end, number in _spans(plain):
        open_ = open_ if number == paragraph else 0
        paragraph, quoted = number, open_ > 0
        open_ = _still_open(open_, plain[start:end])
        said = " ".join(plain[start:end].replace(_GAP, "").split())
        if len(said) > LONGEST:
            long += 1
        elif _foreign(said):
            foreign += 1
        else:
            found.append(Sentence(said, bisect_right(lines, start) + 1, start, end, quoted))
    return Text(tuple(found), foreign, long)


def _spans(plain: str) -> Iterator[tuple[int, int, int]]:
    """First and last character of each sentence, and the number of its paragraph."""
    begin = 0
    for number, gap in enumerate([*_PARAGRAPH.finditer(plain), None]):
        last = gap.start() if gap else len(plain)
        start = begin
        for cut in _END.finditer(plain, begin, last):
            if not _SHORT.search(plain, max(start, cut.start() - 8), cut.start()):
                yield from ((a, b, number) for a, b in _trimmed(plain, start, cut.end()))
                start = cut.end()
        yield from ((a, b, number) for a, b in _trimmed(plain, start, last))
        begin = gap.end() if gap else last


def _still_open(before: int, said: str) -> int:
    """How many quotations are open after a sentence; straight quotation marks open and close by turns."""
    curly = max(0, before + said.count("“") - said.count("”"))
    return curly if said.count('"') % 2 == 0 else (0 if curly else 1)


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    blank = f" \t\r\n\f\v{_GAP}{_BREAK}\xa0"
    while start < end and plain[start] in blank:
        start += 1
    while end > start and plain[end - 1] in blank:
        end -= 1
    if start < end:
        yield start, end


def _english(plain: str) -> bool:
    """Whether enough of a text's Latin words are the small words of English, and not almost all is in other letters."""
    sample = _A_SYMBOL.sub(" ", plain[:200_000].replace(_GAP, ""))
    every = _WORD.findall(sample)
    if not every:
        return not sample.strip(f" \t\r\n\f\v{_BREAK}")
    words = [w.lower() for w in every if w[0] < "ɐ"]
    small = sum(w in _ENGLISH for w in words)
    return len(words) >= _LATIN_LEAST * len(every) and small >= _ENGLISH_SHARE * len(words)


def _foreign(said: str) -> bool:
    """Whether a sentence is mostly of another script, or of a Latin script with many marked letters."""
    letters = [c for c in said if c.isalpha()]
    if not letters:
        return False
    latin = [c for c in letters if c < "ɐ" or "\u1e00" <= c <= "\u1eff"]
    marked = [c for c in latin if not c.isascii()]
    return len(latin) < _LATIN_SHARE * len(letters) or len(marked) > _FOREIGN_SHARE * len(letters)


def _blank(found: re.Match[str]) -> str:
    return "".join(c if c == "\n" else _GAP for c in found[0])


def _markdown(text: str) -> str:
    """Markdown with its marks blanked; an item and a heading each are a paragraph."""
    bare = _STRUCK.sub(_blank, _FENCE.sub(_blank, text))
    plain = list(_MARKS.sub(_blank, bare))
    for item in _ITEM.finditer(bare):
        plain[item.start()] = _BREAK
    for heading in _HEADING.finditer(bare):
        plain[heading.end() - 1] = _BREAK
    return "".join(plain)


class _Blanker(HTMLParser):
    """HTML with tags, scripts and styles blanked: the words stay where they are in the file."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self.plain = [_GAP] * len(text)
        self._silent: list[str] = []

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _cut(self) -> None:
        """A paragraph ends here."""
        self.plain[self._at()] = _BREAK

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self._cut()
        if tag in _SILENT:
            self._silent.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self._cut()

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._cut()
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._silent:
            at = self._at()
            self.plain[at : at + len(data)] = list(data)

    def handle_entityref(self, name: str) -> None:
        self._named(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._named(f"&#{name};")

    def _named(self, written: str) -> None:
        if not self._silent:
            self.plain[self._at()] = unescape(written)[:1]


def _html(text: str) -> str:
    parser = _Blanker(text)
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError) as err:
        raise DamagedFile("The HTML cannot be read", got=str(err)[:80]) from err
    return "".join(parser.plain)[: len(text)]
