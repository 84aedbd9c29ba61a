"""What all recipes share: options, seeds, precision, a time limit, checkpoints and the log of the loss."""
import argparse
import csv
import math
import random
import time
from pathlib import Path

import numpy as np
import torch


def options(description, minutes, **more):
    """The parsed options; `more` are further ones with their default values."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--scenes", nargs="+", type=Path, default=[Path("showroom/campaign")], help="folders of scenes")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint, log and trained model go here")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    parser.add_argument("--minutes", type=float, default=minutes, help="training time of all runs together: of the processor with --device cpu, so that other work on "
                        "the machine does not shorten it, else of the clock; 0 only exports what --start gives")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    for name, value in more.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(chosen.seed)
    return chosen


def precision(device):
    """bfloat16 where the device computes with it; a processor that has to emulate it is fifty times slower."""
    has = device == "cuda" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast(device, torch.bfloat16, enabled=has)


def kept(path):
    """Weights that keep.py stored, as float32."""
    weights = torch.load(path, map_location="cpu", weights_only=True)["average"]
    return {k: v.float() if v.is_floating_point() else v for k, v in weights.items()}


class Run:
    """Trains `modules` until the minutes are spent, going on from the last checkpoint."""

    def __init__(self, chosen, modules, rate, decay=.05, warm=.03, save=120, ema=0.):
        self.chosen, self.modules, self.rate, self.warm, self.every = chosen, modules.to(chosen.device), rate, warm, save
        plain = [p for p in modules.parameters() if p.requires_grad and p.ndim < 2]
        other = [p for p in modules.parameters() if p.requires_grad and p.ndim >= 2]
        self.optimiser = torch.optim.AdamW(
            [{"params": other, "weight_decay": decay}, {"params": plain, "weight_decay": 0}], rate, betas=(.9, .98))
        self.step, self.spent, self.saved, self.mean, self.columns = 0, 0., 0., {}, None
        self.ema, self.average = ema, None
        chosen.out.mkdir(parents=True, exist_ok=True)
        self.checkpoint = chosen.out / "checkpoint.pt"
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, map_location=chosen.device, weights_only=True)
            modules.load_state_dict(state["modules"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.spent, self.average = state["step"], state["spent"], state["average"]
            random.seed(chosen.seed + self.step)
            torch.manual_seed(chosen.seed + self.step)
            print(f"goes on from step {self.step}, after {self.spent / 60:.1f} minutes", flush=True)
        elif ema:
            self.average = {k: v.clone() for k, v in modules.state_dict().items()}
        self.saved = time.monotonic()

    def clock(self):
        return time.monotonic() if self.chosen.device == "cuda" else time.process_time() / self.chosen.threads

    def progress(self):
        return self.spent / (60 * self.chosen.minutes) if self.chosen.minutes else 1

    def precision(self):
        return precision(self.chosen.device)

    def steps(self):
        """Yields progress from 0 to 1 once a step; between two steps the caller calls `update`."""
        while self.progress() < 1:
            began = self.clock()
            yield self.progress()
            self.spent += self.clock() - began
            if time.monotonic() - self.saved > self.every:
                self.save()
        self.save()

    def update(self, losses, clip=1.):
        """One step down the sum of the named losses."""
        done = self.progress()
        rate = self.rate * min(1, (done + 1e-4) / self.warm) * (.02 + .98 * .5 * (1 + math.cos(math.pi * min(1, done))))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.modules.parameters(), clip)
        self.optimiser.step()
        self.step += 1
        if self.average is not None:
            keep = min(self.ema, self.step / (self.step + 10))
            with torch.no_grad():
                for k, v in self.modules.state_dict().items():
                    if v.is_floating_point():
                        self.average[k].lerp_(v, 1 - keep)
        self.log({k: v.item() for k, v in losses.items()}, rate)

    def log(self, losses, rate):
        for k, v in losses.items():
            self.mean[k] = .98 * self.mean.get(k, v) + .02 * v
        if self.step % 25 == 0:
            row = {"step": self.step, "minutes": round(self.spent / 60, 2), "rate": f"{rate:.2e}",
                   **{k: round(v, 4) for k, v in sorted(self.mean.items())}}
            with open(self.chosen.out / "loss.csv", "a", newline="", encoding="utf-8") as file:
                table = csv.DictWriter(file, list(row), lineterminator="\n")
                if self.columns != list(row):       # at the start, and where a kind of loss comes later
                    table.writeheader()
                table.writerow(row)
            self.columns = list(row)
            print(row, flush=True)

    def save(self):
        self.saved = time.monotonic()
        part = self.checkpoint.with_suffix(".part")
        torch.save({"modules": self.modules.state_dict(), "optimiser": self.optimiser.state_dict(), "step": self.step,
                    "spent": self.spent, "average": self.average}, part)
        part.replace(self.checkpoint)

    def use_average(self):
        if self.average is not None:
            self.modules.load_state_dict(self.average)
