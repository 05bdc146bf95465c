"""What a stranger may send: nothing of it fails inside, shows through, or opens what is not the web's to open."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from web_client import Client

import comity
from comity.web.guard import HEADERS
from comity.web.registry import registry

MACHINE = (str(Path(comity.__file__).parent), str(Path(__file__).parents[2]), "site-packages", "Traceback", 'File "')
KINDS = {
    "/": 200,
    "/pair/VNM/RUS": 200,
    "/part/trend/VNM/RUS": 200,
    "/figure/trend/VNM/RUS?form=svg": 200,
    "/api": 200,
    "/api/v1": 200,
    "/api/v1/openapi.json": 200,
    "/api/v1/pair/VNM/RUS": 200,
    "/api/v1/pair/VNM/RUS?format=csv": 200,
    "/static/web.css": 200,
    "/static/page.css": 200,
    "/static/none.css": 404,
    "/none": 404,
    "/pair/VNM/none": 404,
    "/pair/VNM/VNM": 400,
    "/api/v1/pair/VNM/RUS?limit=x": 400,
    "/" + "x" * 2_000: 414,
    "/pair/VNM/RUS?vs=" + "x" * 5_000: 414,
}


def is_sound(found: httpx.Response) -> None:
    """No failure inside, nothing of the machine shown, every header of safety there once."""
    assert found.status_code != 500, found.text[:300]
    shown = found.text if "image/png" not in found.headers.get("content-type", "") else ""
    assert not [word for word in MACHINE if word in shown]
    for name, value in HEADERS:
        assert found.headers.get_list(name.decode()) == [value.decode()], name
    assert found.headers["cross-origin-resource-policy"]
    assert "server" not in found.headers
    assert "set-cookie" not in found.headers


@pytest.mark.parametrize("target", KINDS)
def test_every_kind_of_response_carries_the_headers_of_safety(starter: Client, target: str) -> None:
    for found in (starter.page(target), starter.get(target), starter.head(target)):
        assert found.status_code == KINDS[target]
        is_sound(found)
    if found.headers.get("etag"):
        again = starter.get(target, headers={"if-none-match": found.headers["etag"]})
        assert again.status_code == 304
        is_sound(again)


def test_the_policy_lets_no_script_in_and_no_request_out(starter: Client) -> None:
    policy = dict(part.split(" ", 1) for part in starter.page("/").headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "http" not in str(policy)


@pytest.mark.parametrize(
    "rest",
    [
        "../app.py", "..%2fapp.py", "%2e%2e/app.py", "%2e%2e%2fapp.py", "%252e%252e/app.py", "..\\app.py",
        "..%5capp.py",
        "fonts/../../app.py", "//etc/passwd", "/etc/passwd", "%2fetc%2fpasswd", "web.css%00.html", ".",
        "..", "fonts", "....//app.py", "..;/app.py", "%c0%ae%c0%ae/app.py", "web.css%20", "x" * 300, "~root",
        "web.css::$DATA",
    ],
)  # fmt: skip
def test_static_files_are_those_of_the_package(starter: Client, rest: str) -> None:
    found = starter.get(f"/static/{rest}")
    assert found.status_code in (400, 404)
    assert "create_app" not in found.text
    assert "root:" not in found.text
    is_sound(found)


NAMES = (
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/etc/passwd", "..\\..\\windows",
    "%2fetc%2fpasswd",
    "set:../../etc/passwd", "set:/etc/passwd", "set:..", "set:.", "set:", "set:x%00y", "set:..%5c..%5cx", "set:~root",
    "set:x.yaml/../../x", "file:///etc/passwd", "%00", "CON", "a/b", "-", ".", "..",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_lead_to_no_file(small: Client, small_home: Path, name: str) -> None:
    places = (
        "/pair/VNM/RUS?issue={}", "/pair/VNM/RUS?release={}", "/vote/{}", "/vote/A/RES/68/262?group={}",
        "/state/VNM?among={}", "/pair/{}/RUS", "/api/v1/trend/VNM/RUS?issue={}", "/api/v1/vote/{}",
        "/api/v1/vote/A/RES/68/262?release={}", "/figure/trend/VNM/RUS?figure={}", "/claims/{}",
        "/claims?file={}", "/data/check/{}", "/data/diff/{}/voeten-2016", "/contradictions?file={}",
        "/local/audit?kept={}",
    )  # fmt: skip
    for place in places:
        found = small.get(place.format(name))
        is_sound(found)
        assert found.status_code in (400, 404) or "root:" not in found.text
        assert str(small_home) not in found.text
        assert "root:x:0" not in found.text


TRICKS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "</title><svg/onload=alert(1)>",
    "{{1337*1337}}", "{{ config }}", "{% for x in () %}{% endfor %}", "${1337*1337}", "#{1337*1337}", "{a}",
    "{0.__class__}", "%(x)s", "%s%n",
    "javascript:alert(1)", "\u202eRUS", "RUS\u200b", "ＲＵＳ", "R\u0301US", "\ufffd", "\ud83d", "x\r\nSet-Cookie: a=b",
    "' OR 1=1 --", "); DROP TABLE votes; --", "$(id)", "`id`", "|id", "\\x00", "title:.*(a+)+$", "title:" + "a" * 150,
)  # fmt: skip


PARAMETERS = ("issue", "periods", "vs", "measure", "release", "lang", "sha", "clock", "paragraph", "nonsense")


@pytest.mark.parametrize("trick", TRICKS)
def test_what_is_sent_is_shown_as_text_or_not_at_all(small: Client, trick: str) -> None:
    sent = quote(trick.encode("utf-8", "surrogatepass"), safe="")
    for k, question in enumerate(registry().questions.values()):
        asked = question.asked.model_validate(dict(question.example))
        if question.costly or question.name == "vote":
            continue
        for name in asked.in_path[-1:]:
            path = question.path.format(**{n: sent if n == name else getattr(asked, n) for n in asked.in_path})
            _shown_as_text(small, path, trick, page=(k + len(trick)) % 2 == 0)
    for name in (*PARAMETERS, trick):
        target = f"/pair/VNM/RUS?{quote(name.encode('utf-8', 'surrogatepass'))}={sent}"
        _shown_as_text(small, target, trick)
        _shown_as_text(small, target, trick, page=False)
    for target in (f"/{sent}", f"/vote/{sent}", f"/vote/A/RES/68/262?group={sent}", f"/state/VNM?among={sent}"):
        _shown_as_text(small, target, trick)
    for form in ("svg", "csv", "html", "vega"):
        _shown_as_text(small, f"/figure/trend/VNM/RUS?figure={sent}&form={form}", trick)
        _shown_as_text(small, f"/figure/trend/VNM/RUS?issue=title:{sent}&form={form}", trick)


def _shown_as_text(client: Client, target: str, trick: str, *, page: bool = True) -> None:
    """As a page, or as the API's answer."""
    found = client.page(target) if page else client.get(f"/api/v1{target}")
    is_sound(found)
    kind = found.headers["content-type"]
    assert found.status_code in (200, 400, 404), (target, found.status_code)
    if kind.startswith(("text/html", "image/svg")):
        assert "<script>alert" not in found.text
        assert "<img src=x" not in found.text
        assert "<svg/onload" not in found.text
        for attribute in re.findall(r'\s(?:href|src|action|hx-get)="([^"]*)"', found.text):
            assert not html.unescape(attribute).strip().lower().startswith("javascript:")
    assert "1787569" not in found.text, "a template was filled in"
    assert "x\r\nset-cookie" not in str(found.headers).lower()


@pytest.mark.parametrize(
    "query",
    [
        "issue=%zz", "issue=%", "issue=%f", "issue=%ff%fe", "%ff=%ff", "issue=%c3%28", "=", "&&&&",
        "a=b&" * 900, "=&=&=",
        "issue", "issue=", "issue=all=me", "issue=hr;clock=day", "issue[]=hr", "issue=hr&issue=me", "issue=hr&ISSUE=me",
        "issue=" + "hr%2b" * 30 + "me", "periods=" + "1990-1999," * 12, "periods=0-9999", "periods=9999-9999",
        "periods=-1",
        "period=1990-1999", "periods=19900-20000", "periods=1e3-2e3", "periods=1990\u20131999", "periods=٢٠٠٠-٢٠١٠",
        "vs=" + "USA," * 20, "vs=,,,",
        "vs=VNM,RUS", "clock=day&periods=0001-01-01..9999-12-31", "clock=day&periods=1990-13-45..1990-14-99",
        "clock=session&periods=0-9999",
        "break_at=NaN", "method=1e999", "method=" + "9" * 1000, "method=-1", "method=0x10", "method=1.5",
        "method=%d9%a1", "sha=zz",
        "lang=xx", "lang=en&lang=vi", "measure=all", "measure=none", "release=..", "release=", "release=a%00",
        "paragraph=KEEP",
    ],
)  # fmt: skip
@pytest.mark.parametrize("store", ["starter", "small"])
def test_parameters_of_any_shape(store: str, query: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(store)
    for path in ("/pair/VNM/RUS", "/api/v1/pair/VNM/RUS"):
        found = client.page(f"{path}?{query}")
        assert found.status_code in (200, 400, 404, 414)
        is_sound(found)


def test_control_characters_are_refused(starter: Client) -> None:
    for target in (
        "/pair/VNM/RUS%00",
        "/pair/V%0aNM/RUS",
        "/pair/VNM/RUS?issue=hr%00",
        "/%7f",
        "/?x=%1b[31m",
        "/pair/a%0d%0ab/c",
    ):
        assert starter.get(target).status_code == 400
    assert starter.get("/?x=a%0d%0ab%09").status_code == 200, "a text in a form has lines"
