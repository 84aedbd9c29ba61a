"""Describes scenes in words: synonyms, varied order, attributes left out at random; and the prompts of each attribute."""
import scenes

WORDS = {
    "colour": {"red": ["red", "bright red"], "white": ["white"], "yellow": ["yellow", "bright yellow"],
               "silver": ["silver", "silver grey", "grey"], "blue": ["blue", "dark blue"], "black": ["black"]},
    "type": {"SUV": ["SUV", "off-roader", "sport utility vehicle"],
             "hatchback": ["hatchback", "compact hatchback", "small family car"],
             "sedan": ["sedan", "saloon", "saloon car"], "sports": ["sports car", "coupe", "sports coupe"],
             "cabriolet": ["cabriolet", "convertible", "open-top car"], "MPV": ["MPV", "minivan", "people carrier"],
             "van": ["van", "delivery van", "panel van"]},
    "setting": {"forest": ["in a forest", "in the forest", "in the woods", "among trees"],
                "desert": ["in the desert", "in a desert", "among sand dunes", "on desert sand"],
                "urban": ["in the city", "in a city", "in a street", "in town", "in an urban setting"],
                "racetrack": ["on a racetrack", "on a race track", "at the racetrack", "on a racing circuit"],
                "coast": ["by the sea", "at the coast", "on the coast", "at the seaside", "near the ocean"]},
    "kind": {"woman": ["a woman", "a lady", "a person"], "man": ["a man", "a person", "a gentleman"],
             "girl": ["a girl", "a child", "a person"], "boy": ["a boy", "a child", "a person"]},
    "person": {"A": ["in front of {} on the left", "at the front left of {}"], "B": ["in front of {}", "right in front of {}"],
               "C": ["in front of {} on the right", "at the front right of {}"], "D": ["to the right of {}", "on the right of {}"],
               "E": ["behind {} on the right", "behind {} at the right"], "F": ["behind {}", "right behind {}"],
               "G": ["behind {} on the left", "behind {} at the left"], "H": ["to the left of {}", "on the left of {}"]},
    "view": {"front-left": ["seen from the front left"], "front-right": ["seen from the front right"],
             "left": ["seen from the left side"], "right": ["seen from the right side"],
             "rear-left": ["seen from the rear left"], "rear-right": ["seen from the rear right"]},
    "light": {"midday": ["at midday", "at noon"], "afternoon": ["in the afternoon"],
              "evening": ["in the evening", "at sunset"], "overcast": ["under an overcast sky", "on a cloudy day"]},
}
NOBODY = ["without people", "with nobody around", "with no person", "alone"]
STARTS = ["a photo of {}", "a picture of {}", "an image of {}", "an advertisement with {}", "a rendering of {}", "{}", "{}",
          "a photo of {}"]
ANYBODY = ["with a person", "with a person next to it", "with someone standing by", "and a person", "with people"]


def article(words):
    return ("an " if words[0] in "aeiouAEIO" or words in ("SUV", "MPV") or words.startswith(("SUV", "MPV")) else "a ") + words


def describe(scene, rnd, keep=None, must=()):
    """A caption, and what it says: attribute to value. `keep` is the chance that an attribute is mentioned that is not in `must`."""
    chance = keep if keep is not None else rnd.choice([.35, .6, .85, 1])
    says = {a: scene[a] for a in ("colour", "type", "setting") if a in must or rnd.random() < chance}
    if rnd.random() < chance * .35:
        says["view"] = scene["view"]
    if rnd.random() < chance * .35:
        says["light"] = scene["light"]
    person = ""
    if "person" in must or rnd.random() < chance:
        if scene["person"] == "none":
            says["present"], person = "no", rnd.choice(NOBODY)
        else:
            says["present"] = "yes"
            if rnd.random() < .75:
                who = rnd.choice(WORDS["kind"][scenes.kind(scene)])
                if who not in ("a person", "a child"):
                    says["kind"] = scenes.kind(scene)
                where = "near {}"
                if rnd.random() < .8:
                    says["person"] = scene["person"]
                    where = rnd.choice(WORDS["person"][scene["person"]])
                person = f"{rnd.choice(['with', 'and'])} {who}{rnd.choice(['', ' standing'])} {where}"
            else:
                person = rnd.choice(ANYBODY)
    words = [rnd.choice(WORDS[a][says[a]]) for a in ("colour", "type") if a in says]
    car = article(" ".join(words if "type" in says else [*words, rnd.choice(["car", "car", "vehicle"])]))
    place = rnd.choice(WORDS["setting"][says["setting"]]) if "setting" in says else ""
    tail = [rnd.choice(WORDS[a][says[a]]) for a in ("view", "light") if a in says]
    rnd.shuffle(tail)
    order = rnd.random()
    if person and " {}" in person and order < .3:       # the person first
        subject = person.split(" ", 1)[1].format(car)
        parts = [rnd.choice(STARTS).format(subject), place, *tail]
    elif place and order < .5:                           # the place first
        parts = [place + ",", car, person.format("the car"), *tail]
    else:
        middle = [place, person.format(rnd.choice(["it", "the car"]))]
        rnd.shuffle(middle)
        parts = [rnd.choice(STARTS).format(car), *middle, *tail]
    return " ".join(p for p in parts if p), says


def full(scene):
    """The caption for retrieval: everything, in one fixed form."""
    person = "without people" if scene["person"] == "none" else \
        f"with {WORDS['kind'][scenes.kind(scene)][0]} " + WORDS["person"][scene["person"]][0].format("the car")
    car = article(f"{scene['colour']} {WORDS['type'][scene['type']][0]}")
    return f"a photo of {car} {WORDS['setting'][scene['setting']][0]} {person}, {WORDS['view'][scene['view']][0]}"


def agrees(says, scene):
    """Whether what a caption says is true of the scene."""
    truth = {**scene, "present": "no" if scene["person"] == "none" else "yes", "kind": scenes.kind(scene)}
    return all(truth[a] == v for a, v in says.items())


def prompts(attribute, rnd=None):
    """Value to prompt; with a random source, synonyms and forms vary."""
    def pick(options):
        return rnd.choice(options) if rnd else options[0]
    start = pick(["a photo of {}", "a picture of {}", "{}", "an image of {}"])
    if attribute == "colour":
        return {v: start.format(f"a {pick(w)} car") for v, w in WORDS["colour"].items()}
    if attribute == "type":
        return {v: start.format(article(pick(w))) for v, w in WORDS["type"].items()}
    if attribute == "setting":
        return {v: start.format(f"a car {pick(w)}") for v, w in WORDS["setting"].items()}
    if attribute == "present":
        return {"yes": start.format("a car " + pick(ANYBODY)), "no": start.format("a car " + pick(NOBODY))}
    if attribute == "person":
        who = pick(["a person", "someone", "a person standing"])
        return {"none": start.format("a car " + pick(NOBODY)),
                **{v: start.format(f"{who} {pick(w).format('a car')}") for v, w in WORDS["person"].items()}}
    return {v: start.format("a car " + pick(w)) for v, w in WORDS["view"].items()}
