"""Trains the autoencoder: pictures to latents of 4 channels at an eighth of the size, and back.

    vae.py --scenes showroom/campaign --out OUT [--minutes 30]

A module of our own with the inputs and outputs of diffusers' AutoencoderKL (sample to latent_parameters, latent_sample to
sample). It begins with a pixel-unshuffle of 4, since convolutions at full resolution are what is slow on a processor.
OUT/vae_encoder and OUT/vae_decoder are laid out as `optimum` exports them.
"""
import json
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

import run
import scenes

LATENTS, CROP = 4, 128


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = nn.Sequential(
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1),
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1))

    def forward(self, x):
        return x + self.layers(x)


class Encoder(nn.Module):
    def __init__(self, fine=64, coarse=128):
        super().__init__()
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(4), nn.Conv2d(48, fine, 3, padding=1), Block(fine),
            nn.Conv2d(fine, coarse, 3, stride=2, padding=1), Block(coarse), Block(coarse),
            nn.GroupNorm(8, coarse), nn.SiLU(), nn.Conv2d(coarse, 2 * LATENTS, 1))

    def forward(self, sample):
        return self.layers(sample)


class Decoder(nn.Module):
    def __init__(self, fine=96, coarse=128):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(LATENTS, coarse, 3, padding=1), Block(coarse), Block(coarse), nn.Upsample(scale_factor=2),
            nn.Conv2d(coarse, fine, 3, padding=1), Block(fine), Block(fine), nn.GroupNorm(8, fine), nn.SiLU(),
            nn.Conv2d(fine, 48, 3, padding=1), nn.PixelShuffle(4))

    def forward(self, latent_sample):
        return self.layers(latent_sample)


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = Encoder(), Decoder()

    def forward(self, pictures):
        mean, spread = self.encoder(pictures).float().chunk(2, 1)
        spread = spread.clamp(-30, 20)
        drawn = mean + torch.exp(.5 * spread) * torch.randn_like(mean)
        return self.decoder(drawn).float(), mean, spread


def crops(pictures, masks, which, rnd):
    """Squares, half of them round a pixel of car or person; a fifth with a grey hole, as inpainting encodes them."""
    out = []
    for i in which:
        place = masks[i].nonzero() if rnd.random() < .5 else ()
        if len(place):
            y, x = (int(v) - CROP // 2 for v in place[rnd.randrange(len(place))])
        else:
            y, x = rnd.randrange(288 - CROP + 1), rnd.randrange(384 - CROP + 1)
        y, x = min(max(y, 0), 288 - CROP), min(max(x, 0), 384 - CROP)
        crop = pictures[i, :, y:y + CROP, x:x + CROP].float() / 127.5 - 1
        if rnd.random() < .2:
            hole = masks[i, y:y + CROP, x:x + CROP] > 0
            crop = crop * ~(hole if rnd.random() < .5 else ~hole)
        out.append(crop.flip(-1) if rnd.random() < .5 else crop)
    return torch.stack(out).contiguous(memory_format=torch.channels_last)


def slopes(x):
    return x[..., 1:] - x[..., :-1], x[..., 1:, :] - x[..., :-1, :]


def export(net, folder, scale):
    config = {"_class_name": "AutoencoderKL", "in_channels": 3, "out_channels": 3, "latent_channels": LATENTS,
              "block_out_channels": [64, 64, 128, 128], "scaling_factor": round(scale, 5)}
    for name, half, example, inputs, outputs in (
            ("vae_encoder", net.encoder, torch.zeros(1, 3, 288, 384), "sample", "latent_parameters"),
            ("vae_decoder", net.decoder, torch.zeros(1, LATENTS, 36, 48), "latent_sample", "sample")):
        (folder / name).mkdir(parents=True, exist_ok=True)
        axes = {0: "batch", 2: "height", 3: "width"}
        with torch.no_grad():
            torch.onnx.export(half.eval(), example, str(folder / name / "model.onnx"), opset_version=17, dynamo=False,
                              input_names=[inputs], output_names=[outputs],
                              dynamic_axes={inputs: axes, outputs: {k: f"{v}_out" if k else v for k, v in axes.items()}})
        (folder / name / "config.json").write_text(json.dumps(config, indent=1))


def main():
    chosen = run.options(__doc__, 30, batch=12, start="")
    rows = scenes.rows(*chosen.scenes)
    pictures = torch.from_numpy(scenes.pictures(rows)).permute(0, 3, 1, 2)
    masks = torch.from_numpy(scenes.masks(rows))
    net = Autoencoder()
    if chosen.start:
        net.load_state_dict(run.kept(chosen.start))
    net = net.to(memory_format=torch.channels_last)
    print(len(rows), "scenes,", sum(p.numel() for p in net.parameters()) / 1e6, "M parameters", flush=True)
    training = run.Run(chosen, net, 2e-3, decay=1e-4, ema=.995)
    rnd = random.Random(chosen.seed + training.step)
    for _ in training.steps():
        x = crops(pictures, masks, rnd.sample(range(len(rows)), chosen.batch), rnd).to(chosen.device)
        with training.precision():
            y, mean, spread = net(x)
        training.update({
            "pixels": (x - y).abs().mean(),
            "slopes": .5 * sum((a - b).abs().mean() for a, b in zip(slopes(x), slopes(y))),
            "tones": .25 * (F.avg_pool2d(x, 4) - F.avg_pool2d(y, 4)).abs().mean(),
            "spread": 1e-4 * (mean.pow(2) + spread.exp() - 1 - spread).mean()})
    training.use_average()
    net.eval()
    sample = pictures[torch.randperm(len(rows), generator=torch.Generator().manual_seed(1))[:64]].float() / 127.5 - 1
    with torch.no_grad():
        means = torch.cat([net.encoder(part.to(chosen.device)).chunk(2, 1)[0] for part in sample.split(8)])
    torch.save(net.state_dict(), chosen.out / "vae.pt")
    net.cpu()
    export(net, chosen.out, 1 / means.std().item())


if __name__ == "__main__":
    main()
