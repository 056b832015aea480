"""Places of the delta: each a function of the light and of chance, so that a place drawn twice is never the same twice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tools.illustrations.buildings import flag, hall, house
from tools.illustrations.depth import (
    SHADE,
    air,
    beam,
    cast,
    clock,
    floor,
    glow,
    ground,
    lit,
    potted,
    shaded,
    shrub,
    tiles,
    wall,
    window,
)
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
    hour = "" if scene in INDOORS else glow(LIGHTS[light])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{body}{hour}</svg>'


def _shore(light: Light, random: Random, y: float = 360, height: float = 90) -> str:
    """Sky, two lines of trees, and the river before them."""
    far, middle = tree_line(y - 14, height, light.far, random), tree_line(y, height * 0.6, light.middle, random)
    return sky(light, random) + far + air(light, y) + middle + water(y, light, random) + mirrored(y, middle)


def _land(light: Light, random: Random, y: float = 380) -> str:
    far, middle = tree_line(y - 10, 100, light.far, random), tree_line(y + 4, 60, light.middle, random)
    return sky(light, random) + far + air(light, y) + middle


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
    return (
        _land(light, random)
        + rows(384, ("#8fc2a8", LEAF))
        + shaded(0.1, "M0 560h1200v115h-1200z")
        + at(140, 430, 0.6, house(CREAM))
        + palm(60, 440, 0.7, random)
        + people
        + nipa(1150, 700, 1.1, random)
        + birds(820, 240, random)
    )


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
        + ground(384, "#7fae62", random)
        + road
        + at(640, 540, 1.2, roller)
        + workers
        + cones
        + palm(90, 520, 1.1, random)
        + palm(1100, 500, 1, random)
    )


def school(light: Light, random: Random) -> str:
    block = (
        cast(0, 0, 740, 16)
        + wall(-330, -170, 660, 170, "#f0d48a")
        + shape("M-350 -166L-310 -214H310L350 -166z", ROOF)
        + tiles(-350, 350, -166, 48, 10)
        + "".join(window(-296 + n * 100, -130, 52, 46, shutters="#3f8f86") for n in range(6))
        + "".join(
            box(-290 + n * 200, -70, 40, 62, TEAL) + shaded(0.22, f"M{-270 + n * 200} -70h20v62h-20z") for n in range(4)
        )
        + "".join(
            box(-334 + n * 133, -84, 9, 76, WHITE) + shaded(0.16, f"M{-329 + n * 133} -84h4v76h-4z") for n in range(6)
        )
        + box(-340, -90, 680, 9, CREAM)
        + shaded(0.2, "M-334 -81h668v9h-668z")
        + box(-340, -10, 680, 12, "#e9dfc9")
    )
    pupils = "".join(
        at(
            x,
            610 + (n % 2) * 30,
            0.85 + n % 2 * 0.08,
            box(-19, -78, 38, 40, (RED, TEAL, GOLD)[n % 3], 'rx="8"'),
            person(WHITE, hat=False, trousers=TEAL if n % 2 else INK),
            shape("M-8 -76h16l-8 26z", RED),
        )
        for n, x in enumerate((250, 330, 430, 760, 850, 940))
    )
    beds = "".join(
        shrub(x, 486, 0.62, random, (RED, WHITE, GOLD)[n % 3])
        for n, x in enumerate(range(215, 1010, 72))
        if not 560 < x < 660
    )
    court = line("M470 675Q520 560 600 560T730 675", WHITE, 4, 'opacity=".5"')
    return (
        _land(light, random)
        + ground(384, "#d9c79a", random, grass=False)
        + at(600, 474, 1.25, block)
        + beds
        + court
        + cast(604, 602, 60)
        + at(600, 602, 1.3, flag(0, 0, -268))
        + pupils
        + palm(80, 560, 1.3, random)
        + palm(1120, 560, 1.2, random)
    )


def clinic(light: Light, random: Random) -> str:
    block = (
        cast(0, 0, 560, 14)
        + wall(-240, -190, 480, 190, WHITE)
        + box(-260, -206, 520, 20, TEAL)
        + lit(0.3, "M-260 -206h520v6h-520z")
        + "".join(window(x, -150, 54, 42) for x in (-214, -130, 78, 160))
        + "".join(window(x, -70, 54, 38) for x in (-214, -130, 78, 160))
        + box(-42, -88, 84, 88, "#6fa9b8")
        + lit(0.4, "M-42 -30L0 -88h24L-42 -4z")
        + line("M0 -88V0M-42 -88V0M42 -88V0", WHITE, 4)
        + box(-62, -102, 124, 14, TEAL)
        + shaded(0.2, "M-62 -88h124v7h-124z")
        + box(-30, -182, 60, 60, WHITE)
        + box(-9, -178, 18, 52, RED)
        + box(-26, -161, 52, 18, RED)
    )
    ambulance = (
        cast(0, 2, 190, 10)
        + shape("M-86 -8V-84q0 -8 8 -8H34q26 6 38 40l12 8V-8z", WHITE)
        + shape("M38 -80q16 6 24 30H38z", "#6fa9b8")
        + box(-86, -44, 170, 10, RED)
        + box(-40, -80, 10, 28, RED)
        + box(-49, -71, 28, 10, RED)
        + box(-8, -102, 24, 10, "#3b6fd0", 'rx="4"')
        + shaded(0.16, "M-86 -22H84V-8H-86z")
        + "".join(disc(x, -6, 17, INK) + disc(x, -6, 7, "#b9c2c8") for x in (-50, 46))
    )
    people = (
        at(440, 620, 1.1, person(WHITE, hat=False))
        + at(512, 626, 1, person("#6b5b95"))
        + at(700, 610, 1, person(RED))
        + at(752, 612, 0.62, person(GOLD, hat=False))
    )
    beds = "".join(shrub(x, 512, 0.7, random, RED if x % 2 else "") for x in (255, 330, 405, 795, 871, 946))
    return (
        _land(light, random)
        + ground(384, "#a8c98a", random)
        + shape("M520 500H680L800 675H400z", "#e6d8b6")
        + shaded(0.08, "M640 500h40l120 175h-60z")
        + at(600, 500, 1.5, block)
        + beds
        + at(960, 630, 1.25, ambulance)
        + people
        + palm(140, 560, 1.3, random)
        + nipa(90, 700, 1.1, random)
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
        + ground(384, "#93b56a", random)
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
        + ground(384, EARTH, random, grass=False)
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
    return _land(light, random) + ground(384, "#a07a52", random, grass=False) + plants


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
        cast(x, 560 + n % 3 * 30, 130)
        + palm(x, 560 + n % 3 * 30, 1.2 + n % 2 * 0.4, random, lean=55, leaf=(PALM, "#3d7d54", "#26583f")[n % 3])
        for n, x in enumerate((80, 260, 520, 800, 1000))
    )
    crests = faint(
        0.75,
        *(
            line(f"M{random.uniform(0, 1150):.0f} {random.uniform(445, 570):.0f}q14 -12 30 -2q-10 0 -12 8", WHITE, 4)
            for _ in range(26)
        ),
    )
    leaves = "".join(
        at(
            random.uniform(120, 1150),
            random.uniform(160, 520),
            random.uniform(0.5, 1),
            shape("M0 0q16 -14 36 -6q-14 14 -36 6z", random.choice([LEAF, PALM, GOLD])),
        )
        for _ in range(22)
    )
    gusts = line(
        "M60 250q60 -20 120 0t120 0q40 -14 30 -40q-18 -22 -34 0M640 190q60 -20 120 0t120 0M840 320q50 -16 100 0t100 0",
        WHITE,
        5,
        'opacity=".6"',
    )
    return (
        _shore(light, random, 430)
        + crests
        + bank(590, "#6f9b5a", random)
        + shaded(0.12, "M0 630h1200v45h-1200z")
        + at(660, 610, 1.05, house(CREAM, TEAL), line("M-112 -80L-150 0M112 -80L150 0", WOOD, 4))
        + trees
        + at(900, 640, 1, person(RED, arms="M10 -66L30 -112"))
        + leaves
        + gusts
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
    piers = "".join(
        box(x, 250, 46, 300, "#d8cbb0")
        + shaded(0.18, f"M{x + 30} 250h16v300h-16z")
        + shaded(0.2, f"M{x} 470h46v80h-46z")
        for x in (330, 560, 790)
    )
    doors = "".join(
        box(x, 360 + d, 184, 150, TEAL)
        + line(
            "".join(f"M{x} {384 + d + n * 30}h184" for n in range(4))
            + f"M{x + 62} {360 + d}v150M{x + 122} {360 + d}v150",
            SHADE,
            4,
            'opacity=".28"',
        )
        + lit(0.25, f"M{x} {360 + d}h184v7h-184z")
        for x, d in ((376, 0), (606, -60))
    )
    deck = (
        box(280, 236, 610, 30, CREAM)
        + shaded(0.22, "M300 266h570v12h-570z")
        + line("M284 206H886" + "".join(f"M{x} 206V236" for x in range(290, 890, 46)), INK, 4)
        + "".join(
            box(x + 2, 178, 42, 60, ROOF)
            + shape(f"M{x - 6} 180L{x + 23} 156L{x + 52} 180z", "#8f3f2c")
            + box(x + 14, 194, 18, 20, "#9fd0d6")
            for x in (330, 560, 790)
        )
    )
    foam = "".join(
        disc(random.uniform(604, 792), 504 + random.uniform(-8, 26), random.uniform(5, 14), WHITE, 'opacity=".7"')
        for _ in range(42)
    )
    spouts = faint(
        0.6, *(line(f"M{x} 448q4 30 {random.uniform(-6, 12):.0f} 58", WHITE, 7) for x in range(614, 790, 13))
    )
    return (
        _shore(light, random, 380)
        + piers
        + doors
        + deck
        + at(470, 236, 0.6, person("#3b6f8f", hat=False))
        + water(500, light, random)
        + spouts
        + foam
        + bank(630, "#6f9f57", random)
        + shaded(0.12, "M0 650h1200v25h-1200z")
        + at(200, 648, 1.15, person(WHITE, arms="M12 -64L50 -84"))
        + at(258, 652, 1.1, person(RED))
        + nipa(1080, 690, 1.5, random)
        + nipa(930, 700, 0.9, random, "#3d7d54")
    )


def buffalo(light: Light, random: Random) -> str:
    animal = (
        cast(0, 32, 250, 12)
        + line("M-110 -60q-22 20 -18 62", "#4e4b51", 6)
        + shape(
            "M-110 -20C-120 -90 -60 -104 0 -100C60 -104 96 -96 110 -70L142 -64Q150 -40 128 -34L104 -30Q96 -10 80 -8H-80Q-104 -4 -110 -20z",
            "#5d5a60",
        )
        + shaded(0.22, "M-110 -20C-60 -34 40 -34 104 -30Q96 -10 80 -8H-80Q-104 -4 -110 -20z")
        + lit(0.14, "M-96 -74Q-60 -102 0 -100C60 -102 92 -94 108 -74Q60 -88 0 -86T-96 -74z")
        + "".join(box(x, -24, 20, 56, "#4e4b51", 'rx="6"') for x in (-86, -52, 44, 74))
        + line("M104 -84Q96 -130 60 -128M122 -82Q150 -120 130 -140", CREAM, 9)
        + disc(120, -62, 4, INK)
    )
    return (
        _land(light, random)
        + ground(384, "#8fbb66", random)
        + at(420, 560, 1.3, animal)
        + at(880, 520, 0.9, animal, flip=True)
        + at(640, 600, 1.1, person(TEAL))
        + at(180, 420, 0.8, house(CREAM, WOOD))
        + palm(1090, 470, 1.1, random)
        + birds(800, 200, random)
    )


def factory(light: Light, random: Random) -> str:
    works = (
        cast(0, 0, 800, 14)
        + "".join(
            box(x, -top, wide, top - 120, ROOF)
            + shaded(0.2, f"M{x + wide / 2:g} -{top}h{wide / 2:g}v{top - 120}h-{wide / 2:g}z")
            + box(x - 4, -top, wide + 8, 12, WHITE)
            for x, wide, top in ((230, 40, 300), (300, 34, 270))
        )
        + wall(-360, -150, 720, 150, CREAM)
        + "".join(
            shape(f"M{-360 + n * 144} -150v-56l144 56z", TEAL)
            + shaded(0.18, f"M{-360 + n * 144} -150l4 -50l140 50z")
            + lit(0.35, f"M{-356 + n * 144} -196l8 3v40h-8z")
            for n in range(5)
        )
        + "".join(window(-334 + n * 112, -104, 64, 32) for n in range(6) if n != 3)
        + box(-34, -74, 122, 74, "#5b6570")
        + line("M-34 -60H88M-34 -46H88M-34 -32H88M-34 -18H88", WHITE, 2, 'opacity=".25"')
    )
    smoke = faint(
        0.5, disc(900, 108, 24, WHITE), disc(938, 84, 32, WHITE), disc(990, 60, 40, WHITE), disc(1050, 44, 34, WHITE)
    )
    lorry = (
        cast(0, 0, 240, 10)
        + box(-104, -104, 138, 76, WHITE)
        + shaded(0.1, "M-104 -46h138v18h-138z")
        + line("M-70 -104V-28M-36 -104V-28M-2 -104V-28", INK, 2, 'opacity=".18"')
        + shape("M38 -76h36l26 26v24H38z", RED)
        + shape("M48 -68h22l16 18H48z", "#6fa9b8")
        + box(-104, -30, 206, 8, INK)
        + "".join(disc(x, -16, 19, INK) + disc(x, -16, 8, "#b9c2c8") for x in (-66, -22, 66))
    )
    fence = line(
        "".join(f"M{x} 572V540" for x in range(0, 1200, 24)) + "M0 548H1200M0 562H1200", WHITE, 3, 'opacity=".7"'
    )
    road = (
        box(0, 584, WIDTH, 66, "#6d7680")
        + lit(0.2, "M0 584h1200v5h-1200z")
        + line("M0 617H1200", WHITE, 4, 'stroke-dasharray="46 34" opacity=".8"')
    )
    return (
        _land(light, random)
        + ground(384, "#a8c98a", random)
        + smoke
        + at(600, 490, 1.2, works)
        + "".join(shrub(x, 540, 0.75, random) for x in (70, 180, 290, 400, 800, 910, 1020, 1130))
        + fence
        + road
        + at(330, 630, 1.1, lorry)
        + "".join(
            at(x, 668, 0.95, person("#3b6f8f", hat=False), shape("M-17 -98a17 17 0 0 1 34 0h6v4h-46v-4z", GOLD))
            for x in (790, 860, 940)
        )
    )


def town_hall(light: Light, random: Random) -> str:
    beds = "".join(
        disc(x, 590 + random.uniform(-6, 6), 16, random.choice([RED, GOLD, LEAF, PALM]))
        for x in range(60, 1180, 26)
        if not 480 < x < 720
    )
    return (
        _land(light, random, 430)
        + ground(430, "#d9c79a", random, grass=False)
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
        + ground(430, "#b9c99a", random)
        + at(600, 502, 1.7, hall(WHITE, "#7c6a55"))
        + steps
        + "".join(at(x, 640, 0.95, person(c, hat=False)) for x, c in ((380, INK), (450, "#6b5b95"), (790, RED)))
    )


def market_town(light: Light, random: Random) -> str:
    shops = "".join(
        wall(x, 292, 130, 198, c)
        + box(x - 4, 284, 138, 12, r)
        + window(x + 16, 322, 36, 42, shutters="#7c9c8a")
        + window(x + 80, 322, 36, 42, shutters="#7c9c8a")
        + box(x + 12, 436, 106, 54, "#4b3626")
        + at(x + 66, 486, 0.42, person(r, hat=False))
        + "".join(disc(x + 28 + n * 16, 482, 7, (GOLD, LEAF, RED)[n % 3]) for n in range(6))
        + shape(f"M{x - 6} 400h140l-14 38h-112z", r)
        + "".join(shape(f"M{x + 14 + n * 40} 400h20l-3 38h-18z", WHITE, 'opacity=".55"') for n in range(3))
        + shaded(0.22, f"M{x + 8} 438h112v8h-112z")
        for x, c, r in zip(
            range(30, 1150, 140), [CREAM, "#f0d48a", "#cfe0d0", WHITE] * 2, [RED, TEAL, GOLD, LEAF] * 2, strict=True
        )
    )
    stalls = "".join(
        at(
            x,
            610,
            1,
            cast(0, 2, 210, 14),
            line("M0 -190V-50", INK, 4),
            at(0, -6, 0.9, person(WHITE)),
            box(-74, -50, 148, 14, WOOD),
            box(-66, -36, 132, 36, EARTH),
            shaded(0.2, "M-66 -36h132v8h-132z"),
            at(0, -36, 0.85, fruit(c, random, 26)),
            shape("M-96 -146Q-50 -160 0 -194Q50 -160 96 -146Q48 -138 0 -146Q-48 -138 -96 -146z", u),
            shape("M-34 -143Q-20 -170 0 -194Q20 -170 34 -143Q0 -148 -34 -143z", WHITE, 'opacity=".4"'),
            shaded(0.15, "M0 -194Q50 -160 96 -146Q48 -138 34 -143Q20 -170 0 -194z"),
        )
        for x, c, u in ((230, GOLD, RED), (600, LEAF, TEAL), (960, RED, GOLD))
    )
    return _land(light, random, 330) + shops + ground(490, "#d9c79a", random, grass=False) + stalls


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
        + ground(384, "#93b56a", random)
        + plots
        + posts
        + at(560, 620, 1.4, device)
        + shrub(120, 600, 1.1, random)
        + shrub(1110, 520, 0.8, random, GOLD)
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
        + ground(470, "#93b56a", random)
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
        + ground(384, "#8fbb66", random)
        + shape("M0 560q300 -40 600 0t600 0v40q-300 40 -600 0t-600 0z", light.water[1], 'opacity=".7"')
        + trees
        + at(450, 640, 1.2, person(RED, arms="M12 -66L46 -96"))
        + at(760, 640, 1.15, person(TEAL))
        + baskets
    )


def _room(light: Light, random: Random, colour: str, *things: str) -> str:
    """Indoors: the river through the window, a floor, and what is done here."""
    view = f'<clipPath id="window"><rect x="420" y="90" width="360" height="220"/></clipPath><g clip-path="url(#window)"><g transform="translate(420 60) scale(.36 .46)">{_shore(light, random, 330)}</g></g>'
    frame = shaded(0.12, "M408 322h384v14h-384z") + line("M420 90H780V310H420zM600 90V310", WHITE, 12)
    frame += lit(0.28, "M440 304L560 96H590L470 304z", "M640 304L740 130V190L676 304z")
    sill = box(404, 310, 392, 14, WHITE) + shaded(0.14, "M404 324h392v5h-392z")
    walls = (
        box(0, 0, WIDTH, HEIGHT, colour)
        + shaded(0.1, "M0 0h1200v44h-1200z", "M0 0L150 44V484H0z")
        + lit(0.16, "M420 330H780L900 484H300z")
    )
    skirting = box(0, 472, WIDTH, 12, WHITE) + shaded(0.12, "M0 484h1200v5h-1200z")
    lamps = "".join(
        line(f"M{x} 0V40", INK, 3)
        + lit(0.5, f"M{x - 34} 66h68l22 20h-112z")
        + shape(f"M{x - 34} 62a34 24 0 0 1 68 0z", GOLD)
        for x in (330, 870)
    )
    return walls + view + frame + sill + lamps + floor(484, EARTH) + skirting + beam(light) + "".join(things)


def _desk(x: float, width: float, colour: str = WOOD) -> str:
    panels = "".join(
        box(left, 534, 92, 76, WHITE, 'opacity=".12"') + line(f"M{left} 610V534h92", SHADE, 2, 'opacity=".25"')
        for left in range(int(x) + 26, int(x + width) - 100, 112)
    )
    return (
        cast(x + width / 2, 630, width + 30, 12)
        + box(x + 12, 518, width - 24, 110, colour)
        + panels
        + shaded(
            0.28,
            f"M{x + 12:g} 518h{width - 24:g}v12h-{width - 24:g}z",
            f"M{x + 12:g} 616h{width - 24:g}v12h-{width - 24:g}z",
        )
        + box(x, 500, width, 18, colour)
        + lit(0.3, f"M{x:g} 500h{width:g}v5h-{width:g}z")
    )


def _screen(x: float) -> str:
    return (
        box(x, 420, 92, 62, INK, 'rx="5"')
        + box(x + 7, 427, 78, 46, "#9fd0d6")
        + lit(0.4, f"M{x + 7:g} 473L{x + 44:g} 427h26L{x + 33:g} 473z")
        + box(x + 38, 482, 16, 14, INK)
        + box(x + 24, 494, 44, 6, INK, 'rx="3"')
    )


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
        + shaded(0.14, "M54 124h302v14h-302z")
        + line("M90 170q40 -20 80 0t80 0M90 220h170M90 260h110", WHITE, 6, 'opacity=".8"')
        + box(50, 318, 310, 10, "#a9744b")
    )
    map_on_the_wall = (
        box(850, 110, 220, 200, WHITE)
        + shape("M880 150q40 -24 80 4t80 -2v120q-40 24 -80 0t-80 0z", "#bcd9b0")
        + line("M880 210q40 20 80 -6t80 10M960 152q-16 40 6 62t-10 56", "#5f9fb8", 6)
        + shaded(0.1, "M850 296h220v14h-220z")
    )
    pupils = ""
    for low, size, across in ((560, 0.9, (560, 720, 880, 1040)), (650, 1.1, (480, 670, 860, 1050))):
        pupils += "".join(
            cast(x, low + 30 * size, 150 * size)
            + at(x, low - 6, size, person(WHITE, hat=False, sitting=True), shape("M-8 -76h16l-8 22z", RED))
            + at(
                x,
                low,
                size,
                box(-64, -20, 128, 12, "#c9935f"),
                lit(0.3, "M-64 -20h128v4h-128z"),
                box(-60, -8, 120, 40, "#a9744b"),
                shaded(0.22, "M-60 -8h120v8h-120z"),
            )
            + at(
                x - 8 * size,
                low - 20 * size,
                size,
                shape("M-24 0q12 -7 24 0q12 -7 24 0v-5q-12 -7 -24 0q-12 -7 -24 0z", CREAM),
            )
            for x in across
        )
    return _room(
        light,
        random,
        "#f6efd9",
        board,
        map_on_the_wall,
        clock(1130, 150),
        at(380, 590, 1.65, person("#6b5b95", hat=False, arms="M-12 -66L-60 -92")),
        potted(90, 590, 1.2),
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
    bench = box(880, 566, 270, 12, WOOD) + line("M900 578V624M1130 578V624", WOOD, 8) + cast(1015, 626, 290)
    chart = (
        box(850, 130, 130, 180, WHITE)
        + shaded(0.1, "M850 300h130v10h-130z")
        + line("M876 280q10 -60 34 -70t44 -50", TEAL, 6)
        + line("M868 160h60M868 178h40", "#9fb2ae", 6)
    )
    queue = (
        bench
        + at(930, 620, 1.4, person(TEAL))
        + at(1000, 624, 0.9, person(RED, hat=False))
        + at(1090, 620, 1.45, person("#6b5b95", hat=False))
    )
    things = (
        cupboard,
        shaded(0.12, "M264 200h16v290h-16z"),
        chart,
        clock(1080, 170),
        potted(340, 600, 1.1),
        nurse,
        mother,
        queue,
    )
    return _room(light, random, "#e3f0ee", *things)


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
        clock(940, 170),
        potted(1130, 600, 1.4),
        at(330, 664, 1.5, person(RED)),
        at(190, 668, 1.45, person("#6b5b95", hat=False)),
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
        potted(90, 600, 1.4),
        shaded(0.1, "M960 308h170v12h-170z"),
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
        box(396, 76, 650, 374, "#24406b"),
        shape("M396 380q120 -70 330 -20t320 -40v130H396z", "#2f6f8f"),
        shape("M396 420q140 -50 340 0t310 -20v50H396z", "#58a0a8"),
        disc(930, 180, 44, GOLD),
        line("M440 130h220M440 162h150", WHITE, 8, 'opacity=".5"'),
        line("M396 76H1046V450H396z", INK, 10),
        hosts,
        _desk(500, 500, TEAL),
        mics,
        camera,
        "".join(
            line(f"M{x} 0V60", INK, 6)
            + shape(f"M{x - 40} 60h80l20 40h-120z", GOLD)
            + lit(0.14, f"M{x - 60} 100h120l130 400h-380z")
            for x in (200, 1090)
        ),
        cast(250, 644, 190),
        at(380, 662, 1.45, person(INK, hat=False, arms="M-10 -64L-60 -70")),
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
        shaded(0.14, "M60 236h280v14h-280z"),
        clock(1010, 170),
        potted(1120, 560, 1.5),
        potted(70, 560, 1.5),
        row,
        _desk(120, 960, "#8a5a3b"),
        "".join(_papers(x) for x in (290, 640, 820)),
        "".join(
            box(x, 470, 10, 30, "#bfe0ec", 'rx="3"') + box(x + 2, 464, 6, 8, TEAL) for x in (210, 390, 570, 750, 1000)
        ),
        at(
            520,
            500,
            0.9,
            shape("M-30 0q-6 -24 30 -26q36 2 30 26z", CREAM),
            *(
                disc(x, -30 - y, 11, c)
                for x, y, c in ((-22, 0, RED), (0, 10, GOLD), (22, 0, WHITE), (-10, -2, LEAF), (11, 0, RED))
            ),
        ),
        back,
    )


def workshop(light: Light, random: Random) -> str:
    benches = "".join(
        at(x + 130, 520, 1.35, person(c, hat=False, sitting=True, arms="M12 -62L40 -34"))
        + _desk(x, 260, "#a9744b")
        + shape(f"M{x + 60} 500h104v-14h-84v-22h60q16 0 16 16v-30q0 -12 -12 -12h-84z", "#4b5a66")
        + disc(x + 168, 464, 16, "#8c96a0")
        + disc(x + 168, 464, 6, INK)
        + shape(f"M{x + 20} 500q40 -22 90 -6l10 6z", cloth)
        + shape(f"M{x + 178} 500v-14h52v14zM{x + 184} 486v-12h44v12z", cloth)
        for x, c, cloth in ((120, "#3b6f8f", RED), (470, RED, GOLD), (820, TEAL, "#6b5b95"))
    )
    tools = (
        box(60, 120, 300, 180, "#d8cbb0")
        + shaded(0.14, "M60 288h300v12h-300z")
        + line(
            "M100 150v90M100 150h30M160 150v90M150 150h20M220 150l20 90M280 150v70M300 150v70M270 232a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M292 232a10 10 0 1 0 20 0a10 10 0 1 0 -20 0",
            INK,
            8,
        )
    )
    rail = line("M850 130H1150M880 130V110M1120 130V110", INK, 5) + "".join(
        shape(f"M{x} 134l30 16v116h-60V150z", c) + shaded(0.14, f"M{x} 134l30 16v116h-20z")
        for x, c in zip(range(890, 1130, 72), (RED, GOLD, TEAL, CREAM), strict=False)
    )
    teacher = at(1110, 668, 1.55, person(WHITE, hat=False, arms="M-12 -64L-60 -60"))
    return _room(light, random, "#f0e4d0", tools, rail, benches, potted(56, 620, 1.1), teacher)


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
        + shaded(0.1, "M0 600h1200v75h-1200z")
        + line("M70 300Q330 210 600 96Q880 210 1140 300", INK, 3, 'opacity=".5"')
        + "".join(
            at(
                x,
                y,
                1,
                line("M0 0V12", INK, 3),
                shape("M-16 14h32l6 18l-6 18h-32l-6 -18z", c),
                lit(0.35, "M-10 16h8v32h-8z"),
                line("M0 50v14", GOLD, 4),
            )
            for x, y, c in (
                (170, 262, RED),
                (300, 216, GOLD),
                (430, 164, RED),
                (770, 164, RED),
                (900, 216, GOLD),
                (1030, 262, RED),
            )
        )
        + cast(600, 500, 660, 12)
        + arch
        + "".join(shrub(x, 512, 0.8, random, RED) for x in (270, 330, 870, 930))
        + cast(606, 612, 260)
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


INDOORS = {
    "one-stop", "library", "classroom", "vaccination", "tax-desk", "police-desk", "laboratory", "studio", "meeting", "workshop",
}  # fmt: skip
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
