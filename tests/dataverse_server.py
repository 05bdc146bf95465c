"""A Dataverse on this machine that speaks the native API, and misbehaves when told to."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from comity.sources.fetch import Patience

DOI = "doi:10.7910/DVN/LEJUQZ"


@dataclass
class Stored:
    """A file: what is served, and what the record says of it."""

    content: bytes
    name: str = "UNVotes.csv"
    table: bool = False
    checksum: str | None = None  # None: the true MD5
    restricted: bool = False

    def to_json(self, number: int) -> dict[str, object]:
        data: dict[str, object] = {
            "id": number,
            "persistentId": "",
            "filename": self.name,
            "contentType": "text/csv",
            "filesize": len(self.content),
            "rootDataFileId": -1,
            "tabularData": self.table,
        }
        if self.table:  # Dataverse shows the converted table, and keeps the checksum of the original
            data |= {
                "filename": self.name.rsplit(".", 1)[0] + ".tab",
                "contentType": "text/tab-separated-values",
                "filesize": 7,
                "originalFileFormat": "text/csv",
                "originalFormatLabel": "Comma Separated Values",
                "originalFileSize": len(self.content),
                "originalFileName": self.name,
                "UNF": "UNF:6:made-up==",
            }
        md5 = self.checksum if self.checksum is not None else hashlib.md5(self.content).hexdigest()
        if md5:
            data |= {"md5": md5, "checksum": {"type": "MD5", "value": md5}}
        return {"label": data["filename"], "restricted": self.restricted, "version": 1, "dataFile": data}


@dataclass
class Dataverse:
    """What the server has, how it misbehaves, and what it was asked.

    versions  : number → ids of its files.
    mischief  : taken one by one by requests for files, "" for none; for the list of versions: ``list_mischief``.
    asked     : path and headers of each request.
    """

    url: str = ""
    files: dict[int, Stored] = field(default_factory=dict)
    versions: dict[str, list[int]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    licence: object = field(
        default_factory=lambda: {"name": "CC0 1.0", "uri": "http://creativecommons.org/publicdomain/zero/1.0"}
    )
    mischief: list[str] = field(default_factory=list)
    list_mischief: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)

    def versions_json(self) -> dict[str, object]:
        fields = [
            {"typeName": "title", "multiple": False, "typeClass": "primitive", "value": "Voting Data"},
            {
                "typeName": "author",
                "multiple": True,
                "typeClass": "compound",
                "value": [{"authorName": {"typeName": "authorName", "value": n}} for n in ("Voeten, Erik", "B, A")],
            },
        ]
        data = []
        for number, ids in self.versions.items():
            major, minor = number.split(".")
            version: dict[str, object] = {
                "id": 1,
                "datasetPersistentId": DOI,
                "versionState": self.states.get(number, "RELEASED"),
                "releaseTime": "2024-06-24T15:01:02Z",
                "publicationDate": "2009-03-02",
                "metadataBlocks": {"citation": {"displayName": "Citation Metadata", "fields": fields}},
                "files": [self.files[i].to_json(i) for i in ids],
            }
            if version["versionState"] != "DRAFT":
                version |= {"versionNumber": int(major), "versionMinorNumber": int(minor)}
            version |= {"license": self.licence} if not isinstance(self.licence, tuple) else dict(self.licence)
            data.append(version)
        return {"status": "OK", "data": data}

    def file_requests(self) -> list[dict[str, str]]:
        return [headers for path, headers in self.asked if "/datafile/" in path]


PATIENT = Patience(attempts=4, connect=2, stall=0.3, pause=0.01, longest_pause=5, sleep=lambda seconds: None)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        dataverse = self.server.dataverse
        parts = urlsplit(self.path)
        dataverse.asked.append((self.path, dict(self.headers)))
        self.close_connection = True
        if parts.path == "/api/datasets/:persistentId/versions":
            trick = dataverse.list_mischief.pop(0) if dataverse.list_mischief else ""
            known = parse_qs(parts.query).get("persistentId") == [DOI]
            if trick.isdigit() or not known:
                self.reply(int(trick) if trick else 404, b'{"status":"ERROR"}')
            else:
                self.reply(200, trick.encode() or json.dumps(dataverse.versions_json()).encode())
        elif parts.path.startswith(("/api/access/datafile/", "/store/")):
            self.serve_file(parts.path.rpartition("/")[2], parts.query)
        else:
            self.reply(404, b"")

    def serve_file(self, number: str, query: str) -> None:
        dataverse = self.server.dataverse
        stored = dataverse.files.get(int(number))
        trick, _, detail = (dataverse.mischief.pop(0) if dataverse.mischief else "").partition(":")
        if stored is None:
            self.reply(404, b'{"status":"ERROR"}')
            return
        content = stored.content if not stored.table or query == "format=original" else b"id\tv\n1\t"
        if trick.isdigit():
            self.reply(int(trick), b"busy", {"Retry-After": detail} if detail else {})
        elif trick == "redirect":
            self.reply(303, b"", {"Location": detail or f"/store/{number}?{query}"})
        elif trick == "corrupt":
            self.part(content[:-1] + b"?", trick)
        elif trick == "longer":
            self.reply(200, content + b"more")
        else:
            self.part(content, trick)

    def part(self, content: bytes, trick: str) -> None:
        asked = self.headers.get("Range", "")
        start = int(asked[6:].partition("-")[0]) if asked and trick != "ignore-range" else 0
        if start >= len(content) > 0:
            self.reply(416, b"", {"Content-Range": f"bytes */{len(content)}"})
            return
        start = 0 if trick == "wrong-range" else start
        body = content[start:]
        headers = {"ETag": '"tag"', "Content-Length": str(len(body))}
        if asked and trick != "ignore-range":
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self.begin(206 if "Content-Range" in headers else 200, headers)
        half = len(body) // 2
        if trick == "truncate":
            self.wfile.write(body[:half])
        elif trick == "stall":
            self.wfile.write(body[:half])
            self.wfile.flush()
            self.server.dataverse.let_go.wait(5)
        elif trick == "trickle":
            for i in range(len(body)):
                self.wfile.write(body[i : i + 1])
                self.wfile.flush()
                if self.server.dataverse.let_go.wait(0.05):
                    return
        else:
            self.wfile.write(body)

    def reply(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.begin(status, {"Content-Length": str(len(body))} | (headers or {}))
        self.wfile.write(body)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()


class _Server(ThreadingHTTPServer):
    dataverse: Dataverse
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def serving(dataverse: Dataverse) -> Iterator[Dataverse]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.dataverse = dataverse
    dataverse.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield dataverse
    finally:
        dataverse.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
