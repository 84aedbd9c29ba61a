"""Times PyTorch or Python's onnxruntime on what export.py wrote, for comparison with Anvil; see compare.sh.

    python peers.py pytorch|onnxruntime clip FOLDER THREADS PICTURE...
    python peers.py pytorch|onnxruntime sd FOLDER THREADS

One a process: each brings its own threads, and together they ended with a segmentation fault.
"""
import resource
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

BATCH = 8
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
STD = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)


def prepare(path):
    """What CLIPImageProcessor does with PIL: shortest edge 224 bicubic, centre crop, normalise."""
    image = Image.open(path).convert("RGB")
    w, h = image.size
    short = min(w, h)
    image = image.resize((int(224 * w / short), int(224 * h / short)), Image.BICUBIC)
    left, top = (image.width - 224) // 2, (image.height - 224) // 2
    pixels = np.asarray(image.crop((left, top, left + 224, top + 224)), np.float32) / 255
    return ((pixels - MEAN) / STD).transpose(2, 0, 1)


def onnxruntime_session(path, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return f"onnxruntime {onnxruntime.__version__}", onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def torch_module(make, weights, threads):
    import torch
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    model = make().eval()
    model.load_state_dict(weights(torch))
    return f"PyTorch {torch.__version__}", torch, model


def best(run, times=2):
    run()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def clip_model():
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection
    return CLIPVisionModelWithProjection(CLIPVisionConfig(
        hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, image_size=224,
        patch_size=32, projection_dim=512, hidden_act="quick_gelu"))


def unet_model():
    from diffusers import UNet2DConditionModel
    return UNet2DConditionModel(
        sample_size=64, in_channels=4, out_channels=4, layers_per_block=2, block_out_channels=(320, 640, 1280, 1280),
        cross_attention_dim=768, attention_head_dim=8, down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3)


def clip(peer, folder, threads, pictures):
    if peer == "pytorch":
        name, torch, model = torch_module(clip_model, lambda torch: torch.load(folder / "torch.pt"), threads)
        look = lambda x: model(pixel_values=torch.from_numpy(x))
    else:
        name, model = onnxruntime_session(folder / "onnx/vision_model.onnx", threads)
        look = lambda x: model.run(["image_embeds"], {"pixel_values": x})

    def run():
        for i in range(0, len(pictures), BATCH):
            look(np.stack([prepare(p) for p in pictures[i:i + BATCH]]))

    print(f"{name}, {threads} threads: {len(pictures) / best(run):.2f} pictures a second from files")


def sd(peer, folder, threads):
    feed = {"sample": np.random.default_rng(1).standard_normal((2, 4, 64, 64)).astype(np.float32),
            "timestep": np.array(500, np.float32),
            "encoder_hidden_states": np.zeros((2, 77, 768), np.float32)}
    if peer == "pytorch":
        name, torch, model = torch_module(unet_model, lambda torch: torch.load(folder / "torch.pt")["unet"], threads)
        tensors = {k: torch.from_numpy(v) for k, v in feed.items()}
        step = lambda: model(**tensors)
    else:
        name, model = onnxruntime_session(folder / "unet/model.onnx", threads)
        step = lambda: model.run(None, feed)
    print(f"{name}, {threads} threads: {best(step):.2f} s for one step of 512 x 512 with guidance, "
          f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")


def main(peer, what, folder, threads, *pictures):
    {"clip": clip, "sd": sd}[what](peer, Path(folder), int(threads), *([pictures] if what == "clip" else []))


main(*sys.argv[1:])
