"""The audit as a whole: order, log, pack, sign-off, formats, the command."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from audit_store import counted, filled
from claim_files import claim, share, write
from ledger_claims import ROWS

from comity.audit.audit import audit
from comity.audit.evaluate.run import EVALUATORS
from comity.audit.log import log_file
from comity.audit.pack import write_pack
from comity.audit.signoff import sign, signoff_file
from comity.audit.tests_of import Test
from comity.audit.verdict import METHOD
from comity.errors import UsageError
from comity.report.terminal import text
from comity.report.text_formats import as_csv, as_html, as_markdown
from small_store import comity


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory)


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


NINE = [f"A/RES/{y - 1945}/2" for y in range(2000, 2009)]


def test_every_kind_of_test_has_an_evaluator() -> None:
    kinds = {get_args(c.model_fields["kind"].annotation)[0] for c in get_args(get_args(Test)[0])}
    assert set(EVALUATORS) == kinds - {"opinion", "not-testable"}


def test_verdicts_do_not_depend_on_the_order_of_claims(tmp_path: Path) -> None:
    k = counted("2001-2020")
    claims = [
        *(claim(f"r{i}", test) for i, (test, _) in enumerate(ROWS.values())),
        claim("n", {"kind": "roll-call-count", "issue": "hr", "period": "2000-2020", "printed": str(k.roll_calls)}),
        claim("same", share(f"{100 * k.same / k.roll_calls:.1f}%")),
        claim("none", share("1%", issue="me")),
    ]  # fmt: skip

    def run(order: list[dict[str, Any]]) -> dict[str, Any]:
        told = audit(write(tmp_path, *order), log=False).to_dict()["claims"]
        return {c["id"]: {key: v for key, v in c.items() if key != "at"} for c in told}

    expected = run(claims)
    for seed in range(3):
        mixed = claims.copy()
        Random(seed).shuffle(mixed)
        assert run(mixed) == expected
    file = write(tmp_path, *claims)
    alone = audit(file, claim="same", log=False).to_dict()["claims"][0]
    assert {key: v for key, v in alone.items() if key != "at"} == expected["same"]


def test_a_hostile_file_has_its_readings_sought_for_some_figures_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.audit.audit.GROUPS", 2)
    claims = [claim(f"c{k}", share("1%", period=f"20{k:02}-2020")) for k in range(4)]
    found = audit(write(tmp_path, *claims), log=False).claims
    assert [v.readings.tried > 0 for v in found] == [True, True, False, False]
    assert ["not sought" in " ".join(v.notes) for v in found] == [False, False, True, True]
    assert audit(write(tmp_path, *claims[::-1]), log=False).claims[0].readings.tried == 0


def test_json_has_what_is_promised(tmp_path: Path) -> None:
    told = audit(write(tmp_path, claim("a", share("75%"))), log=False).to_dict()
    promised = ["id", "verdict", "printed", "computed", "question", "readings", "exceptions", "evidence", "notes"]
    assert next(iter(told)) == "claims"
    assert [key for key in told["claims"][0] if key in promised] == promised
    assert {"tried", "giving_all", "giving_most", "null_rate"} <= told["claims"][0]["readings"].keys()
    assert json.loads(json.dumps(told)) == told


def test_the_log_only_grows_and_says_on_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, claim("a", share("75%")), claim("b", ROWS["a date"][0]))
    audit(file)
    before = log_file().read_text()
    audit(file, claim="a")
    after = log_file().read_text()
    assert after.startswith(before) and len(after.splitlines()) == len(before.splitlines()) + 1
    first, second = (json.loads(line) for line in before.splitlines()[-2:])
    assert first["releases"][0]["sha256"] and first["method"] == METHOD and first["question"]
    assert second["ledger_rows"] == ["events/independent"]


def test_a_log_that_cannot_be_written_is_told_and_the_answer_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.audit.log.home", lambda: tmp_path / "a-file")
    (tmp_path / "a-file").write_text("")
    answer = audit(write(tmp_path, claim("a", ROWS["opinion"][0])))
    assert answer.claims[0].verdict == "opinion"
    assert "audit_not_logged" in [n.id for n in answer.notes]


def test_a_pack_holds_paraphrase_links_hashes_and_counts(tmp_path: Path) -> None:
    answer = audit(
        write(
            tmp_path,
            claim("a", share("1%")),
            claim(
                "b",
                {
                    "kind": "quantified",
                    "form": "all-of",
                    "domain": {"symbols": NINE},
                    "predicate": {"votes": {"VNM": "yes"}},
                },
            ),
        )
    )
    files = write_pack(answer, tmp_path / "pack")
    assert sorted(f.name for f in files) == ["SHA256SUMS", "claimreview.json", "verdicts.json", "verdicts.md"]
    read = (tmp_path / "pack" / "verdicts.md").read_text()
    assert "A sentence, a." in read and "105 recorded votes: same" in read and "<https://" in read
    assert answer.header.sources[0].sha256 in read
    for line in (tmp_path / "pack" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "pack" / name).read_bytes()).hexdigest() == digest
    review = json.loads((tmp_path / "pack" / "claimreview.json").read_text())
    assert review["@graph"] == [] and review["drafts"]["claims"] == ["a", "b"]
    with pytest.raises(UsageError, match="not empty"):
        write_pack(answer, tmp_path / "pack")


def test_a_claim_review_needs_a_named_reviewer_who_signed_this_verdict(tmp_path: Path) -> None:
    file = write(tmp_path, claim("a", share("1%")), claim("b", ROWS["opinion"][0]))
    one_ = audit(file, claim="a")
    with pytest.raises(UsageError, match="full name"):
        sign(one_, "Jane")
    with pytest.raises(UsageError, match="One claim"):
        sign(audit(file), "Jane Doe")
    with pytest.raises(UsageError, match="no review to sign"):
        sign(audit(file, claim="b"), "Jane Doe")
    assert sign(one_, "Jane  Doe")["reviewer"] == "Jane Doe"
    with signoff_file().open("a") as out:
        out.write("not a line of JSON\n")
    write_pack(audit(file), tmp_path / "signed")
    (review,) = json.loads((tmp_path / "signed" / "claimreview.json").read_text())["@graph"]
    assert review["@type"] == "ClaimReview" and review["author"]["name"] == "Jane Doe"
    assert review["reviewRating"]["alternateName"] == "contradicted"
    write_pack(audit(write(tmp_path, claim("a", share("2%")))), tmp_path / "changed")
    assert json.loads((tmp_path / "changed" / "claimreview.json").read_text())["@graph"] == []


@pytest.mark.parametrize("which", ["a", None])
def test_every_format_has_the_verdict(which: str | None, tmp_path: Path) -> None:
    made = audit(write(tmp_path, claim("a", share("1%")), claim("b", ROWS["opinion"][0])), claim=which, log=False)
    for told in (text(made), as_markdown(made), as_html(made), as_csv(made)):
        assert ("contradicted" in told and "A sentence, a." in told) or "a-text" in told


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(write(tmp_path, claim("a", share("1%")), claim("b", ROWS["opinion"][0])))
    assert comity(["audit", file], capsys).code == 0
    assert comity(["audit", file, "--fail-on", "contradicted"], capsys).code == 3
    assert comity(["audit", file, "--claim", "b", "--fail-on", "contradicted"], capsys).code == 0
    assert comity(["audit", file, "--document", "a-text", "--format", "json"], capsys).code == 0
    for wrong in (["--claim", "z"], ["--document", "z"], ["--fail-on", "wrong"]):
        ran = comity(["audit", file, *wrong], capsys)
        assert ran.code == 2 and len(ran.err.splitlines()) == 1
    ran = comity(["audit", file, "--pack", str(tmp_path / "out"), "--format", "json"], capsys)
    assert json.loads(ran.out)["claims"][0]["id"] == "a" and "verdicts.md" in ran.err
    assert comity(["claims", "lint", file], capsys).code == 0
    assert comity(["claims", "sign", file, "--claim", "a", "--reviewer", "Jane Doe"], capsys).code == 0
    bad = str(write(tmp_path, claim("a", share("75"))))
    ran = comity(["claims", "lint", bad], capsys)
    assert ran.code == 33 and "a share is printed with its unit" in ran.out
    assert comity(["audit", bad], capsys).code == 33
