"""Puts figures of some scenes into others, since a campaign shows few figures in few places.

A figure that stands in front of or beside a car is cut out whole; put behind a car, it is hidden by the car. Where figures
stand and how tall they are, relative to the car, is read off the scenes that have one.
"""
import random

import numpy as np
import torch
from PIL import Image

import scenes

WHOLE = "ABCDH"           # places at which the car hides nothing of a figure
TALL = .92                # of a figure behind the car, relative to one beside it


def box(mask):
    """left, top, right, bottom of what is set; None where nothing is."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return None if len(rows) == 0 else (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)


class Figures:
    def __init__(self, rows, width=384, height=288):
        """Cuts the figures out of scenes; scenes without one are passed over."""
        self.cut, self.places = [], {}
        tall = []
        for s in rows:
            if s["person"] == "none":
                continue
            labels = scenes.masks([s], width=width, height=height)[0]
            car, figure = box(labels == 1), box(labels == 2)
            if car is None or figure is None or figure[3] - figure[1] < 24:
                continue
            w, h = car[2] - car[0], car[3] - car[1]
            where = (((figure[0] + figure[2]) / 2 - car[0]) / w, (figure[1] - car[1]) / h, (figure[3] - figure[1]) / h)
            self.places.setdefault(s["person"], []).append(where)
            if s["person"] in WHOLE:
                picture = scenes.pictures([s], width, height)[0]
                alpha = np.uint8(255) * (labels == 2)
                self.cut.append((Image.fromarray(np.dstack([picture, alpha])).crop(figure), scenes.kind(s)))
                tall.append(where[2])
        self.tall = TALL * float(np.median(tall)) if tall else 1

    def put_some(self, pictures, labels, rows, chance, rnd):
        """A figure in some of the scenes that have none: tensors [n, 3, h, w] and [n, h, w], 8 bits, and the scenes."""
        pictures, labels, rows = pictures.clone(), labels.clone(), list(rows)
        for k, s in enumerate(rows):
            if s["person"] == "none" and rnd.random() < chance:
                picture, mask, rows[k] = self.put(pictures[k].permute(1, 2, 0).numpy(), labels[k].numpy(), s, rnd)
                pictures[k] = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)
                labels[k] = torch.from_numpy(mask)
        return pictures, labels, rows

    def put(self, picture, labels, scene, rnd):
        """The picture, labels and scene with a figure, or as they are where a car or a place is missing."""
        car = box(labels == 1)
        if car is None or not self.cut:
            return picture, labels, scene
        height, width = labels.shape
        place = rnd.choice(sorted(self.places))
        across, top, tall = rnd.choice(self.places[place])
        if place not in WHOLE:
            tall = max(tall, self.tall)
        w, h = car[2] - car[0], car[3] - car[1]
        cut, kind = rnd.choice(self.cut)
        size = max(6, round(tall * h * rnd.uniform(.93, 1.07)))
        figure = cut.resize((max(2, round(size * cut.width / cut.height * width / height * 288 / 384)), size), Image.BILINEAR)
        figure = recoloured(figure.transpose(Image.FLIP_LEFT_RIGHT) if rnd.random() < .5 else figure, rnd)
        left = round(car[0] + across * w - figure.width / 2 + rnd.uniform(-.02, .02) * w)
        up = round(car[1] + top * h)
        canvas = Image.new("RGBA", (width, height))
        canvas.paste(figure, (left, up))
        pasted = np.asarray(canvas)
        alpha = pasted[:, :, 3:] / np.float32(255)
        if place not in WHOLE:
            alpha = alpha * (labels != 1)[:, :, None]
        seen = alpha[:, :, 0] > .5
        if seen.sum() < 12:
            return picture, labels, scene
        with_figure = (picture * (1 - alpha) + pasted[:, :, :3] * alpha).astype(np.uint8)
        return with_figure, np.where(seen, 2, labels).astype(labels.dtype), {**scene, "person": place, "figure": f"{kind}-0"}


def recoloured(figure, rnd):
    """Other clothes: channels mixed and brightness changed."""
    x = np.asarray(figure).astype(np.float32)
    mix = np.eye(3) + .35 * np.array([[rnd.uniform(-1, 1) for _ in range(3)] for _ in range(3)])
    rgb = x[:, :, :3] @ (mix / np.abs(mix).sum(0)).astype(np.float32) * rnd.uniform(.7, 1.3)
    return Image.fromarray(np.dstack([rgb.clip(0, 255), x[:, :, 3]]).astype(np.uint8))


def main():
    """Writes a sheet of pasted figures to look at: paste.py SCENES OUT.png"""
    import sys
    rows = scenes.rows(sys.argv[1])
    rnd = random.Random(1)
    figures = Figures(rnd.sample(rows, 400))
    empty = [s for s in rows if s["person"] == "none"][:24]
    sheet = Image.new("RGB", (6 * 192, 4 * 144))
    for k, s in enumerate(empty):
        picture, _, _ = figures.put(scenes.pictures([s])[0], scenes.masks([s])[0], s, rnd)
        sheet.paste(Image.fromarray(picture).resize((192, 144)), (k % 6 * 192, k // 6 * 144))
    sheet.save(sys.argv[2])


if __name__ == "__main__":
    main()
