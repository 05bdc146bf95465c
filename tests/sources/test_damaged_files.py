"""Files that are not what they should be: one line that says what, where and what next, and nothing read."""

import gzip
import io
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from vote_files import LIBRARY_2024, LIBRARY_2026, LONG, PLAIN, WIDE, library, read, trio, write

from comity.errors import BadFile, BadValue, ComityError, DamagedFile, IncompleteParts, MissingExtra, UnknownLayout
from comity.sources import intake
from council_files import HEADER as COUNCIL

SIPRI = (
    "Transfers of major weapons: Deals with deliveries or orders made for 1950 to 2023\n\n"
    "Supplier;Recipient;Tanks M\u00e9dium\n"
).encode("latin-1")


def workbook() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return stream.getvalue()


def fails(error: type[ComityError], *paths: Path) -> str:
    with pytest.raises(error) as caught:
        read(*paths)
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), UnknownLayout, "a PNG image"),
        (b"%PDF-1.7\n%\xe2\xe3", UnknownLayout, "a PDF document"),
        (workbook(), UnknownLayout, "an Excel workbook"),
        (b"<!DOCTYPE html><html></html>", UnknownLayout, "an HTML or XML page"),
        (b'{"rcid": 3}', UnknownLayout, "a JSON document"),
        (SIPRI, UnknownLayout, "matches no layout"),
        (b"hello\n", UnknownLayout, "matches no layout"),
        (b"", DamagedFile, "is empty"),
        (b"rcid,date,USA,RUS\n", DamagedFile, "a header and no rows"),
        (COUNCIL.replace("modality,", "").encode() + b"\n" + b"," * 18, UnknownLayout, "lacks columns (got 'modality'"),
        (b"undl_id,resolution,date,total_yes,UGANDA\n1,A/RES/1/1,1946-01-01,1,Y\n", UnknownLayout, "each resolution"),
        (WIDE.encode("utf-16"), DamagedFile, "UTF-16"),
        (WIDE.encode("utf-16-le"), DamagedFile, "NUL byte"),
        (PLAIN.replace("Aggression", "Agressi\u00f3n", 1).encode("latin-1"), DamagedFile, "line 2: not UTF-8"),
        (PLAIN.replace("abstain", "ab\0stain").encode(), DamagedFile, "line 4: a NUL byte"),
        (PLAIN.replace(",no", ",no,4").encode(), DamagedFile, "line 3: 6 cells where the header has 5"),
        (PLAIN.replace(",no", "").encode(), DamagedFile, "line 3: 4 cells where the header has 5"),
        (PLAIN.replace("no\n", "no\n\n").encode(), DamagedFile, "line 4: 0 cells"),
        (PLAIN.replace("title", "Date").encode(), DamagedFile, "the column date occurs twice"),
        (PLAIN.replace("RUS", 'R"US').encode(), DamagedFile, "line 3: an unpaired quote"),
        (PLAIN.replace("RUS", '"RUS').encode(), DamagedFile, "unexpected end of data"),
        (WIDE.replace("1,3.0,9", "1,7,9").encode(), BadValue, "line 2, column RUS: cannot be read (got '7')"),
        (WIDE.replace("1,1.0", "1,1.5").encode(), BadValue, "line 3, column VNM"),
        (WIDE.replace("1992-12-04", "32 May").encode(), BadValue, "line 3, column date: cannot be read (got '32 May')"),
        (WIDE.replace("1992-12-04", "1892-12-04").encode(), BadValue, "line 3, column date"),
        (WIDE.replace("2023-12-05", "").encode(), BadValue, "line 4, column date: empty"),
        (WIDE.replace("FALSE,TRUE,FALSE,TRUE", "FALSE,maybe,FALSE,TRUE").encode(), BadValue, "line 4, column nu"),
        (LONG.replace("Russia,68", "Russia,sixty").encode(), BadValue, "line 6, column session"),
        (LONG.replace("5000,365,1,1", "5000,365,1,4").encode(), BadValue, "line 6, column vote"),
        (LONG.replace("5000,365", "5000,Russia").encode(), BadValue, "line 6, column ccode"),
        (LONG.replace("12/18/2013", "13/18/2013").encode(), BadValue, "line 5, column date"),
        (LONG.replace("NA,NA,,To adopt,0", "NA,NA,,To adopt,maybe").encode(), BadValue, "line 5, column me"),
        (LONG.replace("5000,365", "5000,2").encode(), BadValue, "line 6, column vote: 2 votes a second time"),
        (b"rcid,ccode,session,vote\n3,2,1,1\n", IncompleteParts, "no date column"),
        (library(session="soon").encode(), BadValue, "line 2, column session"),
        (library(total_yes="many").encode(), BadValue, "line 2, column total_yes"),
        (library(ms_vote="P").encode(), BadValue, "line 2, column ms_vote:"),
        (library(LIBRARY_2024, ms_vote="P").encode(), BadValue, "line 2, column ms_votes:"),
        (library(ms_code="", ms_name="").encode(), BadValue, "a vote without a state"),
        (library(ms_code="USA").encode(), BadValue, "line 3, column ms_vote: USA votes a second time"),
        (f"{LIBRARY_2026}\n".encode(), DamagedFile, "a header and no rows"),
        (PLAIN.replace("abstain", "perhaps").encode(), BadValue, "line 4, column vote"),
        (PLAIN.replace("2022-03-02", "02/03/2022").encode(), BadValue, "line 2, column date"),
        (PLAIN.replace("KHM,", "RUS,Y").encode(), BadValue, "otherwise than on line 3"),
    ],
)
def test_bad_content(tmp_path: Path, content: bytes, error: type[ComityError], says: str) -> None:
    assert says in fails(error, write(tmp_path, "votes.csv", content))


def test_a_bad_value_says_got_and_allowed(tmp_path: Path) -> None:
    said = fails(BadValue, write(tmp_path, "wide.csv", WIDE.replace("1,3.0,9", "1,7,9")))
    assert said == (
        "wide.csv, line 2, column RUS: cannot be read (got '7'). "
        "Allowed: 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member."
    )


def test_lines_are_counted_through_quoted_line_breaks(tmp_path: Path) -> None:
    text = PLAIN.replace("Aggression against Ukraine,USA", '"Aggression\nagainst\nUkraine",USA')
    assert "line 6, column vote" in fails(BadValue, write(tmp_path, "votes.csv", text.replace("abstain", "perhaps")))


def test_missing_parts_are_named(tmp_path: Path) -> None:
    votes, calls, issues = trio(tmp_path)
    assert "also needs its roll calls file" in fails(IncompleteParts, votes, issues)
    assert "also needs its roll calls and its issues file" in fails(IncompleteParts, votes)
    assert "both the roll calls" in fails(BadFile, calls, calls)
    assert "of layout plain-long" in fails(BadFile, votes, calls, issues, write(tmp_path, "mine.csv", PLAIN))
    assert "No file" in fails(IncompleteParts)


def test_a_vote_on_an_unknown_roll_call(tmp_path: Path) -> None:
    votes = write(tmp_path, "votes.csv", "rcid,country,country_code,vote\n3,Cuba,CU,yes\n4,Cuba,CU,yes\n")
    calls = write(tmp_path, "calls.csv", "rcid,session,date,unres\n3,1,1946-01-01,R/1/66\n")
    issues = write(tmp_path, "issues.csv", "rcid,short_name,issue\n3,me,Palestinian conflict\n")
    assert "line 3, column rcid: no such roll call (got '4')" in fails(BadValue, votes, calls, issues)


def test_folders_and_absent_files(tmp_path: Path) -> None:
    assert "is a folder" in fails(BadFile, tmp_path)
    assert "No such file" in fails(BadFile, tmp_path / "absent.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, "votes.csv", PLAIN)
    path.chmod(0)
    assert "Permission denied" in fails(BadFile, path)


@pytest.mark.parametrize("kept", [10, 60, -9])
def test_truncated_gzip(tmp_path: Path, kept: int) -> None:
    whole = gzip.compress(library().encode(), mtime=0)
    assert "is cut off" in fails(DamagedFile, write(tmp_path, "votes.csv", whole[:kept]))


def test_gzip_with_a_changed_byte(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(library().encode(), mtime=0))
    packed[len(packed) // 2] ^= 0xFF
    assert "is damaged" in fails(DamagedFile, write(tmp_path, "votes.csv", bytes(packed)))


def test_truncated_r_file(tmp_path: Path) -> None:
    votes, calls, issues = trio(tmp_path)
    plain = gzip.decompress(votes.read_bytes())
    votes.write_bytes(votes.read_bytes()[:-20])
    assert "is cut off" in fails(DamagedFile, votes, calls, issues)
    votes.write_bytes(plain[:-40])
    assert "cannot be read as an R file" in fails(DamagedFile, votes, calls, issues)


def test_r_files_need_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = trio(tmp_path)
    monkeypatch.setitem(sys.modules, "pyreadr", None)
    said = fails(MissingExtra, *paths)
    assert "uv sync --extra r" in said
    assert "pip install 'comity[r]'" in said


def test_gzip_bomb_stops_early(tmp_path: Path) -> None:
    row = b"3,1946-01-01,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,1,3,9\n"
    header = WIDE.encode().partition(b"\n")[0] + b"\n"
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(header + row * (90 * intake.MIB // len(row)), compresslevel=9))
    assert "swells from" in fails(DamagedFile, bomb)


def test_an_endless_stream_is_cut_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_BYTES", 3 * intake.MIB)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def pour() -> None:
        with pipe.open("wb", buffering=0) as out:
            try:
                while True:
                    out.write(b"1,2,3\n" * 10_000)
            except BrokenPipeError:
                pass

    writer = threading.Thread(target=pour)
    writer.start()
    assert "longer than" in fails(DamagedFile, pipe)
    writer.join()


# The reader runs under `ulimit -v`: it would die of a MemoryError, not report a damaged file, if it held the line.
READER = """
import resource, sys
from pathlib import Path
from comity.errors import DamagedFile
from comity.sources.detect import recognise
used = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmSize"))) * 1024
resource.setrlimit(resource.RLIMIT_AS, (used + 200 * 2**20,) * 2)
try:
    recognise([Path(sys.argv[1])])
except DamagedFile as error:
    print(error)
"""
WRITER = """
import sys
block = b"1," * 2**19
with open(sys.argv[1], "wb", buffering=0) as out:
    out.write(sys.argv[2].encode())
    try:
        for _ in range(2048):
            out.write(block)
    except BrokenPipeError:
        pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and caps the address space")
@pytest.mark.parametrize(("before", "line"), [("", 1), (WIDE, 5)])
def test_a_line_of_two_gigabytes_from_a_generator(tmp_path: Path, before: str, line: int) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(pipe), before])
    reader = subprocess.run([sys.executable, "-c", READER, str(pipe)], capture_output=True, text=True, timeout=60)
    writer.wait(timeout=60)
    assert f"pipe.csv, line {line}: the line is longer than 1,048,576 bytes" in reader.stdout, reader.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and caps the address space")
@pytest.mark.parametrize(("before", "line"), [("", 1), (WIDE, 5)])
def test_a_line_of_two_gigabytes_in_a_sparse_file(tmp_path: Path, before: str, line: int) -> None:
    path = write(tmp_path, "sparse.csv", before + "9," * intake.MIB)
    os.truncate(path, 2 << 30)
    reader = subprocess.run([sys.executable, "-c", READER, str(path)], capture_output=True, text=True, timeout=60)
    assert f"sparse.csv, line {line}: the line is longer than 1,048,576 bytes" in reader.stdout, reader.stderr
