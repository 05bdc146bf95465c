"""Claim files: every form of bad input is told in one line, in bounded time; words stay words."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from claim_files import DOCUMENT, claim, share, write

from comity.audit.claim import CLAIMS, checked_claims, claims_schema, read_claims
from comity.audit.safe_yaml import read_yaml
from comity.audit.template import write_template
from comity.audit.tests_of import SingleVote, TierOnDate
from comity.audit.tests_over import Quantified
from comity.errors import BadFile, BadValue, ComityError, DamagedFile, UsageError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))


def problems(folder: Path, *claims: dict[str, Any], **more: Any) -> str:
    _, found = checked_claims(write(folder, *claims, **more))
    return "\n".join(map(str, found))


OPINION = {"kind": "opinion", "why": "a motive"}
BAD = {
    "two ids": ((claim("a", OPINION), claim("a", OPINION)), "a: another claim has this id"),
    "circular": (
        (claim("a", OPINION, repeats="b"), claim("b", OPINION, repeats="a")),
        "a: it repeats itself, by way of a",
    ),
    "repeats nothing": ((claim("a", OPINION, repeats="z"),), "a: no such claim to repeat: z"),
    "no document": ((claim("a", OPINION, document="other"),), "a: no such document: other"),
    "unknown state": ((claim("a", share(pair=["VNM", "ATL"])),), "a: test.vote-share.pair.1: no such state: 'ATL'"),
    "one state twice": ((claim("a", share(pair=["VNM", "VNM"])),), "a pair is of two different states"),
    "no seat then": ((claim("a", share(pair=["DDR", "RUS"])),), "a: German Democratic Republic (DDR) held no seat"),
    "no state any more": (
        (claim("a", OPINION, states=["DDR"], period="2014"),),
        "a: German Democratic Republic (DDR) was no state any more in 2014",
    ),
    "no recipient any more": (
        (claim("a", {"kind": "arms-rank", "recipient": "DDR", "supplier": "RUS", "period": "2001-2005", "is": 1}),),
        "(DDR) was no state any more in 2001-2005",
    ),
    "no member any more": (
        (claim("a", {"kind": "membership", "state": "DDR", "group": "eu", "on": "2014-05-01"}),),
        "(DDR) was no state any more in 2014-05-01",
    ),
    "before it was a state": ((claim("a", share(period="1960-1970")),), "a: Viet Nam (VNM) held no seat"),
    "the future": ((claim("a", share(period="2098-2099")),), "the period 2098-2099 is in the future"),
    "a day to come": (
        (claim("a", {"kind": "membership", "state": "VNM", "group": "asean", "on": "2098-01-01"}),),
        "2098-01-01 is in the future",
    ),
    "arms to come": (
        (claim("a", {"kind": "arms-rank", "recipient": "VNM", "supplier": "RUS", "period": "2098", "is": 1}),),
        "the period 2098 is in the future",
    ),
    "sessions on the wrong clock": ((claim("a", share(period="47-54")),), "A calendar year has four digits"),
    "reversed": ((claim("a", share(period="2020-2000")),), "The period is reversed"),
    "over 100": ((claim("a", share("120%")),), "A share is from 0 to 100 %"),
    "over 100 as the value": ((claim("a", share(""), value="130 %"),), "A share is from 0 to 100 %"),
    "no unit": ((claim("a", share("75")),), "a: a share is printed with its unit: 75% (got '75')"),
    "no figure": ((claim("a", share(""), value="rising"),), "a: no figure to hold it against (got 'rising')"),
    "money without a unit": (
        (claim("a", {"kind": "arms-total", "recipient": "VNM", "period": "2001-2020", "printed": "6.7 bn"}),),
        "a volume is printed with its unit",
    ),
    "unknown kind": ((claim("a", {"kind": "guess"}),), "a: test: Input tag 'guess'"),
    "unknown field": ((claim("a", share(formula="same/2")),), "a: test.vote-share.formula: Extra inputs"),
    "unknown issue": ((claim("a", share(issue="human")),), "Unknown issue"),
    "unknown group": ((claim("a", share(scope=["atlantis"])),), "Unknown group"),
    "a scope without a group": ((claim("a", share(scope=["asean"])),), "a: scope is for ranks, memberships"),
    "unknown set": ((claim("a", share(issue="all", set="nothing")),), "Unknown set"),
    "no such row": (
        (claim("a", {"kind": "date", "ledger": "treaties", "row": "none", "is": "1978"}),),
        "a: the ledger treaties has no row none",
    ),
    "no such field": (
        (claim("a", {"kind": "ledger-fact", "ledger": "treaties", "row": "rus-vnm-1978", "field": "colour", "is": 1}),),
        "rows of treaties have no field colour",
    ),
    "no such figure": (
        (
            claim(
                "a", {"kind": "ledger-fact", "ledger": "treaties", "row": "rus-vnm-1978", "figure": "x", "printed": "1"}
            ),
        ),
        "has no figure called x",
    ),
    "a domain of another sort": (
        (
            claim(
                "a",
                {
                    "kind": "quantified",
                    "form": "all-of",
                    "domain": {"states": "asean", "on": "2022"},
                    "predicate": {"same": ["VNM", "RUS"]},
                },
            ),
        ),
        "the domain and the predicate do not speak of the same",
    ),
    "an id with blanks": ((claim("a b", OPINION),), "a b: id: String should match pattern"),
    "not a mapping": (("a string",), "claim 1: Input should be"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_told_with_the_claim_and_the_reason(case: str, tmp_path: Path) -> None:
    claims, said = BAD[case]
    file = write(tmp_path, *claims)  # type: ignore[arg-type]
    found = [str(p) for p in checked_claims(file)[1]]
    assert any(said in line for line in found), found
    assert all("\n" not in line for line in found)
    with pytest.raises(BadValue, match="comity claims lint"):
        read_claims(file)


def test_two_documents_of_one_name(tmp_path: Path) -> None:
    assert "two documents are called a-text" in problems(tmp_path, documents=(DOCUMENT, DOCUMENT))


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    told = problems(tmp_path, claim("a", share("75")), claim("b", share(period="1960-1970")), claim("c", OPINION))
    assert [line.partition(":")[0] for line in told.splitlines()] == ["a", "b"]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)
)
HARM = {
    "a bomb of aliases": (BOMB, BadFile, "too many parts once its aliases are written out"),
    "many aliases": ("a: &a x\nb: [" + ", ".join(["*a"] * 500) + "]", BadFile, "too many aliases"),
    "itself": ("a: &a [*a]", BadFile, "contains itself"),
    "depth": ("[" * 3000, BadFile, "nests too deep"),
    "a key twice": ("claims: []\nclaims: []", BadValue, "line 2: a field stands twice"),
    "not YAML": ("claims: [", DamagedFile, "is not YAML"),
    "a tag of Python": ("a: !!python/object/apply:os.system [ls]", DamagedFile, "is not YAML"),
    "a tab": ("claims:\n\t- a", DamagedFile, "is not YAML"),
    "a control character": ("a: \x00", DamagedFile, "is not YAML"),
}


@pytest.mark.parametrize("case", HARM)
def test_a_harmful_file_is_refused_at_once(case: str) -> None:
    text, error, said = HARM[case]
    begun = time.perf_counter()
    with pytest.raises(error, match=said) as caught:
        read_yaml(text.encode(), "claims.yaml")
    assert time.perf_counter() - begun < 5
    assert "\n" not in str(caught.value)


def test_other_encodings_and_sizes_are_refused() -> None:
    with pytest.raises(DamagedFile, match="not in UTF-8"):
        read_yaml("claims: []".encode("utf-16"), "claims.yaml")
    with pytest.raises(BadFile, match="too large"):
        read_yaml(b"# " + b"x" * 5_000_001, "claims.yaml")


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    for text in ("", "- a", "claims: 3", "a: b"):
        (tmp_path / "c.yaml").write_text(text)
        with pytest.raises(BadValue, match="A claim file holds documents and claims"):
            read_claims(tmp_path / "c.yaml")
    with pytest.raises(UsageError, match="No such claim file"):
        read_claims("no-such-name")


def test_yes_no_and_on_stay_words() -> None:
    read = read_yaml(b"on: 2022-03-02\nvote: no\nother: yes\nheld: true\noff: [Off, No, YES]", "c.yaml")
    assert read["vote"] == "no" and read["other"] == "yes" and read["held"] is True
    assert "on" in read and read["off"] == ["Off", "No", "YES"]


def test_votes_and_pairs_are_read_as_people_write_them(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(
        "documents:\n- {id: a-text, title: A, date: '2022', kind: k}\nclaims:\n"
        "- {id: a, document: a-text, claim: One., type: event, period: 2022-03-02, value: 35,\n"
        "   test: {kind: single-vote, symbol: A/RES/ES-11/1, votes: {VNM: no, RUS: [no, abstain]}}}\n"
        "- {id: b, document: a-text, claim: Two., type: event,\n"
        "   test: {kind: tier-on-date, holder: VNM, partner: RUS, on: 2024-06-20, rank: 1}}\n"
        "- {id: c, document: a-text, claim: Three., type: event, test: {kind: quantified, form: all-of,\n"
        "   domain: {issue: hr, period: 2014}, predicate: {opposite: [VNM, USA]}}}\n"
    )
    one, two, three = read_claims(file).claims
    assert isinstance(one.test, SingleVote) and one.test.votes == {"VNM": ("no",), "RUS": ("no", "abstain")}
    assert (one.period, one.value) == ("2022-03-02", "35")
    assert isinstance(two.test, TierOnDate) and two.test.on == "2024-06-20"
    assert isinstance(three.test, Quantified) and three.test.predicate.opposite == (("VNM", "USA"),)


def test_ten_thousand_claims_and_one_more(tmp_path: Path) -> None:
    many = [claim(f"c{i}", share() if i % 2 else OPINION) for i in range(CLAIMS)]
    begun = time.perf_counter()
    made = read_claims(write(tmp_path, *many))
    assert len(made.claims) == CLAIMS
    assert time.perf_counter() - begun < 60  # about 6 s alone on the machine it was written on
    with pytest.raises(BadFile, match="Too many claims"):
        read_claims(write(tmp_path, *many, claim("last", OPINION)))


def test_the_template_is_sound_and_never_written_over(tmp_path: Path) -> None:
    file = write_template(tmp_path / "new.yaml")
    made = read_claims(file)
    assert {c.test.kind for c in made.claims} == {"vote-share", "single-vote", "opinion"}
    with pytest.raises(UsageError, match="There is a file of that name"):
        write_template(file)
    with pytest.raises(ComityError, match="cannot be written"):
        write_template(tmp_path / "no" / "new.yaml")


def test_the_schema_takes_the_template_and_refuses_what_is_no_claim(tmp_path: Path) -> None:
    schema = claims_schema()
    good = {"documents": [DOCUMENT], "claims": [claim("a", share())]}
    jsonschema.validate(good, schema)
    for bad in (claim("a", share(category="alike")), claim("a", {"kind": "guess"}), claim("a", share(), extra=1)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**good, "claims": [bad]}, schema)
