"""Exports OneFormer, Mask2Former or MaskFormer as ONNX at one fixed size.

    pip install torch transformers onnx
    python segmenter.py shi-labs/oneformer_ade20k_swin_tiny 512 682 oneformer

The network takes pictures of this height and width only. Some sizes leave sampling grids in float64, which ONNX Runtime
does not run; float32() mends that and changes nothing where there are none.
"""
import argparse
import shutil
from pathlib import Path

import onnx
import torch
from transformers import AutoConfig, AutoModelForUniversalSegmentation, MaskFormerForInstanceSegmentation
from transformers.utils import cached_file

SEMANTIC = [49406, 518, 10549, 533, 29119, 1550, 49407] + [0] * 70  # "the task is semantic"
OUTPUTS = ["class_queries_logits", "masks_queries_logits"]


class Logits(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values, *task_inputs):
        out = self.model(pixel_values, *task_inputs)
        return out.class_queries_logits, out.masks_queries_logits


def float32(path):
    """Casts the second input of every GridSample to float32."""
    graph = onnx.load(path)
    nodes = []
    for node in graph.graph.node:
        if node.op_type == "GridSample":
            grid = node.input[1] + "_float32_" + str(len(nodes))
            nodes.append(onnx.helper.make_node("Cast", [node.input[1]], [grid], to=onnx.TensorProto.FLOAT))
            node.input[1] = grid
        nodes.append(node)
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    onnx.save(graph, path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("height", type=int)
    parser.add_argument("width", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    kind = AutoConfig.from_pretrained(options.model).model_type
    loader = MaskFormerForInstanceSegmentation if kind == "maskformer" else AutoModelForUniversalSegmentation
    model = loader.from_pretrained(options.model).eval()
    inputs = {"pixel_values": torch.zeros(1, 3, options.height, options.width)}
    if kind == "oneformer":
        inputs["task_inputs"] = torch.tensor([SEMANTIC])
    options.folder.mkdir(parents=True, exist_ok=True)
    graph = options.folder / "model.onnx"
    with torch.no_grad():
        torch.onnx.export(
            Logits(model), tuple(inputs.values()), str(graph), opset_version=17, dynamo=False,
            input_names=list(inputs), output_names=OUTPUTS)
    float32(graph)
    model.config.save_pretrained(options.folder)
    shutil.copy(cached_file(options.model, "preprocessor_config.json"), options.folder)


main()
