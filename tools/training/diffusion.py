"""The networks of the diffusion recipe, its latents, masks and noise schedule."""
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import ControlNetModel, UNet2DConditionModel
from transformers import CLIPTextModel

import clip
import run
import vae

HEIGHT, WIDTH = 288, 384
CHANNELS = (48, 96, 128, 128)
TEXT_WIDTH = 96
RESIDUALS = [f"down_block_{i}_additional_residual" for i in range(12)] + ["mid_block_additional_residual"]
# Stable Diffusion's own schedule leaves a fifteenth of the picture at the last step. Averaged over the few cells of a small
# picture that tells its colours, so that words are not needed. DDPM's ends in noise, and trailing steps begin there.
SCHEDULER = {"_class_name": "DDIMScheduler", "num_train_timesteps": 1000, "beta_schedule": "linear",
             "beta_start": .0001, "beta_end": .02, "clip_sample": False, "set_alpha_to_one": True, "steps_offset": 0,
             "prediction_type": "v_prediction", "timestep_spacing": "trailing"}
# ADE20K's colours of the classes in masks: nothing, car, person, earth, tree, building, water, sky
PALETTE = torch.tensor([(0, 0, 0), (0, 102, 200), (150, 5, 61), (120, 120, 70), (4, 200, 3), (180, 120, 120),
                        (61, 230, 250), (6, 230, 230)], dtype=torch.uint8)


def text_encoder(tokenizer):
    """CLIP's text tower, as in Stable Diffusion."""
    return CLIPTextModel(clip.model(tokenizer).config.text_config)


def blocks():
    return {"block_out_channels": CHANNELS, "layers_per_block": 2, "cross_attention_dim": TEXT_WIDTH, "attention_head_dim": 4,
            "norm_num_groups": 16}


def unet():
    """At 18 x 24 cells cells look at the text only: among themselves that takes a third of all time."""
    return UNet2DConditionModel(
        sample_size=(HEIGHT // 8, WIDTH // 8), in_channels=9, out_channels=4,
        down_block_types=("DownBlock2D", *["CrossAttnDownBlock2D"] * 3), only_cross_attention=[False, True, False, False],
        up_block_types=(*["CrossAttnUpBlock2D"] * 3, "UpBlock2D"), **blocks())


def controlnet():
    return ControlNetModel(
        in_channels=4, conditioning_embedding_out_channels=(8, 16, 32, 64),
        down_block_types=("DownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"), **blocks())


def alphas():
    betas = torch.linspace(SCHEDULER["beta_start"], SCHEDULER["beta_end"], 1000)
    return torch.cumprod(1 - betas, 0)


def noised(latents, noise, steps, table):
    a = table[steps][:, None, None, None]
    return a.sqrt() * latents + (1 - a).sqrt() * noise, a.sqrt() * noise - (1 - a).sqrt() * latents


def encoder(folder):
    """The trained autoencoder's encoder and its scale."""
    net = vae.Autoencoder()
    net.load_state_dict(torch.load(Path(folder) / "vae.pt", weights_only=True))
    scale = json.loads((Path(folder) / "vae_encoder" / "config.json").read_text())["scaling_factor"]
    return net.encoder.eval(), scale


def dilated(masks, by):
    return F.max_pool2d(masks, 2 * by + 1, 1, by)


def holes(labels, rnd):
    """For one picture, masks of what to repaint at full size: car, background, person's box, a random box."""
    car = dilated((labels == 1).float()[None, None], 6)[0, 0]
    behind = 1 - dilated(((labels == 1) | (labels == 2)).float()[None, None], 2)[0, 0]
    out = [car, behind]
    for k in range(2):
        box = torch.zeros_like(car)
        person = (labels == 2).nonzero()
        if k == 0 and len(person):
            (y0, x0), (y1, x1) = person.amin(0).tolist(), person.amax(0).tolist()
            y0, x0, y1, x1 = y0 - 8, x0 - 10, y1 + 8, x1 + 10
        else:
            wide, high = rnd.randrange(36, 110), rnd.randrange(70, 170)
            x0, y0 = rnd.randrange(WIDTH - wide), rnd.randrange(30, HEIGHT - high)
            x1, y1 = x0 + wide, y0 + high
        box[max(0, y0):y1, max(0, x0):x1] = 1
        out.append(box)
    return torch.stack(out)


def prepare(rows, pictures, labels, folder, file, rnd, device):
    """Latents of every picture, of the picture around each hole, and of nothing; kept in `file` and gone on with after a stop."""
    if file.exists():
        kept = torch.load(file, weights_only=True)
    else:
        kept = {"whole": [], "behind": [], "holes": []}
    encode, scale = encoder(folder)
    encode = encode.to(device)
    for i in range(len(kept["whole"]), len(rows)):
        picture = pictures[i].float() / 127.5 - 1
        hole = holes(labels[i], rnd)
        with torch.no_grad(), run.precision(device):
            batch = torch.cat([picture[None], picture[None] * (hole[:, None] < .5)])
            found = (encode(batch.to(device)).float().chunk(2, 1)[0] * scale).half().cpu()
        kept["whole"].append(found[0])
        kept["behind"].append(found[1:])
        kept["holes"].append(F.max_pool2d(hole[:, None], 8)[:, 0].bool())
        if i % 200 == 199 or i == len(rows) - 1:
            torch.save(kept, file)
            print(i + 1, "pictures encoded", flush=True)
    with torch.no_grad():
        empty = encode(torch.zeros(1, 3, HEIGHT, WIDTH, device=device))
    return {**{k: torch.stack(v) for k, v in kept.items()}, "empty": empty.float().chunk(2, 1)[0][0].cpu() * scale}


class Controlled(torch.nn.Module):
    """The UNet with the thirteen residuals as inputs, as tools/export/controlled.py exports it."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, sample, timestep, text, *residuals):
        return self.model(sample, timestep, text, down_block_additional_residuals=residuals[:12],
                          mid_block_additional_residual=residuals[12], return_dict=False)[0]


class Control(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, sample, timestep, text, condition):
        down, mid = self.model(sample, timestep, text, condition, return_dict=False)
        return *down, mid


class Text(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        return self.model(input_ids).last_hidden_state


def residual_shapes():
    h, w, shapes = HEIGHT // 8, WIDTH // 8, [(CHANNELS[0], HEIGHT // 8, WIDTH // 8)]
    for i, width in enumerate(CHANNELS):
        shapes += [(width, h, w)] * 2
        if i < 3:
            h, w = (h + 1) // 2, (w + 1) // 2
            shapes.append((width, h, w))
    return [*shapes, (CHANNELS[-1], h, w)]


def export(net, example, inputs, outputs, folder, config):
    folder.mkdir(parents=True, exist_ok=True)
    axes = {n: {0: "batch"} for n in [*inputs, *outputs] if n != "timestep"}
    with torch.no_grad():
        torch.onnx.export(net.eval(), example, str(folder / "model.onnx"), opset_version=17, dynamo=False,
                          input_names=inputs, output_names=outputs, dynamic_axes=axes)
    (folder / "config.json").write_text(json.dumps(config, indent=1, default=str))
