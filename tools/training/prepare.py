"""Turns what tools/showroom/render.py wrote into a folder of scenes, and adds masks of all classes to the campaign.

    prepare.py scenes PLAN.jsonl RENDERED OUT       pictures cleaned and compressed as those of the campaign
    prepare.py classes PLAN.jsonl PLATES CAMPAIGN OUT    the campaign's pictures with the plates' classes behind car and person

OUT/scenes.csv lists what was rendered; OUT/classes has masks by tools/showroom/kit.py's CLASSES.
"""
import csv
import json
import os
import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "showroom"))
from assemble import COLUMNS, clean  # noqa: E402


def read(plan):
    with open(plan, encoding="utf-8") as file:
        return sorted((json.loads(line) for line in file), key=lambda s: s["id"])


def write(out, rows, more=()):
    with open(out / "scenes.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, [*COLUMNS, *more], lineterminator="\n", extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)
    print(len(rows), "scenes in", out)


def rendered(plan, folder, out):
    folder, out = Path(folder), Path(out)
    for name in ("pictures", "masks", "classes"):
        (out / name).mkdir(parents=True, exist_ok=True)
    with open(folder / "seen.csv", encoding="utf-8") as file:
        seen = dict(line.strip().split(",") for line in file)
    rows = []
    for s in read(plan):
        source = folder / f"{s['id']}.png"
        if not source.exists():
            continue
        labels = np.asarray(Image.open(folder / f"{s['id']}.mask.png").convert("L"))
        if s["person"] != "none" and np.count_nonzero(labels == 2) < 40:
            continue        # the person stands outside the picture
        row = {**s, "picture": f"pictures/{s['id']}.jpg", "mask": f"masks/{s['id']}.png", "seen": seen.get(s["id"], "1.00"),
               "figure": s["figure"] if s["person"] != "none" else "", "camera_azimuth": s["azimuth"],
               "camera_height": s["height"]}
        rows.append(row)
        if not (out / row["picture"]).exists():
            Image.fromarray(labels).save(out / "classes" / f"{s['id']}.png", optimize=True)
            whole = np.where(labels <= 2, labels, 0).astype(np.uint8)
            Image.fromarray(whole).save(out / row["mask"], optimize=True)
            clean(Image.open(source).convert("RGB"), whole).save(out / row["picture"], quality=80, optimize=True)
    write(out, rows, ["seen"])


def classes(plan, plates, campaign, out):
    plates, campaign, out = Path(plates), Path(campaign), Path(out)
    (out / "classes").mkdir(parents=True, exist_ok=True)
    for name in ("pictures", "masks"):
        if not (out / name).exists():
            os.symlink((campaign / name).resolve(), out / name)
    with open(campaign / "scenes.csv", encoding="utf-8") as file:
        scenes = list(csv.DictReader(file))
    rows = []
    for s in scenes:
        plate = plates / f"{s['id'] if s['changed'] in ('', 'setting') else s['base']}.plate.png"
        if plate.exists():
            mask = Image.open(campaign / s["mask"]).convert("L")
            behind = np.asarray(Image.open(plate).convert("L").resize(mask.size, Image.NEAREST))
            mask = np.asarray(mask)
            Image.fromarray(np.where(mask > 0, mask, behind)).save(out / "classes" / f"{s['id']}.png", compress_level=1)
            rows.append(s)
    write(out, rows)


{"scenes": rendered, "classes": classes}[sys.argv[1]](*sys.argv[2:])
