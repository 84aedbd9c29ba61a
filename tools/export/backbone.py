"""Exports a timm network without its classifier: what it sees in a picture, 2048 numbers for ResNet-200d.

    pip install torch timm onnx
    python backbone.py resnet200d.ra2_in1k 256 resnet200d.onnx
"""
import sys

import timm
import torch

name, side, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
model = timm.create_model(name, pretrained=True, num_classes=0).eval()
torch.onnx.export(
    model, torch.zeros(1, 3, side, side), file, opset_version=17, dynamo=False,
    input_names=["input0"], output_names=["output0"],
    dynamic_axes={"input0": {0: "batch", 2: "height", 3: "width"}, "output0": {0: "batch"}})
