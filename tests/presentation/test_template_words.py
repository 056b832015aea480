"""The theme's words stand in compiled templates as they would be looked up on each page."""

from __future__ import annotations

from gettext import NullTranslations

import pytest
from jinja2 import DictLoader, Environment

from plugins.presentation.template_words import TemplateWords, install_words

WORDS = {
    "Home": "Nhà <b>&amp;",
    "of %(name)s": "của %(name)s",
    "100%% sure": "chắc 100%%",
    'He said "no"': "Nói “không”",
}


class Catalogue(NullTranslations):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def gettext(self, message: str) -> str:
        self.asked.append(message)
        return WORDS.get(message, message)


def rendered(template: str, *, kept: bool, catalogue: NullTranslations | None = None) -> str:
    extensions: list[object] = ["jinja2.ext.i18n", *([TemplateWords] if kept else [])]
    environment = Environment(loader=DictLoader({"a": template}), autoescape=True, extensions=extensions)  # type: ignore[arg-type]
    install_words(environment, catalogue or Catalogue())
    return environment.get_template("a").render(name="<Y tế>")


@pytest.mark.parametrize(
    "template",
    [
        "{{ _('Home') }}",
        '{{ _("Home") }}',
        "{{ _( 'Home' ) }} and {{ _('Unknown & <b>') }}",
        "{{ _('of %(name)s', name=name) }}",
        "{{ _('100%% sure') }}",
        "{{ _('He said \\\"no\\\"') }}",
        "{{ _('Home') ~ name }} {{ name ~ _('Home') }}",
        "{{ _('Home')|upper }} {{ _('Home')|length }} {{ _('Home').lower() }}",
        "{{ 'x' if _('Home') == name else _('Home') }}",
        "{{ [(_('Home'), 1), (name, 2)] }}",
        "{% macro m(label=_('Home')) %}<a title='{{ label }}'>{% endmacro %}{{ m() }}{{ m(label=_('Home')) }}",
        "{% for _ in [1] %}{{ _ }}{% endfor %}",
        "{% set words = _('Home') %}{{ words }} {{ _(name) }} {{ gettext('Home') }} _('Home') {# _('Home') #}",
        "{{ '_' ~ (name) ~ '_(' }}",
    ],
)
def test_page_is_the_same_whether_words_are_looked_up_when_it_is_compiled_or_shown(template: str) -> None:
    assert rendered(template, kept=True) == rendered(template, kept=False)


def test_words_are_looked_up_once_however_often_a_page_is_made() -> None:
    catalogue = Catalogue()
    environment = Environment(  # it escapes
        loader=DictLoader({"a": "{{ _('Home') }}"}), autoescape=True, extensions=["jinja2.ext.i18n", TemplateWords]
    )
    install_words(environment, catalogue)

    pages = {environment.get_template("a").render() for _ in range(3)}

    assert pages == {WORDS["Home"]}
    assert catalogue.asked == ["Home"]
