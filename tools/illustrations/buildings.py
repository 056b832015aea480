"""Houses and public buildings, each around the middle of its foot."""

from __future__ import annotations

from tools.illustrations.depth import cast, lit, shaded, tiles, wall, window
from tools.illustrations.parts import CREAM, GOLD, INK, RED, ROOF, TEAL, WHITE, WOOD, box, line, shape


def house(colour: str, roof: str = ROOF, *, stilts: bool = False) -> str:
    """A house 200 wide; on stilts it stands in the water."""
    legs = "".join(box(x, -34, 8, 60, WOOD) for x in (-84, -30, 24, 78)) if stilts else cast(0, 0, 230)
    low = -30 if stilts else 0
    door = box(-18, low - 58, 36, 58, WOOD) + shaded(0.25, f"M0 {low - 58}h18v58h-18z")
    openings = door + window(-70, low - 62, 30, 28) + window(40, low - 62, 30, 28)
    eaves = shaded(0.22, f"M-112 {low - 78}H112L108 {low - 70}H-108z")
    covered = shape(f"M-112 {low - 78}L-64 {low - 132}H64L112 {low - 78}z", roof)
    step = box(-30, low - 5, 60, 7, "#cbb98f") + (box(-100, low - 4, 200, 6, WOOD) if stilts else "")
    return (
        legs
        + wall(-90, low - 82, 180, 82, colour)
        + openings
        + step
        + eaves
        + covered
        + tiles(-112, 112, low - 78, 54, 11)
    )


def flag(x: float, foot: float, top: float) -> str:
    """The flag at its pole."""
    star = "m31 8l3.500 8.500h9l-7.300 5.500 2.800 8.800-8-5.300-8 5.300 2.800-8.800-7.300-5.500h9z"
    cloth = shape(f"M{x + 2:g} {top:g}q16 -6 31 0t31 0v40q-16 6 -31 0t-31 0z", RED)
    fold = shaded(0.18, f"M{x + 33:g} {top:g}q15 6 31 0v40q-16 6 -31 0z")
    return line(f"M{x:g} {foot:g}V{top - 6:g}", INK, 5) + cloth + shape(f"M{x + 2:g} {top:g}{star}", GOLD) + fold


def hall(colour: str, roof: str, columns: int = 5) -> str:
    """A public building 420 wide, with a flag on its ridge."""
    drawn = cast(0, 2, 470, 14) + wall(-200, -150, 400, 150, colour)
    drawn += shape("M-222 -146L-180 -186H180L222 -146z", roof) + tiles(-222, 222, -146, 40, 9)
    drawn += "".join(window(x, low, 28, 38) for x in (-184, -134, 106, 156) for low in (-122, -62))
    porch = shape("M-90 -150L0 -206L90 -150z", colour) + box(-90, -152, 180, 12, roof) + box(-70, -140, 140, 140, CREAM)
    porch += shaded(0.12, "M-70 -140h140v22h-140z", "M0 -206L90 -150H0z") + lit(
        0.3, "M-78 -153L0 -198L12 -190L-50 -153z"
    )
    door = box(-22, -84, 44, 84, TEAL) + shaded(0.22, "M0 -84h22v84h-22z") + line("M-5 -44v10M5 -44v10", GOLD, 3)
    shafts = "".join(
        box(x, -138, 10, 132, WHITE)
        + box(x - 3, -140, 16, 7, CREAM)
        + box(x - 3, -10, 16, 7, CREAM)
        + shaded(0.16, f"M{x + 6} -133h4v123h-4z")
        for x in range(-66, -66 + columns * 30, 30)
    )
    base = box(-222, -8, 444, 10, "#d8cbb0") + box(-80, -4, 160, 8, CREAM)
    return drawn + porch + door + shafts + base + flag(0, -206, -290)
