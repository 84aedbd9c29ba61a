"""Trains a small CLIP on renders: pictures and captions into one space.

    clip.py --scenes showroom/campaign --tokenizer TOKENIZER --out OUT [--minutes 25]

The class is transformers' CLIPModel. Two things beside the usual loss help with few pictures: every value of an attribute
is told from its others by its prompt, and patches learn how much car and person they show (a head that is thrown away).
OUT/model is what tools/export/clip.py takes.
"""
import json
import random

import torch
import torch.nn.functional as F
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer

import captions
import paste
import run
import scenes

SIDE, PATCH, STORED, CELLS, WIDTH = 224, 16, 256, 4, 160      # each patch tells car and person in CELLS x CELLS cells
MEAN, STD = (.48145466, .4578275, .40821073), (.26862954, .26130258, .27577711)
ATTRIBUTES = ["colour", "type", "setting", "present", "person", "view"]
WEIGHTS = {"present": .75, "type": .5}     # of their losses, where not .25: people are small


def model(tokenizer):
    end = tokenizer.eos_token_id
    text = {"vocab_size": len(tokenizer), "hidden_size": 96, "intermediate_size": 384, "num_hidden_layers": 2,
            "num_attention_heads": 4, "max_position_embeddings": 77, "projection_dim": 128, "hidden_act": "quick_gelu",
            "bos_token_id": tokenizer.bos_token_id, "eos_token_id": end, "pad_token_id": end}
    vision = {"image_size": SIDE, "patch_size": PATCH, "hidden_size": WIDTH, "intermediate_size": 4 * WIDTH,
              "num_hidden_layers": 6, "num_attention_heads": 4, "projection_dim": 128, "hidden_act": "quick_gelu"}
    return CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=128))


class Clip(torch.nn.Module):
    def __init__(self, tokenizer):
        super().__init__()
        self.tokenizer = tokenizer
        self.clip = model(tokenizer)
        self.patches = torch.nn.Linear(WIDTH, 2 * CELLS ** 2)

    def texts(self, texts):
        ids = self.tokenizer(texts, padding=True, truncation=True, max_length=77, return_tensors="pt").input_ids
        ids = ids.to(self.patches.weight.device)
        pooled = self.clip.text_model(input_ids=ids).pooler_output
        return F.normalize(self.clip.text_projection(pooled).float(), dim=-1)

    def pictures(self, pixels):
        out = self.clip.vision_model(pixel_values=pixels)
        cells = self.patches(out.last_hidden_state[:, 1:]).float()
        return F.normalize(self.clip.visual_projection(out.pooler_output).float(), dim=-1), cells

    def forward(self, pixels, texts):
        return (*self.pictures(pixels), self.texts(texts))


def take(net, checkpoint):
    """Takes the weights of a training on pictures of another size; positions of patches are interpolated."""
    weights = run.kept(checkpoint)
    key = "clip.vision_model.embeddings.position_embedding.weight"
    was, side = weights[key], SIDE // PATCH
    old = round((len(was) - 1) ** .5)
    grid = was[1:].T.reshape(1, WIDTH, old, old)
    grid = F.interpolate(grid, size=(side, side), mode="bicubic", align_corners=False)
    weights[key] = torch.cat([was[:1], grid[0].flatten(1).T])
    weights["clip.vision_model.embeddings.position_ids"] = torch.arange(side * side + 1)[None]
    print(net.load_state_dict(weights, strict=False), flush=True)


def views(pictures, masks, mirror):
    """Random crops of the stored pictures and masks at the network's size, some mirrored, brightness and tint varied."""
    n = len(pictures)
    scale = 1 - .14 * torch.rand(n, 2)
    shift = (2 * torch.rand(n, 2) - 1) * (1 - scale)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 1, 1], theta[:, :, 2] = scale[:, 0] * torch.where(mirror, -1, 1), scale[:, 1], shift
    grid = F.affine_grid(theta, (n, 3, SIDE, SIDE), align_corners=False)
    x = F.grid_sample(pictures.float() / 255, grid, align_corners=False, padding_mode="border")
    m = F.grid_sample(masks, grid, align_corners=False)
    contrast, gain = 1 + .25 * (torch.rand(n, 1, 1, 1) - .5), 1 + .3 * (torch.rand(n, 3, 1, 1) - .5)
    x = ((x - .45) * contrast + .45 + .12 * (torch.rand(n, 1, 1, 1) - .5)) * gain
    x = x.clamp(0, 1) + .015 * torch.randn_like(x)
    x = (x - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None]
    m = F.adaptive_avg_pool2d(m, SIDE // PATCH * CELLS)
    m = F.pixel_unshuffle(m, CELLS).flatten(2).transpose(1, 2)      # [n, patches, 2 * CELLS^2]
    return x, m


def soft_cross_entropy(logits, targets):
    return -(targets / targets.sum(1, keepdim=True).clamp(min=1) * F.log_softmax(logits, 1)).sum(1).mean()


def main():
    chosen = run.options(__doc__, 25, tokenizer="", batch=64, start="")
    tokenizer = CLIPTokenizer.from_pretrained(chosen.tokenizer)
    rows = scenes.rows(*chosen.scenes)
    pictures = torch.from_numpy(scenes.pictures(rows, STORED, STORED)).permute(0, 3, 1, 2)
    labels = torch.from_numpy(scenes.masks(rows, width=STORED, height=STORED))
    print(len(rows), "scenes", flush=True)
    figures = paste.Figures(rows)
    net = Clip(tokenizer)
    if chosen.start:
        take(net, chosen.start)
    print(sum(p.numel() for p in net.clip.parameters()) / 1e6, "M parameters", flush=True)
    training = run.Run(chosen, net, 1e-3, decay=.1, ema=.998)
    rnd = random.Random(chosen.seed + training.step)
    for _ in training.steps():
        which = torch.tensor(rnd.sample(range(len(rows)), chosen.batch))
        mirror = torch.rand(chosen.batch) < .5
        shown, where, batch = figures.put_some(pictures[which], labels[which], [rows[i] for i in which], .6, rnd)
        batch = [scenes.mirrored(s) if m else s for s, m in zip(batch, mirror.tolist())]
        masks = torch.stack([where == 1, where == 2], 1).float()
        pixels, cells = views(shown, masks, mirror)
        described = [captions.describe(s, rnd) for s in batch]
        asked = {a: captions.prompts(a, rnd) for a in ATTRIBUTES}
        texts = [d[0] for d in described] + [p for prompts in asked.values() for p in prompts.values()]
        with training.precision():
            seen, found, read = net(pixels.to(chosen.device), texts)
        scale = net.clip.logit_scale.exp().clamp(max=100)
        true = torch.tensor([[captions.agrees(says, s) for _, says in described] for s in batch],
                            dtype=torch.float, device=chosen.device)
        logits = scale * seen @ read[:chosen.batch].T
        losses = {"pairs": .5 * (soft_cross_entropy(logits, true) + soft_cross_entropy(logits.T, true.T))}
        start = chosen.batch
        for attribute, prompts in asked.items():
            values = list(prompts)
            truth = [("no" if s["person"] == "none" else "yes") if attribute == "present" else s[attribute] for s in batch]
            logits = scale * seen @ read[start:start + len(values)].T
            target = torch.tensor([values.index(t) for t in truth], device=chosen.device)
            losses[attribute] = WEIGHTS.get(attribute, .25) * F.cross_entropy(logits, target)
            start += len(values)
        cells = cells.to(chosen.device)
        weight = 1 + 4 * cells
        losses["patches"] = 2 * (weight * F.binary_cross_entropy_with_logits(found, cells, reduction="none")).mean()
        training.update(losses)
    training.use_average()
    net.clip.save_pretrained(chosen.out / "model")
    tokenizer.save_pretrained(chosen.out / "model")
    for file in ("vocab.json", "merges.txt"):
        (chosen.out / "model" / file).write_bytes(open(f"{chosen.tokenizer}/{file}", "rb").read())
    preparation = {
        "image_processor_type": "CLIPImageProcessor", "do_convert_rgb": True, "do_resize": True,
        "size": {"height": SIDE, "width": SIDE}, "resample": 3, "do_center_crop": False, "do_rescale": True,
        "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": MEAN, "image_std": STD}
    (chosen.out / "model" / "preprocessor_config.json").write_text(json.dumps(preparation, indent=1))


if __name__ == "__main__":
    main()
