"""Pairs of claims that cannot both hold: planted ones of every kind are found, near misses are not."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.audit.claim import Claim
from comity.audit.clashes import clashes
from comity.audit.contradictions import against, contradictions, facts_of_all
from comity.errors import BadValue, UsageError
from comity.report import terminal
from comity.report.text_formats import as_csv, as_html, as_markdown

NOTHING: Mapping[str, Any] = {"kind": "not-testable", "why": "planted", "needs": "nothing"}
DELIVERED: Mapping[str, Any] = {"kind": "arms-total", "recipient": "IND", "period": "2001"}


def claim(text: str, type: str, period: str = "", value: str = "", states: str = "IND USA", **more: Any) -> Claim:
    """A claim of document a unless told otherwise."""
    given = {"id": "x", "document": "a", "test": NOTHING} | more
    return Claim(claim=text, type=type, states=tuple(states.split()), period=period, value=value, **given)  # type: ignore[arg-type]


def share(percent: str, category: str, text: str = "They voted so.", **more: Any) -> Claim:
    test = {"kind": "vote-share", "pair": ["IND", "USA"], "issue": "hr", "period": "2000-2010", "category": category}
    return claim(text, "vote-share", "2000-2010", percent, test=test | more)


def kinds(*claims: Claim) -> list[str]:
    return [c.kind for c in clashes(facts_of_all(claims))]


def single(text: str, **test: Any) -> Claim:
    given = {"kind": "single-vote", "symbol": "A/RES/ES-11/3", "adopted": True} | test
    return claim(text, "single-vote", "2022-04-07", states="IND RUS", test=given)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        (share("35 %", "same"), share("40 %", "same"), "value"),
        (share("60 %", "same"), share("55 %", "diverged"), "value"),
        (share("30 %", "opposite"), share("12 %", "diverged"), "value"),
        (share("4 %", "same"), share("93 %", "diverged", "They diverged on the remaining 93%."), "count-rule"),
        (single("x y", body="GA"), single("x y", body="HRC"), "body"),
        (single("Russia was suspended."), single("Russia was expelled."), "body"),
        (single("x y", votes={"IND": "abstain"}), single("x y", votes={"IND": "no"}), "value"),
        (single("x y", tally={"yes": 93}), single("x y", tally={"yes": 92}), "value"),
        (single("x y", adopted=True), single("x y", adopted=False), "value"),
        (
            claim("They signed the Logan Agreement in 2015.", "treaty", "2015"),
            claim("The Logan Agreement was signed in May 2016, a treaty of its time.", "treaty", "2016-05"),
            "date",
        ),
        (
            claim("Relations go back to 1947.", "treaty", "1947"),
            claim("Modi visited Ottawa in June 2015 for the seventieth anniversary.", "visit", "2015-06"),
            "date",
        ),
        (
            claim("Modi's official visit to Washington is the first in more than a decade.", "visit", "2016-06-07"),
            claim("Modi visited Washington in September 2014.", "visit", "2014-09"),
            "count-rule",
        ),
        (
            claim("From 2010 India abstained whenever a text was about America.", "single-vote", "2010-"),
            claim("India voted against the text.", "single-vote", "2017-12-21", "no"),
            "scope",
        ),
        (
            claim("The two have drifted apart.", "causal/opinion", "1990-2010"),
            claim("Relations have been good.", "causal/opinion", "2000-2020"),
            "judgement",
        ),
        (
            claim("India's abstention was a rare exception.", "single-vote", "2022-03-02", "abstain"),
            claim("India was one of 35 abstaining states.", "single-vote", "2022-03-02", "abstain"),
            "judgement",
        ),
        (
            claim("x y", "arms", test=dict(DELIVERED) | {"printed": "5 bn USD"}),
            claim("x y", "arms", test=dict(DELIVERED) | {"printed": "5000 TIV"}),
            "unit",
        ),
    ],
)  # fmt: skip
def test_what_cannot_both_hold_is_found_whichever_comes_first(a: Claim, b: Claim, kind: str) -> None:
    assert kinds(a, b) == [kind]
    assert kinds(b, a) == [kind]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (share("35 %", "same"), share("35.4 %", "same")),
        (share("35 %", "same"), share("40 %", "same", period="2001-2010")),
        (share("35 %", "same"), share("40 %", "same", of="cast")),
        (share("35 %", "same"), share("55 %", "diverged")),
        (share("4 %", "same"), share("96 %", "diverged", "They diverged on the remaining 96%.")),
        (single("Russia was suspended or expelled."), single("Russia was expelled.", symbol="A/RES/ES-11/1")),
        (single("Russia was removed."), single("Russia was suspended.")),
        (
            claim("A vote in the General Assembly.", "single-vote", "2022-04-07"),
            claim("It voted against removal from the Human Rights Council.", "single-vote", "2022-04-07"),
        ),
        (
            claim("They signed the Logan Agreement in 2015.", "treaty", "2015"),
            claim("They signed the Logan Agreement in May 2015.", "treaty", "2015-05"),
        ),
        (
            claim("They signed the Logan Agreement in 1990.", "treaty", "1990"),
            claim("They signed a treaty of Logan in 2015.", "treaty", "2015"),
        ),
        (
            claim("Modi visited Washington in September 2014.", "visit", "2014-09"),
            claim("Modi visited Washington in June 2016.", "visit", "2016-06"),
        ),
        (
            claim("Modi's visit is the first in three years.", "visit", "2016-06-07"),
            claim("Obama met Modi in Delhi in January 2015.", "visit", "2015-01"),
        ),
        (
            claim("From 2010 India abstained whenever a text was about America.", "single-vote", "2010-"),
            claim("India voted against the text.", "single-vote", "2005-12-21", "no"),
        ),
        (
            claim("Relations deteriorated.", "causal/opinion", "1970-1980"),
            claim("Relations have been good.", "causal/opinion", "2000-2020"),
        ),
        (
            claim("Relations deteriorated, then improved.", "causal/opinion", "1970-1980"),
            claim("Relations have been good.", "causal/opinion", "1970-2020"),
        ),
        (
            claim("Relations deteriorated.", "causal/opinion", "1970-1980", states="IND USA CHN"),
            claim("Relations have been good.", "causal/opinion", "1970-2020"),
        ),
        (
            claim("India's abstention was a rare exception.", "single-vote", "2022-03-02", "abstain"),
            claim("India was one of 3 abstaining states.", "single-vote", "2022-03-02", "abstain"),
        ),
        (
            claim("In 1950 ties were opened; relations go back to 1950.", "treaty", "1950"),
            claim("Modi visited Ottawa in June 2000 for the fiftieth anniversary.", "visit", "2000-06"),
        ),
    ],
)  # fmt: skip
def test_near_misses_are_not(a: Claim, b: Claim) -> None:
    assert kinds(a, b) == []


def counted(n: str, document: str = "a") -> Claim:
    test = {"kind": "roll-call-count", "issue": "hr", "period": "2000-2010"}
    return claim("So many were taken.", "vote-share", "2000-2010", n, test=test, document=document)


def test_a_share_needs_a_whole_number_of_the_roll_calls_of_its_text() -> None:
    assert kinds(counted("124"), share("12.9 %", "opposite")) == []  # 16 of 124
    assert kinds(counted("124"), share("12.7 %", "opposite")) == ["count-rule"]
    assert kinds(share("12.7 %", "opposite"), counted("124")) == ["count-rule"]
    assert kinds(counted("124", "b"), share("12.7 %", "opposite")) == []
    assert kinds(counted("about 124"), share("12.7 %", "opposite")) == []
    assert kinds(counted("124"), share("12.7 %", "opposite", of="cast")) == []
    many = {"kind": "vote-count", "pair": ["IND", "USA"], "issue": "hr", "period": "2000-2010", "category": "same"}
    assert kinds(counted("124"), claim("x y", "vote-share", "2000-2010", "125", test=many)) == ["count-rule"]
    assert kinds(counted("124"), claim("x y", "vote-share", "2000-2010", "124", test=many)) == []


def test_only_is_held_against_the_votes_of_other_members() -> None:
    only = claim(
        "x y", "single-vote", states="PHL MMR",
        test={
            "kind": "quantified", "form": "only", "who": ["PHL", "MMR"], "scope": ["asean"],
            "domain": {"states": "asean", "on": "2022-04-07"},
            "predicate": {"voted": {"symbol": "A/RES/ES-11/3", "choice": "yes"}},
        },
    )  # fmt: skip
    assert kinds(only, single("x y", votes={"THA": "yes"})) == ["scope"]
    assert kinds(only, single("x y", votes={"THA": "abstain"})) == []
    assert kinds(only, single("x y", votes={"PHL": "yes"})) == []
    assert kinds(only, single("x y", votes={"FRA": "yes"})) == []


def test_a_claim_is_held_against_the_roll_call() -> None:
    claims = [
        single("Russia was expelled.", votes={"IND": "no"}, tally={"yes": 92}),
        single("A vote of the Human Rights Council.", body="HRC"),
        single("Russia was suspended.", votes={"IND": "abstain"}, tally={"yes": 93}),
        claim("India was one of 34 abstaining states.", "single-vote", "2022-03-02", "abstain"),
        claim("India was one of 35 abstaining states.", "single-vote", "2022-03-02", "abstain"),
    ]
    claims = [c.model_copy(update={"id": str(i)}) for i, c in enumerate(claims)]
    found = against(claims, facts_of_all(claims))
    assert {(c.kind, c.claim.id) for c in found} == {("body", "0"), ("value", "0"), ("body", "1"), ("value", "3")}
    assert all("A/RES/ES-11/" in c.record and c.link for c in found)


def test_ten_thousand_claims_take_bounded_time() -> None:
    rng = random.Random(1)
    claims = [
        claim(f"They signed the Logan{i % 50} Agreement.", "treaty", str(rng.randrange(1950, 2020)), id=f"c{i}")
        for i in range(10_000)
    ]
    begun = time.perf_counter()
    assert sum(1 for _ in clashes(facts_of_all(claims))) > 100
    assert time.perf_counter() - begun < 30


def write(folder: Path, claims: list[Claim]) -> Path:
    file = folder / "own.yaml"
    given = [
        c.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"id": f"c-{i}"} for i, c in enumerate(claims)
    ]
    for one in given:
        one["test"] = {"kind": "not-testable", "why": "planted", "needs": "nothing"}
    document = {"id": "a", "title": "A text", "date": "2020", "kind": "text"}
    file.write_text(yaml.safe_dump({"documents": [document], "claims": given}), encoding="utf-8")
    return file


def test_the_answer_prints_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    file = write(
        tmp_path,
        [
            claim("The two have drifted apart.", "causal/opinion", "1990-2010"),
            claim("Relations have been good.", "causal/opinion", "2000-2020"),
        ],
    )
    answer = contradictions(file)
    assert answer.to_dict()["pairs"][0]["claims"][1]["id"] == "c-1"
    assert answer.to_polars().rows() == [("judgement", "c-0", "c-1", "", answer.pairs[0].why)]
    terminal.show(answer)
    for write_as in (as_csv, as_html, as_markdown):
        assert "c-1" in write_as(answer)


def test_a_file_without_contradictions_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    answer = contradictions(write(tmp_path, [claim("Relations have been good.", "causal/opinion", "2000-2020")]))
    assert (answer.pairs, answer.records) == ((), ())
    assert "no pair" in as_markdown(answer).lower()


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such claim file"):
        contradictions("no-such-file")
    broken = tmp_path / "broken.yaml"
    broken.write_text("claims: 3\n", encoding="utf-8")
    with pytest.raises(BadValue, match="holds documents and claims"):
        contradictions(broken)
