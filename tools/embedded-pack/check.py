"""Check the ONNX networks against the source graph run by TensorFlow.js, and write check.json for the Java tests.

usage: check.py SOURCE_DIR PACK_DIR WORK_DIR PICTURE_DIR [--speed]     WORK_DIR holds node_modules
Ends with status 1 when a limit below is passed.
"""
import hashlib
import json
import os
import subprocess
import sys
import time

import numpy as np
import onnxruntime as ort
from PIL import Image

SIZE, ANCHORS, CLASSES = 300, 1917, 90
SCORE_LIMIT, BOX_LIMIT, LAYER_LIMIT = .01, .005, .01  # layer: L2 of the difference over L2 of the reference
RUNTIME_LIMIT = 2e-4


def session(path, threads):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def formula():
    y, x, c = np.mgrid[:SIZE, :SIZE, :3]
    mask = np.zeros((SIZE, SIZE), np.uint8)
    mask[100:250, 75:225] = 255
    return ((37 * x + 59 * y + 83 * c + x * y) % 256).astype(np.uint8), mask


def ellipse(index):
    """A soft-edged mask, another for each picture."""
    y, x = np.mgrid[:SIZE, :SIZE]
    cx, cy = 110 + 37 * index % 90, 100 + 53 * index % 110
    distance = np.hypot((x - cx) / (50 + 11 * index % 40), (y - cy) / (60 + 17 * index % 50))
    return (255 * np.clip((1.1 - distance) * 5, 0, 1)).astype(np.uint8)


def pictures(folder):
    result = {"formula": formula()}
    for index, name in enumerate(sorted(os.listdir(folder))):
        if name.lower().endswith((".png", ".jpg", ".jpeg")):
            picture = Image.open(os.path.join(folder, name)).convert("RGB").resize((SIZE, SIZE), Image.BILINEAR)
            result[os.path.splitext(name)[0]] = np.asarray(picture), ellipse(index)
    return result


def reference(source, work, named):
    for name, (rgb, mask) in named.items():
        rgb.tofile(os.path.join(work, name + ".rgb"))
        mask.tofile(os.path.join(work, name + ".mask"))
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check.mjs")
    subprocess.run(["node", script, os.path.abspath(source), os.path.abspath(work), *named], cwd=work, check=True)
    result = {}
    for name in named:
        flat = np.fromfile(os.path.join(work, name + ".ref"), "<f4")
        head, tail = np.split(flat, [ANCHORS * (CLASSES + 4)])
        scores, boxes = np.split(head, [ANCHORS * CLASSES])
        whole, element = np.split(tail, 2)
        result[name] = scores.reshape(ANCHORS, CLASSES), boxes.reshape(ANCHORS, 4), whole, element
    return result


def feeds(named):
    image = np.stack([rgb.transpose(2, 0, 1) for rgb, _ in named.values()]).astype(np.float32)
    mask = np.stack([mask[None] for _, mask in named.values()]).astype(np.float32) / 255
    return image, mask


def run(detector, encoder, image, mask):
    return detector.run(["scores", "boxes"], {"image": image}) + \
        encoder.run(["whole", "element"], {"image": image, "mask": mask})


def detections(scores, boxes, threshold=.5, overlap=.5):
    """(anchor, class, score) after greedy suppression within each class."""
    kept = []
    for anchor, kind in sorted(np.argwhere(scores > threshold).tolist(), key=lambda p: -scores[p[0], p[1]]):
        def same(other):
            a, b = boxes[anchor], boxes[other]
            side = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
            inter = side.prod()
            return inter > overlap * ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - inter)
        if not any(k == kind and same(a) for a, k, _ in kept):
            kept.append((anchor, kind, float(scores[anchor, kind])))
    return kept


def batches(pack, image, mask):
    """Whether each picture gives equal bits alone, in batches of 3 and 8, with 1 and 2 threads."""
    first, equal = None, {}
    image, mask = image[:8], mask[:8]
    for threads in (1, 2):
        nets = [session(os.path.join(pack, n), threads) for n in ("detector.onnx", "encoder.onnx")]
        for batch in (1, 3, 8):
            parts = [run(*nets, image[i:i + batch], mask[i:i + batch]) for i in range(0, len(image), batch)]
            joined = [np.concatenate(p) for p in zip(*parts)]
            first = first or joined
            equal[f"threads {threads}, batch {batch}"] = all(np.array_equal(a, b) for a, b in zip(first, joined))
    return equal


def speed(pack, image, mask):
    for name in ("detector.onnx", "encoder.onnx"):
        for threads in (1, 2):
            net = session(os.path.join(pack, name), threads)
            for batch in (1, 8):
                inputs = {"image": image[:batch], "mask": mask[:batch]}
                inputs = {i.name: inputs[i.name] for i in net.get_inputs()}
                net.run(None, inputs)
                best = min(timed(net, inputs) for _ in range(24 // batch + 5))
                print(f"speed {name} threads {threads} batch {batch}: {batch / best:.1f} images/s (best run)")


def timed(net, inputs):
    start = time.perf_counter()
    net.run(None, inputs)
    return time.perf_counter() - start


def digits(values):
    return [float(f"{v:.7g}") for v in values]


def summary(layers, labels, scores, boxes, whole, element):
    top = []
    for flat in np.argsort(-scores, axis=None, kind="stable")[:5]:
        anchor, kind = divmod(int(flat), CLASSES)
        top.append({"anchor": anchor, "class": kind, "label": labels[kind],
                    "score": float(f"{scores[anchor, kind]:.7g}"), "box": digits(boxes[anchor])})
    def blocks(vector):
        parts = [(l["name"], vector[l["offset"]:l["offset"] + l["channels"]]) for l in layers]
        return {name: {"first": digits(part[:8]), "norm": float(f"{np.linalg.norm(part.astype(np.float64)):.7g}")}
                for name, part in parts}
    return {"top5": top, "whole": blocks(whole), "element": blocks(element)}


def main():
    source, pack, work, folder = [a for a in sys.argv[1:] if not a.startswith("--")]
    with open(os.path.join(pack, "pack.json")) as file:
        manifest = json.load(file)
    for entry in manifest["files"]:
        with open(os.path.join(pack, entry["file"]), "rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == entry["sha256"], entry["file"]
    layers, labels = manifest["layers"], manifest["labels"]
    named = pictures(folder)
    expected = reference(source, work, named)
    image, mask = feeds(named)
    nets = [session(os.path.join(pack, n), 1) for n in ("detector.onnx", "encoder.onnx")]
    results = {name: [part[0] for part in run(*nets, image[i:i + 1], mask[i:i + 1])] for i, name in enumerate(named)}

    good, worst = True, {"score": 0, "box": 0, "boxLikely": 0, **{l["name"]: [0, 0, 1] for l in layers}}
    for name in named:
        want, got = expected[name], results[name]
        worst["score"] = max(worst["score"], float(np.abs(want[0] - got[0]).max()))
        change = np.abs(want[1] - got[1]).max(axis=1)
        worst["box"] = max(worst["box"], float(change.max()))
        worst["boxLikely"] = max(worst["boxLikely"], float(change[want[0].max(axis=1) > .3].max(initial=0)))
        for layer in layers:
            part = slice(layer["offset"], layer["offset"] + layer["channels"])
            entry = worst[layer["name"]]
            for a, b in ((want[2][part], got[2][part]), (want[3][part], got[3][part])):
                entry[0] = max(entry[0], float(np.abs(a - b).max()))
                entry[1] = max(entry[1], float(np.linalg.norm(a - b) / np.linalg.norm(a)))
                entry[2] = min(entry[2], float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)))
        old, new = detections(*want[:2]), detections(*got[:2])
        def key(found): return sorted((k, a) for a, k, _ in found)
        same = key(old) == key(new)
        good &= sorted(k for _, k, _ in old) == sorted(k for _, k, _ in new)
        print(name, "same detections" if same else "DIFFERENT anchors or classes",
              [(labels[k], round(s, 3)) for _, k, s in old], "" if same else new)
    print("largest difference: scores %.2g, boxes %.2g (of anchors above .3: %.2g)"
          % (worst["score"], worst["box"], worst["boxLikely"]))
    for layer in layers:
        print("largest difference: %s absolute %.2g, relative L2 %.2g, cosine %.7f" % (layer["name"], *worst[layer["name"]]))
    good &= worst["score"] < SCORE_LIMIT and worst["boxLikely"] < BOX_LIMIT
    good &= all(worst[l["name"]][1] < LAYER_LIMIT for l in layers)

    cycle = np.arange(8) % len(image)
    equal = batches(pack, image[cycle], mask[cycle])
    print("equal bits:", equal)
    good &= all(equal.values())
    whole, empty = nets[1].run(None, {"image": image[:1], "mask": np.zeros_like(mask[:1])})
    good &= bool((empty == 0).all())
    whole, full = nets[1].run(None, {"image": image[:1], "mask": np.ones_like(mask[:1])})
    print("empty mask gives zeros; full mask differs from whole by %.2g" % np.abs(whole - full).max())
    good &= bool(np.abs(whole - full).max() < 1e-4)
    if "--speed" in sys.argv:
        speed(pack, image[cycle], mask[cycle])

    acceptance = {
        "picture": "300x300, RGB, pixel (y,x,c) = (37*x + 59*y + 83*c + x*y) mod 256",
        "mask": "1 where 75<=x<225 and 100<=y<250, else 0",
        "top5": "class is the index in scores and in the manifest's labels; box is ymin,xmin,ymax,xmax",
        "tolerance": {
            "source": {"score": SCORE_LIMIT, "box": BOX_LIMIT, "first": .02, "normRelative": LAYER_LIMIT},
            "onnxruntime": {"score": RUNTIME_LIMIT, "box": RUNTIME_LIMIT, "first": 1e-3, "normRelative": RUNTIME_LIMIT}},
        "source": {"runtime": "TensorFlow.js 4.22.0, source graph, float32 weights",
                   **summary(layers, labels, *expected["formula"])},
        "onnxruntime": {"runtime": "onnxruntime " + ort.__version__ + ", this pack",
                        **summary(layers, labels, *results["formula"])},
    }
    with open(os.path.join(pack, "check.json"), "w") as file:
        json.dump(acceptance, file, indent=1)
        file.write("\n")
    print("good" if good else "NOT GOOD")
    sys.exit(not good)


if __name__ == "__main__":
    main()
