"""An agency's accent colour on light and on dark paper: text in it is read on both.

The content check has refused colours on which white text cannot be read; what else pages need follows from the colour.
"""

from __future__ import annotations

from plugins.portal.contrast import READABLE, channels, contrast

LIGHT_PAPER = "#e3f0ee"
"""The darkest paper of the light scheme (`--accent-tint` in theme/styles/tokens.css)."""
DARK_PAPER = "#1a2623"
"""The lightest paper of the dark scheme (`--raised` there)."""
CLEAR = 7.0
"""To one: what an accent has on dark paper, where at `READABLE` most are grey."""
SEEN = 1.6
"""To one: what tells a band with white text from the dark paper around it."""
_WHITE, _BLACK = "#ffffff", "#000000"
_STEPS = 50


def mixed_until_readable(colour: str, towards: str, paper: str, wanted: float = READABLE) -> str:
    """The colour with as much white or black in it as it takes to reach a contrast on paper."""
    mixed = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(candidate for candidate in mixed if contrast(candidate, paper) >= wanted)


def accent_rules(colour: str) -> str:
    """The style sheet of an agency: its colour under white text and as text; on paper all is black."""
    dark_fill = mixed_until_readable(colour, _WHITE, DARK_PAPER, SEEN)
    dark_fill = dark_fill if contrast(dark_fill, _WHITE) >= READABLE else colour
    light = _rule(colour, mixed_until_readable(colour, _BLACK, LIGHT_PAPER))
    dark = _rule(dark_fill, mixed_until_readable(colour, _WHITE, DARK_PAPER, CLEAR))
    return f"@media screen {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n"


def _rule(fill: str, ink: str) -> str:
    return f":root {{ --accent: {fill}; --accent-ink: {ink}; }}"


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(own + (added - own) * share):02x}" for own, added in pairs)
