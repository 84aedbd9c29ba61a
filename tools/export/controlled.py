"""Exports a ControlNet, and the UNet that takes its residuals.

    pip install torch diffusers transformers onnx
    python controlled.py unet stable-diffusion-v1-5/stable-diffusion-v1-5 sd15/unet
    python controlled.py controlnet lllyasviel/control_v11p_sd15_seg controlnet-seg

Both name the thirteen residuals alike. A UNet exported in the usual way has no inputs for them; with zeros this one gives
what the usual one gives.
"""
import shutil
import sys
from pathlib import Path

import onnx
import torch
from diffusers import ControlNetModel, UNet2DConditionModel

kind, name, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
RESIDUALS = [f"down_block_{i}_additional_residual" for i in range(12)] + ["mid_block_additional_residual"]


class Unet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = UNet2DConditionModel.from_pretrained(name, subfolder="unet")

    def forward(self, sample, timestep, text, *residuals):
        return self.model(
            sample, timestep, text, down_block_additional_residuals=residuals[:12],
            mid_block_additional_residual=residuals[12], return_dict=False)[0]


class Control(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = ControlNetModel.from_pretrained(name)

    def forward(self, sample, timestep, text, condition):
        down, mid = self.model(sample, timestep, text, condition, return_dict=False)
        return *down, mid


def free(names, sizes):
    return {n: {0: "batch", 2: "height" + sizes, 3: "width" + sizes} for n in names}


def residual_shapes(channels, layers, side):
    """One after the first convolution, then some per block, halved between blocks (docs/model-contracts.md section 6.1)."""
    shapes = [(channels[0], side)]
    for i, width in enumerate(channels):
        shapes += [(width, side)] * layers
        if i < len(channels) - 1:
            side //= 2
            shapes.append((width, side))
    return shapes + [(channels[-1], side)]


side = 64
net = (Unet() if kind == "unet" else Control()).eval()
config = net.model.config
shared = (
    torch.zeros(2, config.in_channels, side, side), torch.tensor([1.0]), torch.zeros(2, 77, config.cross_attention_dim))
names = ["sample", "timestep", "encoder_hidden_states"]
axes = {**free(["sample"], ""), "encoder_hidden_states": {0: "batch"}}
if kind == "unet":
    shapes = residual_shapes(config.block_out_channels, config.layers_per_block, side)
    rest = [torch.zeros(2, c, s, s) for c, s in shapes]
    names, outputs = names + RESIDUALS, ["out_sample"]
    for residual, (_, s) in zip(RESIDUALS, shapes):
        axes |= free([residual], "" if s == side else f"_{side // s}")
    axes |= free(outputs, "")
else:
    rest = [torch.zeros(2, 3, 8 * side, 8 * side)]
    names, outputs = names + ["controlnet_cond"], RESIDUALS
    axes |= free(["controlnet_cond"], "_picture")
    for residual in RESIDUALS:
        axes |= free([residual], "_" + residual)

scratch = folder / "scratch"
scratch.mkdir(parents=True, exist_ok=True)
with torch.no_grad():
    torch.onnx.export(
        net, (*shared, *rest), str(scratch / "model.onnx"), opset_version=17, dynamo=False,
        input_names=names, output_names=outputs, dynamic_axes=axes)
graph = onnx.load(scratch / "model.onnx")
for old in ["model.onnx", "model.onnx_data", "weights.pb"]:
    (folder / old).unlink(missing_ok=True)
onnx.save(
    graph, folder / "model.onnx", save_as_external_data=True, all_tensors_to_one_file=True, location="model.onnx_data")
shutil.rmtree(scratch)
net.model.save_config(folder)
