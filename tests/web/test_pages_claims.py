"""Pages and API of what texts say: claims, one claim, solve, the curve, two releases, contradictions."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from threading import Event
from typing import get_args
from urllib.parse import quote

import pytest
from web_client import Client

from comity.audit import tests_of
from comity.audit.audit import Court, audit
from comity.audit.claim import read_claims
from comity.audit.multiverse import multiverse
from comity.audit.signoff import sign
from comity.audit.solve.solve import solve
from comity.audit.verdict import VERDICTS, Verdict
from comity.model.language import speaking
from comity.model.words import say
from comity.web import verdicts
from comity.web.pages import claims as page
from comity.web.questions.claims import Kind

FILE = read_claims("vietnam-russia")
SHARE = "fulcrum-2022-20"
UNREVIEWED = ("opinion", "not_testable")
FIGURES = "same=50%; opposite=2; VNM-USA same=40%"
SOLVED = f"/solve?a=VNM&b=RUS&issue=hr&period=2000-2014&print={quote(FIGURES)}"
PAGES = (
    "/claims", "/claims?verdict=opinion&document=fulcrum-2022", f"/claims/{SHARE}", f"/claims/{SHARE}/releases",
    "/claims/fulcrum-2022-02", "/solve", SOLVED, "/multiverse/VNM/RUS?issue=hr&period=2000-2014&print=same=50%25",
    "/contradictions", "/local/audit",
)  # fmt: skip


class Read(HTMLParser):
    """What a page is made of: its tags, its links, and what a strict policy would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def links(self) -> list[str]:
        return [a["href"] for a in self.all("a") if "href" in a]


def listed(client: Client, target: str) -> list[str]:
    """The ids of the claims on a page of them, once all verdicts are there."""
    verdicts.verdicts_on("vietnam-russia")
    found = [re.fullmatch(r"/claims/([a-z0-9-]+)", link) for link in Read(client.page(target).text).links]
    return [m[1] for m in found if m]


@pytest.mark.parametrize("target", PAGES)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_page_stands_on_starter_data_and_on_releases(
    starter: Client, small: Client, starter_home: Path, monkeypatch: pytest.MonkeyPatch, target: str, language: str
) -> None:
    joined = f"{target}{'&' if '?' in target else '?'}lang={language}"
    full = small.page(joined)
    monkeypatch.setenv("COMITY_HOME", str(starter_home))
    for found in (full, starter.page(joined)):
        assert found.status_code == 200, found.text[:600]
        made = Read(found.text)
        assert len(made.all("h1")) == 1 and made.all("html")[0]["lang"] == language
        assert not [a for _, attrs in made.tags for a in attrs if a.startswith("on") or a == "style"]
        assert all("src" in s for s in made.all("script"))
        assert not [t for t in made.tags if t[0] in ("script", "img", "link") and "//" in t[1].get("src", "")]
        ids = [attrs["id"] for _, attrs in made.tags if "id" in attrs]
        assert len(ids) == len(set(ids))


def test_two_releases_are_compared_and_their_lack_is_told(
    small: Client, starter: Client, small_home: Path, starter_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(small_home))
    assert (
        small.page("/vintage/VNM/RUS?issue=hr&period=2000-2014&releases=voeten-2024-wide,voeten-2016").status_code
        == 200
    )
    assert small.page("/vintage/VNM/RUS").status_code == 200
    assert small.page("/vintage/VNM/RUS?releases=voeten-2016").status_code == 400
    monkeypatch.setenv("COMITY_HOME", str(starter_home))
    lacks = starter.page("/vintage/VNM/RUS")
    assert lacks.status_code == 404 and "comity data pull unga" in lacks.text


def test_all_claims_are_listed_at_once_and_their_verdicts_follow(
    small: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = Event(), Court.verdict

    def slow(self: Court, claim: object) -> Verdict:
        assert gate.wait(60)
        return real(self, claim)  # type: ignore[arg-type]

    monkeypatch.setattr(Court, "verdict", slow)
    monkeypatch.setattr(page, "AT_FIRST", 0.05)
    verdicts._works.clear()
    first = small.page("/claims?limit=1000")
    try:
        assert first.status_code == 200 and first.headers["cache-control"] == "no-store" and "etag" not in first.headers
        (part,) = [a for _, a in Read(first.text).tags if a.get("id") == "verdicts"]
        assert part["hx-get"] == "/claims?limit=1000" and part["hx-select"] == "#verdicts"
        assert 'http-equiv="refresh"' in first.text.partition("<noscript>")[2].partition("</noscript>")[0]
        assert len(re.findall(r'href="/claims/[a-z0-9-]+"', first.text)) == len(FILE.claims)
        assert say("web_claims.waiting") in first.text
    finally:
        gate.set()
    verdicts.verdicts_on("vietnam-russia")
    after = small.page("/claims?limit=1000")
    assert say("web_claims.waiting") not in after.text and "http-equiv" not in after.text and "hx-get" not in after.text
    assert "etag" in after.headers


def test_verdicts_are_worked_out_once_for_all_who_ask(small: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Court.verdict
    monkeypatch.setattr(Court, "verdict", lambda self, claim: (asked.append(claim.id), real(self, claim))[1])
    verdicts._works.clear()
    for target in (
        "/claims",
        "/claims?text=treaty",
        "/api/v1/claims",
        "/api/v1/claims?verdict=opinion",
        "/contradictions",
    ):
        assert small.get(target).status_code == 200
    assert asked == [c.id for c in FILE.claims]


def test_a_failure_is_told_and_no_trace_of_it(small: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Court, claim: object) -> Verdict:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(Court, "verdict", broken)
    verdicts._works.clear()
    try:
        found = small.page("/claims?text=failure")
        assert found.status_code == 500 and "secret" not in found.text and "Traceback" not in found.text
    finally:
        verdicts._works.clear()


@pytest.mark.parametrize(
    "asked",
    ["verdict=contradicted", "verdict=not_testable", "document=efe-2024", "kind=date", "text=human+rights",
     "document=fulcrum-2022&kind=vote-share", "text=%3Cscript%3E"],
)  # fmt: skip
def test_filters_choose_the_same_on_the_page_and_in_the_api(small: Client, asked: str) -> None:
    shown = listed(small, f"/claims?{asked}&limit=1000")
    assert shown == [v["id"] for v in small.get(f"/api/v1/claims?{asked}").json()["claims"]]
    held = {v.id: v for v in audit("vietnam-russia", log=False).claims}
    name, _, value = asked.partition("=")
    if name == "verdict":
        assert shown == [v.id for v in held.values() if v.verdict == value]
    if name == "text" and "script" not in value:
        words = value.split("+")
        assert shown and all(w in f"{i} {held[i].claim} {FILE.by_id[i].value}".lower() for i in shown for w in words)
    if "script" in value:
        assert not shown and "<script>" not in small.page(f"/claims?{asked}").text


def test_the_bar_counts_every_claim_and_says_n(small: Client) -> None:
    verdicts.verdicts_on("vietnam-russia")
    text = small.page("/claims").text
    bars = [float(a["width"]) for a in Read(text).all("rect")]
    counts = audit("vietnam-russia", log=False).counts
    assert bars == list(counts.values()) and sum(bars) == len(FILE.claims)
    assert say("web_claims.of_all", n=len(FILE.claims)) in text
    assert all(say(f"meaning.{v}") in text for v in VERDICTS)
    assert say("web_claims.drafts", n=sum(k for v, k in counts.items() if v not in UNREVIEWED)) in text


def test_pages_of_claims_follow_one_another(small: Client) -> None:
    seen: list[str] = []
    target = "/claims?limit=100"
    for _ in range(4):
        seen += listed(small, target)
        onward = [a["href"] for a in Read(small.page(target).text).all("a") if a.get("rel") == "next"]
        target = onward[0] if onward else ""
    assert seen == [c.id for c in FILE.claims] and not target


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/claims?verdict=wrong", 400), ("/claims?kind=magic", 400), ("/claims?document=bible", 400),
        ("/claims?file=nothing", 404), ("/claims?file=..%2F..%2Fetc%2Fpasswd", 400), ("/claims?file=/etc/passwd", 400),
        ("/claims?limit=0", 400), ("/claims?limit=100000", 400), ("/claims?offset=-1", 400),
        ("/claims?limit=1&limit=2", 400),
        ("/claims/no-such-claim", 404), ("/claims/no-such-claim/releases", 404), ("/claims/a%27b%3Cscript%3E", 404),
        ("/claims/fulcrum-2022-02/releases", 404), ("/contradictions?file=nothing", 404),
        ("/multiverse/VNM/RUS?print=same=5%20bn%20USD", 422), ("/multiverse/VNM/RUS?print=lots", 400),
        ("/multiverse/VNM/RUS?issue=set:../x.csv", 400), ("/vintage/VNM/RUS?print=love", 400),
        ("/vintage/VNM/RUS?releases=a,b,c", 400), ("/vintage/VNM/RUS?releases=a,b", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_without_a_trace(small: Client, target: str, status: int) -> None:
    for found in (small.page(target), small.get(f"/api/v1{target}")):
        assert found.status_code == status, found.text[:400]
        assert "Traceback" not in found.text and "/site-packages" not in found.text
        markup = found.headers["content-type"].startswith("text/html")
        assert not (markup and "<script>" in found.text)


def test_a_share_card_shows_no_verdict_and_no_share(small: Client) -> None:
    for target in (f"/claims/{SHARE}", "/claims", "/multiverse/VNM/RUS?period=2000-2014", "/vintage/VNM/RUS"):
        made = Read(small.page(target).text)
        cards = [
            m["content"]
            for m in made.all("meta")
            if m.get("property", m.get("name", "")).endswith(("title", "description"))
        ]
        assert len(cards) == 3
        told = " ".join(cards)
        assert "%" not in told
        assert not [v for v in VERDICTS if v != "opinion" and re.search(rf"\b{say(f'word.{v}')}\b", told)]


def test_one_claim_says_what_it_rests_on_and_how_to_ask_again(small: Client) -> None:
    found = small.page(f"/claims/{SHARE}").text
    told = small.get(f"/api/v1/claims/{SHARE}").json()
    (verdict,) = told["claims"]
    assert FILE.by_id[SHARE].claim.rstrip(".") in found and say("web_claim.paraphrase") in found
    assert f"comity audit vietnam-russia --claim {SHARE}" in found
    assert say("claim.draft") in found and told["signed"] is None
    assert {s["state"] for s in told["base_rate"]} == {"VNM", "RUS"} and say("web_claim.base_rate") in found
    assert told["last_roll_calls"] == {"voeten-2024-wide": "2024-12-05"}
    assert verdict["why"][:20] in found.replace("\u00a0", " ")
    later = [a["hx-get"] for _, a in Read(found).tags if "hx-get" in a]
    assert later[0].startswith("/part/multiverse/VNM/RUS?") and "print=same%3D75+%25" in later[0].replace(
        "=75", "%3D75"
    )
    assert later[1] == f"/part/claims/{SHARE}/releases"
    for part in later:
        assert small.page(part).status_code == 200


def test_a_signature_is_told_in_every_language_and_only_of_that_verdict(
    small: Client, small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copytree(small_home, tmp_path / "signed"))
    monkeypatch.setenv("COMITY_HOME", str(home))
    monkeypatch.setattr("comity.web.stamp.EVERY", 0.0)
    told = audit("vietnam-russia", claim=SHARE, log=False)
    sign(told, "Jane Q. Doe")
    for spoken in ("en", "vi"):
        with speaking(spoken):
            verdicts.verdicts_on("vietnam-russia")
            n = sum(k for v, k in audit("vietnam-russia", log=False).counts.items() if v not in UNREVIEWED)
            expected = say("web_claims.drafts_some", n=n, k=1)
        assert "Jane Q. Doe" in small.page(f"/claims/{SHARE}?lang={spoken}&again={home.name}").text
        assert expected in small.page(f"/claims?lang={spoken}&again={home.name}").text
    lines = (home / "audit" / "signoffs.jsonl").read_text()
    (home / "audit" / "signoffs.jsonl").write_text(lines.replace('"fingerprint": "', '"fingerprint": "0'))
    assert "Jane" not in small.page(f"/claims/{SHARE}?again=2").text


def test_exceptions_and_roll_calls_lead_to_their_pages(small: Client) -> None:
    held = {v.id: v for v in audit("vietnam-russia", log=False).claims}
    excepted = next(v for v in held.values() if v.exceptions and page.symbol(v.exceptions[0].what))
    links = Read(small.page(f"/claims/{excepted.id}").text).links
    for each in excepted.exceptions:
        assert f"/vote/{page.symbol(each.what)}" in links
    calls = next(v for v in held.values() for e in v.evidence if e.kind == "roll call")
    assert any(link.startswith("/vote/A/RES/") for link in Read(small.page(f"/claims/{calls.id}").text).links)
    unchecked = next(v for v in held.values() for e in v.evidence if e.checked is False)
    assert say("web_claim.unchecked") in small.page(f"/claims/{unchecked.id}").text


def test_a_claim_is_held_against_each_release_by_itself(small: Client) -> None:
    rows = small.get(f"/api/v1/claims/{SHARE}/releases").json()["releases"]
    assert [r["release"] for r in rows] == ["voeten-2024-wide", "undl-1992-2022", "voeten-2016"]
    newest = audit("vietnam-russia", claim=SHARE, log=False).claims[0]
    assert rows[0]["computed"] == newest.computed != rows[2]["computed"]
    csv = small.get(f"/api/v1/claims/{SHARE}/releases?format=csv").text
    assert len(csv.strip().splitlines()) == 4


def test_the_api_answers_as_the_command_line_does(small: Client) -> None:
    def plain(told: dict[str, object]) -> str:
        return re.sub(r'"at": "[^"]+"', "", json.dumps(told))

    mine = small.get("/api/v1/claims").json()
    assert plain(mine) == plain(audit("vietnam-russia", log=False).to_dict())
    printed = [("VNM", "RUS", "same=50%"), ("VNM", "RUS", "opposite=2"), ("VNM", "USA", "same=40%")]
    assert small.get(f"/api/v1{SOLVED}").json() == json.loads(
        json.dumps(solve(printed, issue="hr", period="2000-2014").to_dict())
    )
    curve = small.get("/api/v1/multiverse/VNM/RUS?issue=hr&period=2000-2014&print=same=50%25").json()
    asked = multiverse("VNM", "RUS", "same=50%", issue="hr", period="2000-2014").to_dict()
    assert curve == json.loads(json.dumps(asked))
    some = small.get("/api/v1/claims?limit=3&offset=2").json()
    assert [c["id"] for c in some["claims"]] == [c.id for c in FILE.claims[2:5]]


def test_the_form_of_solve_leads_to_one_address_that_holds_it_all(small: Client) -> None:
    sent = small.page(
        "/solve?a=Viet+Nam&b=Russia&period=2000-2014&issue=hr&n=&of=&shift=1&release="
        "&c1=same&v1=50%25&w1=&c2=opposite&v2=2&w2=&c3=same&v3=40%25&w3=United+States&c4=same&v4=&w4="
    )
    assert sent.status_code == 303
    there = sent.headers["location"]
    assert there.startswith("/solve?") and there.count("print=") == 1
    found = small.page(there)
    assert found.status_code == 200 and say("web_solve.warning_text") in found.text
    fields = {a["name"]: a.get("value", "") for a in Read(found.text).all("input") if "name" in a}
    assert fields["a"] == "VNM" and fields["b"] == "RUS" and fields["period"] == "2000-2014"
    assert (fields["v1"], fields["v2"], fields["v3"], fields["w3"]) == ("50%", "2", "40%", "USA")
    assert "comity solve VNM RUS --issue hr --period 2000-2014 --shift 1 --print same=50% --print opposite=2 " \
           "--pair VNM USA --print same=40%" in found.text.replace("&#39;", "").replace("'", "")  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("a=VNM&b=RUS&period=2000-2014", 400),
        ("a=VNM&b=Atlantis&period=2000-2014&print=same=50%25", 404),
        ("a=VNM&b=VNM&period=2000-2014&print=same=50%25", 400),
        ("b=RUS&period=2000-2014&print=same=50%25", 400),
        ("a=VNM&b=RUS&print=same=50%25", 400),
        ("a=VNM&b=RUS&period=2014-2000&print=same=50%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&print=love=50%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&print=same=500%25", 422),
        ("a=VNM&b=RUS&period=2000-2014&print=same=lots", 422),
        (f"a=VNM&b=RUS&period=2000-2014&print=same={'9' * 390}%25", 422),
        (f"a=VNM&b=RUS&period=2000-2014&print=same={'9' * 500}%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&print=" + ";".join(["same=50%25"] * 10), 400),
        ("a=VNM&b=RUS&period=2000-2014&shift=6&print=same=50%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&n=0&print=same=50%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&n=99999999&print=same=50%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&of=love&print=same=50%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&print=same=50%25&print=same=51%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&issue=set:../x.csv&print=same=50%25", 400),
        ("a=VNM&b=RUS&period=2000-2014&issue=love&print=same=50%25", 404),
    ],
)  # fmt: skip
def test_what_solve_cannot_be_asked(small: Client, asked: str, status: int) -> None:
    told = small.get(f"/api/v1/solve?{asked}")
    assert told.status_code == status and told.headers["content-type"].startswith("application/problem+json")
    shown = small.page(f"/solve?{asked}")
    assert shown.status_code == (200 if "print" not in asked else status)
    assert "Traceback" not in shown.text


def test_a_wrong_form_is_shown_again_as_it_was_filled_in(small: Client) -> None:
    found = small.page("/solve?a=VNM&b=Atlantis&period=2000-2014&c1=opposite&v1=50%25&w1=")
    assert found.status_code == 404 and 'role="alert"' in found.text
    fields = {a["name"]: a.get("value", "") for a in Read(found.text).all("input") if "name" in a}
    assert fields["b"] == "Atlantis" and fields["v1"] == "50%"
    apart = small.page("/solve?a=VNM&b=RUS&period=2000-2014&c1=same&v1=50%25;opposite=2")
    assert apart.status_code == 400 and 'role="alert"' in apart.text


def test_the_examples_of_the_form_can_be_asked(small: Client) -> None:
    links = [link for link in Read(small.page("/solve").text).links if "print=" in link]
    assert len(links) == 3
    for link in links:
        assert small.page(link).status_code == 200


EVIL = "\"><script>alert(1)</script>'{{7*7}}<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "target",
    ["/claims?text={}", "/claims?document={}", "/claims?file={}", "/claims/{}", "/solve?a={}",
     "/solve?a=VNM&b={}&period=2000-2014&print=same=5", "/solve?period={}", "/solve?issue={}",
     "/solve?release={}", "/solve?a=VNM&b=RUS&period=2000-2014&print={}",
     "/solve?a=VNM&b=RUS&period=2000-2014&c1={0}&v1={0}&w1={0}", "/solve?n={}", "/multiverse/VNM/{}",
     "/multiverse/VNM/RUS?print={}", "/multiverse/VNM/RUS?period={}", "/multiverse/VNM/RUS?release={}",
     "/vintage/VNM/RUS?releases={}", "/contradictions?file={}", "/claims?lang={}"],
)  # fmt: skip
def test_nothing_that_is_sent_is_markup(small: Client, target: str) -> None:
    found = small.page(target.format(quote(EVIL, safe="")))
    assert found.status_code < 500
    assert "<script>alert" not in found.text and "<img src=x" not in found.text and "49<img" not in found.text


def test_kinds_of_tests_are_all_named() -> None:
    union, _ = get_args(tests_of.Test)
    kinds = {k for test in get_args(union) for k in get_args(test.model_fields["kind"].annotation)}
    assert set(get_args(Kind)) == kinds and all(say(f"web_kind.{k}") for k in kinds)


def test_real_records_give_the_verdicts_that_the_command_line_gives(shared_data: Path, small: Client) -> None:
    """The shared claims are those of the package: each has a row on the page."""
    folder = shared_data.parent / "claims"
    if not folder.is_dir():
        pytest.skip(f"needs the shared claims {folder}")
    ids = {
        found
        for file in folder.iterdir()
        for found in re.findall(r"[a-z]+-(?:2022|2024|bamboo)-\d\d", file.read_text())
    }
    assert ids and ids <= set(listed(small, "/claims?limit=1000"))
