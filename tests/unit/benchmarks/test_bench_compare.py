"""What is said of a run beside the kept one. Every time here is made up: nothing is measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark_runs import HERE, THERE, curve, ran, run, sides
from suite.compare import Change, Kind, compare, not_judged
from suite.kept import BadKept, Ran, Run, keep, kept, read, report_of, write
from suite.result import Point, Result, Skipped, Spread, Target, plain


def changes(old: Run, new: Run, there: set[str] | None = None) -> list[tuple[Kind, str]]:
    held = {part.benchmark: old for part in old.ran}
    return [(c.kind, c.what) for c in compare(new, held, there or {part.benchmark for part in new.ran})]


def told(old: Run, new: Run) -> list[Change]:
    return compare(new, {"counting": old}, {"counting"})


def test_a_lower_ratio_is_slower_and_a_higher_one_is_faster() -> None:
    before, after = run(ran(sides(0.010, 1.0))), run(ran(sides(0.020, 1.0)))
    assert changes(before, after) == [(Kind.SLOWED, "tables")]
    assert changes(after, before) == [(Kind.FASTER, "tables")]
    assert told(before, after)[0].told == "100 times as fast → 50 times as fast as a self-join (10 ms → 20 ms)"


def test_a_slow_day_of_both_sides_is_no_change() -> None:
    assert changes(run(ran(sides(0.002, 0.2))), run(ran(sides(0.020, 2.0)))) == []


@pytest.mark.parametrize(("factor", "kinds"), [(1.2, []), (1.3, []), (1.5, [(Kind.SLOWED, "tables")])])
def test_a_change_within_the_margin_or_the_ranges_is_noise(factor: float, kinds: list[tuple[Kind, str]]) -> None:
    """1.2 is within the margin; at 1.3 the ranges (ten per cent either way of a ratio) still meet."""
    wide = Spread(0.010 * factor, 0.0088 * factor, 0.012 * factor, 5)
    slow = Result("tables", "", wide, Spread(1.0, 0.95, 1.05, 5), "a self-join")
    assert changes(run(ran(sides(0.010, 1.0))), run(ran(slow))) == kinds


def test_single_runs_have_no_range_and_need_the_wide_margin() -> None:
    before = run(ran(sides(0.010, 1.0, runs=1)))
    assert changes(before, run(ran(sides(0.015, 1.0, runs=1)))) == []
    assert changes(before, run(ran(sides(0.020, 1.0, runs=1)))) == [(Kind.SLOWED, "tables")]


def test_seconds_alone_count_on_the_same_machine_and_beyond_the_wide_margin() -> None:
    before = run(ran(sides(0.010)))
    assert changes(before, run(ran(sides(0.016)))) == []
    assert changes(before, run(ran(sides(0.020)))) == [(Kind.SLOWED, "tables")]
    assert changes(run(ran(sides(0.020))), before) == [(Kind.FASTER, "tables")]
    assert changes(before, run(ran(sides(0.020)), machine=THERE)) == []


def test_on_another_machine_ratios_are_compared_and_the_reader_is_told() -> None:
    before, after = run(ran(sides(0.010, 1.0))), run(ran(sides(0.020, 1.0)), machine=THERE)
    assert changes(before, after) == [(Kind.SLOWED, "tables")]
    assert "on another machine" in told(before, after)[0].told
    assert not_judged(after, {"counting": before}).endswith("counting.")
    assert not_judged(before, {"counting": before}) == ""


def test_ratios_to_another_side_are_not_compared() -> None:
    other = Result("tables", "", sides(0.020).own, Spread(1, 1, 1, 5), "another self-join", ())
    assert changes(run(ran(sides(0.010, 1.0))), run(ran(other), machine=THERE)) == []


def test_new_and_gone_results_and_benchmarks() -> None:
    before, after = run(ran(sides(1, 2), curve(1, 2))), run(ran(sides(1, 2), curve(1, 2, name="memory")))
    assert changes(before, after) == [(Kind.NEW, "memory"), (Kind.GONE, "growth")]
    other = run(ran(sides(1, 2), benchmark="loading"))
    assert changes(before, other) == [(Kind.NEW, "the whole benchmark"), (Kind.GONE, "the whole benchmark")]
    assert changes(before, other, {"counting", "loading"}) == [(Kind.NEW, "the whole benchmark")]


def test_what_was_skipped_is_told_and_is_not_gone() -> None:
    bare = ran(curve(1, 2), skipped=(Skipped("tables", "needs the shared data"),))
    assert changes(run(ran(sides(1, 2), curve(1, 2))), run(bare)) == [(Kind.SKIPPED, "tables")]


def test_what_is_measured_of_a_benchmark_that_was_skipped_in_part_is_compared() -> None:
    whole = run(ran(sides(0.01, 1), curve(1, 2), runs=3, release="real"))
    part = run(ran(sides(0.02, 1), skipped=(Skipped("growth", "needs the shared data"),), runs=3))
    assert changes(whole, part) == [(Kind.SLOWED, "tables"), (Kind.SKIPPED, "growth")]
    nothing = run(ran(skipped=(Skipped("all", "needs the shared data"),)))
    assert changes(whole, nothing) == changes(run(), nothing) == [(Kind.SKIPPED, "all")]


def test_a_script_that_failed_is_told_first() -> None:
    failed = Ran("loading", 0.1, failed="exit code 1: no")
    found = compare(run(ran(sides(2, 2)), failed), {"counting": run(ran(sides(1, 2)))}, {"counting", "loading"})
    assert [(c.kind, c.benchmark) for c in found] == [
        (Kind.FAILED, "loading"),
        (Kind.SLOWED, "counting"),
    ]
    assert found[0].told == "exit code 1: no"


def test_other_data_are_not_compared() -> None:
    before, after = run(ran(sides(0.01, 1), votes="real")), run(ran(sides(0.02, 1), votes="simulated"))
    assert told(before, after) == [
        Change(Kind.OTHER, "counting", "the whole benchmark", "votes: real then, simulated now")
    ]


def test_targets_lost_and_won() -> None:
    before, after = run(ran(sides(0.026, 1.0))), run(ran(sides(0.031, 1.0)))
    assert changes(before, after) == [(Kind.LOST, "tables")]
    assert changes(after, before) == [(Kind.WON, "tables")]
    assert changes(before, run(ran(sides(0.031, 1.0)), machine=THERE)) == [], "seconds of another machine"


def test_a_target_on_a_figure_holds_on_every_machine() -> None:
    near, far = (Result("fit", "", targets=(Target("r", least=0.99),), figures={"r": r}) for r in (0.995, 0.985))
    assert changes(run(ran(near)), run(ran(far), machine=THERE)) == [(Kind.LOST, "fit")]


def test_steeper_growth_is_slower() -> None:
    in_proportion, squared = run(ran(curve(0.1, 1, 10))), run(ran(curve(0.1, 1, 100)))
    assert changes(in_proportion, squared) == [(Kind.SLOWED, "growth")]
    assert told(in_proportion, squared)[0].told == "cost grows with rows to the power of 1.0 → 2.0"
    assert changes(squared, in_proportion) == [(Kind.FASTER, "growth")]
    assert changes(in_proportion, run(ran(curve(0.1, 1)))) == [], "other sizes"


def test_ratio_steepness_and_targets_of_a_result_by_hand() -> None:
    result = Result(
        "x", "", Spread(2, 1, 4, 3), Spread(6, 5, 8, 3), "y", figures={"MB": 7}, growth=(Point(100, 8), Point(10, 2))
    )
    assert (result.ratio, result.ratios) == (3, (5 / 4, 8))
    assert result.steepness == pytest.approx(0.60206)  # log 4 over log 10
    held = [result.met(t) for t in (Target("seconds", most=2), Target("ratio", least=4), Target("MB", 8, 7))]
    assert held == [True, False, True]
    assert not result.met(Target("nothing", least=0)) and not Target("r", most=1).met(float("nan"))
    assert curve(1).steepness is None and curve(0, 1).steepness is None and result.value(Target("no")) is None


def test_a_run_comes_back_from_its_json(tmp_path: Path) -> None:
    part = ran(sides(1.0, 2.0), curve(0.1, 1), skipped=(Skipped("a", "b"),), votes="real", rows=7)
    write(run(part), tmp_path / "run.json")
    assert read(tmp_path / "run.json") == run(part)


def test_numbers_are_kept_short_and_json_knows_them() -> None:
    kept_ = plain(Result("x", "", figures={"nan": float("nan"), "long": 0.123456, "big": 12345.678, "yes": True}))
    assert kept_["figures"] == {"nan": None, "long": 0.1235, "big": 12346, "yes": True}
    assert "own" not in kept_
    json.dumps(kept_, allow_nan=False)


def test_each_benchmark_is_kept_by_itself_and_a_failed_one_leaves_what_was(tmp_path: Path) -> None:
    first = run(ran(sides(1, 2)), ran(sides(3, 4), benchmark="loading"))
    assert keep(first, tmp_path) == ["counting", "loading"]
    nothing = ran(benchmark="empty", skipped=(Skipped("all", "no data"),))
    assert keep(run(ran(sides(5, 6)), Ran("loading", 1, failed="no"), nothing, date="2026-12-01"), tmp_path) == [
        "counting"
    ]
    held, faults = kept(tmp_path)
    assert faults == [] and {name: one.date for name, one in held.items()} == {
        "counting": "2026-12-01",
        "loading": "2026-11-01",
    }
    assert held["loading"].machine == HERE and held["loading"].seconds == 12.0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"date": "2026-11-01"}', '{"date": 1, "seconds": "x", "machine": {}, "versions": {}}']
)
def test_a_bad_kept_file_is_named_and_the_others_are_read(tmp_path: Path, text: str) -> None:
    keep(run(ran(sides(1, 2))), tmp_path)
    (tmp_path / "loading.json").write_text(text)
    held, faults = kept(tmp_path)
    assert list(held) == ["counting"]
    assert len(faults) == 1 and faults[0].startswith("loading.json holds no run: ") and "\n" not in faults[0]


def test_a_kept_file_of_another_benchmark_is_refused(tmp_path: Path) -> None:
    write(run(ran(sides(1, 2))), tmp_path / "loading.json")
    assert kept(tmp_path) == ({}, ["loading.json holds other benchmarks than its name says"])


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(BadKept, match="loading printed no report"):
        report_of('{"seconds": 3}', "loading")
