"""A loader that does not list its templates: Pelican wants the list for its log, anew for each of its generators.

Walking the theme's folders and Pelican's own a dozen times took as long as all else in the making of generators.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import BaseLoader, Environment, Template
from jinja2.ext import Extension


class UnlistedTemplates(Extension):
    """Makes an environment load templates as before, and list none."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        if environment.loader is not None:
            environment.loader = _Unlisted(environment.loader)


class _Unlisted(BaseLoader):
    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._loader.get_source(environment, template)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja's
    ) -> Template:
        return self._loader.load(environment, name, globals)

    def list_templates(self) -> list[str]:
        return []
