"""YAML read so that a file cannot do harm: bounded size, depth and aliases, no key twice, words kept as words."""

from __future__ import annotations

import re
from typing import Any

import yaml

from comity.errors import BadFile, BadValue, DamagedFile

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BYTES = 5_000_000
DEPTH, ALIASES, NODES = 40, 100, 1_000_000
_TRUTH = re.compile("(?:true|True|TRUE|false|False|FALSE)$")


class _Loader(_Base):  # type: ignore[misc]
    """Only true and false are truth values: "on", "no" and "yes" stay words, as fields and votes are called."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the library's own name for a table of the class
        first: [(tag, form) for tag, form in found if tag != "tag:yaml.org,2002:bool"]
        for first, found in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _TRUTH, list("tTfF"))


def read_yaml(raw: bytes, name: str) -> Any:
    """The content of a YAML file of our making or a stranger's.

    DamagedFile where it is not UTF-8 or not YAML; BadFile where it is too large, too deep or mostly aliases;
    BadValue where a field stands twice.
    """
    if len(raw) > BYTES:
        raise BadFile(f"{name} is too large", got=f"{len(raw):,} bytes", allowed=f"up to {BYTES:,} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DamagedFile(f"{name} is not in UTF-8") from None
    try:
        _bounded(text, name)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            _sound(node, name)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError) as err:
        raise DamagedFile(f"{name} is not YAML", got=" ".join(str(err).split())[:300]) from None


def _bounded(text: str, name: str) -> None:
    """Before anything is built: how deep it nests, how many aliases and nodes it has."""
    depth = aliases = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=_Base)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > DEPTH or aliases > ALIASES or nodes > NODES:
            raise BadFile(
                f"{name} nests too deep, or has too many aliases or parts",
                allowed=f"{DEPTH} levels, {ALIASES} aliases, {NODES:,} parts",
            )


def _sound(root: Any, name: str) -> None:
    """What it is with every alias written out: not circular, not too much, no field twice."""
    sizes: dict[int, int] = {}

    def size(node: Any, above: frozenset[int]) -> int:
        if id(node) in above:
            raise BadFile(f"{name} contains itself, by an alias")
        if id(node) not in sizes:
            inside = above | {id(node)}
            if isinstance(node, yaml.MappingNode):
                _no_key_twice(node, name)
                parts = [part for pair in node.value for part in pair]
            else:
                parts = node.value if isinstance(node, yaml.SequenceNode) else []
            sizes[id(node)] = 1 + sum(size(part, inside) for part in parts)
        if sizes[id(node)] > NODES:
            raise BadFile(f"{name} has too many parts once its aliases are written out", allowed=f"{NODES:,} parts")
        return sizes[id(node)]

    if root is not None:
        size(root, frozenset())


def _no_key_twice(node: yaml.MappingNode, name: str) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                line = key.start_mark.line + 1 if key.start_mark else 0
                raise BadValue(f"{name}, line {line}: a field stands twice", got=key.value)
            seen.add(key.value)
