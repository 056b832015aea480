"""What gives a scene depth: shadow and light on things, the ground before them, and air. Each is a piece of SVG."""

from __future__ import annotations

from random import Random

from tools.illustrations.parts import (
    CREAM,
    HEIGHT,
    INK,
    LEAF,
    RAIN,
    ROOF,
    WHITE,
    WIDTH,
    WOOD,
    Light,
    box,
    disc,
    line,
    shape,
)

SHADE, GLARE = "#16233a", "#fff8e2"


def shaded(opacity: float, *outlines: str) -> str:
    """Parts that lie in the shadow."""
    return "".join(shape(outline, SHADE, f'opacity="{opacity:g}"') for outline in outlines)


def lit(opacity: float, *outlines: str) -> str:
    """Parts that the light falls on."""
    return "".join(shape(outline, GLARE, f'opacity="{opacity:g}"') for outline in outlines)


def cast(x: float, y: float, width: float, height: float = 0, opacity: float = 0.16) -> str:
    """The shadow below something that stands at a point."""
    across, deep = width / 2, height or width * 0.11
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{across:g}" ry="{deep:g}" fill="{SHADE}" opacity="{opacity:g}"/>'


def faded(name: str, y: float, height: float, colour: str, upper: float, lower: float) -> str:
    """A colour over the whole width, whose opacity goes from one to another downwards."""
    stops = "".join(
        f'<stop offset="{offset}" stop-color="{colour}" stop-opacity="{opacity:g}"/>'
        for offset, opacity in ((0, upper), (1, lower))
    )
    fill = f'<linearGradient id="{name}" x2="0" y2="1">{stops}</linearGradient>'
    return fill + box(0, y, WIDTH, height, f"url(#{name})")


def air(light: Light, y: float = 384) -> str:
    """Mist before what is far away."""
    return faded("air", y - 130, 130, light.sky[1], 0.0, 0.55)


def ground(y: float, colour: str, random: Random, *, grass: bool = True) -> str:
    """The ground from a line to the front: bright far away, darker before one's feet, with tufts and stones."""
    deep = HEIGHT - y
    drawn = [box(0, y, WIDTH, deep, colour), faded("near", y, deep, SHADE, 0.0, 0.24)]
    drawn.append(faded("bright", y, deep * 0.45, GLARE, 0.4, 0.0))
    for _ in range(11):
        depth = random.random()
        x, low, wide = random.uniform(-60, WIDTH), y + 14 + depth * (deep - 24), 90 + depth * 220
        drawn.append(shaded(0.05, f"M{x:.0f} {low:.0f}q{wide / 2:.0f} {-6 - depth * 8:.0f} {wide:.0f} 0z"))
    for _ in range(46 if grass else 16):
        depth = random.random() ** 0.8
        x, low, tall = random.uniform(0, WIDTH), y + 10 + depth * (deep - 12), 4 + depth * 13
        if grass:
            blades = f"M{x - tall * 0.5:.0f} {low - tall * 0.8:.0f}L{x:.0f} {low:.0f}L{x + 1:.0f} {low - tall:.0f}M{x:.0f} {low:.0f}L{x + tall * 0.6:.0f} {low - tall * 0.7:.0f}"
            drawn.append(line(blades, SHADE if random.random() < 0.6 else GLARE, 1.5 + depth * 1.6, 'opacity=".2"'))
        else:
            drawn.append(cast(x, low, 6 + tall, opacity=0.1))
    return "".join(drawn)


def glow(light: Light) -> str:
    """The light of the hour over everything, and corners a little darker."""
    if light is RAIN:
        return faded("storm", 0, HEIGHT * 0.6, SHADE, 0.2, 0.0)
    x, y = light.sun_at
    stops = f'<stop offset="0" stop-color="{light.sun}" stop-opacity=".26"/><stop offset="1" stop-color="{light.sun}" stop-opacity="0"/>'
    middle = f'gradientUnits="userSpaceOnUse" cx="{x}" cy="{y}" r="640"'
    return f'<radialGradient id="glow" {middle}>{stops}</radialGradient>' + box(0, 0, WIDTH, HEIGHT, "url(#glow)")


def window(x: float, y: float, width: float, height: float, *, shutters: str = "") -> str:
    """A window with a frame, what the sky leaves in its panes, and a sill."""
    drawn = box(x - 4, y - 4, width + 8, height + 8, WHITE) + box(x, y, width, height, "#6fa9b8")
    drawn += lit(
        0.45, f"M{x:g} {y + height * 0.62:g}L{x + width * 0.62:g} {y:g}H{x + width * 0.95:g}L{x:g} {y + height:g}z"
    )
    drawn += box(x + width / 2 - 1.5, y, 3, height, WHITE) + box(x, y + height / 2 - 1.5, width, 3, WHITE)
    drawn += box(x - 8, y + height + 4, width + 16, 6, CREAM)
    drawn += shaded(
        0.2,
        f"M{x:g} {y:g}h{width:g}v5h-{width:g}z",
        f"M{x - 6:g} {y + height + 10:g}h{width + 12:g}v4h-{width + 12:g}z",
    )
    if shutters:
        drawn += "".join(
            box(left, y - 2, width * 0.34, height + 4, shutters)
            + line(
                "".join(f"M{left + 3:g} {y + step:g}h{width * 0.34 - 6:g}" for step in range(6, int(height), 7)),
                SHADE,
                1.6,
                'opacity=".3"',
            )
            for left in (x - width * 0.34 - 5, x + width + 5)
        )
    return drawn


def wall(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A wall with the shadow of the eaves above, and its foot, where rain splashes."""
    return (
        box(x, y, width, height, colour)
        + shaded(0.16, f"M{x:g} {y:g}h{width:g}v{min(20, height * 0.12):g}h-{width:g}z")
        + shaded(0.07, f"M{x + width * 0.72:g} {y:g}h{width * 0.28:g}v{height:g}h-{width * 0.28:g}z")
        + shaded(0.14, f"M{x:g} {y + height - 12:g}h{width:g}v12h-{width:g}z")
    )


def tiles(left: float, right: float, y: float, height: float, step: float = 14) -> str:
    """Rows of tiles on a roof between two lines that lean towards each other."""
    inset = height * 0.8
    rows = "".join(
        f"M{left + inset * part:.0f} {y - height * part:.0f}L{right - inset * part:.0f} {y - height * part:.0f}"
        for part in (n * step / height for n in range(1, int(height / step) + 1))
    )
    return line(rows, SHADE, 2, 'opacity=".18"') + lit(
        0.16,
        f"M{left:g} {y:g}L{left + inset:g} {y - height:g}H{(left + right) / 2:g}L{(left + right) / 2 - 40:g} {y:g}z",
    )


def shrub(x: float, y: float, size: float, random: Random, blossom: str = "") -> str:
    """A low bush, lit from above; with flowers where a colour is given."""
    drawn = [cast(x, y, 90 * size)]
    for step in (-26, 26, 0):
        drawn.append(disc(x + step * size, y - 20 * size, 26 * size, "#3f7a48"))
    for step in (-18, 16, -2):
        drawn.append(disc(x + step * size, y - 30 * size, 17 * size, LEAF))
    if blossom:
        drawn += [
            disc(x + random.uniform(-38, 38) * size, y - random.uniform(10, 44) * size, 4.5 * size, blossom)
            for _ in range(9)
        ]
    return "".join(drawn)


def potted(x: float, y: float, size: float = 1) -> str:
    """A plant in a pot, indoors."""
    leaves = "".join(
        shape(f"M{x:g} {y - 50 * size:g}q{bend * size:g} {-30 * size:g} {reach * size:g} {-high * size:g}q{-bend * 0.4 * size:g} {34 * size:g} {-reach * size:g} {high * size:g}z", colour)
        for bend, reach, high, colour in (
            (-40, -64, 60, "#3f7a48"), (40, 64, 60, "#3f7a48"), (-26, -42, 104, LEAF), (26, 42, 104, LEAF), (4, 4, 130, "#4b8a4b")
        )
    )  # fmt: skip
    pot = f"M{x - 26 * size:g} {y - 52 * size:g}h{52 * size:g}l{-9 * size:g} {52 * size:g}h{-34 * size:g}z"
    side = f"M{x + 6 * size:g} {y - 52 * size:g}h{20 * size:g}l{-9 * size:g} {52 * size:g}h{-13 * size:g}z"
    return cast(x, y, 80 * size) + leaves + shape(pot, ROOF) + shaded(0.18, side)


def clock(x: float, y: float) -> str:
    return (
        disc(x, y, 36, WOOD)
        + disc(x, y, 30, WHITE)
        + line(f"M{x:g} {y - 20:g}V{y:g}l13 9", INK, 4)
        + disc(x, y, 3, INK)
    )


def floor(y: float, colour: str) -> str:
    """Tiles of a floor that run to a point behind the wall, with the shadow at its foot."""
    deep = HEIGHT - y
    joints = "".join(f"M{600 + n * 74} {y:g}L{600 + n * 190} {HEIGHT}" for n in range(-9, 10))
    joints += "".join(f"M0 {y + deep * part:g}H{WIDTH}" for part in (0.16, 0.38, 0.68))
    return (
        box(0, y, WIDTH, deep, colour)
        + faded("floor", y, deep, GLARE, 0.24, 0.0)
        + line(joints, SHADE, 2, 'opacity=".1"')
        + faded("foot", y, 26, SHADE, 0.2, 0.0)
    )


def beam(light: Light) -> str:
    """What comes in at the window of a room, on the floor before it."""
    opacity = 0.1 if light is RAIN else 0.3
    panes = ("M430 480H590L520 675H250z", "M612 480H772L800 675H560z")
    return "".join(shape(pane, light.sun, f'opacity="{opacity}"') for pane in panes)
