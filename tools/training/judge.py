"""Which type of car do variants show, by a classifier of cut-out cars that was trained on renders alone.

    judge.py ONEFORMER CAMPAIGN VARIANTS...

Learns from the campaign's cars, cut out by their masks, flipped, blurred and in other colours, but not from the scenes that
VARIANTS (folders of `anvil edit --batch`) were made of nor from every eighth other scene. In variants the OneFormer finds the
car. Prints how many of the renders left out, of the variants and of those that passed their
checks it calls what they are or were to be. Takes five minutes of one core.
"""
import hashlib
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageFilter

import captions
import evaluate
import paste
import run
import scenes

WIDTH, HEIGHT, MINUTES = 96, 64, 4
TYPES = list(captions.WORDS["type"])


def cut(picture, box, pad=.12):
    """The part round a car, as wide as 3 to its height of 2."""
    wide, high = (box[2] - box[0]) * (1 + 2 * pad), (box[3] - box[1]) * (1 + 2 * pad)
    wide, high = max(wide, 1.5 * high), max(high, wide / 1.5)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return picture.convert("RGB").crop((round(x - wide / 2), round(y - high / 2), round(x + wide / 2), round(y + high / 2)))


def varied(picture, rnd):
    """Flipped, blurred and recoloured, since neither side nor sharpness nor paint makes a type."""
    picture = picture.resize((WIDTH, HEIGHT), Image.BICUBIC)
    if rnd.random() < .5:
        picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
    picture = picture.filter(ImageFilter.GaussianBlur(rnd.uniform(0, 1.5)))
    return np.asarray(picture)[..., rnd.sample(range(3), 3)]


def tensor(pictures):
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1


def network():
    layers, last = [], 3
    for width in (32, 64, 96, 128):
        layers += [torch.nn.Conv2d(last, width, 3, padding=1), torch.nn.GroupNorm(8, width), torch.nn.GELU(), torch.nn.MaxPool2d(2)]
        last = width
    return torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Dropout(.3), torch.nn.Linear(last * 24, len(TYPES)))


def train(net, cars, types):
    rnd = random.Random(1)
    optimiser = torch.optim.AdamW(net.parameters(), 1e-3, weight_decay=.05)
    began = time.process_time()
    while (done := (time.process_time() - began) / (60 * MINUTES)) < 1:
        which = rnd.sample(range(len(cars)), 64)
        optimiser.param_groups[0]["lr"] = 1e-3 * (1 - done)
        with run.precision("cpu"):
            found = net(tensor([varied(cars[i].resize((WIDTH + 8, HEIGHT + 6)).crop(shift(rnd)), rnd) for i in which]))
        loss = F.cross_entropy(found.float(), types[which], label_smoothing=.1)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


def shift(rnd):
    x, y = rnd.randrange(9), rnd.randrange(7)
    return x, y, x + WIDTH, y + HEIGHT


def named(net, cars):
    with torch.no_grad():
        answers = net.eval()(tensor([np.asarray(c.resize((WIDTH, HEIGHT), Image.BICUBIC)) for c in cars])).argmax(1)
    return [TYPES[a] for a in answers.tolist()]


def report(what, found, asked):
    print(f"{what}: {evaluate.share(f == a for f, a in zip(found, asked))} called what they are", evaluate.mistakes(found, asked))


def main(oneformer, campaign, *variants):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    paths = [path for folder in variants for path in sorted(Path(folder).glob("*.png"))]
    sources = {Image.open(path).text["anvil:source"] for path in paths}
    boxes = {s["id"]: paste.box(scenes.masks([s])[0] == 1) for s in scenes.rows(campaign)}
    rows = [s for s in scenes.rows(campaign) if boxes[s["id"]]]
    base = [s["base"] or s["id"] for s in rows]
    order = {b: k for k, b in enumerate(sorted(set(base)))}
    shown = {b for s, b in zip(rows, base) if hashlib.sha256(s["picture"].read_bytes()).hexdigest() in sources}
    out = [b in shown or order[b] % 8 == 0 for b in base]
    cars = [cut(Image.open(s["picture"]), boxes[s["id"]]) for s in rows]
    types = torch.tensor([TYPES.index(s["type"]) for s in rows])
    inside = [i for i in range(len(rows)) if not out[i]]
    net = network()
    train(net, [cars[i] for i in inside], types[inside])
    left = [i for i in range(len(rows)) if out[i]]
    report(f"{len(left)} renders left out", named(net, [cars[i] for i in left]), [rows[i]["type"] for i in left])

    finder = evaluate.session(Path(oneformer) / "model.onnx")
    prepare = evaluate.preparing(oneformer, Image.BILINEAR)
    asked, found, passed = [], [], []
    for path in paths:
        with Image.open(path) as image:
            kind = evaluate.asked(image, "type")
            box = paste.box(evaluate.segmented(finder, np.ascontiguousarray(prepare(image)[None])) == 1)
            if kind and box:
                asked.append(kind)
                found.append(cut(image, box))
                passed.append(evaluate.passed(image))
    called = named(net, found)
    report(f"{len(found)} variants", called, asked)
    if not all(passed):
        good = [k for k, ok in enumerate(passed) if ok]
        report(f"{len(good)} that passed their checks", [called[k] for k in good], [asked[k] for k in good])


if __name__ == "__main__":
    main(*sys.argv[1:])
