"""Writes packs of real size with random weights, in the layout of optimum: CLIP ViT-B/32 (vision) and Stable Diffusion 1.5.

    python export.py OUT            both
    python export.py OUT clip       one of them: clip, sd

Needs torch, transformers, onnx; for sd diffusers too.
"""
import gzip
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


MERGES = Path(__file__).parents[2] / "core/src/test/resources/dev/anvil/text/bpe_simple_vocab_16e6.txt.gz"


class First(torch.nn.Module):
    """A model that gives one tensor instead of a record; holds the models, whose weights would be constants otherwise."""

    def __init__(self, call, *models):
        super().__init__()
        self.call = call
        self.models = torch.nn.ModuleList(models)

    def forward(self, *tensors):
        return self.call(*tensors)


def onnx_file(module, inputs, target, input_names, output_name, dynamic):
    import onnx
    target.mkdir(parents=True, exist_ok=True)
    raw = target / "raw"
    raw.mkdir(exist_ok=True)
    torch.onnx.export(
        module, inputs, str(raw / "model.onnx"), input_names=input_names, output_names=[output_name],
        dynamic_axes=dynamic, opset_version=17, dynamo=False)
    graph = onnx.load(str(raw / "model.onnx"))
    for file in raw.iterdir():
        file.unlink()
    raw.rmdir()
    onnx.save(graph, str(target / "model.onnx"), save_as_external_data=True, location="model.onnx_data")


def sd(folder):
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(1)
    text = CLIPTextModel(CLIPTextConfig(
        hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, projection_dim=768)).eval().requires_grad_(False)
    onnx_file(
        First(lambda ids: text(ids).last_hidden_state, text), (torch.zeros(1, 77, dtype=torch.int64),), folder / "text_encoder",
        ["input_ids"], "last_hidden_state", {"input_ids": {0: "batch"}, "last_hidden_state": {0: "batch"}})

    vae = AutoencoderKL(
        block_out_channels=(128, 256, 512, 512), layers_per_block=2, latent_channels=4,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4).eval().requires_grad_(False)
    free = {0: "batch", 2: "height", 3: "width"}
    onnx_file(
        First(lambda x: vae.quant_conv(vae.encoder(x)), vae.encoder, vae.quant_conv), (torch.zeros(1, 3, 64, 64),), folder / "vae_encoder",
        ["sample"], "latent_parameters", {"sample": free, "latent_parameters": free})
    onnx_file(
        First(lambda z: vae.decoder(vae.post_quant_conv(z)), vae.decoder, vae.post_quant_conv), (torch.zeros(1, 4, 8, 8),), folder / "vae_decoder",
        ["latent_sample"], "sample", {"latent_sample": free, "sample": free})

    unet = UNet2DConditionModel(
        sample_size=64, in_channels=4, out_channels=4, layers_per_block=2,
        block_out_channels=(320, 640, 1280, 1280), cross_attention_dim=768, attention_head_dim=8,
        down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3).eval().requires_grad_(False)
    print(f"UNet: {sum(p.numel() for p in unet.parameters()) / 1e6:.1f} M parameters")
    onnx_file(
        First(lambda x, t, c: unet(x, t, c, return_dict=False)[0], unet),
        (torch.zeros(2, 4, 64, 64), torch.tensor(1.0), torch.zeros(2, 77, 768)), folder / "unet",
        ["sample", "timestep", "encoder_hidden_states"], "out_sample",
        {"sample": free, "encoder_hidden_states": {0: "batch"}, "out_sample": free})
    torch.save({"text": text.state_dict(), "vae": vae.state_dict(), "unet": unet.state_dict()}, folder / "torch.pt")

    (folder / "model_index.json").write_text('{"_class_name": "StableDiffusionPipeline"}')
    (folder / "vae_decoder/config.json").write_text('{"scaling_factor": 0.18215, "latent_channels": 4}')
    (folder / "scheduler").mkdir(exist_ok=True)
    (folder / "scheduler/scheduler_config.json").write_text(json.dumps({
        "_class_name": "PNDMScheduler", "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012,
        "beta_schedule": "scaled_linear", "set_alpha_to_one": False, "skip_prk_steps": True, "steps_offset": 1,
        "clip_sample": False}))
    tokenizer(folder / "tokenizer")


def tokenizer(folder):
    """vocab.json and merges.txt of CLIP, from OpenAI's list of merges (docs/model-contracts.md section 2.5)."""
    folder.mkdir(exist_ok=True)
    merges = gzip.open(MERGES, "rt", encoding="utf-8").read().split("\n")[1:48895]
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    symbols = [chr(b) for b in printable] + [chr(256 + i) for i in range(len(others))]
    vocabulary = symbols + [s + "</w>" for s in symbols] + [m.replace(" ", "") for m in merges]
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(vocabulary)}))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "model_max_length": 77, "pad_token": "<|endoftext|>", "do_lower_case": True}))


def main():
    out = Path(sys.argv[1])
    wanted = sys.argv[2:] or ["clip", "sd"]
    for name, make in (("clip", clip), ("sd", sd)):
        if name in wanted:
            (out / name).mkdir(parents=True, exist_ok=True)
            with torch.no_grad():
                make(out / name)
            print("wrote", out / name)


main()
