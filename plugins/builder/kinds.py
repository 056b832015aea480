"""The kinds of content that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from plugins.portal.kinds import AnyKind, ContentKind, KindError, Kinds
from plugins.portal.problems import text


def load_kinds(capabilities: Sequence[str]) -> Kinds:
    """The kinds that these modules export as `KINDS`, in their order.

    Raises `KindError` where one cannot be meant, with the names of its module and of the kind.
    """
    if not isinstance(capabilities, list | tuple):
        raise KindError(text("PORTAL_KINDS must be a list of modules"))
    kinds: list[AnyKind] = []
    owners: list[str] = []
    for name in capabilities:
        exported = _exported(name, _module(name))
        kinds.extend(exported)
        owners.extend([name] * len(exported))
    try:
        return Kinds(kinds)
    except KindError as error:
        raise _in_modules([owners[position] for position in error.positions], error) from error


def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except KindError as error:
        raise _in_modules([name], error) from error
    except Exception as error:  # a module of somebody's own may fail in any way when it is run
        if isinstance(error, ModuleNotFoundError) and error.name and f"{name}.".startswith(f"{error.name}."):
            raise KindError(text("PORTAL_KINDS: there is no module {name}: {error}", name=name, error=error)) from error
        reason = f"{type(error).__name__}: {error}"
        message = text("PORTAL_KINDS: the module {name} cannot be imported: {reason}", name=name, reason=reason)
        raise KindError(message) from error


def _exported(name: str, module: ModuleType) -> Sequence[AnyKind]:
    if not hasattr(module, "KINDS"):
        raise KindError(text("PORTAL_KINDS: the module {name} has no KINDS: export a tuple of them", name=name))
    exported = module.KINDS
    if not isinstance(exported, list | tuple):
        value = exported.name if isinstance(exported, ContentKind) else exported
        message = text(
            'PORTAL_KINDS: KINDS of the module {name} must be a tuple, such as (NOTICE,), and is "{value}"',
            name=name,
            value=value,
        )
        raise KindError(message)
    for kind in exported:
        if not isinstance(kind, ContentKind):
            message = text('PORTAL_KINDS: KINDS of the module {name} has "{value}": that is no ContentKind', name=name,
                           value=kind)  # fmt: skip
            raise KindError(message)
    return exported


def _in_modules(names: Sequence[str], error: KindError) -> KindError:
    modules = ", ".join(names)
    return KindError(text("PORTAL_KINDS: in {modules}: {fault}", modules=modules, fault=error.message))
