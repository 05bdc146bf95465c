"""The measures of a pair: values from its tables, and a reason wherever there is none."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from comity.errors import UsageError
from comity.model.reading import Reading
from comity.report.atlas_files import write
from comity.report.terminal import text
from comity.report.text_formats import as_csv, as_html, as_json, as_markdown
from comity.study.answers.measured import Measured
from comity.study.atlas import atlas
from comity.study.pair import pair
from comity.study.release import ReleaseCorpus
from vote_tables import corpus, frames

# Session 49 (1994): five roll calls, the third unanimous, the fourth a paragraph vote.
# Viet Nam YYYNA, Russia YNYAX; session 50: both always yes.
VOTES = """
| date       | session | paragraph | amendment | hr  | VNM | RUS | USA |
|------------|---------|-----------|-----------|-----|-----|-----|-----|
| 1994-11-01 | 49      | no        | no        | yes | Y   | Y   | N   |
| 1994-11-02 | 49      | no        | no        | yes | Y   | N   | N   |
| 1994-11-03 | 49      | no        | no        | no  | Y   | Y   | Y   |
| 1994-11-04 | 49      | yes       | no        | no  | N   | A   | Y   |
| 1994-11-05 | 49      | no        | no        | no  | A   | X   | N   |
| 1995-11-01 | 50      | no        | no        | no  | Y   | Y   | N   |
| 1995-11-02 | 50      | no        | no        | no  | Y   | Y   | N   |
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def release() -> ReleaseCorpus:
    return corpus(*frames(VOTES))


def values(release: ReleaseCorpus, ids: str, periods: str = "49,50", **choices: str) -> list[dict[str, Measured]]:
    reading = Reading(**{"clock": "session", **choices})  # type: ignore[arg-type]
    answer = pair("VNM", "RUS", periods=periods, measures=ids, reading=reading, corpus=release)
    return [{m.id: m for m in cell.measures} for cell in answer.lead.cells]


def test_values_by_hand(release: ReleaseCorpus) -> None:
    first, second = values(release, "ia,s,voeten,same_share,same_share_of_all")
    assert {id: m.value for id, m in first.items()} == {
        "ia": 2.5 / 4,
        "s": 2 * 2.5 / 4 - 1,
        "voeten": 1.5 / 3,  # without the unanimous third
        "same_share": 2 / 4,
        "same_share_of_all": 2 / 5,
    }
    assert (first["ia"].n, first["voeten"].n) == (4, 3)
    assert second["ia"].value == second["voeten"].value == 1


def test_final_votes_leave_the_paragraph_vote_out(release: ReleaseCorpus) -> None:
    (year,) = values(release, "state_2017", "1994", clock="year")
    assert (year["state_2017"].value, year["state_2017"].n) == (2 / 3, 3)


def test_beside_a_chance_corrected_value(release: ReleaseCorpus) -> None:
    first, second = values(release, "kappa_sq")
    told = first["kappa_sq"]
    # Viet Nam 3 yes 0 abstained 1 no, Russia 2 yes 1 abstained 1 no, of 4: Do = (0 + 1 + 0 + 1/4)/4 = 5/16,
    # De = (3·1/4 + 3·1 + 1·2 + 1·1/4)/16 = 6/16.
    assert told.value == pytest.approx(1 - 5 / 6)
    assert told.choices == ((3, 0, 1), (2, 1, 1))
    assert (told.prevalence, told.bias) == (5 / 8, 1 / 4)
    assert not told.below_chance
    undefined = second["kappa_sq"]
    assert undefined.value is None and undefined.reason and "one and the same choice" in undefined.reason
    assert undefined.choices == ((2, 0, 0), (2, 0, 0))


@pytest.mark.parametrize(
    ("id", "choices", "periods", "says"),
    [
        ("voeten", {"clock": "year"}, "1994", "--clock session"),
        ("state_2017", {}, "49", "--clock year"),
        ("state_incl_consensus", {"issue": "hr"}, "49", "--issue all"),
        ("state_incl_consensus", {}, "50", "neither the release marks them"),
        ("votes_only", {"issue": "hr"}, "49", None),
    ],
)
def test_reasons(release: ReleaseCorpus, id: str, choices: dict[str, str], periods: str, says: str | None) -> None:
    (found,) = values(release, id, periods, **choices)
    assert (found[id].reason is None) is (says is None)
    assert says is None or says in str(found[id].reason)


def test_texts_adopted_without_a_vote(release: ReleaseCorpus, own_home: Path) -> None:
    (own_home / "ledgers").mkdir()
    (own_home / "ledgers" / "consensus.csv").write_text("session,texts,counts,source,link\n49,10,all,A report,\n")
    (found,) = values(release, "state_incl_consensus", "49")
    # YY 2, o 1, r = 4/5, C = 10.
    assert found["state_incl_consensus"].value == (2 + 8) / (3 + 8)


def test_texts_that_the_release_marks(release: ReleaseCorpus, own_home: Path) -> None:
    """They go before the package's ledger (301 in session 49), and behind the user's; the answer says which it took."""

    def asked() -> tuple[float | None, str]:
        reading = Reading(clock="session")
        answer = pair("VNM", "RUS", periods="49", measures="state_incl_consensus", reading=reading, corpus=marked)
        (told,) = [n.text for n in answer.notes if n.id == "texts_unseen"]
        return answer.lead.cells[0].measures[0].value, told

    marked = replace(release, manifest=replace(release.manifest, without_a_vote=((49, 20), (50, 30))))
    value, told = asked()
    assert value == (2 + 16) / (3 + 16)  # r = 4/5
    assert told.startswith("In session 49 the Assembly adopted 20 texts without a vote (resolutions)")
    assert f"Source: {release.origin.release}, which marks them in its column modality." in told
    (own_home / "ledgers").mkdir()
    (own_home / "ledgers" / "consensus.csv").write_text("session,texts,counts,source,link\n49,10,all,A report,\n")
    value, told = asked()
    assert value == (2 + 8) / (3 + 8)
    assert told.endswith("Source: A report.")


def test_the_atlas_takes_the_same_texts(release: ReleaseCorpus) -> None:
    marked = replace(release, manifest=replace(release.manifest, without_a_vote=((50, 30),)))
    made = atlas("state_incl_consensus", reading=Reading(clock="session"), corpus=marked).frame
    found = {row["period"]: row["state_incl_consensus"] for row in made.filter(a="RUS", b="VNM").to_dicts()}
    assert found == {49: pytest.approx((2 + 0.8 * 301) / (3 + 0.8 * 301)), 50: 1.0}


def test_the_codebook_of_the_atlas_says_whose_texts(release: ReleaseCorpus, tmp_path: Path) -> None:
    marked = replace(release, manifest=replace(release.manifest, without_a_vote=((50, 30),)))
    made = atlas("state_incl_consensus,ia", reading=Reading(clock="session"), corpus=marked)
    _, codebook = write(made, tmp_path / "made.csv")
    (line,) = [line for line in codebook.read_text().splitlines() if line.startswith("- `state_incl_consensus`")]
    assert "session 49 by United States Department of State" in line
    assert f"session 50 by {release.origin.release}, which marks them in its column modality." in line
    assert atlas("ia", reading=Reading(clock="session"), corpus=marked).texts == ""


def test_a_release_without_marks_says_so() -> None:
    unmarked = corpus(*frames(re.sub(r"^(\|[^|]*\|[^|]*)\|[^|]*\|[^|]*", r"\1", VOTES, flags=re.MULTILINE)))
    (found,) = values(unmarked, "state_2017,ia", "1994", clock="year")
    assert found["state_2017"].value is None
    assert "does not mark" in str(found["state_2017"].reason)
    assert found["ia"].value == 2.5 / 4


def test_the_starter_gives_what_its_tables_suffice_for() -> None:
    answer = pair(
        "VNM", "RUS", periods="1992-1999,2000-2020", measures="kappa_sq,s,ia,voeten", reading=Reading(issue="hr")
    )
    late = {m.id: m for m in answer.lead.cells[1].measures}
    assert late["s"].value == pytest.approx(2 * (345 + 100 / 2) / 447 - 1)
    assert late["voeten"].value is None and "comity data add" in str(late["voeten"].reason)
    assert answer.lead.cells[0].measures[0].below_chance


def test_every_face_carries_the_measures(release: ReleaseCorpus) -> None:
    reading = Reading(clock="session")
    answer = pair(
        "VNM", "RUS", periods="49,50", vs="USA", measures="kappa_sq,s,voeten", reading=reading, corpus=release
    )
    told = json.loads(as_json(answer))["pairs"][0]["periods"]
    assert told[0]["measures"]["s"] == {"value": 0.25, "n": 4, "reason": None}
    assert told[1]["measures"]["kappa_sq"]["value"] is None
    assert "kappa_sq,s,voeten" in as_csv(answer).splitlines()[0]
    for printed in (text(answer), as_markdown(answer), as_html(answer)):
        words = " ".join(printed.replace("\\_", "_").split())
        assert "kappa_sq undefined. Both made one and the same choice" in words
        assert "Viet Nam: 2 yes, 0 abstained, 0 no; Russia: 2 yes, 0 abstained, 0 no." in words
        assert "s = 2·ia − 1 exactly" in words
        assert "prevalence" in words


def test_without_measures_nothing_is_added(release: ReleaseCorpus) -> None:
    answer = pair("VNM", "RUS", periods="49", reading=Reading(clock="session"), corpus=release)
    assert "measures" not in answer.to_dict()["pairs"][0]["periods"][0]
    assert "Measures of agreement" not in as_markdown(answer)


def test_an_unknown_measure_is_told_before_anything_is_opened() -> None:
    with pytest.raises(UsageError, match="Did you mean kappa_sq"):
        pair("VNM", "RUS", measures="kapa_sq", reading=Reading(release="no-such-release"))


def test_texts_that_are_not_seen_are_counted_where_that_is_known(release: ReleaseCorpus) -> None:
    def told(periods: str, **choices: str) -> list[str]:
        reading = Reading(**{"clock": "session", **choices})  # type: ignore[arg-type]
        answer = pair("VNM", "RUS", periods=periods, reading=reading, corpus=release)
        return [n.text for n in answer.notes if n.id.startswith("texts_unseen")]

    (sentence,) = told("49,50")
    assert sentence.startswith(
        "In session 49 the Assembly adopted 301 texts without a vote (resolutions and decisions)"
    )
    assert "Department of State" in sentence
    (by_year,) = told("1994,1995", clock="year")
    assert by_year.startswith("The sessions that began in 1994 adopted 301 texts without a vote (resolutions")
    assert told("49", issue="hr") == told("1994-11-01..1994-11-05", clock="day") == []


def test_the_mean_of_years_by_hand(release: ReleaseCorpus) -> None:
    """ia is 2.5/4 in session 49 and 1 in session 50; kappa_sq is 1/6 in the first and undefined in the second."""

    def one(average: str) -> dict[str, Measured]:
        reading = Reading(clock="session")
        answer = pair(
            "VNM",
            "RUS",
            periods="49-50",
            measures="ia,kappa_sq,votes_only",
            average=average,
            reading=reading,
            corpus=release,
        )
        return {m.id: m for m in answer.lead.cells[0].measures}

    pooled, years = one("pooled"), one("years")
    assert pooled["ia"].value == 4.5 / 6 and pooled["ia"].years is None
    assert years["ia"].value == pytest.approx((2.5 / 4 + 1) / 2) and (years["ia"].years, years["ia"].n) == (2, 6)
    assert years["kappa_sq"].value == pytest.approx(1 / 6)
    assert (years["kappa_sq"].years, years["kappa_sq"].years_left_out, years["kappa_sq"].n) == (1, 1, 4)
    assert years["kappa_sq"].to_dict()["average"] == "years" and "average" not in pooled["kappa_sq"].to_dict()


def test_which_average_is_printed(release: ReleaseCorpus) -> None:
    reading = Reading(clock="session")
    asked = {"periods": "49-50", "measures": "kappa_sq", "reading": reading, "corpus": release}
    answer = pair("VNM", "RUS", average="years", **asked)  # type: ignore[arg-type]
    for printed in (text(answer, 120), as_markdown(answer)):
        assert "1 of 2 years" in printed and "mean of its yearly" in printed and "pools the votes" not in printed
    assert "kappa_sq_years" in as_csv(answer)
    pooled = text(pair("VNM", "RUS", **asked), 120)  # type: ignore[arg-type]
    assert "pools the votes of its period" in pooled and "of 2 years" not in pooled


def test_averages_that_cannot_be_are_refused(release: ReleaseCorpus) -> None:
    with pytest.raises(UsageError, match="average"):
        pair("VNM", "RUS", measures="ia", average="months", reading=Reading(), corpus=release)
    with pytest.raises(UsageError, match="by year or session"):
        pair("VNM", "RUS", measures="ia", average="years", reading=Reading(clock="day"), corpus=release)
