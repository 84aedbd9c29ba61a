"""Learns a byte-pair vocabulary from captions and writes CLIP's tokenizer files.

    bpe.py FOLDER [MERGES]

Ids are as in CLIP: 256 bytes, 256 bytes that end a word, the merges in order, <|startoftext|>, <|endoftext|>.
"""
import collections
import json
import random
import re
import sys
from pathlib import Path

import captions

SPECIAL = ["<|startoftext|>", "<|endoftext|>"]
MORE = """a photo of the car on a road, parked, driving; people standing next to it. sky clouds mountain grass tree building
house street snow rain night morning bright dark old new small large front rear side wheel window door empty background
person group family dog bicycle truck bus motorcycle advertisement poster studio white grey green orange purple brown pink
beige gold turquoise not no and or with without near far left right above below very is are this that one two three four
position place beach sand lake river bridge parking lot garage showroom dealer luxury electric family summer winter spring
autumn sunny cloudy foggy sunrise noon scene scenery scenic landscape countryside highway the task is semantic panoptic instance"""


def byte_symbols():
    """A printable character for every byte, in CLIP's order."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in plain]
    return {**{b: chr(b) for b in plain}, **{b: chr(256 + k) for k, b in enumerate(rest)}}


def corpus(count, seed=0):
    rnd = random.Random(seed)
    words = captions.WORDS
    for _ in range(count):
        scene = {a: rnd.choice(list(words[a])) for a in ("colour", "type", "setting", "view", "light")}
        scene["person"] = rnd.choice(["none", *words["person"]])
        scene["figure"] = rnd.choice(["woman-1", "man-1", "girl", "boy"])
        yield captions.describe(scene, rnd)[0]
    yield from [MORE] * 3


def learn(texts, merges):
    symbols = byte_symbols()
    counts = collections.Counter(w for t in texts for w in re.findall(r"[a-z]+|[0-9]|[^\sa-z0-9]+", t.lower()))
    words = {w: [*(symbols[b] for b in w.encode()[:-1]), symbols[w.encode()[-1]] + "</w>"] for w in counts}
    learned = []
    while len(learned) < merges:
        pairs = collections.Counter()
        for w, parts in words.items():
            for pair in zip(parts, parts[1:]):
                pairs[pair] += counts[w]
        if not pairs:
            break
        best = max(pairs, key=lambda p: (pairs[p], p))
        learned.append(best)
        for w, parts in words.items():
            k = 0
            while k < len(parts) - 1:
                if (parts[k], parts[k + 1]) == best:
                    parts[k:k + 2] = ["".join(best)]
                k += 1
    return learned


def write(folder, merges):
    folder.mkdir(parents=True, exist_ok=True)
    letters = list(byte_symbols().values())
    tokens = [*letters, *(s + "</w>" for s in letters), *("".join(m) for m in merges), *SPECIAL]
    vocabulary = {t: k for k, t in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    lines = ["#version: 0.2", *(" ".join(m) for m in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    from transformers import CLIPTokenizer
    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=77)
    tokenizer.save_pretrained(folder)
    return tokenizer


def main(folder, merges=800):
    tokenizer = write(Path(folder), learn(corpus(20000), int(merges)))
    for text in ["a photo of a red car", "A RED sports-car, parked in a forest!", "café naïve"]:
        ids = tokenizer(text)["input_ids"]
        print(text, "->", ids, tokenizer.convert_ids_to_tokens(ids))
    print(len(tokenizer), "tokens")


if __name__ == "__main__":
    main(*sys.argv[1:])
