"""Times PyTorch and Python's onnxruntime on what export.py wrote, for comparison with Anvil; see compare.sh.

    python peers.py clip FOLDER THREADS PICTURE...
    python peers.py sd FOLDER THREADS
"""
import resource
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
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


def session(path, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def best(run, times=2):
    run()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def clip(folder, threads, pictures):
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection
    model = CLIPVisionModelWithProjection(CLIPVisionConfig(
        hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, image_size=224,
        patch_size=32, projection_dim=512, hidden_act="quick_gelu")).eval()
    model.load_state_dict(torch.load(folder / "torch.pt"))
    ort = session(folder / "onnx/vision_model.onnx", threads)
    batches = [pictures[i:i + BATCH] for i in range(0, len(pictures), BATCH)]

    def torch_run():
        with torch.no_grad():
            for batch in batches:
                model(pixel_values=torch.from_numpy(np.stack([prepare(p) for p in batch])))

    def ort_run():
        for batch in batches:
            ort.run(["image_embeds"], {"pixel_values": np.stack([prepare(p) for p in batch])})

    for name, run in (("PyTorch", torch_run), ("onnxruntime", ort_run)):
        print(f"{name} {torch.__version__ if name == 'PyTorch' else onnxruntime.__version__}, {threads} threads: "
              f"{len(pictures) / best(run):.2f} pictures a second from files")


def sd(folder, threads):
    from diffusers import UNet2DConditionModel
    feed = {"sample": np.random.default_rng(1).standard_normal((2, 4, 64, 64)).astype(np.float32),
            "timestep": np.array(500, np.float32),
            "encoder_hidden_states": np.zeros((2, 77, 768), np.float32)}
    ort = session(folder / "unet/model.onnx", threads)
    seconds = best(lambda: ort.run(None, feed), 2)
    print(f"onnxruntime {onnxruntime.__version__}, {threads} threads: {seconds:.2f} s for one step of 512 x 512 with guidance, "
          f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")
    del ort
    model = UNet2DConditionModel(
        sample_size=64, in_channels=4, out_channels=4, layers_per_block=2, block_out_channels=(320, 640, 1280, 1280),
        cross_attention_dim=768, attention_head_dim=8, down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3).eval()
    model.load_state_dict(torch.load(folder / "torch.pt")["unet"])
    tensors = {k: torch.from_numpy(v) for k, v in feed.items()}
    with torch.no_grad():
        seconds = best(lambda: model(**tensors), 2)
    print(f"PyTorch {torch.__version__}, {threads} threads: {seconds:.2f} s for one step of 512 x 512 with guidance")


def main():
    what, folder, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    if what == "clip":
        clip(folder, threads, sys.argv[4:])
    else:
        sd(folder, threads)


main()
