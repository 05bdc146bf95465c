"""The dossier printed: tagged, the same bytes each time, whole, and with nothing in it read as a command."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import factory
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from comity.errors import MissingExtra
from comity.model.language import speaking
from comity.report.document import (
    Chapter,
    Column,
    Definitions,
    Document,
    Facts,
    Fold,
    Item,
    Line,
    Listing,
    Paragraph,
    Picture,
    Table,
)
from comity.report.dossier.chapters import document
from comity.report.dossier.write import FORMATS, checked, write
from comity.report.print import pdf
from comity.report.print.columns import SIZES, WIDTH, fitted
from comity.report.print.letters import UNKNOWN
from comity.report.print.sheet import sheet

DAY = date(2026, 11, 23)
DRAWN = (
    '<svg width="124" height="64" viewBox="0 0 124 64" xmlns="http://www.w3.org/2000/svg">'
    '<rect x="12" y="12" width="100" height="40" fill="#0f4a57"/>'
    '<text x="20" y="30" font-family="Inter" font-weight="600" font-size="12">Kỳ họp</text></svg>'
)


def printed(made: Document, *facts: tuple[str, str]) -> bytes:
    return pdf.render(made, "dossier", facts=facts, made=DAY)


def page_of(*blocks: Any, title: str = "A title", lead: str = "A lead.") -> Document:
    return Document(title, "A subtitle", lead, (Chapter("one", "First", blocks),), "Source: a source.")


def words(content: bytes) -> str:
    """The text of all pages; what keeps numbers together is taken out."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"[\u2060\u200b\ufeff\u200d]", "", text.replace("\u00a0", " "))


def flat(content: bytes) -> str:
    return " ".join(words(content).split())


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in reading order."""

    def walk(node: Any) -> Iterator[DictionaryObject]:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for inner in node:
                yield from walk(inner)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(reader.root_object["/StructTreeRoot"]["/K"])  # type: ignore[index]


def links(reader: PdfReader) -> set[str]:
    """The addresses that the pages lead to."""
    found = set()
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A")
            if action and "/URI" in action:
                found.add(str(action["/URI"]))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("printed")
    assert [p.name for p in write(factory.dossier_answer(), place, ("pdf", "json"))] == ["dossier.pdf", "dossier.json"]
    return place


@pytest.fixture(scope="module")
def laid_out() -> Document:
    return document(factory.dossier_answer())


@pytest.fixture(scope="module")
def content(folder: Path) -> bytes:
    return (folder / "dossier.pdf").read_bytes()


@pytest.fixture(scope="module")
def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def test_the_file_says_what_it_is(reader: PdfReader, laid_out: Document) -> None:
    root = reader.root_object
    answer = factory.dossier_answer()
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == laid_out.title
    assert str(reader.metadata.creation_date).startswith(answer.header.answered.isoformat())
    described = reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in described


def test_pages_are_a4_numbered_and_carry_their_source(reader: PdfReader) -> None:
    source = factory.dossier_answer().header.origin.release
    for number, page in enumerate(reader.pages, 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        text = page.extract_text()
        assert (f"{number} / {len(reader.pages)}" in text) == (number > 1)
        assert source in text


def test_chapters_are_bookmarks_and_headings_in_their_order(reader: PdfReader, laid_out: Document) -> None:
    titles = [chapter.title for chapter in laid_out.chapters]
    marks = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert [mark for mark in marks if mark in titles] == titles
    kinds = [str(e["/S"]) for e in elements(reader)]
    assert kinds.count("/H1") == len(marks) + 1  # that of the contents, which needs no mark
    assert kinds.index("/Title" if "/Title" in kinds else "/P") < kinds.index("/TOC") < kinds.index("/Table")


def test_tables_have_heads_and_figures_their_words(reader: PdfReader) -> None:
    found = list(elements(reader))
    figures = [e for e in found if e["/S"] == "/Figure"]
    assert len(figures) == 5
    assert all("General Assembly" in str(e.get("/Alt", "")) for e in figures)
    tables = [e for e in found if e["/S"] == "/Table"]
    assert len(tables) >= 7
    assert sum(e["/S"] == "/THead" for e in found) >= len(tables)
    assert all(e["/S"] != "/Figure" or e["/Alt"] for e in found)


def test_the_numbers_of_the_answer_are_there(content: bytes) -> None:
    answer, text = factory.dossier_answer(), flat(content)
    for part in ("345 of 460", "101st of 187", "15th of 188", "made-up-2024", "Contents", "Annexes", "References"):
        assert part in text
    for partner in answer.ranks[0].partners:
        assert partner.name in text
    assert "<unilateral>" in text


def test_what_is_folded_is_an_annex_that_its_chapter_points_to(reader: PdfReader, content: bytes) -> None:
    pointed = re.findall(r"Annex (\d+), page (\d+)", flat(content))
    assert [int(n) for n, _ in pointed] == list(range(1, len(pointed) + 1))
    assert len(pointed) >= 3
    for number, page in pointed:
        assert re.search(rf"Annex {number}\.", reader.pages[int(page) - 1].extract_text())


def test_the_same_answer_gives_the_same_bytes(folder: Path, content: bytes, tmp_path: Path) -> None:
    pdf._fonts.cache_clear()
    (path,) = write(factory.dossier_answer(), tmp_path, ("pdf",))
    assert path.read_bytes() == content


HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "*not bold* _nor slanted_ `nor code`",
    "= no heading",
    "$x^2$ <label> @reference // no comment /* nor this */",
    r"\#escaped \u{41} ~ -- --- ...",
    '"; #panic("x") #"',
    "{{ jinja }} {page}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_comes_out_as_text(text: str) -> None:
    blocks = (
        Paragraph(text),
        Listing((text,)),
        Definitions(((text, text, None),)),
        Table(text, (Column(text, numeric=False),), (Line((Item(text, (text,)),)),), note=text),
    )
    said = printed(page_of(*blocks, Facts(((text, text),)), title=text, lead=text), (text, text))
    assert PdfReader(io.BytesIO(said)).metadata.title == text  # type: ignore[union-attr]
    found = "".join(words(said).split())
    # Title, lead, fact twice, contents aside: every place it was put in.
    assert found.count("".join(text.split())) >= 10
    assert "root:" not in found


def test_only_addresses_of_the_web_are_links() -> None:
    made = page_of(
        Definitions((("One", "a", "https://undocs.org/A/RES/1/1"), ("Two", "b", "javascript:alert(1)"))),
        Table(
            "T",
            (Column("Record", numeric=False),),
            (Line((Item("c", href="file:///etc/passwd"),)), Line((Item("d", href="http://undocs.org/S/1"),))),
        ),
        Paragraph("Read https://doi.org/10.7910/DVN/LEJUQZ. Then stop."),
    )
    reader = PdfReader(io.BytesIO(printed(made)))
    expected = {"https://undocs.org/A/RES/1/1", "http://undocs.org/S/1", "https://doi.org/10.7910/DVN/LEJUQZ"}
    assert links(reader) == expected


def test_letters_of_other_scripts_are_told_and_vietnamese_is_set() -> None:
    picture = Picture("Một hình 国", lambda _: DRAWN.replace("Kỳ", "国 Kỳ"))
    text = flat(printed(page_of(Paragraph("中文 and \u0007 Tiếng Việt: Đường lối ngoại giao"), picture)))
    assert f"{UNKNOWN}{UNKNOWN} and {UNKNOWN} Tiếng Việt: Đường lối ngoại giao" in text
    assert f"{UNKNOWN} Kỳ họp" in text


def test_a_document_in_vietnamese_says_so() -> None:
    with speaking("vi"):
        reader = PdfReader(io.BytesIO(printed(page_of(Paragraph("Việt Nam")))))
    assert reader.root_object["/Lang"] == "vi"


def test_a_fold_of_sentences_stays_and_a_figure_is_set_once() -> None:
    picture = Picture("A figure of the General Assembly", lambda _: DRAWN)
    table = Table("T", (Column("A", numeric=False),), (Line((Item("x"),)),))
    made = page_of(picture, Fold("Sentences", (Listing(("one",)),)), Fold("Rows", (picture, table)))
    values = sheet(made, (), "dossier")
    (chapter,) = values["chapters"]
    assert [b["kind"] for b in chapter["blocks"]] == ["picture", "fold", "see"]
    (annex,) = values["annexes"]
    assert [b["kind"] for b in annex["blocks"]] == ["table"]
    assert annex["title"] == "First: Rows"
    # The empty margin around the figure is cut off.
    assert 'viewBox="12 12 100 40"' in chapter["blocks"][0]["svg"]


def test_an_empty_document_and_odd_tables_are_set() -> None:
    assert printed(page_of())
    none = Table("None", (Column("A"),), ())
    ragged = Table("Ragged", (Column("A"), Column("B")), (Line((Item("only one"),)), Line((Item(""), Item("")))))
    tall = Table("Tall", (Column("A", numeric=False),), (Line((Item("word " * 4000),)),))
    text = flat(printed(page_of(none, ragged, tall, Listing(()), Facts(()), Definitions(()))))
    assert text.count("word") == 4000
    assert "only one" in text


def test_columns_never_ask_for_more_than_the_page(laid_out: Document) -> None:
    for chapter in laid_out.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                size, widths = fitted(block)
                assert sum(em for em, _ in widths) * size <= WIDTH
    heads = tuple(Column(str(1977 + i), numeric=False) for i in range(16))
    wide = Table("W", (Column("Target", numeric=False), *heads), (Line((Item("Iran"), *(Item("YN"),) * 16)),))
    size, widths = fitted(wide)
    assert size in SIZES
    assert sum(em for em, _ in widths) * size <= WIDTH
    few = fitted(replace(wide, columns=wide.columns[:3], lines=(Line(wide.lines[0].items[:3]),)))
    assert few[0] == SIZES[0]


def test_without_the_extra_the_error_names_it_and_other_formats_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match="--extra report") as caught:
        write(factory.dossier_answer(starter=True), tmp_path / "new", ("md", "pdf"))
    assert caught.value.exit_code == 60
    assert not (tmp_path / "new").exists()
    assert checked(FORMATS) == ("html", "md", "json")
    assert [p.name for p in write(factory.dossier_answer(starter=True), tmp_path, ("json",))] == ["dossier.json"]
