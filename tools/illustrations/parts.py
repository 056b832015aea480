"""What scenes are put together from. Sizes are those of a scene, 1200 x 675; every part is a piece of SVG."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WIDTH, HEIGHT = 1200, 675
INK, WHITE, CREAM, ROOF, WOOD, SKIN = "#23395b", "#fdfaf3", "#f3e6c8", "#c8573c", "#8a5a3b", "#d9a066"
GOLD, LEAF, PALM, TEAL, RED, EARTH = "#e9b44c", "#5c9a4a", "#2f6b4f", "#2a8c94", "#b8433a", "#b98a5a"


@dataclass(frozen=True)
class Light:
    """A time of day: colours of what is far away and of water, which all others share."""

    sky: tuple[str, str]
    far: str
    middle: str
    water: tuple[str, str]
    sun: str
    sun_at: tuple[int, int]


DAWN = Light(("#f6c9a8", "#fdeed8"), "#b9b6a6", "#6f9682", ("#f0cfae", "#7fb0b0"), "#fff3d6", (860, 300))
DAY = Light(("#8ecae6", "#e6f4f1"), "#a9cbb4", "#6aa577", ("#bfe0dc", "#4d9cab"), "#fff6cf", (980, 110))
DUSK = Light(("#e98a6b", "#f9d8a0"), "#b58b78", "#5f7a63", ("#f4c58e", "#54808f"), "#ffe3a3", (330, 320))
RAIN = Light(("#8fa6b5", "#d3dde0"), "#9fb2ae", "#6d8f80", ("#c3d0d2", "#6a8f9c"), "#e3eaec", (600, 120))


def shape(outline: str, fill: str, more: str = "") -> str:
    return f'<path d="{outline}" fill="{fill}" {more}/>'


def box(x: float, y: float, width: float, height: float, fill: str, more: str = "") -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}" {more}/>'


def disc(x: float, y: float, radius: float, fill: str, more: str = "") -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" {more}/>'


def line(outline: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round" {more}/>'


def at(x: float, y: float, size: float, *drawn: str, flip: bool = False) -> str:
    """Parts that are drawn around a point on the ground, moved there."""
    scale = f"{-size:g} {size:g}" if flip else f"{size:g}"
    return f'<g transform="translate({x:g} {y:g}) scale({scale})">{"".join(drawn)}</g>'


def faint(opacity: float, *drawn: str) -> str:
    return f'<g opacity="{opacity:g}">{"".join(drawn)}</g>'


def sky(light: Light, random: Random) -> str:
    top, low = light.sky
    stops = f'<stop offset="0" stop-color="{top}"/><stop offset=".75" stop-color="{low}"/>'
    drawn = f'<linearGradient id="sky" x2="0" y2="1">{stops}</linearGradient>' + box(0, 0, WIDTH, HEIGHT, "url(#sky)")
    if light is not RAIN:
        x, y = light.sun_at
        drawn += faint(0.35, disc(x, y, 110, light.sun)) + disc(x, y, 62, light.sun)
    return drawn + "".join(
        cloud(random.randint(40, 1100), random.randint(60, 210), random.uniform(0.7, 1.5)) for _ in range(4)
    )


def cloud(x: float, y: float, size: float) -> str:
    outline = "M-90 0a28 28 0 0 1 30-26 44 44 0 0 1 80-10 34 34 0 0 1 52 20 20 20 0 0 1 20 16z"
    foot = "M-90 0h162a20 20 0 0 0 -6 -13q-40 10 -80 4q-46 -2 -76 9z"
    return at(x, y, size, faint(0.6, shape(outline, WHITE)), faint(0.12, shape(foot, INK)))


def tree_line(y: float, height: float, colour: str, random: Random) -> str:
    """Far orchards: round crowns, and palms that look over them."""
    drawn, x = [box(0, y - height * 0.3, WIDTH, height * 0.3 + 2, colour)], -20.0
    while x < WIDTH + 40:
        radius = random.uniform(0.35, 0.75) * height
        drawn.append(disc(x, y - radius * 0.5, radius, colour))
        drawn.append(disc(x - radius * 0.2, y - radius * 0.75, radius * 0.62, WHITE, 'opacity=".07"'))
        if random.random() < 0.14:
            drawn.append(at(x, y - radius * 0.4, height / 130, palm_crown(colour, colour, random, 120)))
        x += radius * random.uniform(0.7, 1.2)
    return "".join(drawn)


def palm_crown(leaf: str, trunk: str, random: Random, height: float, lean: float = 0.0) -> str:
    """A coconut palm; `lean` moves its head, as wind does."""
    top_x, top_y = 30 + lean, -height
    drawn = [line(f"M0 0C4 {-height * 0.5:g} {top_x * 0.4:g} {-height * 0.8:g} {top_x:g} {top_y:g}", trunk, 10)]
    for number in range(9):
        reach, drop = (number - 4) * 21 + lean * 0.7, abs(number - 4) ** 1.7 * 7 - 34 + random.uniform(-6, 6)
        tip_x, tip_y = top_x + reach, top_y + drop
        bend = f"{top_x + reach * 0.45:g} {top_y - 44 + drop * 0.15:g}"
        back = f"{top_x + reach * 0.4:g} {top_y - 18 + drop * 0.3:g}"
        drawn.append(shape(f"M{top_x:g} {top_y:g}Q{bend} {tip_x:g} {tip_y:g}Q{back} {top_x:g} {top_y:g}z", leaf))
        if leaf != trunk:  # near enough to see its ribs, and the sun on its upper side
            lit = number < 5
            drawn.append(
                line(
                    f"M{top_x:g} {top_y:g}Q{bend} {tip_x:g} {tip_y:g}",
                    "#e3efa0" if lit else "#10281c",
                    3,
                    'opacity=".35"',
                )
            )
    if leaf != trunk:
        rings = "".join(
            f"M{top_x * part * part - 5:g} {-height * part:g}q5 3 10 0" for part in (n / 12 for n in range(1, 12))
        )
        drawn.append(line(rings, "#3f2716", 2.5, 'opacity=".45"'))
    return "".join(drawn)


def palm(x: float, y: float, size: float, random: Random, lean: float = 0.0, leaf: str = PALM) -> str:
    crown = palm_crown(leaf, WOOD, random, random.uniform(200, 250), lean)
    nuts = "".join(disc(30 + lean + step, -212, 9, "#8c7a3a") for step in (-12, 0, 12)) if not lean else ""
    return at(x, y, size, crown, nuts)


def nipa(x: float, y: float, size: float, random: Random, colour: str = PALM) -> str:
    """A clump of water coconut at a bank."""
    drawn = []
    for number in range(11):
        reach, height = (number - 5) * 22 + random.uniform(-6, 6), random.uniform(110, 170) - abs(number - 5) * 10
        drawn.append(
            shape(
                f"M0 0Q{reach * 0.2:g} {-height:g} {reach:g} {-height:g}Q{reach * 0.6:g} {-height * 0.6:g} 8 0z", colour
            )
            + line(f"M4 0Q{reach * 0.3:g} {-height * 0.9:g} {reach:g} {-height:g}", "#d8e8a8", 2, 'opacity=".35"')
        )
    return at(x, y, size, *drawn)


def water(y: float, light: Light, random: Random) -> str:
    top, low = light.water
    stops = f'<stop offset="0" stop-color="{top}"/><stop offset="1" stop-color="{low}"/>'
    drawn = [
        f'<linearGradient id="water" x2="0" y2="1">{stops}</linearGradient>',
        box(0, y, WIDTH, HEIGHT - y, "url(#water)"),
    ]
    if light is not RAIN:
        x = light.sun_at[0]
        for step in range(9):
            wide = 150 - step * 9 + random.uniform(-25, 25)
            drawn.append(faint(0.5, box(x - wide / 2, y + 8 + step * 22, wide, 5, light.sun, 'rx="2.500"')))
    for _ in range(34):
        depth = random.random() ** 1.4
        length = 30 + depth * 110
        left, height = random.uniform(-40, WIDTH), y + 8 + depth * (HEIGHT - y)
        drawn.append(
            faint(
                0.3,
                line(f"M{left:g} {height:g}q{length / 4:g} -5 {length / 2:g} 0t{length / 2:g} 0", WHITE, 2 + depth * 2),
            )
        )
    return "".join(drawn)


def mirrored(y: float, *drawn: str) -> str:
    """What stands at the water's edge, seen in it."""
    return f'<g opacity=".25" transform="translate(0 {2 * y:g}) scale(1 -1)">{"".join(drawn)}</g>'


def bank(y: float, colour: str, random: Random, rise: float = 26) -> str:
    points = [f"L{x} {y - random.uniform(0, rise):g}" for x in range(0, WIDTH + 1, 100)]
    return shape(f"M0 {HEIGHT}L0 {y:g}{''.join(points)}L{WIDTH} {HEIGHT}z", colour)


def person(
    shirt: str, *, hat: bool = True, arms: str = "M-14 -66q-14 20 -4 34", trousers: str = INK, sitting: bool = False
) -> str:
    """Somebody, 110 high, without a face; below the conical hat nobody is anybody."""
    shadow = '<ellipse cx="6" cy="1" rx="30" ry="5" fill="#16233a" opacity=".18"/>'
    legs = (
        box(-13, -40, 11, 40, trousers, 'rx="4"')
        + box(2, -40, 11, 40, trousers, 'rx="4"')
        + shape("M2 -40h11v38h-5z", "#000", 'opacity=".16"')
        + shape("M-15 -4h13v5h-15zM2 -4h13q3 3 2 5h-15z", "#2b2530")
    )
    body = (
        shape("M-18 -36C-20 -70 -14 -82 0 -82s20 12 18 46z", shirt)
        + shape("M4 -82C16 -80 20 -66 18 -36H7C12 -56 10 -72 4 -82z", "#16233a", 'opacity=".18"')
        + shape("M-14 -70Q-10 -80 -2 -81Q-10 -66 -12 -40h-5Q-18 -60 -14 -70z", WHITE, 'opacity=".22"')
    )
    neck = box(-4, -88, 8, 9, "#bf8a50")
    face = disc(0, -94, 14, SKIN) + shape("M3 -107a14 14 0 0 1 0 26q7 -12 0 -26z", "#16233a", 'opacity=".13"')
    head = neck + face
    if hat:
        head += shape("M-34 -94L0 -122L34 -94Q0 -84 -34 -94z", GOLD)
        head += shape("M0 -122L34 -94Q20 -89 8 -89z", "#8a5a1e", 'opacity=".34"')
        head += line("M-25 -96Q-4 -90 14 -92M-16 -105Q-4 -101 8 -103", WHITE, 1.6, 'opacity=".55"')
    else:
        head += shape("M-15 -92a15 16 0 0 1 30 0q-2 -8 -8 -9q-12 2 -15 -1q-3 4 -7 10z", "#262a36")
    hand = line(arms, shirt, 9) if not hat else ""
    return ("" if sitting else shadow + legs) + body + hand + line(arms, SKIN, 6) + head


def sampan(hull: str, *load: str) -> str:
    """A boat 240 long with what it carries, its water line at 0."""
    return (
        "".join(load)
        + shape("M-130 -26Q-60 -10 0 -10T130 -30Q100 12 40 14H-50Q-105 12 -130 -26z", hull)
        + shape("M-118 -14Q-60 -2 0 -1T116 -16Q92 12 40 14H-50Q-100 12 -118 -14z", "#16233a", 'opacity=".2"')
        + line("M-126 -24Q-60 -8 0 -8T126 -28", WHITE, 3, 'opacity=".5"')
        + line("M-150 16Q-60 24 0 20T160 16", WHITE, 3, 'opacity=".4"')
    )


def canopy(colour: str) -> str:
    return shape("M-50 -12V-52Q-10 -78 40 -52V-12z", colour) + box(-40, -46, 70, 22, "#5b4636", 'opacity=".55"')


def fruit(colour: str, random: Random, count: int = 16) -> str:
    return "".join(disc(random.uniform(-70, 70), -16 - random.uniform(0, 24), 10, colour) for _ in range(count))


def rows(y: float, colours: tuple[str, str], slope: float = 0.0) -> str:
    """A field seen along its rows, from a line to the front."""
    drawn = [box(0, y, WIDTH, HEIGHT - y, colours[0])]
    for number in range(-9, 10):
        near, far = 600 + number * 180 + slope, 600 + number * 40
        drawn.append(shape(f"M{far} {y:g}L{near} {HEIGHT}h80L{far + 16} {y:g}z", colours[1]))
    return "".join(drawn)


def rain(random: Random) -> str:
    strokes = "".join(f"M{random.uniform(0, WIDTH):.0f} {random.uniform(-20, 640):.0f}l-14 46" for _ in range(90))
    return line(strokes, WHITE, 2.5, 'opacity=".55"')


def birds(x: float, y: float, random: Random, count: int = 6) -> str:
    flight = "".join(
        f"M{x + random.uniform(-120, 120):.0f} {y + random.uniform(-50, 50):.0f}q14 -14 22 0q8 -14 22 0"
        for _ in range(count)
    )
    return line(flight, WHITE, 5)
