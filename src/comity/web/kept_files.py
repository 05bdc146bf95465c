"""What somebody pastes on a page of this machine: held against the records, and kept under a name where they say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from comity.audit.audit import audit_file
from comity.audit.claim import claims_of, own_folder, shipped, sound
from comity.audit.text_audit import audit_written
from comity.errors import BadFile, UsageError
from comity.model.words import say
from comity.report.answers import document
from comity.report.document import Document
from comity.report.files import write_atomic
from comity.store.home import home
from comity.study.opening import open_corpus
from comity.study.release import ReleaseCorpus
from comity.votes.sets import NamedSet, read_set, shipped_sets
from comity.web.answering import in_line

Kind = Literal["text", "markdown", "html", "claims", "set"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_CLAIMS, MOST_PROBLEMS = 1_000, 50
_SUFFIX = {"text": "txt", "markdown": "md", "html": "html", "claims": "yaml", "set": "csv"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found.

    document : the verdicts; problems : of a claim file that is not as it should be; told : of a set.
    """

    kind: Kind
    document: Document | None = None
    problems: tuple[str, ...] = ()
    told: str = ""

    @property
    def can_be_kept(self) -> bool:
        """A claim file or a set without a problem can be kept under a name; a text is only looked at."""
        return self.kind in ("claims", "set") and not self.problems


def look(kind: Kind, content: str) -> Looked:
    """Hold it against the records; nothing is written. BadFile and its kin where it is not what it should be."""
    name = f"{say('web_local.yours')}.{_SUFFIX[kind]}"
    if kind == "set":
        return Looked(kind, told=_told(read_set(name, content.encode())))
    with in_line():
        if kind != "claims":
            return Looked(kind, document(audit_written(content, name, log=False)))
        made, problems = claims_of(content.encode(), name)
        if made is None or problems:
            return Looked(kind, problems=tuple(map(str, problems[:MOST_PROBLEMS])))
        if len(made.claims) > MOST_CLAIMS:
            raise BadFile(
                "Too many claims for a page", got=f"{len(made.claims):,}", allowed=f"up to {MOST_CLAIMS:,}",
                next="comity audit FILE takes them all",
            )  # fmt: skip
        return Looked(kind, document(audit_file(made, name, log=False)))


def keep(kind: Kind, name: str, content: str) -> None:
    """Write a claim file or a set under a name into the store; what is there already is never replaced.

    UsageError for a name that cannot be one or is taken, and for a text; BadFile and its kin where the content is not
    as it should be; StoreError where it cannot be written.
    """
    if kind not in ("claims", "set"):
        raise UsageError("Only a claim file or a set is kept", got=kind)
    if _NAME.fullmatch(name) is None:
        raise UsageError("Not a name", got=name, allowed="1 to 80 letters, digits, hyphens and underscores")
    folder, suffix, taken = (
        (own_folder(), "yaml", shipped()) if kind == "claims" else (home() / "sets", "csv", shipped_sets())
    )
    file = folder / f"{name}.{suffix}"
    if name in taken or file.exists():
        raise UsageError("That name is taken", got=name, next="Choose another: nothing is replaced from a page")
    raw = content.encode()
    if kind == "claims":
        sound(file.name, *claims_of(raw, file.name))
    else:
        read_set(name, raw)
    write_atomic(file, raw)


def _told(found: NamedSet) -> str:
    """How many it names, and how many of them the newest release holds."""
    corpus = open_corpus()
    if not isinstance(corpus, ReleaseCorpus):
        return say("web_local.set_alone", n=len(found.members))
    names = {*corpus.roll_calls["symbol"].drop_nulls().to_list(), *corpus.roll_calls["roll_call"].to_list()}
    held = len(found.members & names)
    return say("web_local.set", n=len(found.members), k=held, release=corpus.origin.release)
