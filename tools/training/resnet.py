"""Exports the ResNet of a trained OneFormer as an encoder: resnet.py ONEFORMER_MODEL OUT

The paper's third encoder is a ResNet; this one learned to segment renders. Its last two stages, averaged over the picture,
are 320 numbers. OUT is laid out as a timm export, ready for `anvil models add`.
"""
import json
import sys
from pathlib import Path

import torch
from transformers import OneFormerForUniversalSegmentation

import oneformer

SIDE = 224


class Pooled(torch.nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone

    def forward(self, pixel_values):
        return torch.cat([m.mean((2, 3)) for m in self.backbone(pixel_values).feature_maps[-2:]], 1)


def main(model, out):
    encoder = OneFormerForUniversalSegmentation.from_pretrained(model).model.pixel_level_module.encoder
    Path(out).mkdir(parents=True, exist_ok=True)
    net = Pooled(encoder).eval()
    with torch.no_grad():
        width = net(torch.zeros(1, 3, SIDE, SIDE)).shape[1]
        torch.onnx.export(net, torch.zeros(1, 3, SIDE, SIDE), f"{out}/model.onnx", opset_version=17, dynamo=False,
                          input_names=["pixel_values"], output_names=["pooler_output"],
                          dynamic_axes={"pixel_values": {0: "batch"}, "pooler_output": {0: "batch"}})
    config = {"architecture": "resnet", "num_classes": 0, "num_features": width, "pretrained_cfg": {
        "input_size": [3, SIDE, SIDE], "crop_pct": 1.0, "interpolation": "bicubic", "mean": oneformer.MEAN, "std": oneformer.STD,
        "num_classes": 0}}
    Path(out, "config.json").write_text(json.dumps(config, indent=1))
    print(width, "numbers")


if __name__ == "__main__":
    main(*sys.argv[1:])
