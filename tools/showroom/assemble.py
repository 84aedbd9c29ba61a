"""Turns what was rendered into the campaign: assemble.py PLAN.jsonl RENDERED ASSETS SHOWROOM

Cleans the grain off each picture, keeps pictures that SHOWROOM holds already as they are, and lists what exists.
Needs Pillow and numpy (only here: the program itself never does).
"""
import csv
import json
import os
import sys

import numpy as np
from PIL import Image, ImageFilter

from kit import SETTINGS

COLUMNS = ["id", "picture", "mask", "base", "changed", "car", "type", "colour", "setting", "person", "figure",
           "view", "camera_azimuth", "camera_height", "light"]


def shifts(values, reach):
    """The array moved by every step within reach, edges repeated."""
    pad = [(reach, reach), (reach, reach)] + [(0, 0)] * (values.ndim - 2)
    wide, (h, w) = np.pad(values, pad, mode="edge"), values.shape[:2]
    for dy in range(2 * reach + 1):
        for dx in range(2 * reach + 1):
            yield wide[dy:dy + h, dx:dx + w]


def clean(picture, labels, sigma=15):
    """Averages each pixel with neighbours of the same object and a similar colour, after taking out lone specks."""
    calm = np.asarray(picture.filter(ImageFilter.MedianFilter(3)), np.float32)
    image = np.asarray(picture, np.float32)
    speck = np.abs(image - calm).max(2) > 30
    alike = sum((np.abs(n[speck] - image[speck]).max(1) < 25).astype(int) for n in shifts(image, 1))
    lone = np.zeros_like(speck)
    lone[speck] = alike < 4
    image = np.where(lone[..., None], calm, image)
    total, weight = np.zeros_like(image), np.zeros(image.shape[:2], np.float32)
    for near, guide, label in zip(shifts(image, 2), shifts(calm, 2), shifts(labels, 2)):
        apart = guide - calm
        w = np.exp(np.einsum("ijk,ijk->ij", apart, apart) * np.float32(-.5 / sigma ** 2)) * (label == labels)
        total += w[..., None] * near
        weight += w
    return Image.fromarray(np.clip(total / weight[..., None] + .5, 0, 255).astype(np.uint8))


def main(plan, rendered, assets, showroom):
    campaign = os.path.join(showroom, "campaign")
    for folder in ("campaign/pictures", "campaign/masks", "assets/backgrounds", "assets/people"):
        os.makedirs(os.path.join(showroom, folder), exist_ok=True)
    with open(plan, encoding="utf-8") as file:
        scenes = sorted((json.loads(line) for line in file), key=lambda s: s["id"])
    rows = []
    for s in scenes:
        source = os.path.join(rendered, s["id"] + ".png")
        row = {"id": s["id"], "picture": f"pictures/{s['id']}.jpg", "mask": f"masks/{s['id']}.png", "base": s["base"],
               "changed": s["changed"], "car": s["car"], "type": s["type"], "colour": s["colour"],
               "setting": s["setting"], "person": s["person"], "figure": s["figure"] if s["person"] != "none" else "",
               "view": s["view"], "camera_azimuth": s["azimuth"], "camera_height": s["height"], "light": s["light"]}
        picture, mask = (os.path.join(campaign, row[k]) for k in ("picture", "mask"))
        if not os.path.exists(picture):
            if not os.path.exists(source):
                continue
            labels = Image.open(source[:-4] + ".mask.png").convert("L")
            if s["person"] != "none" and np.count_nonzero(np.asarray(labels) == 2) < 40:
                continue        # the person stands outside the picture
            labels.save(mask, optimize=True)
            clean(Image.open(source).convert("RGB"), np.asarray(labels)).save(
                picture, quality=80, optimize=True)
        rows.append(row)
    with open(os.path.join(campaign, "scenes.csv"), "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    for name in sorted(n for n in os.listdir(assets) if n.endswith(".png")) if os.path.isdir(assets) else ():
        picture = Image.open(os.path.join(assets, name))
        if name.split("-")[0] not in SETTINGS:
            alpha = picture.getchannel("A")
            picture = clean(picture.convert("RGB"), np.asarray(alpha) > 127)
            picture.putalpha(alpha)
            picture.crop(picture.getbbox()).save(os.path.join(showroom, "assets/people", name), optimize=True)
        else:
            blank = np.zeros((picture.height, picture.width), np.uint8)
            clean(picture.convert("RGB"), blank).save(
                os.path.join(showroom, "assets/backgrounds", name[:-4] + ".jpg"), quality=82, optimize=True)
    print(len(rows), "of", len(scenes), "scenes")


if __name__ == "__main__":
    main(*sys.argv[1:])
