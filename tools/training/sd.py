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


def batch(store, which, rnd, table):
    """Noised latents with their hole and what is around it, the steps, the answers, and how much each cell counts.

    One picture in twelve is all hole, so that pictures can be made from words alone.
    """
    clean = store["whole"][which].float()
    pick = torch.tensor(rnd.choices(range(4), [.4, .2, .25, .15], k=len(which)))
    hole = store["holes"][which, pick][:, None].float()
    behind = store["behind"][which, pick].float()
    for i in range(len(which)):
        if rnd.random() < 1 / 12:
            hole[i], behind[i] = 1, store["empty"].float()
    noise, steps = torch.randn_like(clean), torch.randint(0, 1000, (len(which),))
    dirty, answer = diffusion.noised(clean, noise, steps, table)
    return torch.cat([dirty, hole, behind], 1), steps, answer, .1 + hole


def main():
    chosen = run.options(__doc__, 120, batch=16, vae="", tokenizer="", text="", start="")
    tokenizer = CLIPTokenizer.from_pretrained(chosen.tokenizer)
    rows = [s for s in scenes.rows(*chosen.scenes) if s["classes"].exists()]
    rnd = random.Random(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    pictures = torch.from_numpy(scenes.pictures(rows)).permute(0, 3, 1, 2)
    labels = torch.from_numpy(scenes.masks(rows))
    classes = torch.from_numpy(scenes.masks(rows, "classes", diffusion.WIDTH, diffusion.HEIGHT))
    store = diffusion.prepare(rows, pictures, labels, chosen.vae, chosen.out / "latents.pt", rnd, chosen.device)
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
        sample, steps, answer, weight = batch(store, which, rnd, table)
        texts = ["" if rnd.random() < .1 else captions.describe(rows[i], rnd, keep=.85)[0] for i in which.tolist()]
        condition = diffusion.PALETTE[classes[which[:chosen.batch // 2]].long()].permute(0, 3, 1, 2).float() / 255
        parts = [t.to(chosen.device) for t in (sample, steps, tokens(tokenizer, texts), condition)]
        with training.precision():
            found = net(*parts)
        weight = weight.to(chosen.device)
        error = (weight * (found.float() - answer.to(chosen.device)) ** 2).sum() / (weight.sum() * 4)
        training.update({"noise": error})
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
