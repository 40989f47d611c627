#!/usr/bin/env python3
"""Writes fixtures/backbones/: small random checkpoints of ViT, Swin and ConvNeXt as other libraries save them, with a
batch of pictures and what those libraries make of it.

    pip install torch==2.13.0 transformers==5.23.0 timm==1.0.31 safetensors==0.8.0 numpy
    python3 scripts/make-backbone-fixtures.py

Each folder holds `model.safetensors`, `config.json` (Hugging Face's own; for timm the settings of this repository) and
`expected.safetensors`: `pictures`, `logits` (of a bare model: `tokens`) and a tap per block or stage, (B, rows, columns,
width). Weights are random and far larger than a fresh model's, so that a wrong detail shows in the logits.
"""
import importlib.abc
import importlib.machinery
import json
import os
import pathlib
import sys
import types

import torch
from safetensors.torch import save_file

out = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "backbones"


class WithoutTorchvision(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """timm's models need nothing of torchvision, but its other modules import names from it."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "torchvision":
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        class Names(type):
            def __getattr__(cls, name):
                if name.startswith("__"):
                    raise AttributeError(name)
                return name

        class Absent(types.ModuleType):
            __path__ = []

            def __getattr__(self, name):
                if name.startswith("__"):
                    raise AttributeError(name)
                return Names(name, (), {})

        return Absent(spec.name)

    def exec_module(self, module):
        pass


def randomise(model: torch.nn.Module, seed: int) -> torch.nn.Module:
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            one = 1.0 if parameter.ndim == 1 and (parameter == 1).all() else 0.0
            inputs = parameter[0].numel() if parameter.ndim > 1 else 1
            parameter.copy_(one + noise * (0.2 if parameter.ndim == 1 else 1.2 / inputs**0.5))
    return model.eval()


def pictures(batch: int, channels: int, rows: int, columns: int) -> torch.Tensor:
    return torch.randn(batch, channels, rows, columns, generator=torch.Generator().manual_seed(99))


def write(folder: str, weights: dict, expected: dict, config: dict | None = None) -> None:
    where = out / folder
    where.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous().clone() for k, v in weights.items()}, where / "model.safetensors", {"format": "pt"})
    save_file({k: v.detach().contiguous().clone() for k, v in expected.items()}, where / "expected.safetensors")
    if config is not None:
        (where / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def tapped(places: dict):
    """Remembers what modules return while a model runs."""
    seen: dict[str, torch.Tensor] = {}
    for name, module in places.items():

        def keep(_module, _inputs, result, name=name):
            seen[name] = result[0] if isinstance(result, tuple) else result

        module.register_forward_hook(keep)
    return seen


def hugging_face() -> None:
    import transformers as hf
    from safetensors.torch import load_file

    def saved(folder: str, model, x: torch.Tensor, seen: dict, lay) -> None:
        where = out / folder
        model.save_pretrained(where)
        with torch.no_grad():
            answer = model(x)
        expected = {"pictures": x, **{name: lay(name, value) for name, value in seen.items()}}
        if hasattr(answer, "logits"):
            expected["logits"] = answer.logits
        else:
            expected["tokens"] = answer.last_hidden_state[:, 1:]
        save_file({k: v.detach().contiguous().clone() for k, v in expected.items()}, where / "expected.safetensors")

    # ViT, two pictures of 16 x 24 in patches of 8.
    settings = dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20, patch_size=8)
    config = hf.ViTConfig(image_size=[16, 24], num_labels=5, **settings)
    vit = randomise(hf.ViTForImageClassification(config), 1)
    x = pictures(2, 3, 16, 24)
    lay = lambda name, value: value[:, 1:].reshape(2, 2, 3, 12)  # noqa: E731
    seen = tapped({f"block-{i + 1}": layer for i, layer in enumerate(vit.vit.layers)})
    saved("hugging-face-vit", vit, x, seen, lay)
    save_file({k: v.contiguous() for k, v in vit.state_dict().items()}, out / "hugging-face-vit" / "modules.safetensors")

    # The same model without its head, in half precision: logits are those of the rounded weights, computed in float32.
    for dtype, name in ((torch.float16, "f16"), (torch.bfloat16, "bf16")):
        stored = {k: v.to(dtype) for k, v in load_file(out / "hugging-face-vit" / "model.safetensors").items()}
        save_file(stored, out / "hugging-face-vit" / f"{name}.safetensors")
        rounded = hf.ViTForImageClassification(config).eval()
        rounded.load_state_dict({k: v.to(dtype).float() for k, v in vit.state_dict().items()})
        with torch.no_grad():
            logits = rounded(x).logits
        save_file({"logits": logits.contiguous()}, out / "hugging-face-vit" / f"{name}-expected.safetensors")

    # A bare ViTModel: no prefix, a pooler that the logits do not use.
    bare = randomise(hf.ViTModel(config), 2)
    seen = tapped({"block-1": bare.layers[0], "block-2": bare.layers[1]})
    saved("hugging-face-vit-bare", bare, x, seen, lay)

    # Swin, 40 x 48: ten by twelve tokens in windows of four, so rows are padded, then five by six, padded both ways.
    config = hf.SwinConfig(
        image_size=[40, 48], patch_size=4, embed_dim=8, depths=[2, 2], num_heads=[2, 4], window_size=4, num_labels=5,
        mlp_ratio=2.0, num_channels=1,
    )
    swin = randomise(hf.SwinForImageClassification(config), 3)
    x = pictures(2, 1, 40, 48)
    seen = tapped({f"stage-{i + 1}": stage.blocks[-1] for i, stage in enumerate(swin.swin.encoder.layers)})
    sides = {"stage-1": (2, 10, 12, 8), "stage-2": (2, 5, 6, 16)}
    saved("hugging-face-swin", swin, x, seen, lambda name, value: value.reshape(sides[name]))
    state = {k: v.contiguous() for k, v in swin.state_dict().items()}
    save_file(state, out / "hugging-face-swin" / "modules.safetensors")

    # ConvNeXt, 36 x 28: nine by seven, then four by three with a row and a column left out.
    config = hf.ConvNextConfig(
        hidden_sizes=[8, 12], depths=[1, 2], num_stages=2, patch_size=4, num_labels=5, image_size=[36, 28], num_channels=3,
    )
    net = randomise(hf.ConvNextForImageClassification(config), 4)
    x = pictures(2, 3, 36, 28)
    seen = tapped({f"stage-{i + 1}": stage for i, stage in enumerate(net.convnext.encoder.stages)})
    saved("hugging-face-convnext", net, x, seen, lambda name, value: value.permute(0, 2, 3, 1))


def timm_models() -> None:
    sys.meta_path.append(WithoutTorchvision())
    import timm
    from timm.layers import resample_abs_pos_embed

    vit = timm.create_model(
        "vit_tiny_patch16_224", img_size=(16, 24), patch_size=8, embed_dim=12, depth=2, num_heads=3, num_classes=5,
    )
    vit = randomise(vit, 5)
    x = pictures(2, 3, 16, 24)
    seen = tapped({f"block-{i + 1}": block for i, block in enumerate(vit.blocks)})
    with torch.no_grad():
        logits = vit(x)
    taps = {name: value[:, 1:].reshape(2, 2, 3, 12) for name, value in seen.items()}
    write(
        "timm-vit", vit.state_dict(), {"pictures": x, "logits": logits, **taps},
        {"kind": "vit", "picture": [16, 24], "channels": 3, "patch": 8, "width": 12, "depth": 2, "heads": 3},
    )

    # Swin, 32 x 64: eight by sixteen tokens, four by eight (one window high, two wide), two by four (a shorter window).
    swin = timm.create_model(
        "swin_tiny_patch4_window7_224", img_size=(32, 64), patch_size=4, window_size=4, embed_dim=4, depths=(2, 2, 1),
        num_heads=(2, 2, 4), num_classes=5, mlp_ratio=2.0, in_chans=1,
    )
    swin = randomise(swin, 6)
    x = pictures(2, 1, 32, 64)
    seen = tapped({f"stage-{i + 1}": stage.blocks[-1] for i, stage in enumerate(swin.layers)})
    with torch.no_grad():
        logits = swin(x)
    write(
        "timm-swin", swin.state_dict(), {"pictures": x, "logits": logits, **seen},
        {
            "kind": "swin", "picture": [32, 64], "channels": 1, "patch": 4, "window": 4, "width": 4,
            "depths": [2, 2, 1], "heads": [2, 2, 4], "expansion": 2,
        },
    )

    net = timm.create_model("convnext_tiny", dims=(4, 4, 6, 6), depths=(1, 1, 2, 1), num_classes=5, in_chans=1)
    net = randomise(net, 7)
    x = pictures(2, 1, 36, 44)
    seen = tapped({f"stage-{i + 1}": stage for i, stage in enumerate(net.stages)})
    with torch.no_grad():
        logits = net(x)
    write(
        "timm-convnext", net.state_dict(),
        {"pictures": x, "logits": logits, **{name: value.permute(0, 2, 3, 1) for name, value in seen.items()}},
        {"kind": "convnext", "picture": [36, 44], "channels": 1, "widths": [4, 4, 6, 6], "depths": [1, 1, 2, 1]},
    )

    # Position embeddings of one lattice for others, without a class token.
    positions = torch.randn(1, 24, 3, generator=torch.Generator().manual_seed(8))
    resampled = {"from-4x6": positions}
    for rows, columns in ((6, 5), (2, 3), (9, 12), (4, 2)):
        resampled[f"to-{rows}x{columns}"] = resample_abs_pos_embed(
            positions, new_size=[rows, columns], old_size=[4, 6], num_prefix_tokens=0
        )
    out.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in resampled.items()}, out / "positions.safetensors")


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "1"
    hugging_face()
    timm_models()
