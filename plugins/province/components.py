"""The page of the theme's components, on a desk only: each macro with its examples, as pages show them.

The examples are data beside the component, `templates/components/<component>/examples.yaml`: each macro with its
examples by name, each with the arguments of the macro.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses

Examples = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By macro and by name of the example: the arguments."""


def examples_of(templates: Path) -> dict[str, Examples]:
    """The examples of each component of a theme, in order of name; the theme's own files, trusted as its code is."""
    files = sorted((templates / "components").glob("*/examples.yaml"))
    return {file.parent.name: yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) for file in files}


class ComponentsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Writes the page where the theme has examples."""

    def generate_output(self, writer: Writer) -> None:
        components = examples_of(Path(self.theme) / "templates")
        if components:
            url = addresses.COMPONENTS
            template = self.get_template("components")
            writer.write_file(addresses.saved_as(url), template, self.context, url=url, components=components)
