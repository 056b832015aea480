"""`portal impact`: what rests on a document, before it ends."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from plugins.builder.folders import shown_sites
from plugins.documents.impact import impact
from plugins.documents.pages import Standing
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import PortalError, text
from plugins.portal.values import day

MOST_ALIKE = 10


def show_impact(arguments: argparse.Namespace, settings: Mapping[str, Any], console: Console) -> None:
    """List every line of the content that names a document, with what the portal says of the document itself."""
    sites = shown_sites(settings)
    if not sites:
        raise PortalError(text("there is no portal to look at yet: run portal build first"))
    told = impact({slug: site.manifest for slug, site in sites.items()}, arguments.number)
    if told is None:
        raise PortalError(text('"{number}" is no number of a document', number=arguments.number))
    language = arguments.lang or settings["DEFAULT_LANG"]
    translate = load_catalogue(MESSAGES, language).gettext
    lines = []
    for card in told.documents:
        standing = Standing.of(card, told.register)
        status = standing.status.say(language) if standing.status else ""
        lines.append(" · ".join(filter(None, (card.number, day(card.issued, language), status, card.title))))
    for resting in told.resting:
        position = ": ".join(filter(None, (f"{resting.path}:{resting.line}", resting.field, resting.words)))
        lines.append(f"  {position}")
    number = len(told.resting)
    lines.append(text("{number} lines name it", number=number).render(translate))
    if not told.documents and not told.resting:  # whoever mistypes it must not think that nothing rests on it
        lines.append(text("the portal has no document with this number").render(translate))
        if told.alike:
            lines.append(text("similar: {numbers}", numbers=", ".join(told.alike[:MOST_ALIKE])).render(translate))
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
