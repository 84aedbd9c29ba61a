"""Trains the text encoder, the inpainting UNet and its ControlNet together, on latents of renders.

    sd.py --scenes CLASSES --vae VAE --tokenizer TOKENIZER --text CLIP.pt --out OUT [--minutes 120]

Text encoder: transformers' CLIPTextModel, which begins as the trained CLIP's and learns on. UNet: diffusers' UNet2DConditionModel with nine channels, v-prediction. ControlNet:
diffusers' ControlNetModel, on maps of classes in ADE20K's colours. Published ControlNets are trained afterwards, on a UNet
that stays as it is; here a map of classes is what teaches shapes, so both learn at once, and half of the pictures come
without a map. OUT/export is laid out as diffusers' Stable Diffusion, whose UNet also takes the thirteen residuals of a
ControlNet; OUT/controlnet is that ControlNet. Only scenes with classes/ teach it.
"""
import json
import random
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers.models.attention_processor import AttnProcessor
from transformers import CLIPTokenizer

import captions
import diffusion
import run
import scenes


class Painter(torch.nn.Module):
    def __init__(self, tokenizer):
        super().__init__()
        self.text, self.unet, self.control = diffusion.text_encoder(tokenizer), diffusion.unet(), diffusion.controlnet()

    def forward(self, sample, steps, ids, condition):
        """The first pictures of the batch, as many as there are conditions, come with a map of classes."""
        told = len(condition)
        read = self.text(ids).last_hidden_state
        if not told:
            return self.unet(sample, steps, read, return_dict=False)[0]
        down, middle = self.control(sample[:told, :4], steps[:told], read[:told], condition, return_dict=False)
        down, middle = [self.filled(d, len(sample)) for d in down], self.filled(middle, len(sample))
        return self.unet(sample, steps, read, down_block_additional_residuals=down,
                         mid_block_additional_residual=middle, return_dict=False)[0]

    @staticmethod
    def filled(residual, count):
        """Nothing is added to pictures without a map."""
        return torch.cat([residual, residual.new_zeros(count - len(residual), *residual.shape[1:])])


def tokens(tokenizer, texts):
    return tokenizer(texts, padding="max_length", truncation=True, max_length=77, return_tensors="pt").input_ids


# how often each hole of diffusion.py is painted: with a map of classes, which shows shapes, and without, where words must tell
WITH_MAP, WITHOUT_MAP = [.35, .3, .2, .15], [.1, .15, .5, .25]
PEOPLE, CARS = .2, .55       # of the batches: parts round people and round cars, which are small in whole pictures


def batch(store, which, told, rnd):
    """The latents, holes and what is around them of whole pictures, the first `told` of which come with a map, and what
    their words must say. One picture in twelve is all hole, so that pictures can be made from words alone."""
    pick = torch.tensor(rnd.choices(range(4), WITH_MAP, k=told) + rnd.choices(range(4), WITHOUT_MAP, k=len(which) - told))
    hole = store["holes"][which, pick][:, None].float()
    behind = store["behind"][which, pick].float()
    for i in range(len(which)):
        if rnd.random() < 1 / 12:
            hole[i], behind[i] = 1, store["empty"].float()
    must = {diffusion.CAR: ("colour",), diffusion.BACKGROUND: ("setting",), diffusion.CAR_BOX: ("colour", "type"),
            diffusion.PERSON_BOX: ("person",)}
    return store["whole"][which].float(), hole, behind, [must[p] for p in pick.tolist()]


def parts(store, which, told, rnd, classes, name, must):
    """The same of parts round cars or people, and the maps of the first `told`. `must`: for each kind of hole how often it
    is painted, and what words must say of it."""
    pick = torch.tensor(rnd.choices(range(len(must)), [often for often, _ in must], k=len(which)))
    where, clean = store[f"{name} part"][which], store[name][which].float()
    size = [8 * side for side in clean.shape[2:]]
    maps = [F.interpolate(diffusion.cut(classes[i], w)[None, None].float(), size)[0, 0] for i, w in zip(which[:told], where)]
    return (clean, store[f"{name} holes"][which, pick][:, None].float(), store[f"{name} behind"][which, pick].float(),
            [must[p][1] for p in pick.tolist()], torch.stack(maps))


def main():
    chosen = run.options(__doc__, 120, batch=16, vae="", tokenizer="", text="", start="")
    tokenizer = CLIPTokenizer.from_pretrained(chosen.tokenizer)
    rows = [s for s in scenes.rows(*chosen.scenes) if s["classes"].exists()]
    rnd = random.Random(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    pictures = torch.from_numpy(scenes.pictures(rows)).permute(0, 3, 1, 2)
    labels = torch.from_numpy(scenes.masks(rows))
    classes = torch.from_numpy(scenes.masks(rows, "classes", diffusion.WIDTH, diffusion.HEIGHT))
    store = diffusion.prepare(pictures, labels, chosen.vae, chosen.out, rnd, chosen.device)
    table = diffusion.alphas()
    net = Painter(tokenizer)
    if chosen.text:
        words = "clip.text_model."
        kept = {k.removeprefix(words): v for k, v in run.kept(chosen.text).items() if k.startswith(words)}
        getattr(net.text, "text_model", net.text).load_state_dict(kept)
    if chosen.start:
        net.load_state_dict(run.kept(chosen.start))
    print(sum(p.numel() for p in net.parameters()) / 1e6, "M parameters", flush=True)
    for part in (net.unet, net.control):        # as exact, and half as long on a processor
        part.set_attn_processor(AttnProcessor())
    net = net.to(memory_format=torch.channels_last)
    training = run.Run(chosen, net, 4e-4, decay=1e-3, ema=.999)
    rnd = random.Random(chosen.seed + training.step)
    for _ in training.steps():
        which = torch.tensor(rnd.sample(range(len(rows)), chosen.batch))
        kind = rnd.choices(["people", "cars", "whole pictures"], [PEOPLE, CARS, 1 - PEOPLE - CARS])[0]
        told = chosen.batch // 2
        clean, hole, behind, must, maps = (
            parts(store, which, told, rnd, classes, "car", [(.3, ("colour",)), (.7, ("type",))]) if kind == "cars" else
            parts(store, which, told, rnd, classes, "person", [(1, ("person",))]) if kind == "people" else
            (*batch(store, which, told, rnd), classes[which[:told]]))
        noise, steps = torch.randn_like(clean), diffusion.moments(len(which))
        dirty, answer = diffusion.noised(clean, noise, steps, table)
        texts = ["" if rnd.random() < .1 else captions.describe(rows[i], rnd, keep=.85, must=m)[0]
                 for i, m in zip(which.tolist(), must)]
        condition = diffusion.PALETTE[maps.long()].permute(0, 3, 1, 2).float() / 255
        inputs = [t.to(chosen.device) for t in (torch.cat([dirty, hole, behind], 1), steps, tokens(tokenizer, texts), condition)]
        with training.precision():
            found = net(*inputs)
        weight = (.02 + hole).to(chosen.device)
        # every picture counts alike: a person is a twentieth of the cells of a background
        apart = (weight * (found.float() - answer.to(chosen.device)) ** 2).sum((1, 2, 3)) / (4 * weight.sum((1, 2, 3)))
        training.update({kind: apart.mean()})
    training.use_average()
    torch.save(net.state_dict(), chosen.out / "sd.pt")
    save(net.cpu().eval(), tokenizer, chosen)


def save(net, tokenizer, chosen):
    folder = chosen.out / "export"
    shapes = diffusion.residual_shapes()
    example = (torch.zeros(2, 9, 36, 48), torch.tensor([1.]), torch.zeros(2, 77, diffusion.TEXT_WIDTH), *[torch.zeros(2, *s) for s in shapes])
    diffusion.export(diffusion.Controlled(net.unet), example,
                     ["sample", "timestep", "encoder_hidden_states", *diffusion.RESIDUALS], ["out_sample"],
                     folder / "unet", dict(net.unet.config))
    condition = torch.zeros(2, 3, diffusion.HEIGHT, diffusion.WIDTH)
    diffusion.export(diffusion.Control(net.control), (example[0][:, :4], *example[1:3], condition),
                     ["sample", "timestep", "encoder_hidden_states", "controlnet_cond"], diffusion.RESIDUALS,
                     chosen.out / "controlnet", dict(net.control.config))
    diffusion.export(diffusion.Text(net.text), torch.zeros(1, 77, dtype=torch.long), ["input_ids"], ["last_hidden_state"],
                     folder / "text_encoder", net.text.config.to_dict())
    for part in ("vae_encoder", "vae_decoder"):
        shutil.copytree(Path(chosen.vae) / part, folder / part, dirs_exist_ok=True)
    (folder / "scheduler").mkdir(exist_ok=True)
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(diffusion.SCHEDULER, indent=1))
    shutil.copytree(chosen.tokenizer, folder / "tokenizer", dirs_exist_ok=True)
    index = {"_class_name": "StableDiffusionInpaintPipeline", "unet": ["diffusers", "UNet2DConditionModel"],
             "text_encoder": ["transformers", "CLIPTextModel"], "tokenizer": ["transformers", "CLIPTokenizer"],
             "vae": ["diffusers", "AutoencoderKL"], "scheduler": ["diffusers", diffusion.SCHEDULER["_class_name"]]}
    (folder / "model_index.json").write_text(json.dumps(index, indent=1))


if __name__ == "__main__":
    main()
