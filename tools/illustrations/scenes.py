"""Places of the delta: each a function of the light and of chance, so that a place drawn twice is never the same twice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tools.illustrations.parts import (
    CREAM,
    DAWN,
    DAY,
    DUSK,
    EARTH,
    GOLD,
    HEIGHT,
    INK,
    LEAF,
    PALM,
    RAIN,
    RED,
    ROOF,
    TEAL,
    WHITE,
    WIDTH,
    WOOD,
    Light,
    at,
    bank,
    birds,
    box,
    canopy,
    disc,
    faint,
    fruit,
    hall,
    house,
    line,
    mirrored,
    nipa,
    palm,
    person,
    rain,
    rows,
    sampan,
    shape,
    sky,
    tree_line,
    water,
)  # fmt: skip

LIGHTS = {"dawn": DAWN, "day": DAY, "dusk": DUSK, "rain": RAIN}
Scene = Callable[[Light, Random], str]


def drawn(scene: str, light: str, seed: int) -> str:
    """A scene as SVG: by its name in `SCENES`, at a time of `LIGHTS`."""
    body = SCENES[scene](LIGHTS[light], Random(f"{scene}{seed}"))  # noqa: S311 - chance, not a secret
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{body}</svg>'


def _shore(light: Light, random: Random, y: float = 360, height: float = 90) -> str:
    """Sky, two lines of trees, and the river before them."""
    far, middle = tree_line(y - 14, height, light.far, random), tree_line(y, height * 0.6, light.middle, random)
    return sky(light, random) + far + middle + water(y, light, random) + mirrored(y, middle)


def _land(light: Light, random: Random, y: float = 380) -> str:
    return sky(light, random) + tree_line(y - 10, 100, light.far, random) + tree_line(y + 4, 60, light.middle, random)


def river(light: Light, random: Random) -> str:
    homes = "".join(
        at(x, 372, 0.7, house(CREAM, random.choice([ROOF, TEAL, WOOD]), stilts=True)) for x in (150, 330, 1020)
    )
    rower = at(30, -12, 0.9, person(RED, arms="M10 -66L60 -40")) + line("M86 -60L150 30", WOOD, 6)
    boat = at(random.randint(480, 720), 520, 1.15, sampan(WOOD, rower, at(-50, 0, 0.8, fruit(GOLD, random))))
    front = nipa(70, 690, 1.6, random) + nipa(1130, 700, 1.9, random, "#3d7d54")
    return _shore(light, random) + mirrored(372, homes) + homes + boat + front


def floating_market(light: Light, random: Random) -> str:
    boats = ""
    for number, (x, y, size) in enumerate(
        ((240, 415, 0.75), (560, 410, 0.7), (930, 425, 0.8), (380, 510, 1.1), (830, 530, 1.2), (590, 630, 1.4))
    ):
        colour = (RED, TEAL, WOOD, "#3b6f8f", "#8f4f3b", WOOD)[number]
        goods = fruit((GOLD, LEAF, "#d9743c", GOLD, RED, LEAF)[number], random, 20)
        seller = at(74, -10, 0.75, person((TEAL, RED, WHITE)[number % 3]))
        mast = line("M-96 -16V-190", WOOD, 6) + "".join(disc(-96, -186 + step * 22, 11, GOLD) for step in range(3))
        parts = (canopy("#b98a5a"), at(-10, -6, 0.6, goods)) if number % 2 else (goods,)
        boats += at(
            x, y, size, sampan(colour, mast if number in (0, 2, 3) else "", *parts, seller), flip=bool(number % 2)
        )
    return _shore(light, random, 340) + boats


def rice_harvest(light: Light, random: Random) -> str:
    people = "".join(
        at(x, y, s, person(c, arms="M-10 -64L-44 -34"))
        for x, y, s, c in ((260, 520, 1.0, RED), (420, 500, 0.9, TEAL), (930, 560, 1.25, WHITE))
    )
    bags = "".join(
        at(640 + n % 3 * 62, 560 - n // 3 * 50, 1, shape("M-30 0q-6 -40 8 -54h44q14 14 8 54z", "#e8dcc0"))
        for n in range(5)
    )
    sheaves = "".join(
        at(
            random.randint(40, 1160),
            470 + random.randint(0, 170),
            0.8,
            shape("M-16 0L-30 -56Q0 -70 30 -56L16 0z", "#b98a2e"),
            line("M-18 -22H18", WOOD, 6),
        )
        for _ in range(7)
    )
    return _land(light, random) + rows(384, ("#e3bf62", "#d5aa48")) + sheaves + bags + people


def seedlings(light: Light, random: Random) -> str:
    people = "".join(
        at(x, 470 + n * 40, 0.8 + n * 0.15, person((TEAL, RED, "#6b5b95")[n], arms="M-12 -60L-30 -8"))
        for n, x in enumerate((380, 760, 560))
    )
    return _land(light, random) + rows(384, ("#8fc2a8", LEAF)) + people + birds(820, 240, random)


def ferry(light: Light, random: Random) -> str:
    deck = (
        shape("M-300 -30H300L260 34H-260z", TEAL)
        + box(-300, -42, 600, 14, WHITE)
        + box(-60, -190, 120, 150, WHITE)
        + box(-44, -176, 88, 44, "#7fb7c4")
        + box(-76, -204, 152, 16, RED)
    )
    riders = "".join(
        at(x, -40, 0.85, person(c, hat=n % 2 == 0))
        for n, (x, c) in enumerate(
            ((-240, RED), (-190, GOLD), (-120, WHITE), (120, "#6b5b95"), (180, LEAF), (240, RED))
        )
    )
    bikes = "".join(disc(x, -52, 16, INK) + disc(x, -52, 7, CREAM) for x in (-160, -104, 148, 206))
    ramp = shape("M860 675L920 560H1200V675z", EARTH) + at(1080, 590, 0.8, house(CREAM))
    return _shore(light, random) + at(500, 540, 1.05, deck, riders, bikes) + ramp + palm(1150, 600, 1, random)


def bridge(light: Light, random: Random) -> str:
    arcs = "".join(line(f"M{x} 330C{x + 90} 430 {x + 210} 430 {x + 300} 330", INK, 5) for x in (150, 450, 750))
    towers = "".join(box(x - 10, 250, 20, 250, "#d8cbb0") for x in (150, 450, 750, 1050))
    hangers = line("".join(f"M{x} 400V460" for x in range(180, 1050, 40)), INK, 3)
    riders = "".join(
        at(x, 452, 0.5, disc(-18, -10, 12, INK), disc(20, -10, 12, INK), at(0, -12, 0.8, person(c)))
        for x, c in ((300, RED), (520, TEAL), (860, GOLD))
    )
    return (
        _shore(light, random, 420)
        + towers
        + arcs
        + hangers
        + riders
        + box(0, 450, WIDTH, 22, CREAM)
        + box(0, 472, WIDTH, 10, EARTH)
        + at(620, 610, 1, sampan(WOOD, at(30, -8, 0.8, person(RED))))
    )


def road_works(light: Light, random: Random) -> str:
    road = shape("M520 384H680L1080 675H120z", "#6d7680") + "".join(
        shape(f"M{596 - n * 3} {410 + n * 60}h{10 + n * 5}l{4 + n * 2} {24 + n * 7}h-{18 + n * 8}z", WHITE)
        for n in range(4)
    )
    roller = (
        box(-90, -80, 120, 56, GOLD)
        + box(-60, -140, 70, 62, GOLD)
        + box(-50, -130, 50, 36, "#7fb7c4")
        + disc(60, -36, 38, INK)
        + disc(60, -36, 16, "#8c96a0")
        + disc(-60, -26, 26, INK)
        + disc(-60, -26, 10, "#8c96a0")
    )
    workers = (
        at(350, 590, 1.15, person("#e07b39", arms="M12 -62L52 -20"))
        + line("M396 560L430 610", WOOD, 6)
        + at(860, 580, 1.1, person("#e07b39"))
    )
    cones = "".join(
        at(x, y, 1, shape("M-16 0L0 -46L16 0z", "#e07b39"), box(-9, -26, 18, 8, WHITE))
        for x, y in ((250, 640), (330, 520), (930, 640))
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#7fae62")
        + road
        + at(640, 540, 1.2, roller)
        + workers
        + cones
        + palm(90, 520, 1.1, random)
        + palm(1100, 500, 1, random)
    )


def school(light: Light, random: Random) -> str:
    block = (
        box(-330, -170, 660, 170, "#f0d48a")
        + shape("M-350 -166L-310 -214H310L350 -166z", ROOF)
        + "".join(box(-300 + n * 100, -130, 60, 50, "#7fb7c4") for n in range(6))
        + "".join(box(-290 + n * 200, -70, 40, 70, TEAL) for n in range(3))
        + box(-330, -12, 660, 14, WHITE)
    )
    pupils = "".join(
        at(
            x,
            610 + (n % 2) * 24,
            0.85,
            person(WHITE, hat=False, trousers=TEAL if n % 2 else INK),
            shape("M-8 -76h16l-8 26z", RED),
        )
        for n, x in enumerate((260, 330, 420, 760, 850, 930))
    )
    flag = (
        line("M600 600V250", INK, 6)
        + box(603, 252, 78, 50, RED)
        + shape("M642 262l4.500 11h12l-9.500 7 3.700 11.500-10.700-7-10.700 7 3.700-11.500-9.500-7h12z", GOLD)
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#d9c79a")
        + at(600, 470, 1.25, block)
        + flag
        + pupils
        + palm(80, 560, 1.3, random)
        + palm(1120, 560, 1.2, random)
    )


def clinic(light: Light, random: Random) -> str:
    block = (
        box(-240, -190, 480, 190, WHITE)
        + box(-260, -206, 520, 20, TEAL)
        + "".join(box(x, -150, 60, 46, "#7fb7c4") for x in (-210, -120, 60, 150))
        + box(-40, -90, 80, 90, "#7fb7c4")
        + box(-30, -182, 60, 60, WHITE)
        + box(-9, -178, 18, 52, RED)
        + box(-26, -161, 52, 18, RED)
    )
    people = (
        at(420, 610, 1.1, person(WHITE, hat=False))
        + at(500, 616, 1, person("#6b5b95"))
        + at(830, 620, 1.05, person(RED))
        + at(884, 622, 0.62, person(GOLD, hat=False))
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#a8c98a")
        + shape("M520 500H680L800 675H400z", CREAM)
        + at(600, 500, 1.5, block)
        + people
        + palm(140, 560, 1.3, random)
        + nipa(1100, 660, 1.2, random)
    )


def fish_pond(light: Light, random: Random) -> str:
    ponds = "".join(
        shape(f"M{x} {y}h{w}l{s} {h}h-{w + 2 * s}z", "#6fb3bd")
        for x, y, w, h, s in (
            (120, 410, 360, 70, 40),
            (660, 410, 380, 70, 40),
            (60, 510, 460, 130, 70),
            (660, 510, 470, 130, 70),
        )
    )
    jumps = "".join(
        at(x, y, s, shape("M0 0Q22 -34 52 -16L70 -30L66 2L50 -8Q24 18 0 0z", "#8fa3ad"), disc(12, -6, 3, INK))
        for x, y, s in ((250, 590, 1), (800, 580, 1.1), (360, 462, 0.6))
    )
    net = (
        at(590, 560, 1.2, person(RED, arms="M12 -62L70 -80"))
        + line("M672 466Q760 470 800 560", WHITE, 3)
        + line("M672 466Q720 500 740 570", WHITE, 3)
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#93b56a")
        + ponds
        + jumps
        + net
        + at(180, 412, 0.6, house(CREAM, TEAL))
        + palm(1130, 470, 1, random)
    )


def cane(light: Light, random: Random) -> str:
    stalks = ""
    for _ in range(90):
        x, tall = random.uniform(-20, 1220), random.uniform(190, 300)
        if 430 < x < 790:
            continue
        y = 660 + random.uniform(-60, 30)
        stalks += line(
            f"M{x:g} {y:g}q-6 -{tall / 2:g} 4 -{tall:g}", random.choice(["#7d8f45", "#93a04e", "#6c7f3d"]), 11
        )
        stalks += shape(f"M{x + 4:g} {y - tall:g}q-60 -50 -96 -6q50 -12 96 22z", LEAF) + shape(
            f"M{x + 4:g} {y - tall:g}q60 -60 100 -16q-56 -8 -98 30z", PALM
        )
    bundles = "".join(
        at(610, 640 - n * 22, 1, line("M-120 0H120", "#8a8f4a", 16), line("M-40 -8V8M40 -8V8", CREAM, 6))
        for n in range(4)
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, EARTH)
        + stalks
        + bundles
        + at(520, 560, 1.1, person(TEAL, arms="M12 -64L52 -90"))
        + at(720, 570, 1.15, person(RED))
    )


def pineapple(light: Light, random: Random) -> str:
    plants = ""
    for row in range(4):
        y, size = 430 + row * 72, 0.5 + row * 0.24
        for x in range(-20 + row % 2 * 60, 1240, int(150 * size)):
            leaves = "".join(
                shape(
                    f"M0 0Q{r * 0.3:g} -50 {r} {-70 + abs(r) * 0.5:g}Q{r * 0.7:g} -20 0 0z",
                    "#5f8f6a" if r % 20 else "#4b7d5a",
                )
                for r in (-70, -45, -20, 20, 45, 70)
            )
            ripe = shape("M-16 -44q-6 -44 16 -48q22 4 16 48q-16 10 -32 0z", "#d98b3a") + shape(
                "M0 -90q-22 -20 -18 -36q14 6 18 20q4 -14 18 -20q4 16 -18 36z", LEAF
            )
            plants += at(x + random.uniform(-8, 8), y, size, leaves, ripe if random.random() < 0.7 else "")
        if row == 1:
            plants += at(470, 540, 0.95, person(RED, arms="M-12 -62L-48 -28")) + at(820, 530, 0.9, person(TEAL))
    return _land(light, random) + box(0, 384, WIDTH, 291, "#a07a52") + plants


def flood(light: Light, random: Random) -> str:
    homes = "".join(
        at(x, 452 + n % 2 * 14, 0.95, house(CREAM, random.choice([ROOF, TEAL])))
        for n, x in enumerate((170, 420, 900, 1110))
    )
    trunks = "".join(palm(x, 480, 1, random, lean=26) for x in (300, 760, 1010))
    help_boat = at(
        560,
        590,
        1.3,
        sampan(
            "#d9743c",
            at(-60, -12, 0.8, person("#d9743c", hat=False)),
            at(-10, -12, 0.7, person(RED)),
            at(30, -12, 0.5, person(GOLD, hat=False)),
            at(76, -12, 0.8, person("#d9743c", hat=False, arms="M10 -66L46 -30")),
        ),
    )
    return _land(light, random) + trunks + homes + faint(0.94, water(440, light, random)) + help_boat + rain(random)


def palms_in_wind(light: Light, random: Random) -> str:
    trees = "".join(
        palm(x, 560 + n % 3 * 30, 1.2 + n % 2 * 0.4, random, lean=55, leaf=(PALM, "#3d7d54", "#26583f")[n % 3])
        for n, x in enumerate((80, 260, 520, 800, 1000))
    )
    return (
        _shore(light, random, 430)
        + bank(600, "#6f9b5a", random)
        + trees
        + line(
            "M60 250q60 -20 120 0t120 0M640 190q60 -20 120 0t120 0M840 320q50 -16 100 0t100 0", WHITE, 5, 'opacity=".6"'
        )
    )


def melaleuca(light: Light, random: Random) -> str:
    trunks = ""
    for depth in range(3):
        for _ in range(16 - depth * 3):
            x, w = random.uniform(-20, 1220), 10 + depth * 8
            trunks += line(
                f"M{x:g} {430 + depth * 70}q{random.uniform(-10, 10):g} -180 {random.uniform(-16, 16):g} -420",
                ("#b9b6a6", "#d8cbb0", "#efe5cf")[depth],
                w,
            )
            trunks += faint(0.9, disc(x, 60 + random.uniform(-40, 60), 70, (light.middle, "#5f8f5a", PALM)[depth]))
    egrets = "".join(
        at(
            x,
            y,
            1,
            shape("M0 0q26 -30 44 -4q-14 18 -44 4z", WHITE),
            line("M40 -6q14 -8 10 -34", WHITE, 6),
            line("M16 4v34M26 4v34", GOLD, 3),
        )
        for x, y in ((300, 560), (820, 600), (560, 520))
    )
    return (
        sky(light, random)
        + water(420, light, random)
        + trunks
        + at(660, 600, 1, sampan(WOOD, at(20, -8, 0.8, person(TEAL))))
        + egrets
    )


def sluice(light: Light, random: Random) -> str:
    gate = (
        "".join(box(x, 250, 46, 300, "#d8cbb0") for x in (330, 560, 790))
        + "".join(box(x, 360 + d, 184, 150, TEAL) for x, d in ((376, 0), (606, -60)))
        + box(300, 236, 570, 30, CREAM)
        + "".join(box(x + 6, 190, 34, 50, ROOF) for x in (330, 560, 790))
        + line("M310 220H860", INK, 4)
    )
    return (
        _shore(light, random, 380)
        + gate
        + water(500, light, random)
        + bank(640, "#7fae62", random)
        + at(230, 630, 1, person(WHITE, hat=False))
        + nipa(1080, 680, 1.5, random)
    )


def buffalo(light: Light, random: Random) -> str:
    animal = (
        shape(
            "M-110 -20C-120 -90 -60 -104 0 -100C60 -104 96 -96 110 -70L142 -64Q150 -40 128 -34L104 -30Q96 -10 80 -8H-80Q-104 -4 -110 -20z",
            "#5d5a60",
        )
        + "".join(box(x, -24, 20, 56, "#4e4b51", 'rx="6"') for x in (-86, -52, 44, 74))
        + line("M104 -84Q96 -130 60 -128M122 -82Q150 -120 130 -140", CREAM, 9)
        + disc(120, -62, 4, INK)
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#8fbb66")
        + at(420, 560, 1.3, animal)
        + at(880, 520, 0.9, animal, flip=True)
        + at(640, 600, 1.1, person(TEAL))
        + at(180, 420, 0.8, house(CREAM, WOOD))
        + palm(1090, 470, 1.1, random)
        + birds(800, 200, random)
    )


def factory(light: Light, random: Random) -> str:
    works = (
        box(-360, -150, 720, 150, CREAM)
        + "".join(shape(f"M{-360 + n * 144} -150v-56l144 56z", TEAL) for n in range(5))
        + "".join(box(-330 + n * 110, -100, 70, 34, "#7fb7c4") for n in range(6))
        + box(230, -300, 40, 150, ROOF)
        + box(300, -270, 34, 120, ROOF)
        + box(-60, -70, 120, 70, "#6d7680")
    )
    smoke = faint(0.5, disc(760 + 80, 150, 24, WHITE), disc(880, 120, 32, WHITE), disc(930, 96, 40, WHITE))
    lorry = (
        box(-100, -92, 130, 66, WHITE)
        + shape("M34 -70h40l24 26v18H34z", RED)
        + disc(-60, -18, 20, INK)
        + disc(60, -18, 20, INK)
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#a8c98a")
        + at(600, 490, 1.2, works)
        + smoke
        + box(0, 580, WIDTH, 60, "#6d7680")
        + at(360, 620, 1, lorry)
        + "".join(at(x, 600, 0.8, person("#3b6f8f", hat=False)) for x in (760, 830, 900))
    )


def town_hall(light: Light, random: Random) -> str:
    beds = "".join(
        disc(x, 590 + random.uniform(-6, 6), 16, random.choice([RED, GOLD, LEAF, PALM]))
        for x in range(60, 1180, 26)
        if not 480 < x < 720
    )
    return (
        _land(light, random, 430)
        + box(0, 430, WIDTH, 245, "#d9c79a")
        + shape("M520 500H680L820 675H380z", CREAM)
        + at(600, 510, 1.55, hall("#f0d48a", ROOF))
        + beds
        + palm(90, 580, 1.3, random)
        + palm(1110, 580, 1.3, random)
        + at(420, 640, 0.9, person(TEAL))
        + at(780, 645, 0.9, person(WHITE, hat=False))
    )


def court(light: Light, random: Random) -> str:
    steps = "".join(
        box(600 - 380 - n * 24, 500 + n * 22, 760 + n * 48, 22, ("#e9dfc9", "#d8cbb0")[n % 2]) for n in range(5)
    )
    return (
        _land(light, random, 430)
        + box(0, 430, WIDTH, 245, "#b9c99a")
        + at(600, 502, 1.7, hall(WHITE, "#7c6a55", flag=True))
        + steps
        + "".join(at(x, 640, 0.95, person(c, hat=False)) for x, c in ((380, INK), (450, "#6b5b95"), (790, RED)))
    )


def market_town(light: Light, random: Random) -> str:
    shops = "".join(
        box(x, 300, 128, 190, c)
        + box(x + 14, 330, 40, 44, "#7fb7c4")
        + box(x + 74, 330, 40, 44, "#7fb7c4")
        + shape(f"M{x - 6} 400h140l-14 40h-112z", r)
        + box(x + 20, 440, 88, 50, WOOD)
        for x, c, r in zip(
            range(30, 1150, 140), [CREAM, "#f0d48a", "#cfe0d0", WHITE] * 2, [RED, TEAL, GOLD, LEAF] * 2, strict=True
        )
    )
    stalls = "".join(
        at(
            x,
            610,
            1,
            box(-70, -50, 140, 14, WOOD),
            at(0, -34, 0.8, fruit(c, random)),
            shape("M-90 -150L0 -190L90 -150z", u),
            line("M0 -190V-50", INK, 4),
            at(0, 0, 0.9, person(WHITE)),
        )
        for x, c, u in ((230, GOLD, RED), (600, LEAF, TEAL), (960, RED, GOLD))
    )
    return _land(light, random, 330) + shops + box(0, 490, WIDTH, 185, "#d9c79a") + stalls


def survey(light: Light, random: Random) -> str:
    plots = line("M120 675L480 384M1080 675L720 384M0 470H1200M0 560H1200", WHITE, 6, 'stroke-dasharray="18 14"')
    device = (
        line("M0 -90L-40 0M0 -90L40 0M0 -90V0", WOOD, 7)
        + box(-20, -124, 40, 34, GOLD, 'rx="6"')
        + disc(22, -108, 9, INK)
    )
    posts = "".join(
        at(x, y, 1, box(-5, -70, 10, 70, RED), box(-5, -50, 10, 16, WHITE))
        for x, y in ((820, 470), (950, 560), (320, 560))
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#93b56a")
        + plots
        + posts
        + at(560, 620, 1.4, device)
        + at(470, 630, 1.3, person("#3b6f8f", hat=False, arms="M12 -64L58 -74"))
        + at(880, 560, 0.9, person(RED))
        + at(1040, 440, 0.7, house(CREAM))
    )


def tower(light: Light, random: Random) -> str:
    mast = line(
        "M600 60L540 500M600 60L660 500M592 130H608M584 200H616M574 280H626M564 360H636M552 440H648M584 200L626 280M616 200L574 280M574 280L636 360M626 280L564 360M564 360L648 440M636 360L552 440",
        RED,
        7,
    )
    waves = line(
        "M540 90a70 70 0 0 1 -10 -66M660 90a70 70 0 0 0 10 -66M500 110a120 120 0 0 1 -14 -104M700 110a120 120 0 0 0 14 -104",
        WHITE,
        7,
    )
    roofs = "".join(
        at(x, 520 + n % 2 * 20, 0.9, house(CREAM, (ROOF, TEAL, WOOD)[n % 3]))
        for n, x in enumerate((140, 360, 820, 1050))
    )
    return (
        _land(light, random, 470)
        + box(0, 470, WIDTH, 205, "#93b56a")
        + mast
        + waves
        + roofs
        + palm(470, 600, 1.1, random)
        + at(600, 640, 1, person(TEAL))
        + at(680, 640, 1, person(GOLD))
    )


def orchard(light: Light, random: Random) -> str:
    trees = ""
    for x, y, size in (
        (120, 470, 0.8),
        (360, 460, 0.75),
        (620, 465, 0.8),
        (880, 460, 0.75),
        (1090, 470, 0.8),
        (240, 600, 1.2),
        (960, 610, 1.2),
    ):
        crown = disc(0, -130, 84, LEAF) + disc(-60, -96, 56, PALM) + disc(60, -100, 60, "#4f8a4a")
        ripe = "".join(disc(random.uniform(-90, 90), -130 + random.uniform(-50, 70), 12, "#e08a2e") for _ in range(13))
        trees += at(x, y, size, box(-10, -70, 20, 70, WOOD), crown, ripe)
    baskets = "".join(
        at(x, 640, 1, shape("M-44 -40H44L32 0H-32z", EARTH), at(0, -30, 0.55, fruit("#e08a2e", random, 20)))
        for x in (540, 660)
    )
    return (
        _land(light, random)
        + box(0, 384, WIDTH, 291, "#8fbb66")
        + shape("M0 560q300 -40 600 0t600 0v40q-300 40 -600 0t-600 0z", light.water[1], 'opacity=".7"')
        + trees
        + at(450, 640, 1.2, person(RED, arms="M12 -66L46 -96"))
        + at(760, 640, 1.15, person(TEAL))
        + baskets
    )


def _room(light: Light, random: Random, wall: str, *things: str) -> str:
    """Indoors: the river through the window, a floor, and what is done here."""
    view = f'<clipPath id="window"><rect x="420" y="90" width="360" height="220"/></clipPath><g clip-path="url(#window)"><g transform="translate(420 60) scale(.36 .46)">{_shore(light, random, 330)}</g></g>'
    frame = line("M420 90H780V310H420zM600 90V310", WHITE, 12)
    return (
        box(0, 0, WIDTH, HEIGHT, wall)
        + view
        + frame
        + box(0, 480, WIDTH, 195, EARTH)
        + box(0, 472, WIDTH, 12, WHITE)
        + "".join(things)
    )


def _desk(x: float, width: float, colour: str = WOOD) -> str:
    return (
        box(x, 500, width, 18, colour)
        + box(x + 12, 518, width - 24, 110, colour, 'opacity=".75"')
        + box(x + 24, 534, width - 48, 70, WHITE, 'opacity=".12"')
    )


def _screen(x: float) -> str:
    return box(x, 420, 92, 62, INK, 'rx="5"') + box(x + 7, 427, 78, 46, "#9fd0d6") + box(x + 38, 482, 16, 18, INK)


def _papers(x: float) -> str:
    return "".join(box(x + n * 4, 490 - n * 8, 62, 8, (WHITE, CREAM)[n % 2]) for n in range(4))


def one_stop(light: Light, random: Random) -> str:
    staff = "".join(
        at(x, 520, 1.35, person(c, hat=False, sitting=True)) for x, c in ((250, WHITE), (600, "#cfe3ee"), (950, WHITE))
    )
    guests = "".join(
        at(x, 668, 1.4, person(c, hat=h)) for x, c, h in ((390, RED, True), (740, "#6b5b95", False), (1080, TEAL, True))
    )
    signs = "".join(disc(x, 290, 34, TEAL) + line(f"M{x - 13} 290l10 12 18 -24", WHITE, 8) for x in (250, 950))
    return _room(
        light,
        random,
        "#dcebe6",
        signs,
        staff,
        _desk(60, 1080, "#a9744b"),
        _screen(300),
        _screen(650),
        _papers(120),
        _papers(800),
        guests,
    )


def library(light: Light, random: Random) -> str:
    shelves = ""
    for left in (30, 830):
        shelves += box(left, 70, 340, 410, WOOD)
        for shelf in range(4):
            x = left + 14
            while x < left + 316:
                wide, tall = random.randint(12, 26), random.randint(56, 80)
                shelves += box(
                    x, 160 + shelf * 98 - tall, wide, tall, random.choice([RED, TEAL, GOLD, CREAM, "#3b6f8f", LEAF])
                )
                x += wide + 2
            shelves += box(left, 160 + shelf * 98, 340, 10, "#6d452c")
    readers = "".join(
        at(
            x,
            600,
            1.25,
            person(c, hat=False, sitting=True),
            shape("M-34 -40q17 -10 34 0q17 -10 34 0v-26q-17 -10 -34 0q-17 -10 -34 0z", WHITE),
        )
        for x, c in ((420, RED), (600, GOLD), (780, TEAL))
    )
    return _room(
        light,
        random,
        "#f3e6c8",
        shelves,
        readers,
        box(320, 596, 560, 20, "#a9744b"),
        box(360, 616, 20, 59, WOOD),
        box(820, 616, 20, 59, WOOD),
    )


def classroom(light: Light, random: Random) -> str:
    board = (
        box(40, 110, 330, 210, WOOD)
        + box(54, 124, 302, 182, PALM)
        + line("M90 170q40 -20 80 0t80 0M90 220h170M90 260h110", WHITE, 6, 'opacity=".8"')
    )
    pupils = "".join(
        box(x - 62, 590, 124, 14, "#c9935f")
        + at(x, 600, 1, person(WHITE, hat=False, sitting=True))
        + box(x - 62, 600, 124, 50, "#a9744b")
        for x in (480, 650, 820, 990)
    )
    return _room(
        light,
        random,
        "#f6efd9",
        board,
        at(400, 560, 1.6, person("#6b5b95", hat=False, arms="M-12 -66L-60 -92")),
        pupils,
    )


def vaccination(light: Light, random: Random) -> str:
    nurse = at(460, 610, 1.7, person(WHITE, hat=False, arms="M12 -64L70 -66")) + line("M588 494h44M632 494h22", TEAL, 8)
    mother = at(760, 612, 1.6, person("#d97c8e", hat=False, arms="M-10 -60L-44 -52")) + at(
        690, 560, 0.85, person(GOLD, hat=False)
    )
    cupboard = (
        box(60, 200, 220, 290, WHITE)
        + box(76, 216, 188, 120, "#cfe3e6")
        + "".join(box(90 + n * 34, 280, 20, 44, (TEAL, RED, GOLD, LEAF, TEAL)[n]) for n in range(5))
        + box(158, 370, 24, 64, RED)
        + box(138, 390, 64, 24, RED)
    )
    queue = (
        at(930, 620, 1.4, person(TEAL))
        + at(1000, 624, 0.9, person(RED, hat=False))
        + at(1090, 620, 1.45, person("#6b5b95", hat=False))
    )
    return _room(light, random, "#e3f0ee", cupboard, nurse, mother, queue)


def tax_desk(light: Light, random: Random) -> str:
    coins = "".join(
        at(820 + n * 46, 500, 1, *(box(-18, -10 * (k + 1), 36, 9, GOLD, 'rx="3"') for k in range(3 + n % 3 * 2)))
        for n in range(4)
    )
    chart = box(70, 110, 290, 200, WHITE) + "".join(
        box(100 + n * 50, 280 - h, 32, h, (TEAL, GOLD, RED, LEAF, TEAL)[n])
        for n, h in enumerate((60, 90, 80, 120, 145))
    )
    return _room(
        light,
        random,
        "#f3ead2",
        chart,
        at(600, 520, 1.5, person("#cfe3ee", hat=False, sitting=True)),
        _desk(300, 780, "#8a5a3b"),
        _screen(440),
        _papers(680),
        coins,
        at(330, 664, 1.5, person(RED)),
    )


def police_desk(light: Light, random: Random) -> str:
    star = disc(200, 210, 88, RED) + shape("M200 146l17 42h45l-36 27 14 44-40-27-40 27 14-44-36-27h45z", GOLD)
    officer = at(
        600, 520, 1.5, person("#6f8f4f", hat=False, sitting=True), shape("M-24 -104q24 -18 48 0l-4 8h-40z", "#6f8f4f")
    )
    return _room(
        light,
        random,
        "#e9e4d0",
        star,
        officer,
        _desk(330, 720, "#7c6a55"),
        _screen(820),
        _papers(430),
        at(330, 664, 1.5, person(TEAL)),
        at(1090, 664, 1.45, person("#6b5b95", hat=False)),
        box(960, 130, 170, 190, WHITE),
        "".join(box(980, 150 + n * 40, 130 - n % 2 * 40, 14, "#9fb2ae") for n in range(4)),
    )


def laboratory(light: Light, random: Random) -> str:
    glass = "".join(
        at(
            x,
            500,
            1,
            shape("M-12 -90h24v36l30 54h-84l30 -54z", WHITE, 'opacity=".8"'),
            shape("M-22 -36h44l20 36h-84z", c),
        )
        for x, c in ((300, TEAL), (420, GOLD), (860, RED))
    )
    scope = at(
        700,
        500,
        1.1,
        box(-40, -10, 90, 10, INK),
        line("M30 -10Q50 -80 10 -100", INK, 14),
        line("M-20 -120L20 -50", TEAL, 24),
    )
    plants = "".join(
        at(
            x,
            500,
            0.9,
            shape("M-26 -36h52l-8 36h-36z", ROOF),
            shape("M0 -36q-40 -20 -40 -60q36 6 40 60q4 -54 40 -60q0 40 -40 60z", LEAF),
        )
        for x in (980, 1070)
    )
    return _room(
        light,
        random,
        "#e6eef2",
        at(560, 530, 1.5, person(WHITE, hat=False, sitting=True, arms="M12 -64L60 -60")),
        glass,
        scope,
        plants,
        _desk(180, 960, "#d8cbb0"),
    )


def studio(light: Light, random: Random) -> str:
    camera = at(
        250,
        640,
        1.4,
        line("M0 -90L-46 0M0 -90L46 0M0 -90V0", INK, 8),
        box(-60, -150, 110, 60, INK, 'rx="8"'),
        box(50, -138, 30, 36, "#6d7680"),
    )
    hosts = "".join(at(x, 530, 1.5, person(c, hat=False, sitting=True)) for x, c in ((620, RED), (860, "#3b6f8f")))
    mics = "".join(line(f"M{x} 500V460", INK, 6) + box(x - 10, 430, 20, 34, "#6d7680", 'rx="10"') for x in (700, 780))
    return _room(
        light,
        random,
        "#cfd8e6",
        hosts,
        _desk(500, 500, TEAL),
        mics,
        camera,
        "".join(line(f"M{x} 0V60", INK, 6) + shape(f"M{x - 40} 60h80l20 40h-120z", GOLD) for x in (200, 950)),
    )


def meeting(light: Light, random: Random) -> str:
    banner = (
        box(80, 60, 1040, 0, RED)
        + box(60, 100, 280, 150, RED)
        + shape("M200 126l13 32h34l-27 20 10 33-30-20-30 20 10-33-27-20h34z", GOLD)
    )
    row = "".join(
        at(x, 540, 1.3, person((WHITE, "#cfe3ee", INK, "#6b5b95", WHITE)[n], hat=False, sitting=True))
        for n, x in enumerate((240, 420, 600, 780, 960))
    )
    back = "".join(
        at(x, 700, 1.5, person((TEAL, RED, "#6d7680", LEAF)[n], hat=False, sitting=True))
        for n, x in enumerate((330, 510, 690, 870))
    )
    return _room(
        light,
        random,
        "#efe3cf",
        banner,
        row,
        _desk(120, 960, "#8a5a3b"),
        "".join(_papers(x) for x in (290, 640, 820)),
        back,
    )


def workshop(light: Light, random: Random) -> str:
    benches = "".join(
        _desk(x, 260, "#a9744b")
        + at(x + 130, 520, 1.35, person(c, hat=False, sitting=True))
        + box(x + 60, 462, 90, 38, "#6d7680", 'rx="8"')
        + box(x + 60, 440, 20, 60, "#6d7680")
        for x, c in ((120, "#3b6f8f"), (470, RED), (820, TEAL))
    )
    tools = box(60, 120, 300, 180, "#d8cbb0") + line(
        "M100 150v90M100 150h30M160 150v90M150 150h20M220 150l20 90M280 150v90a16 16 0 0 0 0 30", INK, 9
    )
    return _room(
        light, random, "#f0e4d0", tools, benches, at(1100, 660, 1.5, person(WHITE, hat=False, arms="M-12 -64L-60 -60"))
    )


def wedding(light: Light, random: Random) -> str:
    arch = line("M300 500Q300 130 600 130T900 500", LEAF, 30) + "".join(
        disc(x, y, 20, c)
        for x, y, c in (
            (306, 420, RED),
            (330, 300, GOLD),
            (420, 200, RED),
            (540, 142, WHITE),
            (660, 142, RED),
            (780, 200, GOLD),
            (870, 300, RED),
            (894, 420, WHITE),
        )
    )
    couple = (
        at(550, 610, 1.9, person(RED, hat=False))
        + disc(550, 424, 34, "none", f'stroke="{RED}" stroke-width="14"')
        + at(660, 610, 1.95, person("#3b6f8f", hat=False))
    )
    guests = "".join(
        at(x, 650, 1.3, person(c, hat=h))
        for x, c, h in ((160, TEAL, True), (260, GOLD, False), (960, "#6b5b95", False), (1070, LEAF, True))
    )
    return (
        _shore(light, random, 400)
        + bank(520, "#8fbb66", random)
        + palm(70, 560, 1.3, random)
        + palm(1140, 560, 1.3, random)
        + arch
        + couple
        + guests
    )


def boat_race(light: Light, random: Random) -> str:
    def crew(colour: str) -> str:
        rowers = "".join(
            at(x, -18, 0.62, person(colour, hat=False, sitting=True)) + line(f"M{x + 6} -62l26 74", WOOD, 6)
            for x in range(-190, 200, 42)
        )
        return rowers + shape(
            "M-290 -44Q-240 -14 -200 -14H200Q250 -14 300 -60Q270 14 200 16H-200Q-270 12 -290 -44z", colour
        )

    crowd = "".join(
        at(x, 366, 0.42, person(random.choice([RED, TEAL, WHITE, GOLD, "#6b5b95"]), hat=random.random() < 0.6))
        for x in range(20, 1190, 34)
    )
    return (
        _shore(light, random, 360)
        + crowd
        + at(480, 450, 0.9, crew(TEAL))
        + at(700, 545, 1.1, crew(RED))
        + at(460, 640, 1.25, crew("#c98a1e"))
    )


SCENES: dict[str, Scene] = {
    "river": river, "floating-market": floating_market, "rice-harvest": rice_harvest, "seedlings": seedlings,
    "ferry": ferry, "bridge": bridge, "road-works": road_works, "school": school, "clinic": clinic,
    "fish-pond": fish_pond, "cane": cane, "pineapple": pineapple, "flood": flood, "palms-in-wind": palms_in_wind,
    "melaleuca": melaleuca, "sluice": sluice, "buffalo": buffalo, "factory": factory, "town-hall": town_hall,
    "court": court, "market-town": market_town, "survey": survey, "tower": tower, "orchard": orchard,
    "one-stop": one_stop, "library": library, "classroom": classroom, "vaccination": vaccination,
    "tax-desk": tax_desk, "police-desk": police_desk, "laboratory": laboratory, "studio": studio, "meeting": meeting,
    "workshop": workshop, "wedding": wedding, "boat-race": boat_race,
}  # fmt: skip
