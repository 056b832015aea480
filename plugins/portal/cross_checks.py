"""What sites should know of each other, looked for when all are known; it keeps nothing from being shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from plugins.portal.identifiers import slugify
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import Problem, did_you_mean, text


def advice_between(
    shown: Mapping[str, SiteManifest], content: str, fields: Collection[str]
) -> dict[str, tuple[Problem, ...]]:
    """For each site what others do that concerns it.

    `shown` are the sites by slug, `content` is the content folder as people see it in reports; `fields` are the slugs
    of the fields of administration that the province lists.
    """
    advice: dict[str, list[Problem]] = defaultdict(list)
    told = (*_listed_by_others(shown), *_names_of_others(shown, content), *_missing_fields(shown, content, fields))
    for slug, problem in told:
        advice[slug].append(problem)
    return {slug: tuple(problems) for slug, problems in sorted(advice.items())}


def _listed_by_others(shown: Mapping[str, SiteManifest]) -> Iterator[tuple[str, Problem]]:
    """Procedures that an agency has put into the lists of others. The province may: it knows who performs what."""
    for owner, manifest in shown.items():
        for card in manifest.procedures if owner else ():
            for slug in card.performing_agencies:
                if slug != owner and slug in shown:
                    message = text(
                        '"{name}" of {agency} stands in your list of procedures', name=card.name, agency=owner
                    )
                    hint = text("if you do not receive it, ask {agency} to mend performing_agencies", agency=owner)
                    place = card.places.get(slug)
                    line, field = (place.line, place.field) if place else (None, "performing_agencies")
                    yield slug, Problem(path=card.path, line=line, field=field, message=message, hint=hint)


def _names_of_others(shown: Mapping[str, SiteManifest], content: str) -> Iterator[tuple[str, Problem]]:
    """Agencies that have one name: citizens could not tell them apart."""
    namesakes: dict[str, list[str]] = defaultdict(list)
    for slug, manifest in shown.items():
        if manifest.agency is not None and manifest.agency.lifecycle.state == "active":
            namesakes[slugify(manifest.agency.name)].append(slug)
    for slugs in namesakes.values():
        for slug in slugs if len(slugs) > 1 else ():
            others = ", ".join(other for other in slugs if other != slug)
            message = text("another agency has this name too: {others}", others=others)
            hint = text("give it a name of its own")
            path, line = f"{content}/agencies/{slug}/agency.yaml", shown[slug].name_line
            yield slug, Problem(path=path, line=line, field="name", message=message, hint=hint)


def _missing_fields(
    shown: Mapping[str, SiteManifest], content: str, fields: Collection[str]
) -> Iterator[tuple[str, Problem]]:
    """Fields of administration that several procedures name and that the province's list has not, or has no more."""
    cards = [card for manifest in shown.values() for card in manifest.procedures]
    unused = set(fields) - {card.field for card in cards}
    for slug, number in sorted(Counter(card.field for card in cards if card.field not in fields).items()):
        if number > 1:
            message = text(
                'the field "{slug}", which {number} procedures name, is not listed', slug=slug, number=number
            )
            hint = did_you_mean(slug, unused, text("add it"))
            yield "", Problem(path=f"{content}/province/fields.yaml", field="fields", message=message, hint=hint)
