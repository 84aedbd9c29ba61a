"""Writes packs of real size with random weights, in the layout of optimum: CLIP ViT-B/32 (vision) and the UNet of Stable Diffusion 1.5.

    python export.py OUT            both
    python export.py OUT clip       one of them: clip, unet

Needs torch, transformers, onnx; for the UNet diffusers too.
"""
import json
import sys
from pathlib import Path

import torch


def clip(folder):
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    torch.manual_seed(1)
    config = CLIPVisionConfig(
        hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12,
        image_size=224, patch_size=32, projection_dim=512, hidden_act="quick_gelu")
    model = CLIPVisionModelWithProjection(config).eval()
    torch.save(model.state_dict(), folder / "torch.pt")

    class Embeds(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, pixel_values):
            out = self.model(pixel_values=pixel_values)
            return out.image_embeds, out.last_hidden_state

    (folder / "onnx").mkdir(exist_ok=True)
    torch.onnx.export(
        Embeds(), (torch.zeros(2, 3, 224, 224),), str(folder / "onnx/vision_model.onnx"),
        input_names=["pixel_values"], output_names=["image_embeds", "last_hidden_state"],
        dynamic_axes={n: {0: "batch"} for n in ("pixel_values", "image_embeds", "last_hidden_state")},
        opset_version=17, dynamo=False)
    (folder / "config.json").write_text(json.dumps({
        "model_type": "clip", "projection_dim": 512, "vision_config": config.to_dict()}, default=str))
    (folder / "preprocessor_config.json").write_text(json.dumps({
        "image_processor_type": "CLIPImageProcessor", "do_resize": True, "size": {"shortest_edge": 224}, "resample": 3,
        "do_center_crop": True, "crop_size": {"height": 224, "width": 224}, "do_rescale": True,
        "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [0.48145466, 0.4578275, 0.40821073],
        "image_std": [0.26862954, 0.26130258, 0.27577711]}))


def unet(folder):
    from diffusers import UNet2DConditionModel

    torch.manual_seed(1)
    model = UNet2DConditionModel(
        sample_size=64, in_channels=4, out_channels=4, layers_per_block=2,
        block_out_channels=(320, 640, 1280, 1280), cross_attention_dim=768, attention_head_dim=8,
        down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3).eval()
    print(f"UNet: {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters")
    torch.save(model.state_dict(), folder / "torch.pt")

    class Noise(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, sample, timestep, encoder_hidden_states):
            return self.model(sample, timestep, encoder_hidden_states, return_dict=False)[0]

    target = folder / "unet"
    target.mkdir(exist_ok=True)
    torch.onnx.export(
        Noise(), (torch.zeros(2, 4, 64, 64), torch.tensor(1.0), torch.zeros(2, 77, 768)), str(target / "raw.onnx"),
        input_names=["sample", "timestep", "encoder_hidden_states"], output_names=["out_sample"],
        dynamic_axes={"sample": {0: "batch", 2: "height", 3: "width"}, "encoder_hidden_states": {0: "batch"},
                      "out_sample": {0: "batch", 2: "height", 3: "width"}},
        opset_version=17, dynamo=False)
    import onnx
    graph = onnx.load(str(target / "raw.onnx"))
    for file in target.iterdir():
        file.unlink()
    onnx.save(graph, str(target / "model.onnx"), save_as_external_data=True, location="model.onnx_data")


def main():
    out = Path(sys.argv[1])
    wanted = sys.argv[2:] or ["clip", "unet"]
    for name, make in (("clip", clip), ("unet", unet)):
        if name in wanted:
            (out / name).mkdir(parents=True, exist_ok=True)
            with torch.no_grad():
                make(out / name)
            print("wrote", out / name)


main()
