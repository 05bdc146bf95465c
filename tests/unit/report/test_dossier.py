"""The dossier: one page that loads nothing, reads well without eyes, and is written whole or not at all."""

import errno
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import factory
import pytest

from comity.errors import StoreFull, StoreReadOnly, UsageError
from comity.report import html as pages
from comity.report.document import Chapter, Document, Picture
from comity.report.dossier.write import write
from page_checks import Page

CHAPTERS = [
    *("periods", "years", "contrasts", "parted", "parting", "issues"),
    *("standing", "ideal", "left-out", "blind", "method", "provenance", "references"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dossier") / "new" / "folder"
    paths = write(factory.dossier_answer(), place, interactive=False)
    assert [p.name for p in paths] == ["dossier.html", "dossier.md", "dossier.json"]
    return place


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    return (folder / "dossier.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_checker_sees_what_a_page_loads() -> None:
    loading = (
        '<link href="https://a/x.css"><script src="b.js"></script><img src="c.png">'
        '<p style="background:url(d.png)">x</p><style>@import "e.css"; p{background:url(https://f)}</style>'
        '<img src="data:image/png;base64,AA"><a href="g">h</a>'
    )
    assert len(Page(loading).loads) == 6


def test_the_page_loads_nothing(page: Page, html: str) -> None:
    assert page.loads == []
    assert page.unclosed == []
    assert not page.all("script")
    # Addresses stand in links only (and in the namespaces of the figures, which are names, not loads).
    links = {str(a.get("href")) for a in page.all("a")}
    outside = re.sub(r'xmlns(:xlink)?="[^"]*"', "", html)
    for address in re.findall(r'="(https?://[^"]+)"', outside):
        assert address in links


def test_chapters_are_sections_named_by_their_headings_and_reached_from_the_contents(page: Page) -> None:
    assert [s["id"] for s in page.all("section")] == CHAPTERS
    assert [a["href"] for a in page.all("a")][1 : len(CHAPTERS) + 1] == [f"#{c}" for c in CHAPTERS]
    assert {s["aria-labelledby"] for s in page.all("section")} == {h["id"] for h in page.all("h2")}
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("nav")) == len(page.all("footer")) == 1
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}
    assert page.all("html")[0]["lang"] == "en"
    ids = [attrs["id"] for _, attrs in page.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))


def test_tables_have_captions_scopes_and_boxes_to_scroll_in(page: Page, html: str) -> None:
    tables = len(page.all("table"))
    assert tables == len(page.text_of("caption")) == len(page.all("thead")) >= 7
    assert all(page.text_of("caption"))
    assert all(th.get("scope") in {"col", "row", "rowgroup"} for th in page.all("th"))
    assert html.count('<div class="scroll" role="group" tabindex="0" aria-label=') == tables


def test_every_row_has_as_many_cells_as_its_table_has_columns(html: str) -> None:
    for table in re.findall(r"<table>.*?</table>", html, re.DOTALL):
        columns = table.count('scope="col"')
        for row in re.findall(r"<tr[^>]*>.*?</tr>", table, re.DOTALL):
            cells = re.findall(r"<t[hd][ >][^<]*", row)
            assert sum(int((re.findall(r'colspan="(\d+)"', cell) or ["1"])[0]) for cell in cells) == columns


def test_figures_are_inline_drawn_twice_and_described(page: Page) -> None:
    figures, drawings = page.all("figure"), page.all("svg")
    assert len(figures) == 5
    assert len(drawings) == 10
    assert all(svg.get("role") == "img" and svg.get("viewbox") for svg in drawings)
    assert not any(svg.get("width") for svg in drawings)
    described = page.text_of("desc")
    assert len(described) == 10
    assert all("General Assembly" in text for text in described)


def test_the_key_numbers_are_there(page: Page) -> None:
    text = " ".join(page.text_of("body")).replace("\u00a0", " ").replace("\u2060", "")
    answer = factory.dossier_answer()
    assert answer.lead_pair.headline in text
    for part in ("345 of 460", "101st of 187", "15th of 188", "made-up-2024", answer.header.origin.sha256, "CC0-1.0"):
        assert part in text
    for note in answer.notes:
        assert note.text in text
    assert "listed twice with the same symbol, date and votes" in text
    assert "one yes" not in text
    for partner in answer.ranks[0].partners:
        assert partner.name in text


def test_splits_link_to_their_record_and_text_is_escaped(page: Page, html: str) -> None:
    assert "https://undocs.org/A/RES/57/222" in [a["href"] for a in page.all("a")]
    assert "&lt;unilateral&gt;" in html
    assert "<unilateral>" not in html


def test_light_dark_print_and_small_screens_are_styled(html: str) -> None:
    css = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]  # type: ignore[index]
    for query in ("color-scheme:light dark", "@media print", "max-width:640px", "prefers-reduced-motion"):
        assert query in css


def test_the_dark_page_recolours_every_colour_of_the_figures(html: str) -> None:
    """A colour that is not answered in the dark style sheet would stand as it is on a dark ground."""
    drawn = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', html[html.index("</style>") :]))
    answered = set(re.findall(r'="(#[0-9a-f]{6})"\]{(?:fill|stroke):light-dark\(\1,#[0-9a-f]{6}\)', html))
    answered |= set(re.findall(r'="(#[0-9a-f]{6})"\],figure[^{]*{(?:fill|stroke):light-dark\(\1,', html))
    # White fills are the figure's own ground, made transparent in both.
    assert drawn - answered - {"#ffffff"} == set()
    assert 'figure svg>rect[fill="#ffffff"]{fill:none}' in html


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page whose figures tell more where they are pointed at."""
    (path,) = write(factory.dossier_answer(), tmp_path_factory.mktemp("lively"), ("html",))
    return path.read_text(encoding="utf-8")


def test_the_lively_page_is_the_still_one_with_its_figures_as_data_and_a_program(html: str, lively: str) -> None:
    without = re.sub(r"<script.*?</script>\n", "", lively, flags=re.DOTALL)
    assert without == html
    data = re.findall(r'<script type="application/json">(.*?)</script>', lively, re.DOTALL)
    assert len(data) == html.count("<figure>")
    for spec in map(json.loads, data):
        assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    titles = {tip["title"] for spec in data for tip in tips(json.loads(spec))}
    assert {"Year", "Category", "Both cast", "Rank"} <= titles
    assert "cast" not in titles


def tips(part: object) -> list[dict[str, str]]:
    """What a figure tells at its marks."""
    if isinstance(part, list):
        return [tip for inner in part for tip in tips(inner)]
    if not isinstance(part, dict):
        return []
    own = part.get("tooltip")
    return (own if isinstance(own, list) else []) + [tip for inner in part.values() for tip in tips(inner)]


def test_the_lively_page_loads_nothing_and_says_it_in_no_script_of_an_answer(lively: str) -> None:
    opened = re.findall(r"<script([^>]*)>", lively[: lively.rindex("<script>")])
    assert set(opened) == {' type="application/json"'}
    assert not re.search(
        r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!#)', re.sub(r"<a [^>]*>", "", html_of(lively))
    )
    ends = "</script><script>alert(1)</script>"
    figure = Picture(ends, lambda _: "<svg></svg>", lambda: json.dumps({"title": ends}))
    made = Document(ends, ends, ends, (Chapter("one", ends, (figure,)),), ends)
    evil = pages.render(made, "dossier", interactive=True)
    assert "<script>alert(1)" not in evil


def html_of(page: str) -> str:
    """The page without its last script, whose strings hold tags."""
    return page[: page.rindex("<script>")]


def test_json_is_the_answer(folder: Path) -> None:
    held = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
    answer = factory.dossier_answer()
    assert held == json.loads(json.dumps(answer.to_dict()))
    assert list(held) == list(answer.to_dict())


def test_markdown_has_the_same_chapters(folder: Path, page: Page) -> None:
    text = (folder / "dossier.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == page.text_of("h2")
    assert "<svg" not in text
    assert r"\<unilateral\>" in text


def test_starter_data_say_which_command_gets_the_votes(tmp_path: Path) -> None:
    write(factory.dossier_answer(starter=True), tmp_path, interactive=False)
    page = Page((tmp_path / "dossier.html").read_text(encoding="utf-8"))
    text = " ".join(page.text_of("body"))
    assert "no single roll calls. Get them with comity data pull unga, or comity data add FILE." in text
    assert "starter data: counts by pair, year and issue" in text
    assert [s["id"] for s in page.all("section")] == CHAPTERS
    assert json.loads((tmp_path / "dossier.json").read_text())["splits"] is None


def test_without_ranks_no_share_is_set_large(tmp_path: Path) -> None:
    answer = factory.dossier_answer(starter=True)
    (path,) = write(
        replace(answer, lead_pair=replace(answer.lead_pair, standings=())), tmp_path, ("html",), interactive=False
    )
    (facts,) = (text for text in Page(path.read_text(encoding="utf-8")).text_of("ul") if "345" in text)
    assert "A rank cannot be computed from these data." in facts
    assert "%" not in facts


def test_only_the_formats_asked_for(tmp_path: Path) -> None:
    assert [p.name for p in write(factory.dossier_answer(), tmp_path, ("json",))] == ["dossier.json"]
    assert [p.name for p in tmp_path.iterdir()] == ["dossier.json"]
    with pytest.raises(UsageError, match=r"docx.*html, md, json, pdf"):
        write(factory.dossier_answer(), tmp_path, ("docx",))
    with pytest.raises(UsageError):
        write(factory.dossier_answer(), tmp_path, ())


def test_a_place_that_cannot_be_a_folder_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreReadOnly, match="Cannot write") as caught:
        write(factory.dossier_answer(), tmp_path / "taken" / "dossier", ("json",))
    assert caught.value.exit_code == 41
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_a_full_disk_leaves_the_old_files_and_no_new_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dossier.json").write_text("old")
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFull, match="No space is left"):
        write(factory.dossier_answer(starter=True), tmp_path, ("json", "md"))
    assert [p.name for p in tmp_path.iterdir()] == ["dossier.json"]
    assert (tmp_path / "dossier.json").read_text() == "old"
    calls.clear()
    with pytest.raises(StoreFull):
        write(factory.dossier_answer(starter=True), tmp_path / "a" / "b", ("json", "md"))
    assert [p.name for p in tmp_path.iterdir()] == ["dossier.json"]


def test_written_files_are_readable_by_others(tmp_path: Path) -> None:
    (path,) = write(factory.dossier_answer(starter=True), tmp_path, ("json",))
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
