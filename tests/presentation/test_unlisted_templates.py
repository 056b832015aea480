"""Templates that are loaded, and not listed for Pelican's log."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateNotFound

from plugins.presentation.unlisted_templates import UnlistedTemplates


def test_templates_are_loaded_as_before_and_not_listed(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("<p>{% block words %}{% endblock %}</p>", "utf-8")
    (tmp_path / "a.html").write_text("{% extends 'base.html' %}{% block words %}{{ name }}{% endblock %}", "utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path), extensions=[UnlistedTemplates], autoescape=True)

    assert environment.get_template("a.html").render(name="<Tin>") == "<p>&lt;Tin&gt;</p>"
    assert environment.list_templates() == []
    with pytest.raises(TemplateNotFound):
        environment.get_template("b.html")


def test_template_that_changes_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("before", "utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path), extensions=[UnlistedTemplates], autoescape=True)
    assert environment.get_template("a.html").render() == "before"
    (tmp_path / "a.html").write_text("afterwards", "utf-8")

    assert Environment(loader=environment.loader, autoescape=True).get_template("a.html").render() == "afterwards"
