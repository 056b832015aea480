"""XML from elsewhere, element by element: no DTD, no entity, no network, never more or deeper than was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from xml.parsers import expat

Fault = Literal["declared", "too_many_parts", "no_xml"]


class XmlRefusedError(ValueError):
    """XML that is not read any further."""

    def __init__(self, fault: Fault, line: int, reason: str = "") -> None:
        super().__init__(fault, line, reason)
        self.fault = fault
        self.line = line
        """From 1."""
        self.reason = reason
        """In the words of expat, where it is no XML."""


@dataclass(frozen=True)
class Bounds:
    """How much there may be."""

    elements: int
    depth: int


def walk_xml(
    written: bytes,
    bounds: Bounds,
    begin: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    words: Callable[[str], object],
) -> int:
    """Tell elements, by their own names without a prefix, and words between them; gives how many elements there are.

    Raises `XmlRefusedError`.
    """
    elements = depth = 0
    parser = expat.ParserCreate()

    def refuse(*declared: object) -> None:
        raise XmlRefusedError("declared", parser.CurrentLineNumber)

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal elements, depth
        elements += 1
        depth += 1
        if elements > bounds.elements or depth > bounds.depth:
            raise XmlRefusedError("too_many_parts", parser.CurrentLineNumber)
        begin(name.rpartition(":")[2], attributes)

    def ends(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2])

    parser.buffer_text = True
    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(written, True)
    except expat.ExpatError as error:
        raise XmlRefusedError("no_xml", error.lineno, expat.ErrorString(error.code)) from error
    except XmlRefusedError:
        raise
    except (LookupError, ValueError) as error:  # an encoding that Python does not have, or of many bytes a letter
        raise XmlRefusedError("no_xml", parser.CurrentLineNumber, str(error)) from error
    return elements
