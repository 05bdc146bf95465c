"""The sources Comity reads."""

from __future__ import annotations

from comity.sources.registry import Citation, Source, sources
from reference.markdown import section

INTRO = """# Sources

What Comity can read, who made it, and under which terms. The data themselves are not part of Comity: you
[get them](../how-to/get-data.md) from their publishers. A field left out is one not known for certain.
"""


def page() -> str:
    """The page."""
    return INTRO + "".join(_source(entry) for entry in sources().values())


def _source(entry: Source) -> str:
    facts = {
        "Made by": entry.author,
        "Published by": entry.publisher,
        "Holds": entry.kind,
        "Described as of": entry.as_of,
        "Licence": entry.licence,
        "On the licence": entry.licence_note,
        "Terms": entry.terms,
        "Link": f"<{entry.link}>" if entry.link else "",
    }
    lines = [f"- **{name}:** {' '.join(value.split())}" for name, value in facts.items() if value]
    lines += [f"- **Recognised by its size:** `{r.label}`, {r.roll_calls:,} roll calls" for r in entry.releases]
    cited = "".join(f"- {_citation(c)}\n" for c in entry.citations)
    return (
        section(entry.title, entry.id)
        + "\n".join(lines)
        + (f"\n\nTo cite:\n\n{cited}" if cited else "\n")
        + f"\nIts name in the code: `{entry.id}`.\n"
    )


def _citation(c: Citation) -> str:
    place = ", ".join(
        part
        for part in (
            f"*{c.container}*" if c.container else "",
            f"{c.volume}({c.issue})" if c.issue else c.volume,
            c.pages,
            c.publisher,
            f"version {c.version}" if c.version else "",
        )
        if part
    )
    year = f" ({c.year})" if c.year else ""
    link = f" <https://doi.org/{c.doi}>" if c.doi else f" <{c.url}>" if c.url else ""
    return f"{'; '.join(c.authors)}{year}. {c.title.rstrip('.')}. {place}.{link}".replace(". .", ".")
