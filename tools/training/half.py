"""Stores the weights of exported networks as fp16: half.py FROM TO

Graphs compute in float32 as before, since processors have no fp16 arithmetic: each weight is cast back when the network is
loaded. Other files are copied.
"""
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def halved(model):
    casts, kept = [], []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight) if weight.data_type == TensorProto.FLOAT else None
        if values is None or values.size < 64 or np.abs(values).max() > 60000:
            kept.append(weight)
            continue
        kept.append(numpy_helper.from_array(values.astype(np.float16), weight.name + "_fp16"))
        casts.append(helper.make_node("Cast", [weight.name + "_fp16"], [weight.name], to=TensorProto.FLOAT))
    nodes = []
    for node in model.graph.node:        # constants inside the graph, as the exporter folds them
        value = next((a.t for a in node.attribute if a.name == "value"), None) if node.op_type == "Constant" else None
        if value is not None and value.data_type == TensorProto.FLOAT and numpy_helper.to_array(value).size >= 64:
            half = numpy_helper.from_array(numpy_helper.to_array(value).astype(np.float16))
            name = node.output[0] + "_fp16"
            nodes += [helper.make_node("Constant", [], [name], value=half),
                      helper.make_node("Cast", [name], [node.output[0]], to=TensorProto.FLOAT)]
        else:
            nodes.append(node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(casts + nodes)
    return model


def main(source, target):
    for path in sorted(p for p in Path(source).rglob("*") if p.is_file()):
        out = Path(target) / path.relative_to(source)
        out.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".onnx":
            onnx.save(halved(onnx.load(path)), out)
        elif path.suffix not in (".onnx_data", ".data"):
            shutil.copy(path, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
