"""The networks of the diffusion recipe, its latents, masks and noise schedule."""
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import ControlNetModel, UNet2DConditionModel
from transformers import CLIPTextModel

import clip
import run
import scenes
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


def moments(count):
    """Steps to learn from. Where signal and noise are about alike (step 260) shapes are decided, and the second half of the
    schedule is next to pure noise; so seven in ten are drawn round step 330 (logit-normal, as Esser et al. 2024 do)."""
    round_it = 1000 * torch.sigmoid(.9 * torch.randn(count) - .7)
    return torch.where(torch.rand(count) < .7, round_it, 1000 * torch.rand(count)).long().clamp(0, 999)


def encoder(folder):
    """The trained autoencoder's encoder and its scale."""
    net = vae.Autoencoder()
    net.load_state_dict(torch.load(Path(folder) / "vae.pt", weights_only=True))
    scale = json.loads((Path(folder) / "vae_encoder" / "config.json").read_text())["scaling_factor"]
    return net.encoder.eval(), scale


def dilated(masks, by):
    return F.max_pool2d(masks, 2 * by + 1, 1, by)


CAR, BACKGROUND, CAR_BOX, PERSON_BOX = range(4)      # the holes of a whole picture
CROP = HEIGHT                                        # height of the parts that people (squares) and cars are painted in


def bounds(mask):
    """left, top, right, bottom of what is set; None where nothing is."""
    found = mask.nonzero()
    if not len(found):
        return None
    (y0, x0), (y1, x1) = found.amin(0).tolist(), found.amax(0).tolist()
    return x0, y0, x1 + 1, y1 + 1


def filled(box, like):
    out = torch.zeros_like(like, dtype=torch.float32)
    x0, y0, x1, y1 = (max(0, round(v)) for v in box)
    out[y0:y1, x0:x1] = 1
    return out


def person_box(labels, car, rnd):
    """Where a person is, or where one might stand beside the car: the words, not the hole, must say whether there is one."""
    seen = bounds(labels == 2)
    x0, y0, x1, y1 = car
    wide, high = x1 - x0, y1 - y0
    if seen:
        tall = max(seen[3] - seen[1], .5 * high)
        middle, half = (seen[0] + seen[2]) / 2, max((seen[2] - seen[0]) / 2 + 3, .25 * tall * rnd.uniform(.85, 1.2))
        top, low = seen[1] - rnd.uniform(2, 9), seen[3] + rnd.uniform(1, 8)
        behind = seen[3] < y1 - .3 * high
    else:
        across, feet, height, behind = scenes.PLACES[rnd.choice(list(scenes.PLACES))]
        tall = height * high * rnd.uniform(.9, 1.15)
        middle, half = x0 + (across + rnd.uniform(-.05, .05)) * wide, .25 * tall * rnd.uniform(.85, 1.2)
        low = y1 + (feet + rnd.uniform(-.05, .05)) * high
        top = low - tall
    box = filled((middle - half + rnd.uniform(-4, 4), top, middle + half + rnd.uniform(-4, 4), low), labels)
    return box * (labels != 1) if behind and rnd.random() < .8 else box


def holes(labels, rnd):
    """For one picture, masks of what to repaint at full size: car, background, the car's box, a person's box."""
    mask = labels == 1
    car = bounds(mask) or (WIDTH // 4, HEIGHT // 3, 3 * WIDTH // 4, 3 * HEIGHT // 4)
    by = [rnd.uniform(4, 26) for _ in range(4)]
    outline = dilated(mask.float()[None, None], rnd.choice((4, 6, 8, 12)))[0, 0]
    behind = 1 - dilated((labels > 0).float()[None, None], 2)[0, 0]
    whole = filled((car[0] - by[0], car[1] - by[1], car[2] + by[2], car[3] + by[3]), labels)
    return torch.stack([outline, behind, whole, person_box(labels, car, rnd)])


def part(picture, holes, rnd, wide=CROP):
    """A part of the picture round its holes, `wide` by CROP when enlarged: where it is, and it and the holes enlarged."""
    box = bounds(holes.amax(0)) or (0, 0, WIDTH, HEIGHT)
    room = 2 * rnd.randrange(14, 50)
    high = min(HEIGHT, max((box[2] - box[0] + room) * CROP / wide, box[3] - box[1] + room))
    high, across = round(high), round(high * wide / CROP)
    x = int(min(max(0, (box[0] + box[2] - across) / 2 + rnd.uniform(-8, 8)), WIDTH - across))
    y = int(min(max(0, (box[1] + box[3] - high) / 2 + rnd.uniform(-8, 8)), HEIGHT - high))
    where = torch.tensor([x, y, x + across, y + high])
    seen = F.interpolate(cut(picture, where)[None], (CROP, wide), mode="bicubic", antialias=True)[0]
    return where, seen.clamp(-1, 1), F.interpolate(cut(holes, where)[None], (CROP, wide))[0]


def cut(planes, where):
    x0, y0, x1, y1 = where.tolist()
    return planes[..., y0:y1, x0:x1]


def cells(holes):
    return F.max_pool2d(holes[:, None], 8)[:, 0].bool()


def encoded(file, count, make):
    """What `make` gives for 0 to `count` - 1, stacked; kept in `file` and gone on with after a stop."""
    kept = torch.load(file, weights_only=True) if file.exists() else {}
    for i in range(len(next(iter(kept.values()), [])), count):
        for key, value in make(i).items():
            kept.setdefault(key, []).append(value)
        if i % 200 == 199 or i == count - 1:
            torch.save(kept, file)
            print(file.stem, i + 1, "pictures encoded", flush=True)
    return {k: torch.stack(v) for k, v in kept.items()}


def prepare(pictures, labels, vae, out, rnd, device):
    """Latents of every picture and of what is around each hole, of parts round people and round cars, and of nothing."""
    encode, scale = encoder(vae)
    encode = encode.to(device)

    def latents(batch):
        with torch.no_grad(), run.precision(device):
            return (encode(batch.to(device)).float().chunk(2, 1)[0] * scale).half().cpu()

    def around(picture, holes):
        return latents(torch.cat([picture[None], picture[None] * (holes[:, None] < .5)]))

    def whole(i):
        picture, hole = pictures[i].float() / 127.5 - 1, holes(labels[i], rnd)
        found = around(picture, hole)
        return {"whole": found[0], "behind": found[1:], "holes": cells(hole)}

    def parts(name, of, wide):
        def make(i):
            where, near, gaps = part(pictures[i].float() / 127.5 - 1, holes(labels[i], rnd)[of], rnd, wide)
            found = around(near, gaps)
            return {name: found[0], f"{name} behind": found[1:], f"{name} holes": cells(gaps), f"{name} part": where}
        return make

    with torch.no_grad():
        empty = encode(torch.zeros(1, 3, HEIGHT, WIDTH, device=device))
    kinds = {"latents": whole, "cars": parts("car", [CAR, CAR_BOX], WIDTH), "people": parts("person", [PERSON_BOX], CROP)}
    store = {"empty": empty.float().chunk(2, 1)[0][0].cpu() * scale}
    for name, make in kinds.items():
        store |= encoded(out / f"{name}.pt", len(pictures), make)
    return store


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
