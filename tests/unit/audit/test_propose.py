"""Reading a text: places, markup, doubt, other languages, bounded time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.audit.proposal import Proposal
from comity.audit.propose import propose
from comity.audit.text import read_file, read_text
from comity.audit.text_audit import RUN_MOST, _bounded, audit_text
from comity.errors import BadFile, DamagedFile, UnknownLayout, UsageError
from comity.report import terminal
from comity.report.text_formats import as_csv, as_html, as_markdown

PLAIN = "Viet Nam abstained on A/RES/ES-11/1."
FILLER = "It was the talk of the day, and the hall was full. "


def only(text: str, name: str = "a.txt") -> Proposal:
    (made,) = propose(FILLER + text, name)
    return made


def test_a_plain_vote_is_run_with_its_test() -> None:
    made = only(PLAIN)
    assert made.run
    assert made.test == {"kind": "single-vote", "symbol": "A/RES/ES-11/1", "votes": {"VNM": "abstain"}}
    assert (made.line, made.start, made.end) == (1, len(FILLER), len(FILLER + PLAIN))


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("Cuba and Iran voted against resolution 77/247 on 30 December 2022.",
         {"kind": "single-vote", "symbol": "A/RES/77/247", "votes": {"CUB": "no", "IRN": "no"}, "on": "2022-12-30"}),
        ("The General Assembly adopted resolution A/RES/68/262 by 100 votes to 11, with 58 abstentions.",
         {"kind": "single-vote", "symbol": "A/RES/68/262", "tally": {"yes": 100, "no": 11, "abstain": 58}}),
        ("In 2001-2010 India and Brazil voted alike on 80 % of all recorded votes in the General Assembly.",
         {"kind": "vote-share", "pair": ["IND", "BRA"], "issue": "all", "period": "2001-2010", "category": "same",
          "of": "all"}),
        ("By SIPRI's trend-indicator values, Russia supplied 80 % of Vietnam's arms imports in 2001-2024.",
         {"kind": "arms-share", "supplier": "RUS", "recipient": "VNM", "period": "2001-2024", "of": "imports"}),
        ("Laos was a member of ASEAN on 1 January 1998.",
         {"kind": "membership", "state": "LAO", "group": "asean", "on": "1998-01-01", "member": True}),
    ],
)  # fmt: skip
def test_what_leaves_nothing_open_is_run(text: str, test: dict[str, object]) -> None:
    made = only(text)
    assert (made.test, made.decide) == (test, ())
    assert made.claim("a-1", "a").test.kind == test["kind"]


@pytest.mark.parametrize(
    "text",
    [
        "Viet Nam did not abstain on A/RES/ES-11/1.",
        "Viet Nam may have abstained on A/RES/ES-11/1.",
        "Viet Nam reportedly abstained on A/RES/ES-11/1.",
        "Viet Nam will have abstained on A/RES/ES-11/1.",
        "Hanoi abstained on A/RES/ES-11/1.",
        "The Vietnamese abstained on A/RES/ES-11/1.",
        "“Viet Nam abstained on A/RES/ES-11/1.”",
        "Storey said that Viet Nam abstained on A/RES/ES-11/1.",
        "It is false that Viet Nam abstained on A/RES/ES-11/1.",
        "False: Viet Nam abstained on A/RES/ES-11/1.",
        "Almost all but Viet Nam abstained on A/RES/ES-11/1.",
        "Viet Nam's friends abstained on A/RES/ES-11/1.",
        "Viet Nam abstained on a paragraph of A/RES/ES-11/1.",
        "Viet Nam abstained on amendments to A/RES/ES-11/1.",
        "Viet Nam or Laos abstained on A/RES/ES-11/1.",
        "Viet Nam abstained on A/RES/ES-11/1 and A/RES/ES-11/2.",
        "Viet Nam abstained and Cuba voted against A/RES/ES-11/3.",
        "Of Viet Nam, Laos and Cuba two abstained on A/RES/ES-11/1.",
        "A/RES/ES-11/1, on which Viet Nam abstained, was carried.",
        "Korea abstained on A/RES/ES-11/1.",
        "Germany voted against A/RES/34/22.",
        "Jordan Peters abstained on A/RES/ES-11/1.",
        "Viet Nam abstained in the Human Rights Council on A/RES/ES-11/1.",
        "Viet Nam and Russia voted alike on 75 % of all recorded votes in 2000-2020.",
        "Viet Nam and Russia voted alike on 75 % of votes in the General Assembly in 2000-2020.",
        "In 2000-2020 Viet Nam and Russia voted alike on 75 % of all recorded votes on trade in the General Assembly.",
        "In 2000-2020 Viet Nam, Laos and Russia voted alike on 75 % of all recorded votes in the General Assembly.",
        "In 2000-2020 only Viet Nam and Russia voted alike on 75 % of all recorded votes in the General Assembly.",
        "Russia supplied 80 % of Vietnam's arms imports in 2001-2024.",
        "By SIPRI TIV, Russia supplied less than 80 % of Vietnam's naval arms imports in 2001-2024.",
        "Viet Nam with Laos abstained on A/RES/ES-11/1.",
        "The United States of Mexico abstained on A/RES/ES-11/1.",
        "In Viet Nam Laos abstained on A/RES/ES-11/1.",
        "Georgia, Georgia abstained on A/RES/ES-11/1.",
        "Viet Nam abstained on A/RES/ES-11/1 in 2019.",
        "In 2000-2020 Viet Nam and Russia voted alike on 75 % to 80 % of all recorded votes in the General Assembly.",
        "In 2000-2090 Viet Nam and Russia voted alike on 75 % of all recorded votes in the General Assembly.",
        "In 2000-2020 Viet Nam and Ruthenia voted alike on 75 % of all recorded votes in the General Assembly.",
        "In 1960-1970 India and the Soviet Union voted alike on 175 % of all recorded votes in the General Assembly.",
        "Laos was a member of ASEAN on 1 January 2090.",
        "Laos became a member of ASEAN on 23 July 1997.",
        "Laos was not a member of ASEAN on 1 January 1990.",
    ],
)
def test_whatever_is_in_doubt_is_listed_with_what_to_decide(text: str) -> None:
    made = only(text)
    assert not made.run
    assert made.decide
    assert made.claim("a-1", "a").test.kind == "not-testable"


@pytest.mark.parametrize(
    "plain",
    [
        PLAIN,
        "The General Assembly adopted resolution A/RES/68/262 by 100 votes to 11, with 58 abstentions.",
        "In 2001-2010 India and Brazil voted alike on 80 % of all recorded votes in the General Assembly.",
        "By SIPRI TIV, Russia supplied 80 % of Vietnam's arms imports in 2001-2024.",
        "Laos was a member of ASEAN on 1 January 1998.",
    ],
)
@pytest.mark.parametrize(
    "word", ["not", "hardly", "most", "of", "Laos", "paragraph", "draft", "other", "3", "alone", "if"]
)
def test_one_word_more_and_it_is_no_longer_run(plain: str, word: str) -> None:
    words = plain.split()
    for i in range(len(words)):
        text = " ".join([*words[:i], word, *words[i:]])
        ran = [p for p in propose(FILLER + text, "a.txt") if p.run]
        assert ran == [], text


@pytest.mark.parametrize(
    "text",
    [
        "Did Viet Nam abstain on A/RES/ES-11/1?",
        "If Viet Nam had abstained on A/RES/ES-11/1, it would have been noted.",
        "The author lived there for 12 years.",
        "Jordan Peters abstained from comment.",
        "Tension in the South China Sea rose in 2016.",
    ],
)
def test_what_claims_nothing_is_passed_over(text: str) -> None:
    assert propose(FILLER + text, "a.txt") == ()


def test_a_long_quotation_is_a_quotation_to_its_end() -> None:
    text = f"“The vote was on the table of the hall. {PLAIN} It was the end of it,” he wrote. {PLAIN}"
    assert [p.run for p in propose(text, "a.txt")] == [False, True]


def test_places_are_those_of_the_file_in_every_format() -> None:
    html = f"<html><head><title>{PLAIN}</title><style>p {{}}</style></head><body>\n<script>'{PLAIN}'</script>\n"
    html += f"<p>{FILLER}</p><p>Viet&nbsp;Nam <b>abstained</b> on A/RES/ES-11/1.</p><del>{PLAIN}</del><!-- {PLAIN} -->"
    made = propose(html, "a.html")
    assert [(p.line, p.run, p.sentence) for p in made] == [(3, True, PLAIN)]
    assert html[made[0].start : made[0].end] == "Viet&nbsp;Nam <b>abstained</b> on A/RES/ES-11/1."
    md = f"# {FILLER}\n\n- **Viet Nam** abstained on [A/RES/ES-11/1](https://x.org/A/RES/1/1).\n\n"
    md += f"```\n{PLAIN}\n```\n~~{PLAIN}~~\n"
    made = propose(md, "a.md")
    assert [(p.line, p.run, p.sentence) for p in made] == [(3, True, PLAIN)]
    assert md[made[0].start : made[0].end].startswith("Viet Nam** abstained on [A/RES")


def test_other_languages_are_not_guessed() -> None:
    vietnamese = "Việt Nam bỏ phiếu trắng về nghị quyết A/RES/ES-11/1 ngày 2 tháng 3 năm 2022. " * 5
    for text in (vietnamese, "越南对 A/RES/ES-11/1 投了弃权票。", "امتنعت فيتنام عن التصويت على A/RES/ES-11/1"):
        with pytest.raises(BadFile, match="Only texts in English are read"):
            propose(text, "a.txt")
    mixed = read_text(
        f"{FILLER * 6}\n\n{vietnamese}\n\nامتنعت فيتنام عن التصويت على A/RES/ES-11/1.\n\n{PLAIN}", "a.txt"
    )
    assert mixed.foreign == 6
    assert mixed.sentences[-1].text == PLAIN


def test_an_empty_text_has_no_proposals() -> None:
    assert propose("", "a.txt") == propose(" \n\n", "a.md") == propose("<p></p>", "a.html") == ()


@given(st.text(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_and_places_are_inside_it(text: str, name: str) -> None:
    whole = FILLER * 8 + text + f"\n\n{PLAIN}\n"
    try:
        found = read_text(whole, name)
    except (BadFile, DamagedFile):
        return
    assert all(
        0 <= s.start < s.end <= len(whole) and s.line == whole.count("\n", 0, s.start) + 1 for s in found.sentences
    )
    assert [s.start for s in found.sentences] == sorted(s.start for s in found.sentences)
    assert propose(whole, name) == propose(whole, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{PLAIN} {FILLER}" * 12_000, "a.txt"),
        ("the " + "<" * 1_000_000, "a.html"),
        ("the [a](" * 125_000, "a.md"),
        ("the of and " + "(“" * 500_000, "a.txt"),
        ("the 1,1,1" * 110_000, "a.txt"),
        ("the " + "\n" * 1_000_000, "a.md"),
    ],
    ids=["prose", "angles", "links", "quotes", "digits", "lines"],
)
def test_a_megabyte_takes_bounded_time(text: str, name: str) -> None:
    begun = time.perf_counter()
    propose(text, name)
    assert time.perf_counter() - begun < 20


def test_so_many_are_run_and_no_more() -> None:
    made = only(PLAIN)
    kept = _bounded([(str(i), made) for i in range(RUN_MOST + 3)])
    assert sum(p.run for _, p in kept) == RUN_MOST
    assert "in parts" in kept[-1][1].decide[0]


def test_the_audit_of_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    file = tmp_path / "My text (1).txt"
    file.write_text(f"{FILLER}{PLAIN} Hanoi abstained on four resolutions. Cuba voted against A/RES/ES-11/1.", "utf-8")
    answer = audit_text(file)
    assert [(v.id, v.verdict) for v in answer.claims] == [
        ("my-text-1-1", "reproduced"),
        ("my-text-1-3", "contradicted"),
    ]
    assert [id_ for id_, _ in answer.listed] == ["my-text-1-2"]
    told = answer.to_dict()
    assert [p["run"] for p in told["proposals"]] == [True, False, True]
    assert len(told["claims"]) == 2
    assert answer.to_polars()["verdict"].to_list() == ["reproduced", "", "contradicted"]
    terminal.show(answer)
    for write in (as_csv, as_html, as_markdown):
        assert "my-text-1-2" in write(answer)
    assert [v.id for v in audit_text(file, claim="my-text-1-3").claims] == ["my-text-1-3"]
    with pytest.raises(UsageError, match="waits for a decision"):
        audit_text(file, claim="my-text-1-2")
    with pytest.raises(UsageError, match="no such proposal"):
        audit_text(file, claim="my-text-1-9")


def test_bad_files_are_told_in_one_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Türkei".encode("latin-1"))
    for path, error in (
        (latin, DamagedFile),
        (tmp_path / "none.txt", DamagedFile),
        (tmp_path / "a.pdf", UnknownLayout),
    ):
        with pytest.raises(error) as told:
            read_file(path)
        assert "\n" not in str(told.value)
