"""The page and the figures of the kept runs, from runs made by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import growth_figure
import performance
from benchmark_runs import HERE, THERE, curve, ran, run, sides
from comity.report.figures.save import spec
from suite.kept import Run
from suite.result import Result, Skipped, Target


def page(*runs: Run) -> str:
    return performance.page({one.ran[0].benchmark: one for one in runs})


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, its head left out."""
    lines = text[text.index(heading) :].split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("| ---"))
    found = []
    for line in lines[first + 1 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def test_a_time_stands_with_its_range_its_other_side_and_its_ratio() -> None:
    text = page(run(ran(sides(0.010, 1.0))))
    assert rows(text, "## Counting") == [
        ["**tables**: tables of all pairs", "10 ms (9.5–10.5, 5 runs)", "a self-join: 1 s (0.95–1.05, 5 runs)",
         "100 times as fast", ""],
    ]  # fmt: skip


def test_targets_say_figure_end_and_whether_it_is_met() -> None:
    found = Result("fit", "", targets=(Target("r", least=0.99, most=1), Target("MB", most=5)), figures={"r": 0.98766})
    text = page(run(ran(sides(0.040, 1.0), replace(found, targets=(*found.targets, Target("ratio", least=2))))))
    assert rows(text, "## Targets") == [
        ["[Counting](#counting): tables", "40 ms (38–42, 5 runs)", "at most 30 ms", "**no**"],
        ["[Counting](#counting): fit", "r 0.9877", "at least 0.99 and at most 1", "**no**"],
        ["[Counting](#counting): fit", "not measured", "at most 5", "**no**"],
        ["[Counting](#counting): fit", "not measured", "at least 2", "**no**"],
    ]
    assert "| yes |" in page(run(ran(sides(0.020, 1.0))))


def test_the_machine_is_named_by_what_it_is() -> None:
    text = page(run(ran(sides(1, 2))), run(ran(sides(1, 2), benchmark="events"), machine=THERE, date="2026-12-01"))
    assert "**2 cores, 25 GB, A processor, An operating system.** python 3.11.7, comity 0.1.0." in text
    assert "**64 cores, 25 GB" in text and "abcdef0" in text
    assert [row[0] for row in rows(text, "**2 cores")] == ["[Counting](#counting)"]
    assert rows(text, "**64 cores")[0][:3] == ["[Events](#events)", '<span class="day">2026-12-01</span>', "12 s"]
    assert performance.machine(HERE) in text


def test_a_busy_machine_is_owned_up_to() -> None:
    quiet, busy = ran(sides(1, 2)), replace(ran(sides(1, 2), benchmark="loading"), others=0.9)
    assert "Not a quiet machine" not in page(run(quiet))
    assert "so their seconds are too long: Loading.\n" in page(run(quiet), run(busy))
    assert "not known" in page(run(replace(quiet, others=None)))


def test_many_figures_fold_away_and_few_stand_in_the_row() -> None:
    few = replace(sides(1, 2), figures={"peak MB": 1234.5, "sound": True, "said": "a | b"})
    text = page(run(ran(few)))
    assert "peak MB 1,234; sound yes; said a \\| b" in text and "???" not in text
    some = replace(sides(1, 2), figures={f"rate {k}": k / 10 for k in range(performance.FEW + 1)})
    text = page(run(ran(some)))
    assert "Tables of all pairs:\n\n| figure | tables |" in text and "\n| rate 3 | 0.3 |" in text
    many = replace(some, figures={f"rate {k}": k / 10 for k in range(performance.MANY + 1)})
    text = page(run(ran(many)))
    assert '??? note "tables of all pairs"\n\n    | figure | tables |' in text and "    | rate 3 | 0.3 |" in text


def test_results_with_the_same_figures_share_a_table() -> None:
    cases = [Result(f"case {k}", "leans", figures={"votes": k, "arms": -k}) for k in range(3)]
    assert rows(page(run(ran(*cases))), "Leans:") == [
        ["case 0", "0", "0"],
        ["case 1", "1", "-1"],
        ["case 2", "2", "-2"],
    ]


def test_what_was_skipped_and_the_setting_are_told() -> None:
    text = page(run(ran(sides(1, 2), skipped=(Skipped("pandas", "not installed"),), votes="real", runs=5000)))
    assert "Not measured: pandas: not installed." in text
    assert "`benchmarks/counting.py`: votes: real, runs: 5,000." in text


def test_without_a_kept_run_the_page_says_so() -> None:
    assert "No run is kept." in page() and performance.pictures({}) == {}


def test_growth_has_a_figure_for_each_size_it_is_against() -> None:
    part = ran(curve(0.1, 1, 10), curve(1, 1, 2, name="atlas"), replace(curve(1, 2, name="wide"), by="states"))
    one = {"counting": run(part)}
    text, drawn = performance.page(one), performance.pictures(one)
    assert sorted(drawn) == ["counting-rows.svg", "counting-states.svg"]
    for name, picture in drawn.items():
        assert f"(../assets/performance/{name}){{ .output }}" in text
        assert 'role="img"' in picture and "2 cores, 25 GB" in picture
    found = rows(text, "counting-rows.svg")
    assert found[0] == ["**growth**: work by size", "100 rows", "10 s", "102 MB", "1.0"]
    assert found[1][-1] == "0.3"


def test_the_figure_tells_every_point_in_words() -> None:
    told = growth_figure.growth_text([curve(0.1, 1)])
    assert told == "growth, by rows: 1: 100 ms, 100 MB; 10: 1 s, 101 MB."
    bare = replace(curve(0.1, 1), growth=tuple(replace(p, peak_mb=None) for p in curve(0.1, 1).growth))
    assert "MB" not in growth_figure.growth_text([bare])
    panels = [
        spec(growth_figure.growth_figure("Counting", [c], "here")).count('"Most memory"') for c in (curve(1), bare)
    ]
    assert panels == [1, 0]


@pytest.mark.parametrize("seconds", [(1.0,), (1.0, 1.0), (1e-6, 1e4), (3.0, 2.9, 3.1)])
def test_flat_steep_and_single_curves_can_be_drawn(seconds: tuple[float, ...]) -> None:
    drawn = performance.svg(growth_figure.growth_figure("Counting", [curve(*seconds)], "here"))
    assert drawn.startswith("<svg") and "NaN" not in drawn


def test_ticks_are_round_and_inside() -> None:
    for low, high in ((1, 1e6), (60, 7000), (400, 900), (0.003, 0.03)):
        found = growth_figure.ticks(low, high)
        assert found and all(low <= t <= high for t in found) and found == sorted(found)


def test_bad_kept_files_are_told_and_the_page_is_still_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(performance, "ROOT", tmp_path)
    monkeypatch.setattr(performance, "PAGE", tmp_path / "performance.md")
    monkeypatch.setattr(performance, "PICTURES", tmp_path / "pictures")
    monkeypatch.setattr(performance, "kept", lambda: ({"counting": run(ran(curve(1, 2)))}, ["x.json holds no run"]))
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "old.svg").write_text("<svg/>")
    with pytest.raises(SystemExit) as ended:
        performance.main()
    assert ended.value.code == 1 and capsys.readouterr().err == "x.json holds no run\n"
    assert [p.name for p in (tmp_path / "pictures").iterdir()] == ["counting-rows.svg"]
    assert (tmp_path / "performance.md").read_text().startswith("# Performance\n")
