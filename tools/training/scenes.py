"""Reads folders of rendered scenes: scenes.csv, pictures/, masks/ (1 car, 2 person) and, where there are any, classes/."""
import csv
from pathlib import Path

import numpy as np
from PIL import Image

MIRRORED = {"A": "C", "C": "A", "D": "H", "H": "D", "E": "G", "G": "E"}   # positions, when a picture is mirrored
# where a person stands: middle and feet relative to the car's box, height in its heights, whether the car hides the legs;
# as dev.anvil.edit.Placement has it
PLACES = {"A": (-.05, .05, 1.07, False), "B": (.51, .11, 1.08, False), "C": (1.06, .06, 1.06, False), "D": (1.10, -.13, .98, False),
          "E": (.86, -.20, .90, True), "F": (.50, -.20, .88, True), "G": (.05, -.20, .90, True), "H": (-.11, -.15, .94, False)}
KINDS = {"woman": "woman", "man": "man", "girl": "girl", "boy": "boy", "mannequin-man": "man", "mannequin-woman": "woman"}


def rows(*folders):
    """The scenes of the folders in order, each with the paths of its files."""
    found = []
    for folder in map(Path, folders):
        with open(folder / "scenes.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                classes = folder / "classes" / f"{row['id']}.png"
                found.append({**row, "picture": folder / row["picture"], "mask": folder / row["mask"], "classes": classes})
    return found


def pictures(scenes, width=384, height=288, resample=Image.BICUBIC):
    """[scenes, height, width, 3], 8 bits."""
    out = np.empty((len(scenes), height, width, 3), np.uint8)
    for k, s in enumerate(scenes):
        picture = Image.open(s["picture"]).convert("RGB")
        out[k] = np.asarray(picture if picture.size == (width, height) else picture.resize((width, height), resample))
    return out


def masks(scenes, key="mask", width=384, height=288):
    """[scenes, height, width], 8 bits."""
    out = np.empty((len(scenes), height, width), np.uint8)
    for k, s in enumerate(scenes):
        mask = Image.open(s[key]).convert("L")
        out[k] = np.asarray(mask if mask.size == (width, height) else mask.resize((width, height), Image.NEAREST))
    return out


def kind(scene):
    """woman, man, girl or boy; none without a person."""
    figure = scene["figure"]
    return "none" if scene["person"] == "none" else KINDS.get(figure, figure.split("-")[0])


def mirrored(scene):
    """The scene as its mirror image would be described."""
    view = scene["view"]
    swap = view.replace("left", "R").replace("right", "left").replace("R", "right")
    return {**scene, "person": MIRRORED.get(scene["person"], scene["person"]), "view": swap}
