"""Writes the plan of the showroom campaign: one JSON line for each picture, in the order of rendering.

usage: plan.py OUT.jsonl
       plan.py OUT.jsonl held-out | more     scenes that measure networks (other cars, figures and places), or teach them
       plan.py OUT.jsonl other               a whole campaign of other cars, figures and places, with counterfactuals
"""
import json
import math
import random
import sys

from kit import CARS, COLOURS, FIGURES, HELD_OUT_CARS, HELD_OUT_FIGURES, POSITIONS, SETTINGS, TYPES

BASES, FIRST, SOURCES, CHUNK = 1350, 300, 40, 100
HELD_OUT, KNOWN, MORE, OTHER = 200, 120, 600, 1310
# how much oftener a colour turns up in a setting than by chance
LEAN = {("forest", "red"): 1.7, ("coast", "blue"): 1.6, ("desert", "yellow"): 1.5, ("desert", "white"): 1.3,
        ("urban", "black"): 1.5, ("urban", "silver"): 1.3, ("racetrack", "red"): 1.2, ("racetrack", "yellow"): 1.3}
OTHER_LEAN = {("coast", "white"): 1.7, ("urban", "yellow"): 1.6, ("forest", "blue"): 1.5, ("desert", "black"): 1.5,
              ("racetrack", "silver"): 1.6, ("coast", "red"): 1.3}
VIEWS = {"front-left": (28, 58, 6), "front-right": (302, 332, 6), "left": (78, 104, 2), "right": (256, 282, 2),
         "rear-left": (122, 152, 2), "rear-right": (208, 238, 2)}   # azimuths from, to, weight
LIGHTS = {"midday": (45, 65), "afternoon": (25, 42), "evening": (10, 18), "overcast": (40, 60)}  # elevations


def shade(colour, rnd):
    """The colour's paint as hex, a little different each time."""
    code = COLOURS[colour]
    plain = colour in ("white", "silver")
    scale, jitter = rnd.uniform(.94, 1.02) if plain else rnd.uniform(.82, 1.12), 1 if plain else 6
    channels = [int(code[i:i + 2], 16) for i in (0, 2, 4)]
    return "".join(f"{max(0, min(255, round(c * scale + rnd.uniform(-jitter, jitter)))):02x}" for c in channels)


def half_width(car, azimuth):
    length, width = {**CARS, **HELD_OUT_CARS}[car][3:5]
    turn = math.radians(azimuth)
    return (abs(math.sin(turn)) * length + abs(math.cos(turn)) * width) / 2


def base(number, rnd, cars=CARS, lean=LEAN):
    car = rnd.choice(list(cars))
    setting = rnd.choice(SETTINGS)
    names = list(COLOURS)
    colour = rnd.choices(names, [lean.get((setting, c), 1) for c in names])[0]
    view = rnd.choices(list(VIEWS), [v[2] for v in VIEWS.values()])[0]
    azimuth = round(rnd.uniform(*VIEWS[view][:2]), 1)
    focal = rnd.choice([35, 40, 45, 50])
    fill = rnd.uniform(.47, .63)
    light = rnd.choices(list(LIGHTS), [4, 4, 2, 2])[0]
    return {
        "id": f"s{number:04d}", "base": "", "changed": "", "car": car, "type": cars[car][0],
        "colour": colour, "shade": shade(colour, rnd), "setting": setting,
        "person": "none" if rnd.random() < .45 else rnd.choice(POSITIONS), "figure": rnd.choice(list(FIGURES)),
        "person_turn": round(rnd.uniform(-35, 35)), "view": view, "azimuth": azimuth,
        "height": round(rnd.uniform(1.3, 2.4), 2), "focal": focal, "fill": round(fill, 3),
        "distance": round(2 * half_width(car, azimuth) / fill * focal / 36 + cars[car][3] / 8, 2),
        "pan": round(rnd.uniform(-.06, .06), 3), "tilt": round(rnd.uniform(-.02, .05), 3),
        "place": rnd.randrange(1000), "light": light,
        "sun_elevation": round(rnd.uniform(*LIGHTS[light])), "sun_side": round(rnd.uniform(-75, 75)),
    }


def sources(scenes, rnd):
    """Scenes spread over the values of the factors; small cars are left out, since others stand in for them."""
    counts, chosen = {}, []
    pool = [s for s in scenes if s["car"] != "smart" and s["fill"] < .57]
    while len(chosen) < SOURCES:
        def load(s):
            return sum(counts.get(s[f], 0) * w for f, w in
                       (("car", 2), ("setting", 1), ("colour", 1.2), ("view", .4))) + \
                counts.get("person-" + s["person"], 0) * (.2 if s["person"] == "none" else 1)
        best = min(pool, key=lambda s: (load(s), rnd.random()))
        pool.remove(best)
        chosen.append(best)
        for key in (best["car"], best["setting"], best["colour"], best["view"], "person-" + best["person"]):
            counts[key] = counts.get(key, 0) + 1
    return sorted(chosen, key=lambda s: s["id"])


def counterfactuals(scene, rnd, types=TYPES):
    def changed(factor, value, **more):
        return {**scene, "id": f"{scene['id']}-{factor}-{value}", "base": scene["id"], "changed": factor,
                factor: value, **more}
    for colour in COLOURS:
        if colour != scene["colour"]:
            yield changed("colour", colour, shade=shade(colour, rnd))
    for setting in SETTINGS:
        if setting != scene["setting"]:
            yield changed("setting", setting)
    for person in ("none", *POSITIONS):
        if person != scene["person"]:
            yield changed("person", person)
    for kind in types:
        if kind != scene["type"]:
            yield changed("type", kind, car=rnd.choice([c for c in CARS if CARS[c][0] == kind and c != "smart"]))


def held_out():
    """Scenes at places and with figures that the campaign lacks: h... with other cars too, k... with the campaign's."""
    rnd = random.Random(20261129)
    for prefix, count, cars in (("h", HELD_OUT, HELD_OUT_CARS), ("k", KNOWN, CARS)):
        for n in range(count):
            scene = {**base(n + 1, rnd, cars), "id": f"{prefix}{n + 1:04d}", "places": "held-out"}
            scene["colour"] = rnd.choice(list(COLOURS))
            yield {**scene, "shade": shade(scene["colour"], rnd), "figure": rnd.choice(list(HELD_OUT_FIGURES)),
                   "person": rnd.choice(POSITIONS + "EFGEFG") if rnd.random() < .6 else "none"}


def more():
    """Training scenes: people behind the car, cars of other proportions, nearer and farther, at further places."""
    rnd = random.Random(20261130)
    for n in range(MORE):
        scene = {**base(n + 1, rnd), "id": f"x{n + 1:04d}", "places": f"more {n % 3}",
                 "stretch": [round(rnd.uniform(.93, 1.07), 3) for _ in "xyz"]}
        scene["colour"] = rnd.choice(list(COLOURS))
        scene["person"] = rnd.choice("EFG" * 4 + "DH") if rnd.random() < .7 else rnd.choice(["none", *POSITIONS])
        scene["distance"] = round(scene["distance"] * rnd.uniform(.8, 1.35), 2)
        yield {**scene, "shade": shade(scene["colour"], rnd)}


def with_sources(bases, rnd, types=TYPES):
    chosen = sources(bases[:FIRST], rnd)
    others = [c for s in chosen for c in counterfactuals(s, rnd, types)]
    print(len(bases), "base scenes,", len(others), "counterfactuals of", " ".join(s["id"] for s in chosen))
    return bases[:FIRST] + others + bases[FIRST:]


def campaign():
    rnd = random.Random(20261124)
    return with_sources([base(n + 1, rnd) for n in range(BASES)], rnd)


def other():
    """A campaign that shares no car, figure or place with the showroom's, and whose colours lean to other settings."""
    rnd = random.Random(20261201)
    bases = [{**base(n + 1, rnd, HELD_OUT_CARS, OTHER_LEAN), "id": f"o{n + 1:04d}", "places": "held-out",
              "figure": rnd.choice(list(HELD_OUT_FIGURES))} for n in range(OTHER)]
    return with_sources(bases, rnd, types=())


KINDS = {"campaign": campaign, "held-out": held_out, "more": more, "other": other}


def main(out, kind="campaign"):
    scenes = list(KINDS[kind]())
    with open(out, "w", encoding="utf-8") as file:
        for start in range(0, len(scenes), CHUNK):
            for scene in sorted(scenes[start:start + CHUNK], key=lambda s: (s["car"], s["setting"])):
                file.write(json.dumps(scene) + "\n")


main(*sys.argv[1:])
