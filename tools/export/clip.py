"""Exports CLIP's two halves with their projections, from pictures and from texts to embeddings.

    pip install torch transformers onnx
    python clip.py openai/clip-vit-base-patch32 clip-vit-base-patch32
"""
import shutil
import sys
from pathlib import Path

import torch
from transformers import CLIPConfig, CLIPTextModelWithProjection, CLIPVisionModelWithProjection
from transformers.utils import cached_file

name, folder = sys.argv[1], Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
config = CLIPConfig.from_pretrained(name)
side = config.vision_config.image_size


class Vision(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = CLIPVisionModelWithProjection.from_pretrained(name, attn_implementation="eager").eval()

    def forward(self, pixel_values):
        out = self.model(pixel_values)
        return out.image_embeds, out.last_hidden_state


class Text(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = CLIPTextModelWithProjection.from_pretrained(name, attn_implementation="eager").eval()

    def forward(self, input_ids):
        return self.model(input_ids).text_embeds


with torch.no_grad():
    torch.onnx.export(
        Vision(), torch.zeros(1, 3, side, side), str(folder / "vision_model.onnx"), opset_version=17, dynamo=False,
        input_names=["pixel_values"], output_names=["image_embeds", "last_hidden_state"],
        dynamic_axes={"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}, "last_hidden_state": {0: "batch"}})
    ids = torch.full((2, 77), config.text_config.eos_token_id)
    torch.onnx.export(
        Text(), ids, str(folder / "text_model.onnx"), opset_version=17, dynamo=False,
        input_names=["input_ids"], output_names=["text_embeds"],
        dynamic_axes={"input_ids": {0: "batch"}, "text_embeds": {0: "batch"}})
config.save_pretrained(folder)
for file in ["preprocessor_config.json", "tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json"]:
    found = cached_file(name, file, _raise_exceptions_for_missing_entries=False)
    if found:
        shutil.copy(found, folder)
