"""The kinds of content that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from plugins.portal.kinds import AnyKind, KindError, Kinds
from plugins.portal.problems import text


def load_kinds(capabilities: Sequence[str]) -> Kinds:
    """The kinds that these modules export as `KINDS`, in their order; `KindError` where one cannot be meant."""
    kinds: list[AnyKind] = []
    for name in capabilities:
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            raise KindError(text("PORTAL_KINDS: there is no module {name}: {error}", name=name, error=error)) from error
        if not hasattr(module, "KINDS"):
            raise KindError(text("PORTAL_KINDS: the module {name} has no KINDS: export a tuple of them", name=name))
        kinds.extend(module.KINDS)
    return Kinds(kinds)
