"""What passes between the platform and the child: a line of JSON, then the bytes that it names."""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO, TypeAlias

Told: TypeAlias = tuple[dict[str, Any], dict[str, bytes]]


def send(target: BinaryIO, told: Mapping[str, Any], parts: Mapping[str, bytes]) -> None:
    """Write what is told, and the parts in their order."""
    sizes = [[name, len(content)] for name, content in parts.items()]
    target.write(json.dumps({"told": told, "parts": sizes}).encode() + b"\n")
    target.writelines(parts.values())


def receive(source: BinaryIO) -> Told:
    """What was told, and its parts. Raises ValueError for anything else."""
    try:
        head = json.loads(source.readline())
        parts = {str(name): source.read(int(size)) for name, size in head["parts"]}
        told = dict(head["told"])
    except (KeyError, TypeError, RecursionError) as problem:
        raise ValueError from problem
    if any(len(parts[name]) != size for name, size in head["parts"]):
        raise ValueError
    return told, parts
