"""Keeps the averaged weights of a training as fp16, to go on from: keep.py CHECKPOINT OUT.pt"""
import sys

import torch

state = torch.load(sys.argv[1], map_location="cpu", weights_only=True)
weights = state["average"] or state["modules"]
torch.save({"average": {k: v.half() if v.is_floating_point() else v for k, v in weights.items()}, "step": state["step"]}, sys.argv[2])
print(state["step"], "steps,", round(state["spent"] / 60, 1), "minutes")
