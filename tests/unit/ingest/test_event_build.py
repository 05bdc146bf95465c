"""Building tables of events: files of every kind, good and bad, and gone on with where it was cut off."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import polars as pl
import pytest

import event_lines
from comity.errors import BadFile, StoreDamaged, UsageError
from comity.ingest.events import build as building
from comity.ingest.events.build import Built, build
from comity.store import events as journals
from comity.store.engines.choose import Chosen
from event_lines import gdelt, write

make_events = pytest.importorskip("make_events")


def built(out: Path, *paths: Path, engine: str = "duckdb", batch: int = 50_000) -> Built:
    return build(list(paths), out, Chosen(engine, "500MB"), batch=batch, tell=lambda text: None)


def table(out: Path, name: str = "dyad_day") -> pl.DataFrame:
    return pl.read_parquet(out / f"{name}.parquet")


def zipped(file: Path, **content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in content.items():
            archive.writestr(name, raw)
    return file


def raw(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def test_a_hand_worked_table(tmp_path: Path) -> None:
    write(
        tmp_path / "in" / "a.csv",
        gdelt("20150305", "VNM", "RUS", "1", "2.8", "1.5", "3", "1"),
        gdelt("20150305", "VNM", "RUS", "4", "-10.0", "-2.5", "1", "0"),
        gdelt("20150305", "RUS", "VNM", "2", "", "0.25", "2"),
        gdelt("20150331", "VNM", "RUS", "3", "-0.4", "", "5"),
        gdelt("20150331", "VNM", "VNM", "1"),
        gdelt("20150331", "VNM", "EUR", "1"),
        gdelt("20150331", "VNM", "", "1"),
    )
    made = built(tmp_path / "out", tmp_path / "in")
    days = table(tmp_path / "out").to_dicts()
    assert [(r["date"], r["a"], r["b"], r["events"], r["all_events"]) for r in days] == [
        (20150305, "RUS", "VNM", 1, 3), (20150305, "VNM", "RUS", 2, 3), (20150331, "VNM", "RUS", 1, 4),
    ]  # fmt: skip
    first = days[1]
    assert (first["verbal_cooperation"], first["material_conflict"], first["roots"], first["articles"]) == (1, 1, 1, 4)
    assert (first["goldstein_x10"], first["goldstein_n"], first["goldstein_mean"]) == (28 - 100, 2, pytest.approx(-3.6))
    assert (first["tone_x1e6"], first["tone_mean"]) == (-1_000_000, -0.5)
    assert first["share"] == pytest.approx(2 / 3)
    assert (days[0]["goldstein_n"], days[0]["goldstein_mean"]) == (0, None)
    months = table(tmp_path / "out", "dyad_month_undirected").to_dicts()
    assert [(r["month"], r["a"], r["b"], r["events"], r["all_events"]) for r in months] == [
        (201503, "RUS", "VNM", 4, 7)
    ]
    assert made.journal.made["unknown_actors"] == {"EUR": 1}
    assert made.to_dict()["lines"] == 7


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@pytest.mark.parametrize("width", [57, 58, 61])
def test_planted_truths_are_found(tmp_path: Path, engine: str, width: int) -> None:
    truth = pl.read_parquet(make_events.write(6_000, tmp_path / "in", files=3, packed=width != 58, width=width))
    (tmp_path / "in" / "truth.parquet").unlink()
    built(tmp_path / "out", tmp_path / "in", engine=engine)
    found = table(tmp_path / "out").rename(
        {
            "verbal_cooperation": "quad_1", "material_cooperation": "quad_2", "verbal_conflict": "quad_3",
            "material_conflict": "quad_4", "roots": "root",
        }
    ).select(truth.columns)  # fmt: skip
    assert found.sort("date", "a", "b").equals(truth.cast({"date": pl.Int32}).sort("date", "a", "b"))


def test_batches_engines_and_packing_do_not_change_the_hash(tmp_path: Path) -> None:
    make_events.write(5_000, tmp_path / "in")
    plain = tmp_path / "in" / "00000.export.CSV"
    text = plain.read_bytes()
    (tmp_path / "gz").mkdir()
    packed = tmp_path / "gz" / "a.csv.gz"
    packed.write_bytes(gzip.compress(text))
    dos = tmp_path / "dos" / "a.csv"
    dos.parent.mkdir()
    dos.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    halves = zipped(
        tmp_path / "zip" / "a.zip",
        one=text[: text.index(b"\n", 900_000) + 1],
        two=text[text.index(b"\n", 900_000) + 1 :],
    )
    hashes = {
        built(tmp_path / f"out{k}", file, engine=engine, batch=batch).journal.hash
        for k, (file, engine, batch) in enumerate(
            [
                (plain, "duckdb", 10**9), (plain, "polars", 10**9), (packed, "duckdb", 200_000),
                (dos, "polars", 300_000), (halves, "duckdb", 100_000), (halves, "polars", 10**9),
            ]
        )
    }  # fmt: skip
    assert len(hashes) == 1


def test_a_build_goes_on_where_it_was_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_events.write(8_000, tmp_path / "in", files=8)
    (tmp_path / "in" / "truth.parquet").unlink()
    whole = built(tmp_path / "whole", tmp_path / "in").journal.hash
    real, seen = building._Run.take, []

    def cut(run: object, file: Path) -> None:
        if len(seen) == 5:
            raise KeyboardInterrupt
        seen.append(file)
        real(run, file)  # type: ignore[arg-type]

    monkeypatch.setattr(building._Run, "take", cut)
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path / "out", tmp_path / "in", batch=500_000)
    monkeypatch.undo()
    again = built(tmp_path / "out", tmp_path / "in")
    assert 0 < again.known < 8
    assert again.known + again.read == 8
    assert again.journal.hash == whole
    assert not (tmp_path / "out" / "work").exists()


def test_tables_stay_while_more_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_events.write(6_000, tmp_path / "in", files=6)
    (tmp_path / "in" / "truth.parquet").unlink()
    before = built(tmp_path / "out", tmp_path / "in" / "00000.export.CSV").journal.hash
    monkeypatch.setattr(building, "finish", lambda *told, **more: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path / "out", tmp_path / "in")
    monkeypatch.undo()
    left = journals.read(tmp_path / "out")
    assert (left.hash, left.behind) == (before, 5)
    after = built(tmp_path / "out", tmp_path / "in").journal
    assert (after.behind, after.hash != before) == (0, True)


def test_more_files_are_added_and_the_same_are_not(tmp_path: Path) -> None:
    one = write(tmp_path / "in" / "1.csv", gdelt("20150305"))
    built(tmp_path / "out", one)
    write(tmp_path / "in" / "2.csv", gdelt("20150306"))
    copy = write(tmp_path / "in" / "3.csv", gdelt("20150305"))
    more = built(tmp_path / "out", tmp_path / "in")
    assert (more.read, more.known, more.twice) == (1, 1, ((copy.name, one.name),))
    assert table(tmp_path / "out")["date"].to_list() == [20150305, 20150306]
    nothing = built(tmp_path / "out", tmp_path / "in")
    assert (nothing.read, nothing.journal.hash) == (0, more.journal.hash)


def test_a_file_that_changed_is_not_counted_twice(tmp_path: Path) -> None:
    file = write(tmp_path / "in" / "1.csv", gdelt("20150305"))
    before = built(tmp_path / "out", file).journal.hash
    write(file, gdelt("20150305"), gdelt("20150306"))
    after = built(tmp_path / "out", file)
    assert "changed since" in after.unread[0][1]
    assert after.journal.hash == before


def test_bad_lines_are_counted_and_kept_aside(tmp_path: Path) -> None:
    good = gdelt()
    lines = [
        good.encode(), b"cut\toff", (good + "\tmore").encode(), good.replace("VNM", "V\0M").encode(), b"",
        good.replace("410000001", "\xe9").encode("latin-1"), good.replace("410000001", "4\r1").encode(),
        gdelt("20150230").encode(), gdelt("29990101").encode(), gdelt("soon").encode(), gdelt(quad="7").encode(),
        gdelt(goldstein="much").encode(), gdelt(tone="1,5").encode(), gdelt(articles="-3").encode(),
        b"x" * 9_000_000, good.encode(),
    ]  # fmt: skip
    file = tmp_path / "in" / "a.csv"
    file.parent.mkdir()
    file.write_bytes(b"\n".join(lines) + b"\n" + gdelt("20150307").encode()[:40])
    made = built(tmp_path / "out", file)
    assert made.faults == {
        "columns": 3, "control": 2, "count": 1, "day": 3, "goldstein": 1, "length": 1, "quad": 1, "text": 1, "tone": 1,
    }  # fmt: skip
    assert table(tmp_path / "out")["events"].to_list() == [2]
    kept = pl.concat([pl.read_parquet(one) for one in (tmp_path / "out" / "aside").glob("*.parquet")])
    assert sorted(kept["fault"].to_list()) == sorted(fault for fault, n in made.faults.items() for _ in range(n))
    assert gdelt(goldstein="much") in kept["line"].to_list()
    assert made.to_dict()["lines"] == 16  # the empty line is none


def test_files_that_cannot_be_read_are_named_and_leave_nothing(tmp_path: Path) -> None:
    fine = write(tmp_path / "in" / "0.csv", gdelt())
    text = raw(*(gdelt(f"201503{day:02}") for day in range(1, 29))) * 400
    whole = zipped(tmp_path / "cut.zip", a=text).read_bytes()
    (tmp_path / "in" / "cut.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "in" / "cut.csv.gz").write_bytes(gzip.compress(text)[:-2_000])
    spoilt = bytearray(gzip.compress(text))
    spoilt[-6] ^= 255
    (tmp_path / "in" / "spoilt.csv.gz").write_bytes(spoilt)
    (tmp_path / "in" / "other.csv").write_text("symbol,date\nA/1,2014-01-01\n")
    (tmp_path / "in" / "empty.csv").write_bytes(b"")
    (tmp_path / "in" / "nothing.zip").write_bytes(zipped(tmp_path / "n.zip").read_bytes())
    made = built(tmp_path / "out", tmp_path / "in", batch=100_000)
    assert [name for name, _ in made.unread] == [
        "cut.csv.gz", "cut.zip", "empty.csv", "nothing.zip", "other.csv", "spoilt.csv.gz",
    ]  # fmt: skip
    assert made.journal.hash == built(tmp_path / "alone", fine).journal.hash
    assert [Path(i.path).name for i in made.journal.inputs] == ["0.csv"]
    again = built(tmp_path / "out", tmp_path / "in")
    assert (again.read, again.known, len(again.unread)) == (0, 1, 6)  # told again, not taken for known
    assert len(again.journal.made["unread"]) == 6  # type: ignore[arg-type]
    built(tmp_path / "out", fine)
    assert built(tmp_path / "out", fine).journal.made["unread"] == []
    with pytest.raises(BadFile, match="None of the files"):
        built(tmp_path / "none", tmp_path / "in" / "other.csv", tmp_path / "in" / "cut.zip")


def test_a_note_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    file = zipped(tmp_path / "in" / "a.zip", **{"README.txt": b"Read me.\n", "a.csv": raw(gdelt())})
    made = built(tmp_path / "out", file)
    assert made.unread[0][0] == "a.zip/README.txt"
    assert table(tmp_path / "out")["events"].to_list() == [1]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    file = zipped(tmp_path / "in" / "bomb.zip", a=raw(gdelt()) + b"\0" * 120_000_000)
    packed = tmp_path / "in" / "bomb.csv.gz"
    packed.write_bytes(gzip.compress(raw(gdelt()) + b"\0" * 120_000_000))
    fine = write(tmp_path / "in" / "fine.csv", gdelt())
    made = built(tmp_path / "out", file, packed, fine)
    assert len(made.unread) == 2
    assert all("grows more" in why for _, why in made.unread)
    assert table(tmp_path / "out")["events"].to_list() == [1]


def test_icews_and_polecat_by_their_first_lines(tmp_path: Path) -> None:
    icews = write(
        tmp_path / "icews" / "a.tab", "\t".join(event_lines.ICEWS),
        event_lines.icews("2018-06-01", "Vietnam", "Russian Federation", "040", "1.0"),
        event_lines.icews("2018-06-01", "Russian Federation", "Vietnam", "190", "-10.0"),
        event_lines.icews("2018-06-01", "Russian Federation", "Vietnam", "0831", "5"),
        event_lines.icews("2018-06-01", "Russian Federation", "Vietnam", "990", "5"),
    )  # fmt: skip
    made = built(tmp_path / "o1", icews)
    row = table(tmp_path / "o1", "dyad_day_undirected").to_dicts()[0]
    assert [row[name] for name in ("events", "verbal_cooperation", "material_cooperation", "material_conflict")] == [
        3,
        1,
        1,
        1,
    ]
    assert made.faults == {"quad": 1}
    assert (row["tone_n"], row["goldstein_x10"]) == (0, 10 - 100 + 50)
    polecat = write(
        tmp_path / "polecat" / "a.txt", "\t".join(event_lines.POLECAT),
        event_lines.polecat("2020-02-02", "USA;VNM", "RUS", "VERBAL COOPERATION", "2.5"),
        event_lines.polecat("2020-02-02", "None", "RUS", "MATERIAL CONFLICT", "-9"),
    )  # fmt: skip
    built(tmp_path / "o2", polecat)
    rows = table(tmp_path / "o2").to_dicts()
    assert [(r["a"], r["b"], r["events"], r["all_events"]) for r in rows] == [
        ("USA", "RUS", 1, 2),
        ("VNM", "RUS", 1, 2),
    ]
    with_others = built(tmp_path / "o2", icews)
    assert "Files of two sources" in with_others.unread[0][1]


def test_a_code_means_the_state_of_that_day(tmp_path: Path) -> None:
    write(
        tmp_path / "in" / "a.csv",
        gdelt("19850601", "RUS", "DEU"), gdelt("19850601", "SVK", "RUS"), gdelt("19950601", "SVK", "RUS"),
        gdelt("20050601", "MTN", "RUS"), gdelt("20070601", "MTN", "RUS"), gdelt("20070601", "ROM", "TMP"),
    )  # fmt: skip
    built(tmp_path / "out", tmp_path / "in")
    found = [(r["date"], r["a"], r["b"]) for r in table(tmp_path / "out").sort("date", "a").to_dicts()]
    assert found == [
        (19850601, "RUS", "DEU"), (19950601, "SVK", "RUS"), (20070601, "MNE", "RUS"), (20070601, "ROU", "TLS"),
    ]  # fmt: skip


def test_folders_and_engines_that_will_not_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        built(tmp_path / "out", tmp_path / "nowhere")
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="No files of events"):
        built(tmp_path / "out", tmp_path / "none")
    file = write(tmp_path / "in" / "a.csv", gdelt())
    with pytest.raises(UsageError, match="holds something else"):
        built(tmp_path / "in", file)
    with pytest.raises(UsageError, match="Unknown engine"):
        built(tmp_path / "out", file, engine="hadoop")
    with pytest.raises(UsageError, match="Not an amount of memory"):
        build([file], tmp_path / "out", Chosen(memory="much"), tell=lambda text: None)
    built(tmp_path / "out", file)
    (tmp_path / "out" / "events.json").write_text("{")
    with pytest.raises(StoreDamaged):
        built(tmp_path / "out", file)


def test_a_layout_is_known_by_its_lines() -> None:
    from comity.strands.events.layouts import layout_of

    assert [layout_of([gdelt(width=width)]).width for width in (57, 58, 61)] == [57, 58, 61]
    assert layout_of(["cut", "", gdelt(width=58)]).width == 58
    for lines in ([""], ["a,b"], [gdelt("2015-03-05")], ["Event Date\tSource Country"]):
        with pytest.raises(BadFile):
            layout_of(lines)
