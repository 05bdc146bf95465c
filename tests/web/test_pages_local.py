"""A text, a claim file or a set of one's own: on a page of this machine alone, kept only when asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from web_client import Client

import small_store
from comity.audit.claim import claim_names
from comity.model.words import say
from comity.web.app import create_app
from comity.web.settings import Settings
from comity.web.verdicts import verdicts_on

PATH = "/local/audit"
SET = "symbol,label,coder,note\nA/RES/68/262,a label,somebody,\nA/RES/50/3,another,somebody,\n"
PROSE = "On 27 March 2014, the General Assembly adopted resolution A/RES/68/262. Viet Nam abstained on A/RES/68/262."
WHOLE = (resources.files("comity.data") / "claims" / "vietnam-russia.yaml").read_text("utf-8")
CLAIMS = WHOLE[: WHOLE.index("- id: fulcrum-2022-07")]
BOUNDARY = "x-a-boundary-x"


@pytest.fixture(scope="module")
def home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one's own, which may be written to."""
    return Path(shutil.copytree(small_home, tmp_path_factory.mktemp("own") / "store"))


@pytest.fixture(scope="module")
def _client() -> Iterator[Client]:
    with Client(create_app(Settings())) as client:
        yield client


@pytest.fixture
def own(_client: Client, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client of an application on that store; what a test keeps is taken away."""
    monkeypatch.setenv("COMITY_HOME", str(home))
    yield _client
    for folder in ("claims", "sets"):
        shutil.rmtree(home / folder, ignore_errors=True)


def send(client: Client, headers: dict[str, str] | None = None, path: str = PATH, **fields: str) -> httpx.Response:
    """The form as a browser sends pasted content."""
    given = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", "origin": "null"}
    return client.ask(
        "POST", path, accept="text/html", headers=given | (headers or {}), body=urlencode(fields).encode()
    )


def upload(client: Client, name: str, content: bytes) -> httpx.Response:
    """The form as a browser sends a file."""
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
    body = part.format("kind", "").encode() + b"text\r\n" + part.format("do", "").encode() + b"look\r\n"
    body += part.format("file", f'; filename="{name}"\r\nContent-Type: text/plain').encode() + content
    body += f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}", "sec-fetch-site": "same-origin"}
    return client.ask("POST", PATH, accept="text/html", headers=headers, body=body)


def test_it_is_there_on_this_machine_alone(own: Client) -> None:
    found = own.page(PATH)
    assert found.status_code == 200 and found.headers["cache-control"] == "no-store"
    assert say("web_local.lead") in found.text
    assert own.page(PATH, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404
    assert send(own, {"via": "1.1 proxy"}, kind="text", content=PROSE).status_code in (404, 405)
    assert PATH in own.page("/claims").text
    shared = Client(create_app(Settings(local=False)))
    try:
        assert shared.page(PATH).status_code == 404
        assert send(shared, kind="text", content=PROSE).status_code in (404, 405)
        assert PATH not in shared.page("/claims").text
    finally:
        shared.__exit__()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:9999"},
    ],
)
def test_a_page_of_another_site_cannot_send_anything(own: Client, home: Path, headers: dict[str, str]) -> None:
    before = small_store.contents(home)
    given = {k: v for k, v in headers.items() if v}
    plain = {"content-type": "application/x-www-form-urlencoded"} | given
    body = urlencode({"kind": "set", "content": SET, "name": "mine", "do": "keep"}).encode()
    assert own.ask("POST", PATH, headers=plain, body=body).status_code == 403
    assert own.ask("POST", PATH, headers=plain | {"host": "evil.example"}, body=body).status_code == 421
    assert small_store.contents(home) == before


@pytest.mark.parametrize(
    ("kind", "content", "shown"),
    [
        ("text", PROSE, say("propose.title")),
        ("markdown", f"# A title\n\n{PROSE}", "A/RES/68/262"),
        ("html", f"<p>{PROSE}</p><script>alert(1)</script>", "A/RES/68/262"),
        ("claims", CLAIMS, say("word.not_testable")),
        ("set", SET, say("web_local.set", n=2, k=2, release="voeten-2024-wide")),
    ],
)
def test_looking_finds_and_writes_nothing(own: Client, home: Path, kind: str, content: str, shown: str) -> None:
    before = small_store.contents(home)
    for found in (
        send(own, kind=kind, content=content),
        upload(
            own,
            {"text": "a.txt", "markdown": "b.MD", "html": "c.htm", "claims": "d.yml", "set": "e.csv"}[kind],
            content.encode(),
        ),
    ):
        assert found.status_code == 200, found.text[:500]
        assert say("web_local.found") in found.text and "<script>alert" not in found.text
        assert (say("web_local.keep_title") in found.text) == (kind in ("claims", "set"))
        if kind != "text":
            assert shown in found.text
    assert small_store.contents(home) == before


def test_a_claim_file_is_kept_under_a_name_and_found_by_it(own: Client, home: Path) -> None:
    kept = send(own, kind="claims", content=CLAIMS, name="mine", do="keep")
    assert kept.status_code == 303 and kept.headers["location"] == "/claims?file=mine"
    assert (home / "claims" / "mine.yaml").read_text().strip() == CLAIMS.strip()
    assert claim_names() == ("vietnam-russia", "mine")
    verdicts_on("mine")
    assert "fulcrum-2022-03" in own.page("/claims?file=mine").text
    assert "comity audit mine --claim fulcrum-2022-03" in own.page("/claims/fulcrum-2022-03?file=mine").text
    again = send(own, kind="claims", content=CLAIMS.replace("2022-05-11", "2022-05-12"), name="mine", do="keep")
    assert again.status_code == 400
    assert (home / "claims" / "mine.yaml").read_text().strip() == CLAIMS.strip()


def test_a_set_is_kept_under_a_name_and_asked_about_by_it(own: Client, home: Path) -> None:
    kept = send(own, path=f"{PATH}?lang=vi", kind="set", content=SET, name="mine", do="keep")
    assert kept.status_code == 303 and kept.headers["location"] == f"{PATH}?lang=vi&kept=mine"
    assert (home / "sets" / "mine.csv").read_text().strip() == SET.strip()
    assert "set:mine" in own.page(f"{PATH}?kept=mine").text
    assert own.get("/api/v1/pair/VNM/RUS?issue=set:mine&periods=1990-2024").status_code == 200


@pytest.mark.parametrize(
    "name", ["../mine", "/etc/mine", "a/b", "", ".hidden", "x" * 81, "mine.yaml/..", "vietnam-russia", "a b", "a\x00b"]
)
def test_a_name_that_cannot_be_one_writes_nothing(own: Client, home: Path, name: str) -> None:
    before = small_store.contents(home.parent)
    found = send(own, kind="claims", content=CLAIMS, name=name, do="keep")
    assert found.status_code == 400 and "Traceback" not in found.text
    assert small_store.contents(home.parent) == before


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + k)}: &{chr(98 + k)} [{','.join([f'*{chr(97 + k)}'] * 9)}]\n" for k in range(8)
) + "claims: []\n"  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        "claims: !!python/object/apply:os.system ['touch /tmp/harm']",
        "claims: " + "[" * 5000,
        "claims: &x [*x]",
        "claims: {a: 1, a: 2}",
        "just words",
        "claims:\n- id: <script>alert(1)</script>\n",
        "claims:\n" + "- {}\n" * 10_001,
        "\x00\x01",
        "documents: 7\nclaims: []",
    ],
    ids=["bomb", "tag", "deep", "circular", "twice", "no claims", "markup", "many", "control", "documents"],
)
def test_a_hostile_claim_file_is_refused_in_words(own: Client, home: Path, content: str) -> None:
    before = small_store.contents(home)
    for do in ("look", "keep"):
        found = send(own, kind="claims", content=content, name="mine", do=do)
        told = 'role="alert"' in found.text or say("web_local.problems") in found.text
        assert found.status_code in (200, 400, 422) and told, found.text[:300]
        assert "Traceback" not in found.text and "<script>alert" not in found.text
    assert small_store.contents(home) == before


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("a.exe", b"MZ", 422), ("../../a", b"words", 422), ("a.txt", b"\xff\xfe\x00", 422), ("a.csv", b"no header", 422)],
)
def test_a_file_that_is_none_of_these_is_refused(own: Client, name: str, content: bytes, status: int) -> None:
    found = upload(own, name, content)
    assert found.status_code == status and 'role="alert"' in found.text and "Traceback" not in found.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"nothing"),
        ("multipart/form-data; boundary=x", b"--y\r\n"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(100))),
        ("application/x-www-form-urlencoded", b"content=%FF%FE&kind=text"),
        ("application/x-www-form-urlencoded", b"kind=magic&content=x"),
        ("application/x-www-form-urlencoded", b"kind=text&content=+"),
        ("", b"kind=text"),
    ],
)
def test_what_is_no_form_is_refused(own: Client, kind: str, body: bytes) -> None:
    headers = {"sec-fetch-site": "same-origin"} | ({"content-type": kind} if kind else {})
    found = own.ask("POST", PATH, accept="text/html", headers=headers, body=body)
    assert found.status_code in (400, 422) and "Traceback" not in found.text


def test_more_than_two_megabytes_are_not_read(own: Client) -> None:
    assert send(own, kind="text", content="x" * 2_000_001).status_code == 413
    assert send(own, kind="text", content="Words. " * 200_000).status_code < 500


@pytest.mark.parametrize("field", ["content", "name", "kind", "do"])
def test_nothing_that_is_sent_is_markup(own: Client, field: str) -> None:
    evil = "</textarea><script>alert(1)</script>{{7*7}}"
    found = send(own, **({"kind": "claims", "content": CLAIMS, "name": "x", "do": "keep"} | {field: evil}))
    assert found.status_code < 500 and "<script>alert" not in found.text and "</textarea><script" not in found.text
