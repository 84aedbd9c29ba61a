"""Trains a ControlNet on maps of classes, in ADE20K's colours, for the UNet of sd.py, which stays as it is.

    controlnet.py --scenes CLASSES --vae VAE --sd SD --tokenizer TOKENIZER --out OUT [--minutes 60]

The class is diffusers' ControlNetModel. Only folders with classes/ teach it.
"""
import random
from pathlib import Path

import torch
from transformers import CLIPTokenizer

import captions
import diffusion
import run
import scenes
import sd


def main():
    chosen = run.options(__doc__, 60, batch=16, vae="", sd="", tokenizer="", start="")
    tokenizer = CLIPTokenizer.from_pretrained(chosen.tokenizer)
    rows = [s for s in scenes.rows(*chosen.scenes) if s["classes"].exists()]
    rnd = random.Random(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    pictures = torch.from_numpy(scenes.pictures(rows)).permute(0, 3, 1, 2)
    labels = torch.from_numpy(scenes.masks(rows, "classes"))
    store = diffusion.prepare(rows, pictures, labels, chosen.vae, chosen.out / "latents.pt", rnd, chosen.device)
    table = diffusion.alphas()
    painter = sd.Painter(tokenizer)
    painter.load_state_dict(torch.load(Path(chosen.sd) / "sd.pt", weights_only=True))
    painter.to(chosen.device).requires_grad_(False).eval()
    net = diffusion.controlnet()
    shared = {k: v for k, v in painter.unet.state_dict().items()
              if k in net.state_dict() and v.shape == net.state_dict()[k].shape}
    net.load_state_dict(shared, strict=False)      # all but the first convolution, whose channels differ
    if chosen.start:
        net.load_state_dict(run.kept(chosen.start))
    training = run.Run(chosen, net, 2e-4, decay=1e-3, ema=.995)
    rnd = random.Random(chosen.seed + training.step)
    for _ in training.steps():
        which = torch.tensor(rnd.sample(range(len(rows)), chosen.batch))
        sample, steps, answer, weight = (t.to(chosen.device) for t in sd.batch(store, which, rnd, table))
        texts = ["" if rnd.random() < .3 else captions.describe(rows[i], rnd, keep=.7)[0] for i in which.tolist()]
        condition = (diffusion.PALETTE[labels[which].long()].permute(0, 3, 1, 2).float() / 255).to(chosen.device)
        with training.precision():
            read = painter.text(sd.tokens(tokenizer, texts).to(chosen.device)).last_hidden_state
            down, middle = net(sample[:, :4], steps, read, condition, return_dict=False)
            found = painter.unet(sample, steps, read, down_block_additional_residuals=down,
                                 mid_block_additional_residual=middle, return_dict=False)[0]
        error = (weight * (found.float() - answer) ** 2).sum() / (weight.sum() * 4)
        training.update({"noise": error})
    training.use_average()
    torch.save(net.state_dict(), chosen.out / "controlnet.pt")
    example = (torch.zeros(2, 4, 36, 48), torch.tensor([1.]), torch.zeros(2, 77, 128), torch.zeros(2, 3, 288, 384))
    diffusion.export(diffusion.Control(net.cpu()), example,
                     ["sample", "timestep", "encoder_hidden_states", "controlnet_cond"], diffusion.RESIDUALS,
                     chosen.out / "export", dict(net.config))


if __name__ == "__main__":
    main()
