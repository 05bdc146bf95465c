"""The references of a dossier: each source once, under the words its publisher asks for, the ledgers in one line."""

from __future__ import annotations

import factory

from comity.report.document import Listing
from comity.report.references import references, source_of
from comity.study.answers.strand import SourceLine

HEADER = factory.dossier_answer().header


def items(*lines: SourceLine) -> tuple[str, ...]:
    (listing,) = (b for b in references(HEADER, lines).blocks if isinstance(b, Listing))
    return listing.items


def test_the_release_comes_first_and_the_tool_last() -> None:
    first, last = items()
    assert first.startswith("Made-up votes of a test")
    assert HEADER.origin.sha256 in first
    assert last.startswith("The Comity team (2026). Comity. Version ")


def test_tables_of_one_source_are_one_work_and_say_what_was_read() -> None:
    read = [SourceLine(f"sipri-{part}", "SIPRI", "1950–2023", sha256="ab") for part in ("register-2024", "tiv-2022")]
    (sipri,) = items(*read, *read)[1:-1]
    assert sipri.startswith("Stockholm International Peace Research Institute")
    assert "Read as sipri-register-2024, covering 1950–2023. Read as sipri-tiv-2022, covering 1950–2023." in sipri
    assert "Accessed 23 November 2026." in sipri


def test_a_source_is_known_by_its_longest_name_then_by_its_address() -> None:
    named = source_of(SourceLine("cow-trade-2014", "", "", link="https://correlatesofwar.org"))
    assert named is not None
    assert named.id == "cow-trade"
    by_link = source_of(SourceLine("mine", "", "", link="https://doi.org/10.7910/DVN/LEJUQZ"))
    assert by_link is not None
    assert by_link.id == "voeten"
    assert source_of(SourceLine("mine", "My table", "1990–2000", sha256="cd")) is None


def test_a_work_that_two_sources_ask_for_is_listed_once() -> None:
    both = [SourceLine(label, "", "1946–2020", sha256="ab") for label in ("unvotes-0.3.0", "voeten-2024-wide")]
    (data,) = [
        item for item in items(*both) if "United Nations General Assembly Voting Data. Harvard Dataverse" in item
    ]
    assert "Read as voeten-2024-wide" in data


def test_ledgers_are_one_line_and_a_table_of_ones_own_is_named() -> None:
    told = items(
        SourceLine("visits", "Comity’s ledger", "34 rows used"),
        SourceLine("ledgers", "Comity’s ledger", "aid, visits"),
        SourceLine("mine", "My table", "1990–2000", sha256="cd"),
        SourceLine(HEADER.origin.release, "The release itself", "1946–2024", link="https://example.org"),
    )
    assert len(told) == 4
    assert told[1] == "My table. Read as mine, covering 1990–2000."
    assert told[2] == "Comity’s ledgers. Rows written down from the texts they name: aid, visits."
