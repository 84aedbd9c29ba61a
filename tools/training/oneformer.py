"""Trains a small OneFormer on renders: car, person, sky, ground (earth), vegetation (tree), building, water.

    oneformer.py --scenes CLASSES --out OUT [--minutes 40]

The class is transformers' OneFormerForUniversalSegmentation, with a small ResNet in front (OneFormer has variants with one),
because convolutions learn from few pictures and are what one processor core does best. Every scene shows a class once at
most, so query k always answers for class k and no matching is needed. Folders without classes/ teach car and person only.
OUT/model is what tools/export/segmenter.py takes.
"""
import json
import random

import torch
import torch.nn.functional as F
from transformers import OneFormerConfig, OneFormerForUniversalSegmentation, ResNetConfig

import paste
import run
import scenes

NAMES = ["car", "person", "sky", "earth", "tree", "building", "water"]      # ground and vegetation by ADE20K's names
IDS = [1, 2, 7, 3, 4, 5, 6]        # of the same classes in the masks
HEIGHT, WIDTH, MARGIN = 288, 384, 24
MEAN, STD = (.485, .456, .406), (.229, .224, .225)
TASKS = [[49406, 518, 10549, 533, 29119, 1550, 49407], [49406, 518, 10549, 533, 34572, 49407],
         [49406, 518, 10549, 533, 1072, 24755, 49407]]      # "the task is semantic", instance, panoptic


def tasks(which):
    return torch.tensor([TASKS[k] + [0] * (77 - len(TASKS[k])) for k in which])


def model():
    backbone = ResNetConfig(embedding_size=32, hidden_sizes=[32, 64, 128, 192], depths=[2, 2, 2, 2], layer_type="basic",
                            out_features=["stage1", "stage2", "stage3", "stage4"])
    config = OneFormerConfig(
        backbone_config=backbone, num_queries=len(NAMES) + 1, id2label=dict(enumerate(NAMES)),
        label2id={n: k for k, n in enumerate(NAMES)}, conv_dim=64, mask_dim=64, hidden_dim=64, encoder_layers=2,
        encoder_feedforward_dim=128, decoder_layers=4, query_dec_layers=1, dim_feedforward=128, num_attention_heads=4,
        dropout=0., text_encoder_width=64, text_encoder_num_layers=1)
    net = OneFormerForUniversalSegmentation(config)
    with torch.no_grad():       # token ids are large numbers, and the task is the same for all queries here
        next(net.model.task_encoder.parameters()).mul_(1e-4)
        for part in net.modules():      # the class means to load trained ones and makes them nearly 0
            if isinstance(part, torch.nn.BatchNorm2d):
                torch.nn.init.ones_(part.weight)
    return net


def views(pictures, labels):
    """Random crops at the network's size, some mirrored, colours varied: normalised pictures, labels."""
    n = len(pictures)
    scale = 1 - .3 * torch.rand(n, 1)
    shift = (2 * torch.rand(n, 2) - 1) * (1 - scale)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 1, 1] = scale[:, 0] * torch.where(torch.rand(n) < .5, -1, 1), scale[:, 0]
    theta[:, :, 2] = shift
    grid = F.affine_grid(theta, (n, 3, HEIGHT, WIDTH), align_corners=False)
    x = F.grid_sample(pictures.float() / 255, grid, align_corners=False, padding_mode="border")
    y = F.grid_sample(labels[:, None].float(), grid, mode="nearest", align_corners=False)[:, 0].round().long()
    grey = (torch.rand(n, 1, 1, 1) < .1).float()
    x = x + grey * (x.mean(1, keepdim=True) - x)
    contrast, gain = 1 + .5 * (torch.rand(n, 1, 1, 1) - .5), 1 + .4 * (torch.rand(n, 3, 1, 1) - .5)
    x = ((x - .45) * contrast + .45 + .2 * (torch.rand(n, 1, 1, 1) - .5)) * gain
    x = x.clamp(0, 1) + .02 * torch.rand(n, 1, 1, 1) * torch.randn_like(x)
    return (x - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None], y


def targets(labels):
    """[n, classes, h / 4, w / 4]: how much of each cell a class fills."""
    whole = torch.stack([labels == k for k in IDS], 1).float()
    return F.avg_pool2d(whole, 4)


def loss(classes, masks, truth, known):
    """Of one layer's answers; `known` says for each picture which classes its labels tell."""
    classes, masks = classes.float(), masks.float()[:, :len(NAMES)]
    there = (truth.flatten(2).amax(2) > .5).float()
    absent = torch.full(classes.shape[:2], len(NAMES), device=classes.device)
    own = torch.arange(len(NAMES), device=classes.device).expand(len(classes), -1)
    absent[:, :len(NAMES)] = torch.where(there > 0, own, len(NAMES))
    weight = torch.ones_like(absent, dtype=torch.float)
    weight[:, :len(NAMES)] = known
    named = F.cross_entropy(classes.flatten(0, 1), absent.flatten(), reduction="none")
    named = (named * weight.flatten()).sum() / weight.sum()
    counts = there * known
    each = F.binary_cross_entropy_with_logits(masks, truth, reduction="none").mean((2, 3))
    found = masks.sigmoid()
    overlap = 1 - (2 * (found * truth).sum((2, 3)) + 1) / (found.sum((2, 3)) + truth.sum((2, 3)) + 1)
    total = counts.sum().clamp(min=1)
    return named, (each * counts).sum() / total, (overlap * counts).sum() / total


def main():
    chosen = run.options(__doc__, 40, batch=16, start="")
    rows = scenes.rows(*chosen.scenes)
    high, wide = HEIGHT + MARGIN, WIDTH + 4 * MARGIN // 3
    pictures = torch.from_numpy(scenes.pictures(rows, wide, high)).permute(0, 3, 1, 2)
    full = torch.tensor([s["classes"].exists() for s in rows])
    labels = torch.empty(len(rows), high, wide, dtype=torch.uint8)
    for which, key in ((full, "classes"), (~full, "mask")):
        if which.any():
            labels[which] = torch.from_numpy(scenes.masks([s for s, w in zip(rows, which) if w], key, wide, high))
    print(len(rows), "scenes,", int(full.sum()), "with all classes", flush=True)
    figures = paste.Figures(rows)
    net = model()
    if chosen.start:
        net.load_state_dict(run.kept(chosen.start))
    print(sum(p.numel() for p in net.parameters()) / 1e6, "M parameters", flush=True)
    training = run.Run(chosen, net, 1e-3, decay=.02, ema=.995)
    rnd = random.Random(chosen.seed + training.step)
    for _ in training.steps():
        which = torch.tensor(rnd.sample(range(len(rows)), chosen.batch))
        pixels, seen = views(*figures.put_some(pictures[which], labels[which], [rows[i] for i in which], .6, rnd)[:2])
        truth = targets(seen).to(chosen.device)
        known = full[which].float()[:, None].repeat(1, len(NAMES))
        known[:, :2] = 1
        with training.precision():
            out = net(pixels.to(chosen.device), tasks(rnd.choices(range(3), k=chosen.batch)).to(chosen.device))
        layers = [(a["class_queries_logits"], a["masks_queries_logits"]) for a in out.auxiliary_predictions]
        layers.append((out.class_queries_logits, out.masks_queries_logits))
        parts = [loss(c, m, truth, known.to(chosen.device)) for c, m in layers]
        share = [.3] * (len(parts) - 1) + [1]
        training.update({name: sum(w * p[k] for w, p in zip(share, parts)) * factor
                         for k, (name, factor) in enumerate((("classes", 1), ("masks", 5), ("overlap", 2)))})
    training.use_average()
    net.eval().save_pretrained(chosen.out / "model")
    preparation = {
        "image_processor_type": "OneFormerImageProcessor", "do_resize": True, "size": {"height": HEIGHT, "width": WIDTH},
        "resample": 2, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": MEAN,
        "image_std": STD, "num_labels": len(NAMES)}
    (chosen.out / "model" / "preprocessor_config.json").write_text(json.dumps(preparation, indent=1))


if __name__ == "__main__":
    main()
