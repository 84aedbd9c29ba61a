"""Cuts outlines of cars out of the campaign's masks: outlines.py SHOWROOM

For each car and view from the front, the side and the rear, the one that is largest in a picture without people, as
SHOWROOM/assets/outlines/TYPE/CAR-VIEW.png: black, with transparency. Needs Pillow and numpy.
"""
import csv
import sys
from pathlib import Path

import numpy as np
from PIL import Image

VIEWS = {"front-left": "front", "front-right": "front", "left": "side", "right": "side", "rear-left": "rear", "rear-right": "rear"}


def largest(campaign):
    """(type, car, view) to the mask, cut close."""
    found = {}
    with open(campaign / "scenes.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["changed"] or row["person"] != "none":
                continue
            car = np.asarray(Image.open(campaign / row["mask"]).convert("L")) == 1
            ys, xs = car.nonzero()
            if not len(ys) or not (xs.min() and ys.min() and xs.max() < car.shape[1] - 1 and ys.max() < car.shape[0] - 1):
                continue        # cut off by the picture's edge
            close = car[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
            key = row["type"], row["car"], VIEWS[row["view"]]
            if key not in found or close.sum() > found[key].sum():
                found[key] = close
    return found


def main(showroom):
    for (kind, car, view), mask in largest(showroom / "campaign").items():
        folder = showroom / "assets" / "outlines" / kind
        folder.mkdir(parents=True, exist_ok=True)
        alpha = Image.fromarray((mask * 255).astype(np.uint8))
        Image.merge("LA", [Image.new("L", alpha.size), alpha]).save(folder / f"{car}-{view}.png", optimize=True)


main(Path(sys.argv[1]))
