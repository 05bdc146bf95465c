"""Events of a pair, held against tables worked by hand and against slow counting."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import median

import polars as pl
import pytest

from comity.errors import (
    BadFile,
    BadPeriod,
    ComityError,
    EmptySelection,
    NoDataset,
    SamePair,
    StoreDamaged,
    UnknownState,
    UsageError,
)
from comity.store.event_tables import LEAST
from comity.store.home import events_folder
from comity.study.answers.events import EventsAnswer
from comity.study.events import events
from event_tables import HASH, Row, keep_events, nobody, row, two_years


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    return keep_events(events_folder(), two_years())


def ids(answer: EventsAnswer) -> list[str]:
    return [note.id for note in answer.notes]


@pytest.mark.usefixtures("held")
class TestTwoYears:
    def test_counts_stand_beside_all_events_of_the_year(self) -> None:
        first, second = events("VNM", "RUS").spans
        assert (first.label, first.both.events, first.both.of_all, first.both.per_million) == ("2014", 4, 100, 40_000)
        assert (second.label, second.both.events, second.both.per_million) == ("2015", 25, 125_000)
        assert (first.a_to_b.events, first.b_to_a.events, second.b_to_a.events) == (3, 1, 0)

    def test_the_whole_is_of_both_years_and_no_mean_of_means(self) -> None:
        whole = events("VNM", "RUS").whole
        assert (whole.label, whole.both.events, whole.both.of_all) == ("2014-2015", 29, 300)
        assert whole.both.goldstein == pytest.approx((9.0 - 10.0 + 50.0) / 29)
        assert whole.both.tone == pytest.approx((3 - 5 + 50) / 29)

    def test_classes_and_means_of_each_way(self) -> None:
        answer = events("VNM", "RUS", period="2014")
        there, back = answer.whole.a_to_b, answer.whole.b_to_a
        classes = [(c.verbal_cooperation, c.material_cooperation, c.verbal_conflict, c.material_conflict)
                   for c in (there, back)]  # fmt: skip
        assert classes == [(2, 1, 0, 0), (0, 0, 0, 1)]
        assert (there.goldstein, there.tone, back.goldstein, back.tone) == (3.0, 1.0, -10.0, -5.0)
        assert (there.conflict, back.conflict, there.mentions, there.outlets, there.articles) == (0, 1, 6, 3, 9)

    def test_the_pair_stands_among_all_pairs_and_each_states_own(self) -> None:
        first, second = (one.place for one in events("VNM", "RUS").spans)
        assert (first.rank, first.among, first.rank_a, first.among_a, first.rank_b, first.among_b) == (2, 2, 1, 1, 1, 1)
        assert (second.rank, second.among, second.rank_a, second.among_a) == (1, 2, 1, 2)

    def test_the_median_pair_is_of_pairs_with_enough_events(self) -> None:
        first, second = (one.place for one in events("VNM", "RUS").spans)
        assert (first.goldstein, first.goldstein_pairs, first.conflict) == (-1.0, 1, pytest.approx(1 / 3))
        assert (second.goldstein, second.goldstein_pairs, second.conflict) == (2.0, 1, 0.2)

    def test_days_with_events_stand_beside_those_of_the_calendar(self) -> None:
        first, second = events("VNM", "RUS").spans
        assert (first.days, first.of_days, second.days, second.of_days) == (3, 365, 2, 365)
        assert "events.partly" in ids(events("VNM", "RUS"))

    def test_quarters_and_months_from_the_first_to_the_last_with_events(self) -> None:
        quarters = events("VNM", "RUS", by="quarter").spans
        assert [(q.label, q.both.events, q.both.of_all) for q in quarters] == [
            ("2014-Q1", 3, 3), ("2014-Q2", 1, 97), ("2014-Q3", 0, 0), ("2014-Q4", 0, 0), ("2015-Q1", 25, 30),
            ("2015-Q2", 0, 170),
        ]  # fmt: skip
        assert [q.of_days for q in quarters] == [90, 91, 92, 92, 90, 91]
        months = events("VNM", "RUS", by="month", period="2014").spans
        assert [m.label for m in months] == [f"2014-{m:02}" for m in range(3, 13)]
        assert sum(m.both.events for m in months) == 4

    def test_a_span_without_the_pair_has_a_share_of_nought_and_no_rank_or_mean(self) -> None:
        *_, dry, wet, last = events("VNM", "RUS", by="quarter").spans
        assert (dry.both.per_million, dry.place.among) == (None, 0)
        assert (last.both.per_million, last.both.goldstein, last.place.rank) == (0.0, None, None)
        assert wet.place.rank == 1

    def test_the_other_way_round_nothing_but_the_ways_changes(self) -> None:
        one, other = events("VNM", "RUS").whole, events("RUS", "VNM").whole
        assert (one.both, one.a_to_b, one.b_to_a) == (other.both, other.b_to_a, other.a_to_b)
        assert (one.place.rank_a, one.place.rank_b) == (other.place.rank_b, other.place.rank_a)

    def test_the_warning_is_the_first_note_and_in_the_data(self) -> None:
        answer = events("VNM", "RUS")
        assert ids(answer)[0] == "events.warning"
        assert "about a fifth of markers were right" in answer.to_dict()["warning"]

    def test_where_it_is_from(self) -> None:
        (line,) = events("VNM", "RUS").header.sources
        assert (line.label, line.sha256, line.span) == ("GDELT 2.0", HASH, "5 March 2014 to 30 June 2015")
        assert line.source == "Machine-coded events from 1 file, tables built with duckdb on 1 November 2026"

    def test_the_frame_has_a_row_a_span_and_way_with_the_hash(self) -> None:
        frame = events("VNM", "RUS").to_polars()
        assert frame.select("span", "direction", "events").rows() == [
            ("2014", "both", 4), ("2014", "a_to_b", 3), ("2014", "b_to_a", 1),
            ("2015", "both", 25), ("2015", "a_to_b", 25), ("2015", "b_to_a", 0),
        ]  # fmt: skip
        assert set(frame["hash"]) == {HASH}
        assert frame["rank"].to_list() == [2, None, None, 1, None, None]

    def test_lines_that_were_not_counted_are_said(self) -> None:
        assert "2 of 302 lines could not be counted" in " ".join(n.text for n in events("VNM", "RUS").notes)

    @pytest.mark.parametrize(
        ("asked", "error", "says"),
        [
            ({"a": "VNM", "b": "CHN"}, EmptySelection, "no event between these states"),
            ({"a": "VNM", "b": "USA", "period": "2014"}, EmptySelection, "2014–2015"),
            ({"a": "VNM", "b": "RUS", "period": "1990-1995"}, BadPeriod, "years of 2014-2015"),
            ({"a": "VNM", "b": "RUS", "period": "lately"}, BadPeriod, "lately"),
            ({"a": "VNM", "b": "RUS", "by": "week"}, UsageError, "year, quarter, month"),
            ({"a": "VNM", "b": "Atlantis"}, UnknownState, "Atlantis"),
            ({"a": "VNM", "b": "Viet Nam"}, SamePair, "two different states"),
        ],
    )
    def test_a_mistake_is_said(self, asked: dict[str, str], error: type[ComityError], says: str) -> None:
        with pytest.raises(error, match=says):
            events(**asked)


def test_a_layout_without_tone_has_none_and_says_so(tmp_path: Path) -> None:
    kept = keep_events(tmp_path, [row(20140305, "VNM", "RUS", (2, 0, 0, 0), 20)], layout="icews")
    answer = events("VNM", "RUS", folder=kept)
    assert (answer.whole.both.tone, answer.whole.both.tone_n, answer.whole.both.articles) == (None, 0, 0)
    assert "The files of ICEWS have no tone." in [n.text for n in answer.notes]


def test_spellings_of_no_state_are_said(tmp_path: Path) -> None:
    kept = keep_events(tmp_path, two_years(), unknown_actors={"EUR": 12_345, "NATO": 7})
    assert "EUR (12,345), NATO (7)" in " ".join(n.text for n in events("VNM", "RUS", folder=kept).notes)


@pytest.mark.parametrize("by", ["year", "month"])
def test_ranks_and_medians_are_those_of_slow_counting(by: str, tmp_path: Path) -> None:
    random = Random(8)
    states = ("VNM", "RUS", "USA", "CHN", "IND", "FRA")

    def made() -> Row:
        a, b = random.sample(states, 2)
        quads = tuple(random.randrange(9) for _ in range(4))
        date = int(f"{random.choice((2014, 2015))}{random.randrange(1, 13):02}{random.randrange(1, 29):02}")
        return row(date, a, b, quads, random.randrange(-200, 200))  # type: ignore[arg-type]

    rows = [r for r in (made() for _ in range(120)) if r["events"]]
    answer = events("VNM", "RUS", by=by, folder=keep_events(tmp_path, [*rows, nobody(20140101, 9)]))
    for span in (*answer.spans, answer.whole):
        sums: dict[frozenset[object], list[int]] = {}
        for r in rows:
            if span is answer.whole or str(r["date"]).startswith(span.label.replace("-", "")):
                told = sums.setdefault(frozenset((r["a"], r["b"])), [0, 0, 0])
                told[0] += r["events"]  # type: ignore[operator]
                told[1] += r["goldstein_x10"]  # type: ignore[operator]
                told[2] += r["verbal_conflict"] + r["material_conflict"]  # type: ignore[operator]
        place = span.place
        enough = [t for t in sums.values() if t[0] >= LEAST]
        assert (place.among, place.goldstein_pairs, place.conflict_pairs) == (len(sums), len(enough), len(enough))
        if enough:
            assert place.goldstein == pytest.approx(median(g / 10 / n for n, g, _ in enough), abs=1e-12)
            assert place.conflict == pytest.approx(median(bad / n for n, _, bad in enough), abs=1e-12)
        if frozenset(("VNM", "RUS")) not in sums:
            assert (place.rank, place.rank_a, place.rank_b) == (None, None, None)
            continue
        own = sums[frozenset(("VNM", "RUS"))][0]
        more = [pair for pair, (n, _, _) in sums.items() if n > own]
        assert place.rank == 1 + len(more)
        assert (place.rank_a, place.among_a) == (1 + sum("VNM" in p for p in more), sum("VNM" in p for p in sums))
        assert (place.rank_b, place.among_b) == (1 + sum("RUS" in p for p in more), sum("RUS" in p for p in sums))


class TestFoldersThatCannotBeRead:
    def test_a_store_without_events_says_how_to_build_them(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMITY_HOME", str(tmp_path))
        with pytest.raises(NoDataset, match="comity events build"):
            events("VNM", "RUS")

    def test_another_folder(self, tmp_path: Path) -> None:
        with pytest.raises(BadFile, match="No events there"):
            events("VNM", "RUS", folder=tmp_path)

    def test_a_build_that_was_cut_off(self, tmp_path: Path) -> None:
        kept = keep_events(tmp_path, two_years(), hash="")
        with pytest.raises(NoDataset, match="goes on where it stopped"):
            events("VNM", "RUS", folder=kept)

    def test_files_of_which_nothing_could_be_counted(self, tmp_path: Path) -> None:
        with pytest.raises(EmptySelection, match="No event of these files"):
            events("VNM", "RUS", folder=keep_events(tmp_path, []))

    @pytest.mark.parametrize("table", ["all_day", "dyad_month", "dyad_month_undirected"])
    @pytest.mark.parametrize("harm", ["gone", "cut", "column"])
    def test_a_table_that_is_not_as_it_was_built(self, table: str, harm: str, tmp_path: Path) -> None:
        file = keep_events(tmp_path, two_years()) / f"{table}.parquet"
        if harm == "gone":
            file.unlink()
        elif harm == "cut":
            file.write_bytes(file.read_bytes()[:-40])
        else:
            pl.read_parquet(file).drop("events").write_parquet(file)
        with pytest.raises(StoreDamaged):
            events("VNM", "RUS", folder=tmp_path)

    @pytest.mark.parametrize("content", ["", "[]", '{"format": 99}', '{"format": 1, "inputs": [{"path": "x"}]}'])
    def test_a_journal_that_is_none(self, content: str, tmp_path: Path) -> None:
        (keep_events(tmp_path, two_years()) / "events.json").write_text(content)
        with pytest.raises(StoreDamaged):
            events("VNM", "RUS", folder=tmp_path)
