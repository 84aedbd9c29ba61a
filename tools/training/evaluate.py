"""Measures exported networks on held-out scenes, against the targets of the issue.

    evaluate.py clip FOLDER SCENES [PREFIX]         retrieval and zero-shot accuracy
    evaluate.py oneformer FOLDER SCENES [PREFIX]    IoU by class, people found
    evaluate.py vae FOLDER SCENES [PREFIX]          how near decoded pictures are
    evaluate.py levels FOLDER VARIANTS ATTRIBUTE    how many variants of `anvil edit --batch` show what their prompt asks for, by a CLIP
    evaluate.py people FOLDER VARIANTS              how many of them show the person that their prompt asks for, and where, by a OneFormer
    evaluate.py extremes FOLDER VARIANTS OUT ATTRIBUTE...   a sheet of the ten that show it best and the ten that show it worst
    evaluate.py same FOLDER OTHER                   the largest difference between two exports of one network

PREFIX keeps the scenes whose id begins so: h other cars, figures and places, k the campaign's cars.
"""
import json
import random
import re
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image, ImageDraw
from tokenizers import Tokenizer

import captions
import paste
import scenes


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def prepared(rows, folder, resample):
    """[scenes, 3, h, w] as preprocessor_config.json says."""
    config = json.loads((folder / "preprocessor_config.json").read_text())
    size = config["size"]
    x = scenes.pictures(rows, size["width"], size["height"], resample).astype(np.float32) / 255
    x = (x - np.float32(config["image_mean"])) / np.float32(config["image_std"])
    return np.ascontiguousarray(x.transpose(0, 3, 1, 2))


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


class Clip:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.vision = session(self.folder / "vision_model.onnx")
        self.text = session(self.folder / "text_model.onnx")
        self.tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        self.end = self.tokenizer.token_to_id("<|endoftext|>")

    def pictures(self, rows):
        x = prepared(rows, self.folder, Image.BICUBIC)
        return unit(np.concatenate([self.vision.run(["image_embeds"], {"pixel_values": x[k:k + 16]})[0]
                                    for k in range(0, len(x), 16)]))

    def texts(self, texts):
        ids = np.full((len(texts), 77), self.end, np.int64)
        for row, text in zip(ids, texts):
            found = self.tokenizer.encode(text).ids[:77]
            row[:len(found)] = found
        return unit(self.text.run(["text_embeds"], {"input_ids": ids})[0])

    def similar(self, attribute, pictures):
        """The values, and how near each picture is to each of them, prompts averaged over twelve phrasings."""
        forms = [captions.prompts(attribute, random.Random(k)) for k in range(12)]
        values = list(forms[0])
        means = unit(np.stack([self.texts([f[v] for f in forms]).mean(0) for v in values]))
        return values, pictures @ means.T

    def classify(self, attribute, pictures):
        """The nearest value for each picture."""
        values, near = self.similar(attribute, pictures)
        return [values[k] for k in near.argmax(1)]


def share(hits):
    hits = list(hits)
    return f"{np.mean(hits):.3f} of {len(hits)}" if hits else "no scenes"


def clip(folder, rows):
    net = Clip(folder)
    seen = net.pictures(rows)
    rnd = random.Random(1)
    order = list(range(len(rows)))
    rnd.shuffle(order)
    hits, size = [], min(100, len(rows))
    for start in range(0, len(order) - size + 1, size):
        pool = order[start:start + size]
        texts = [captions.full(rows[i]) for i in pool]
        best = (seen[pool] @ net.texts(texts).T).argmax(1)
        hits += [texts[b] == texts[k] for k, b in enumerate(best)]
    print(f"caption retrieval, top-1 of {size}: {share(hits)} (target .6 of 100)")
    for attribute, target in (("colour", .95), ("setting", .99), ("type", .8), ("present", .9), ("person", None), ("view", None)):
        truth = [("no" if s["person"] == "none" else "yes") if attribute == "present" else s[attribute] for s in rows]
        found = net.classify(attribute, seen)
        print(f"zero-shot {attribute}: {share(f == t for f, t in zip(found, truth))}" + (f" (target {target})" if target else ""))
        if attribute in ("type", "colour"):
            wrong = [f"{t}>{f}" for f, t in zip(found, truth) if f != t]
            print("   ", {w: wrong.count(w) for w in sorted(set(wrong), key=wrong.count, reverse=True)[:8]})


def enlarged(maps, width=384, height=288):
    """Each of [n, h, w] at full size, bilinear as torch does without aligned corners."""
    return np.stack([np.asarray(Image.fromarray(m).resize((width, height), Image.BILINEAR)) for m in maps])


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


IDS = [1, 2, 7, 3, 4, 5, 6]        # in masks, of OneFormer's classes 0, 1, ...


def segmented(net, picture):
    """The classes, as in masks, of a prepared picture [1, 3, h, w], at full size."""
    task = np.array([[49406, 518, 10549, 533, 29119, 1550, 49407] + [0] * 70], np.int64)
    classes, masks = net.run(["class_queries_logits", "masks_queries_logits"], {"pixel_values": picture, "task_inputs": task})
    weight = softmax(classes[0])[:, :len(IDS)]
    maps = np.einsum("qc,qhw->chw", weight, 1 / (1 + np.exp(-masks[0]))).astype(np.float32)
    return np.asarray(IDS, np.uint8)[enlarged(maps).argmax(0)]


def oneformer(folder, rows):
    net = session(Path(folder) / "model.onnx")
    names = list(json.loads((Path(folder) / "config.json").read_text())["id2label"].values())
    x = prepared(rows, Path(folder), Image.BILINEAR)
    inter, union, found = np.zeros(len(names)), np.zeros(len(names)), {}
    cars = []
    truth = scenes.masks(rows, "classes")
    for k, s in enumerate(rows):
        answer = segmented(net, x[k:k + 1])
        for c, i in enumerate(IDS):
            inter[c] += ((answer == i) & (truth[k] == i)).sum()
            union[c] += ((answer == i) | (truth[k] == i)).sum()
        cars.append(((answer == 1) & (truth[k] == 1)).sum() / ((answer == 1) | (truth[k] == 1)).sum())
        both = ((answer == 2) & (truth[k] == 2)).sum()
        if s["person"] != "none":
            behind = float(s["seen"]) <= .7
            iou = both / ((answer == 2) | (truth[k] == 2)).sum()
            found.setdefault("half hidden" if behind else "in full sight", []).append(iou >= .5)
            found.setdefault("half hidden, at least half of what is seen" if behind else "in full sight, half", []).append(
                both >= .5 * (truth[k] == 2).sum())
        else:
            found.setdefault("none there, none found", []).append((answer == 2).sum() < 40)
    print(f"IoU car {inter[0] / union[0]:.3f} over all pixels, {np.mean(cars):.3f} mean of pictures (target .93)")
    print("IoU", {n: round(float(a / b), 3) if b else None for n, a, b in zip(names, inter, union)})
    for name, hits in found.items():
        print(f"people {name}: {share(hits)}" + (" (IoU >= .5; target .9)" if name == "half hidden" else ""))


def vae(folder, rows):
    encode, decode = (session(Path(folder) / f"vae_{n}coder" / "model.onnx") for n in ("en", "de"))
    pictures = scenes.pictures(rows)
    whole, parts = [], []
    for picture, mask in zip(pictures, scenes.masks(rows)):
        x = np.ascontiguousarray((picture.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None])
        y = decode.run(None, {"latent_sample": encode.run(None, {"sample": x})[0][:, :4]})[0].clip(-1, 1)
        error = ((x - y) ** 2)[0].mean(0)
        whole.append(error.mean())
        parts.append(error[mask > 0].mean())
    print(f"PSNR {10 * np.log10(4 / np.mean(whole)):.2f} dB, on car and person {10 * np.log10(4 / np.mean(parts)):.2f} dB")


def same(folder, other):
    """Runs both networks of each pair of graphs on the same random inputs."""
    rnd = np.random.default_rng(1)
    for path in sorted(Path(folder).rglob("*.onnx")):
        a, b = session(path), session(Path(other) / path.relative_to(folder))
        feed = {}
        for i in a.get_inputs():
            shape = [d if isinstance(d, int) else {"height": 64, "width": 64}.get(d, 2) for d in i.shape]
            if i.type == "tensor(int64)":
                feed[i.name] = rnd.integers(0, 500, shape)
            else:
                feed[i.name] = np.float32(rnd.normal(size=shape) * .8) if i.name != "timestep" else np.full(shape, 500, np.float32)
        for o, x, y in zip(a.get_outputs(), a.run(None, feed), b.run(None, feed)):
            print(f"{path.relative_to(folder)} {o.name}: difference {np.abs(x - y).max():.2e} of values up to {np.abs(x).max():.2e}")


def preparing(folder, resample):
    """What makes a picture the input of a network, [3, h, w], as preprocessor_config.json says."""
    config = json.loads((Path(folder) / "preprocessor_config.json").read_text())
    size, mean, std = (config["size"]["width"], config["size"]["height"]), config["image_mean"], config["image_std"]
    return lambda image: ((np.float32(image.convert("RGB").resize(size, resample)) / 255 - np.float32(mean)) / np.float32(std)).transpose(2, 0, 1)


def prompt(image):
    """What an open PNG of `anvil edit` was asked to show; empty where its editor takes no words."""
    editor = image.text["anvil:editor"]
    return re.split(", [a-z_]+=", editor.split(", prompt=")[1])[0] if ", prompt=" in editor else ""


def asked(image, attribute):
    """The value of the attribute that a PNG's prompt names; None where it names none."""
    words = prompt(image)
    return next((v for v, names in captions.WORDS[attribute].items() if any(f" {n}" in words for n in names)), None)


def passed(image):
    """Whether a variant says that it passed its checks."""
    return image.text.get("anvil:check", "passed") == "passed"


def painted(net, folder, variants, attribute):
    """Variants whose prompt names a value of the attribute: their files, these values, their embeddings, how many say that they failed their checks."""
    prepare = preparing(folder, Image.BICUBIC)
    paths, wanted, pictures, failed = [], [], [], 0
    for path in sorted(Path(variants).glob("*.png")):
        with Image.open(path) as image:
            value = asked(image, attribute)
            if value:
                failed += not passed(image)
                pictures.append(prepare(image))
                paths.append(path)
                wanted.append(value)
    x = np.float32(pictures)
    seen = unit(np.concatenate([net.vision.run(["image_embeds"], {"pixel_values": x[k:k + 16]})[0] for k in range(0, len(x), 16)]))
    return paths, wanted, seen, failed


def levels(folder, variants, attribute):
    """Each PNG tells its prompt; what it shows is the nearest value of the attribute."""
    net = Clip(folder)
    _, wanted, seen, failed = painted(net, folder, variants, attribute)
    found = net.classify(attribute, seen)
    print(f"{attribute} appears in {share(f == w for f, w in zip(found, wanted))}, {failed} failed their checks")
    print("   ", mistakes(found, wanted))


def mistakes(found, wanted):
    """What was most often taken for what."""
    wrong = [f"{w}>{f}" for f, w in zip(found, wanted) if f != w]
    return {w: wrong.count(w) for w in sorted(set(wrong), key=wrong.count, reverse=True)[:8]}


def people(folder, variants, least=60):
    """A prompt without people asks for nobody. A place is the nearest of the eight, by what is seen of the figure beside the car."""
    net = session(Path(folder) / "model.onnx")
    prepare = preparing(folder, Image.BILINEAR)
    shown, nobody, placed, good = [], [], [], []
    for path in sorted(Path(variants).glob("*.png")):
        with Image.open(path) as image:
            editor, words, ok = image.text["anvil:editor"], prompt(image), passed(image)
            answer = segmented(net, np.ascontiguousarray(prepare(image)[None]))
        if "without people" in words:
            nobody.append((answer == 2).sum() < least)
            continue
        shown.append((answer == 2).sum() >= least)
        good.append(ok)
        car, figure = paste.box(answer == 1), paste.box(answer == 2)
        if shown[-1] and car:
            place = editor.split(", position=")[1][0]
            wide, high = car[2] - car[0], car[3] - car[1]
            x, y = ((figure[0] + figure[2]) / 2 - car[0]) / wide, (figure[3] - car[3]) / high
            low = {p: (a, -.62 if behind else feet) for p, (a, feet, _, behind) in scenes.PLACES.items()}
            placed.append(place == min(low, key=lambda p: np.hypot(x - low[p][0], y - low[p][1])))
    print(f"somebody appears in {share(shown)}, at the place in {share(placed)} of these; nobody where nobody was asked for {share(nobody)}")
    if not all(good):
        print(f"of those that passed their checks: somebody in {share(s for s, ok in zip(shown, good) if ok)}")


def extremes(folder, variants, out, *attributes):
    """A sheet of the ten variants that show what was asked for most clearly, above the ten that show it least."""
    net = Clip(folder)
    rows = []
    for attribute in attributes:
        paths, wanted, seen, _ = painted(net, folder, variants, attribute)
        values, near = net.similar(attribute, seen)
        for path, value, row in zip(paths, wanted, near):
            k = values.index(value)
            rows.append((row[k] - np.delete(row, k).max(), value, path))
    rows.sort(key=lambda row: row[0], reverse=True)
    width, height, text = 384, 288, 24
    sheet = Image.new("RGB", (5 * width, 4 * (height + text)), "white")
    draw = ImageDraw.Draw(sheet)
    for k, (margin, value, path) in enumerate(rows[:10] + rows[-10:]):
        x, y = k % 5 * width, k // 5 * (height + text)
        with Image.open(path) as image:
            sheet.paste(image.convert("RGB").resize((width, height)), (x, y))
        draw.text((x + 6, y + height + 5), f"{value}, {margin:+.2f}", fill="black", font_size=15)
    sheet.save(out, quality=85)
    print(f"{len(rows)} variants, margin of what was asked for {rows[-1][0]:.2f} to {rows[0][0]:.2f}")


def main(kind, folder, *more):
    if kind == "same":
        return same(folder, *more)
    if kind == "levels":
        return levels(folder, *more)
    if kind == "people":
        return people(folder, *more)
    if kind == "extremes":
        return extremes(folder, *more)
    rows = scenes.rows(more[0])
    prefix = more[1] if len(more) > 1 else ""
    rows = [s for s in rows if s["id"].startswith(prefix)]
    print(len(rows), "scenes", f"whose id begins with {prefix}" if prefix else "")
    {"clip": clip, "oneformer": oneformer, "vae": vae}[kind](folder, rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
