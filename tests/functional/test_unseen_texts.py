"""From a file in the Library's layout of September 2024 to the texts that a pair answer cannot see."""

from __future__ import annotations

from pathlib import Path

import pytest

import comity

HEADER = (
    "undl_id,ms_codes,ms_names,ms_votes,resolutions,title,modality,draft,committee_report,meeting,agenda_titles,"
    "subjects,date,yes,no,abstentions,non-voting,total-voting,undl_link"
)
MEMBERS = (("VNM", "VIET NAM"), ("USA", "UNITED STATES"))
VOTED = {"A/RES/78/11": "YN", "A/RES/78/12": "YY", "A/RES/78/13": "AN"}
ADOPTED = ("A/RES/78/1", "A/RES/78/2", "A/RES/78/3", "A/RES/78/4")


def _row(number: int, member: tuple[str, str], vote: str, symbol: str, modality: str) -> str:
    link = f"https://digitallibrary.un.org/record/{number}"
    return f"{number},{member[0]},{member[1]},{vote},{symbol},A text,{modality},,,,,,2023-12-05,,,,,,{link}"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    rows = [
        _row(i, member, vote, symbol, "With a vote")
        for i, (symbol, votes) in enumerate(VOTED.items())
        for member, vote in zip(MEMBERS, votes, strict=True)
    ]
    rows += [_row(100 + i, m, "", symbol, "Without a vote") for i, symbol in enumerate(ADOPTED) for m in MEMBERS]
    file = tmp_path / "library.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


def test_texts_marked_as_adopted_without_a_vote_are_no_roll_calls_but_are_counted(library: Path) -> None:
    added = comity.add(library)
    assert added.manifest.roll_calls == len(VOTED)
    assert added.manifest.without_a_vote == ((78, len(ADOPTED)),)
    assert any("adopted without a vote: 8" in warning for warning in added.warnings)
    answer = comity.pair("VNM", "USA", periods="78", clock="session", measures="state_incl_consensus,votes_only")
    found = {m.id: m.value for m in answer.lead.cells[0].measures}
    # YY 1, YN 1, both cast all three: (1 + 4)/(2 + 4).
    assert found == {"state_incl_consensus": pytest.approx(5 / 6), "votes_only": 1 / 2}
    (told,) = [n.text for n in answer.notes if n.id == "texts_unseen"]
    assert told.startswith("In session 78 the Assembly adopted 4 texts without a vote (resolutions)")
    assert "undl-2023, which marks them in its column modality" in told
    assert comity.add(library).new is False
