"""How far embeddings move, and how fast they are, when the bundled encoder's weights are int8 or bfloat16.

    OMP_NUM_THREADS=1 precision.py      needs numpy, pillow, onnx and onnxruntime; docs/performance.md has what it printed

int8: static quantisation with scales per channel, calibrated on 100 of the showroom's pictures. bfloat16: weights are rounded, and computed with in
float32, since ONNX Runtime has no convolution in bfloat16 for x86. Cosines are those of 150 other pictures with their float32 embeddings.
"""
import random
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from PIL import Image

HOME = Path(__file__).resolve().parents[2]
ENCODER = HOME / "models/mobilenet-ssd/encoder.onnx"


def feed(path):
    """A picture, and a box in its middle in place of its car."""
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("RGB").resize((300, 300), Image.BILINEAR), np.float32)
    mask = np.zeros((1, 1, 300, 300), np.float32)
    mask[:, :, 100:220, 60:240] = 1
    return {"image": pixels.transpose(2, 0, 1)[None], "mask": mask}


class Calibration(CalibrationDataReader):
    def __init__(self, pictures):
        self.left = iter(pictures)

    def get_next(self):
        picture = next(self.left, None)
        return None if picture is None else feed(picture)


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def milliseconds(net, picture):
    given = feed(picture)
    for _ in range(5):
        net.run(None, given)
    begun = time.process_time()
    for _ in range(40):
        net.run(None, given)
    return (time.process_time() - begun) / 40 * 1000


def rounded(path):
    """The graph with its weights rounded to the nearest bfloat16."""
    model = onnx.load(ENCODER)
    for weight in model.graph.initializer:
        values = onnx.numpy_helper.to_array(weight)
        if values.dtype == np.float32:
            bits = values.view(np.uint32).astype(np.uint64)
            near = ((bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff0000).astype(np.uint32).view(np.float32)
            weight.CopyFrom(onnx.numpy_helper.from_array(near.reshape(values.shape), weight.name))
    onnx.save(model, path)


def main():
    pictures = sorted(p for p in (HOME / "showroom/campaign/pictures").glob("s*.jpg") if "-" not in p.name)
    random.Random(1).shuffle(pictures)
    known, others = pictures[:100], pictures[100:250]
    full = session(ENCODER)
    wanted = [full.run(None, feed(p)) for p in others]
    print(f"float32: {milliseconds(full, others[0]):.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        ready, int8, bf16 = (Path(folder) / name for name in ("ready.onnx", "int8.onnx", "bf16.onnx"))
        quant_pre_process(str(ENCODER), str(ready))
        quantize_static(str(ready), str(int8), Calibration(known), quant_format=QuantFormat.QDQ, per_channel=True,
                        weight_type=QuantType.QInt8, activation_type=QuantType.QUInt8)
        rounded(bf16)
        for name, path in (("int8", int8), ("bfloat16", bf16)):
            net = session(path)
            cosines = [[float(a.ravel() @ b.ravel() / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in zip(one, net.run(None, feed(p)))]
                       for one, p in zip(wanted, others)]
            print(f"{name}: {milliseconds(net, others[0]):.1f} ms, least cosine of whole and element "
                  f"{np.min(cosines, 0).round(5).tolist()}, mean {np.mean(cosines, 0).round(5).tolist()}")


if __name__ == "__main__":
    main()
