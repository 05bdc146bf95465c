"""Citations in three formats, parsed back; CITATION.cff; the shipped set."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import factory
import pytest
import yaml

from comity.errors import UnknownIssue, UsageError
from comity.model.origin import Origin
from comity.model.reading import Reading
from comity.report.cite import FORMATS, WHATS, cite, set_line
from comity.sources.registry import source
from comity.study.corpus import STARTER
from comity.study.opening import open_corpus
from comity.version import LICENCE, VERSION
from comity.votes.landmarks import landmarks
from comity.votes.sets import load_set, shipped_sets

ROOT = Path(__file__).resolve().parents[3]
VOETEN = replace(factory.ORIGIN, release="voeten-2024-wide", link=source("voeten").link, licence="", citation="")


def header(origin: Origin = VOETEN, issue: str = "hr"):
    return replace(factory.header(), origin=origin, reading=Reading(release=origin.release, issue=issue))


def bibtex(text: str) -> list[dict[str, str]]:
    """Entries of a BibTeX file, read strictly: braces must balance and nothing stand between entries."""
    entries, at = [], 0
    while at < len(text):
        head = re.compile(r"@(\w+)\{([a-z0-9]+),\n").match(text, at)
        assert head, text[at : at + 40]
        entry, at = {"type": head[1], "key": head[2]}, head.end()
        while field := re.compile(r"  (\w+) = \{").match(text, at):
            depth, end = 1, field.end()
            while depth:
                if text[end] == "\\":
                    end += 1
                else:
                    depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            assert field[1] not in entry
            entry[field[1]], at = text[field.end() : end - 1], end
            assert text.startswith(",\n", at)
            at += 2
        assert text.startswith("}\n", at), text[at : at + 40]
        entries.append(entry)
        at += 2 + text.startswith("\n", at + 2)
    return entries


def ris(text: str) -> list[list[tuple[str, str]]]:
    """Records of a RIS file: each line a tag, each record from TY to ER."""
    records: list[list[tuple[str, str]]] = []
    for line in filter(None, text.split("\n")):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            records.append([])
        records[-1].append((match[1], match[2]))
    assert all(r[0][0] == "TY" and r[-1] == ("ER", "") for r in records)
    assert all(tag != "ER" for r in records for tag, _ in r[:-1])
    return records


def test_data_as_bibtex() -> None:
    data, article, chapter = bibtex(cite("data", VOETEN, "bibtex", header()))
    assert data["type"] == "misc"
    assert data["author"] == "Voeten, Erik and Strezhnev, Anton and Bailey, Michael"
    assert data["title"] == "{United Nations General Assembly Voting Data}"
    assert data["doi"] == "10.7910/DVN/LEJUQZ"
    assert data["urldate"] == "2026-11-23", "the day of the answer"
    assert f"sha256 {VOETEN.sha256}, last roll call 2024-06-04" in data["note"]
    assert "Reading: human rights, calendar years" in data["note"]
    assert (article["type"], article["journal"], article["pages"]) == (
        "article",
        "Journal of Conflict Resolution",
        "430--456",
    )
    assert chapter["type"] == "incollection"
    assert "note" not in article and "urldate" not in article


def test_keys_are_unique() -> None:
    entries = bibtex(cite("all", VOETEN, "bibtex"))
    assert [e["key"] for e in entries] == ["voeten2009", "bailey2017", "voeten2013", "comityteam2026"]


def test_special_characters_in_bibtex() -> None:
    hostile = replace(
        VOETEN, source=r"Votes & {vetoes}: 100 % of A_B #1 \x ~ ^ $5", link="https://example.org/a_b~c", citation=""
    )
    (entry,) = bibtex(cite("data", hostile, "bibtex"))
    assert entry["title"] == (
        r"{Votes \& \{vetoes\}: 100 \% of A\_B \#1 \textbackslash{}x \textasciitilde{} \textasciicircum{} \$5}"
    )
    assert entry["url"] == "https://example.org/a_b~c", "an address stays as it is"
    assert entry["key"].startswith("votesvetoes")


def test_ris() -> None:
    data, article, chapter, tool = ris(cite("all", VOETEN, "ris", header()))
    assert [r[0][1] for r in (data, article, chapter, tool)] == ["DATA", "JOUR", "CHAP", "COMP"]
    assert ("AU", "Voeten, Erik") in data and ("DO", "10.7910/DVN/LEJUQZ") in data and ("Y2", "2026/11/23") in data
    assert ("SP", "430") in article and ("EP", "456") in article and ("T2", "Journal of Conflict Resolution") in article
    assert ("AU", "The Comity team") in tool


def test_ris_keeps_a_record_on_its_lines() -> None:
    broken = replace(VOETEN, link="", source="Votes", citation="First line\nER  - \nTY  - BOOK")
    (record,) = ris(cite("data", broken, "ris"))
    assert ("N1", dict(record)["N1"]) in record and "First line ER - TY - BOOK" in dict(record)["N1"]


def test_csl_json() -> None:
    data, article, chapter, tool = json.loads(cite("all", VOETEN, "csl-json", header()))
    assert [i["type"] for i in (data, article, chapter, tool)] == ["dataset", "article-journal", "chapter", "software"]
    assert data["author"][0] == {"family": "Voeten", "given": "Erik"}
    assert tool["author"] == [{"literal": "The Comity team"}]
    assert data["issued"] == {"date-parts": [[2009]]}
    assert data["accessed"] == {"date-parts": [[2026, 11, 23]]}
    assert VOETEN.sha256 in data["note"]
    # names of the CSL-JSON schema, and no empty values
    known = "id type title author issued container-title volume issue page publisher version DOI URL accessed note"
    for item in (data, article, chapter, tool):
        assert set(item) <= set(known.split()) and all(item.values())


def test_letters_beyond_ascii_stay() -> None:
    library = replace(VOETEN, link=source("undl").link)
    for form in FORMATS:
        assert "Hammarskjöld" in cite("data", library, form)
    (entry,) = bibtex(cite("data", library, "bibtex"))
    assert entry["author"] == "{United Nations Dag Hammarskjöld Library}", "a body, not a person"
    assert "year" not in entry, "none is recorded, none is made up"


def test_every_source_in_every_format() -> None:
    for name in ("voeten", "unvotes", "undl", "plain"):
        origin = replace(VOETEN, link=source(name).link, source=source(name).title)
        works = max(1, len(source(name).citations))
        for what in WHATS:
            n = {"data": works, "tool": 1, "all": works + 1}[what]
            assert len(bibtex(cite(what, origin, "bibtex"))) == n
            assert len(ris(cite(what, origin, "ris"))) == n
            assert len(json.loads(cite(what, origin, "csl-json"))) == n


def test_a_table_of_ones_own() -> None:
    own = replace(VOETEN, link="", source="A table of votes", citation="Counted by hand (2025)", licence="CC0-1.0")
    (item,) = json.loads(cite("data", own, "csl-json"))
    assert item["title"] == "A table of votes" and "author" not in item
    assert "Counted by hand (2025)" in item["note"] and "Licence: CC0-1.0." in item["note"]


def test_starter() -> None:
    origin = open_corpus(STARTER).origin
    data = json.loads(cite("data", origin, "csl-json"))[0]
    assert f"made from release {origin.derived_from}: sha256 {origin.sha256}" in data["note"]


def test_without_an_answer_there_is_no_reading() -> None:
    note = json.loads(cite("data", VOETEN, "csl-json"))[0]["note"]
    assert "Release voeten-2024-wide" in note and "Reading" not in note


@pytest.mark.parametrize(
    ("what", "form", "allowed"), [("codes", "ris", "data, tool, all"), ("data", "apa", "bibtex, ris, csl-json")]
)
def test_unknown_choices(what: str, form: str, allowed: str) -> None:
    with pytest.raises(UsageError) as caught:
        cite(what, VOETEN, form)
    assert caught.value.allowed == allowed


def test_the_set_that_was_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "mine.csv").write_text("symbol,label,coder,note\nA/RES/68/262,Ukraine,Ada,\n")
    line = set_line(Reading(issue="set:mine"))
    digest = load_set("mine", [tmp_path / "sets"]).sha256
    assert line == f"The set “mine”, chosen by Ada: symbols or ids listed 1, sha256 of its file {digest}."
    (tmp_path / "sets" / "bare.csv").write_text("symbol\nA/RES/68/262\nA/RES/ES-11/1\n")
    assert set_line(Reading(issue="set:bare")).startswith("The set “bare”: symbols or ids listed 2, sha256")
    assert digest in cite("data", VOETEN, "ris", header(issue="set:mine"))
    assert set_line(Reading(issue="hr")) == ""
    with pytest.raises(UnknownIssue):
        set_line(Reading(issue="set:gone"))


def test_the_tool_agrees_with_its_papers() -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert cff["cff-version"] == "1.2.0"
    assert (cff["version"], cff["license"]) == (VERSION, project["license"]) == (VERSION, LICENCE)
    assert " ".join(cff["abstract"].split()) == project["description"]
    assert cff["keywords"] == project["keywords"]
    (tool,) = json.loads(cite("tool", VOETEN, "csl-json"))
    assert (tool["title"], tool["version"]) == (cff["title"], cff["version"])
    assert [a["literal"] for a in tool["author"]] == [a["name"] for a in cff["authors"]]
    assert [a["name"] for a in project["authors"]] == [a["name"] for a in cff["authors"]]
    assert tool["note"] == f"Licence: {project['license']}."
    year = tool["issued"]["date-parts"][0][0]
    assert f"Copyright (c) {year} The Comity team" in (ROOT / "LICENSE").read_text("utf-8")


def test_shipped_set() -> None:
    import csv

    assert "es-11" in shipped_sets()
    shipped = load_set("es-11")
    assert shipped.members == {f"A/RES/ES-11/{n}" for n in range(1, 7)}
    assert shipped.coder == "Comity"
    rows = csv.DictReader((ROOT / "src/comity/data/sets/es-11.csv").read_text("utf-8").splitlines())
    ledger = {row.symbol: row for row in landmarks()}
    for row in rows:
        vote = ledger[row["symbol"]]
        assert row["label"] == vote.title
        assert row["note"] == f"adopted {vote.date.isoformat()}"
        assert vote.date >= date(2022, 3, 2)
