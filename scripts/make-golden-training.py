#!/usr/bin/env python3
"""Writes fixtures/golden-training/: what PyTorch makes of ten optimizer steps of five small networks.

    pip install torch==2.13.0 transformers==5.23.0 safetensors==0.8.0 numpy
    python3 scripts/make-golden-training.py

ViT, Swin and ConvNeXt are those of Hugging Face `transformers` with a linear head and binary cross-entropy (mean over all
labels); BYOL (Grill et al. 2020) and the masked autoencoder (He et al. 2022) are written out below on top of its ViT. Each
network takes ten steps on one batch from the same weights, once with AdamW (learning rate 1e-3, betas 0.9 and 0.999, eps
1e-4, decay 0.05 of matrices) and once with plain SGD (learning rate 0.1; 0.01 for BYOL, whose batch norms
amplify rounding), in float32 on the CPU.

A file holds `batch/…`, `start/…`, `gradient/…` (of the first step), `losses/adamw` and `losses/sgd` (before each of the ten
steps), and `adamw/…`, `sgd/…` (weights after them); BYOL also `average/…`, the target network after the AdamW steps.
Weights of a backbone have the names of `state_dict()` and its layout, all others the repository's. The metadata holds the
configuration. What float32 itself costs is printed: each run again in float64, and the largest difference.
"""
import copy
import json
import pathlib

import torch
import torch.nn.functional as F
import transformers as hf
from safetensors.torch import save_file

out = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "golden-training"
STEPS = 10
TARGET_SHARE = 0.05


def randomise(model: torch.nn.Module, seed: int) -> torch.nn.Module:
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            one = 1.0 if parameter.ndim == 1 and (parameter == 1).all() else 0.0
            inputs = parameter[0].numel() if parameter.ndim > 1 else 1
            parameter.copy_(one + noise * (0.2 if parameter.ndim == 1 else 0.8 / inputs**0.5))
    return model.train()


def noise(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


class Classifier(torch.nn.Module):
    """A backbone with its head, as the library builds it."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def loss(self, batch):
        return F.binary_cross_entropy_with_logits(self.model(batch["pictures"]).logits, batch["targets"])

    def weights(self):
        return {name: (value, False) for name, value in self.model.named_parameters()}

    def after_step(self):
        pass


class Perceptron(torch.nn.Module):
    """Linear, BatchNorm, ReLU, Linear: BYOL's projector and predictor."""

    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        self.inner = torch.nn.Linear(inputs, hidden)
        self.norm = torch.nn.BatchNorm1d(hidden)
        self.outer = torch.nn.Linear(hidden, outputs)

    def forward(self, x):
        return self.outer(F.relu(self.norm(self.inner(x))))

    def named(self, name):
        return {
            f"{name}.in.weight": (self.inner.weight, True),
            f"{name}.in.bias": (self.inner.bias, False),
            f"{name}.norm.gain": (self.norm.weight, False),
            f"{name}.norm.shift": (self.norm.bias, False),
            f"{name}.out.weight": (self.outer.weight, True),
            f"{name}.out.bias": (self.outer.bias, False),
        }


class Byol(torch.nn.Module):
    def __init__(self, vit, hidden, projection, seed):
        super().__init__()
        width = vit.config.hidden_size
        self.vit = vit
        self.projector = randomise(Perceptron(width, hidden, projection), seed)
        self.predictor = randomise(Perceptron(projection, hidden, projection), seed + 1)
        self.target = torch.nn.ModuleList([copy.deepcopy(self.vit), copy.deepcopy(self.projector)])
        self.target.requires_grad_(False)

    @staticmethod
    def features(vit, pictures):
        return vit(pictures).last_hidden_state[:, 0]

    def loss(self, batch):
        views = [batch["first"], batch["second"]]
        online = [self.predictor(self.projector(self.features(self.vit, view))) for view in views]
        with torch.no_grad():
            target = [self.target[1](self.features(self.target[0], view)) for view in views]

        def apart(q, z):
            return (2 - 2 * F.cosine_similarity(q, z, dim=1, eps=1e-12)).mean()

        return apart(online[0], target[1]) + apart(online[1], target[0])

    def weights(self):
        backbone = {name: (value, False) for name, value in self.vit.named_parameters()}
        return {**backbone, **self.projector.named("projector"), **self.predictor.named("predictor")}

    def averages(self):
        backbone = {name: (value, False) for name, value in self.target[0].named_parameters()}
        return {**backbone, **self.target[1].named("projector")}

    def after_step(self):
        with torch.no_grad():
            for slow, fast in ((self.target[0], self.vit), (self.target[1], self.projector)):
                for a, b in zip(slow.parameters(), fast.parameters()):
                    a.add_(TARGET_SHARE * (b - a))


class MaskedAutoencoder(torch.nn.Module):
    """The encoder sees the visible patches and a class token; the decoder every patch, without one."""

    def __init__(self, vit, width, heads, patches, seed):
        super().__init__()
        config = copy.deepcopy(vit.config)
        config.update(dict(hidden_size=width, num_attention_heads=heads, intermediate_size=4 * width))
        self.vit = vit
        pixels = vit.config.num_channels * vit.config.patch_size**2
        self.inner = torch.nn.Linear(vit.config.hidden_size, width)
        self.mask = torch.nn.Parameter(torch.zeros(1, width))
        self.position = torch.nn.Parameter(torch.zeros(patches, width))
        self.block = type(vit.layers[0])(config)
        self.norm = torch.nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.outer = torch.nn.Linear(width, pixels)
        for index, part in enumerate((self.inner, self.block, self.norm, self.outer)):
            randomise(part, seed + index)
        with torch.no_grad():
            self.mask.copy_(0.3 * noise(seed + 10, *self.mask.shape))
            self.position.copy_(0.3 * noise(seed + 11, *self.position.shape))

    def loss(self, batch):
        pictures, visible, masked = batch["pictures"], batch["visible"].long(), batch["masked"].long()
        embeddings = self.vit.embeddings
        count = pictures.shape[0]
        rows = torch.arange(count)[:, None]
        patches = embeddings.patch_embeddings(pictures) + embeddings.position_embeddings[:, 1:]
        first = (embeddings.cls_token + embeddings.position_embeddings[:, :1]).expand(count, -1, -1)
        tokens = torch.cat([first, patches[rows, visible]], dim=1)
        for layer in self.vit.layers:
            tokens = layer(tokens)
        seen = self.inner(self.vit.layernorm(tokens)[:, 1:])
        full = self.mask.expand(count, self.position.shape[0], -1).clone()
        full[rows, visible] = seen
        decoded = self.norm(self.block(full + self.position))
        told = self.outer(decoded[rows, masked])
        side = self.vit.config.patch_size
        # Rows of (channel, row, column), as a convolution's kernel is laid out.
        wanted = F.unfold(pictures, side, stride=side).transpose(1, 2)[rows, masked]
        wanted = (wanted - wanted.mean(-1, keepdim=True)) / (wanted.var(-1, keepdim=True) + 1e-6).sqrt()
        return ((told - wanted) ** 2).mean()

    def weights(self):
        block, attention, mlp = self.block, self.block.attention, self.block.mlp
        name = "decoder.block-1"
        parts = (attention.q_proj, attention.k_proj, attention.v_proj)
        own = {
            "decoder.in.weight": (self.inner.weight, True),
            "decoder.in.bias": (self.inner.bias, False),
            "decoder.mask": (self.mask, False),
            "decoder.position": (self.position, False),
            f"{name}.attention.norm.gain": (block.layernorm_before.weight, False),
            f"{name}.attention.norm.shift": (block.layernorm_before.bias, False),
            f"{name}.attention.qkv.weight": ([part.weight for part in parts], True),
            f"{name}.attention.qkv.bias": ([part.bias for part in parts], False),
            f"{name}.attention.out.weight": (attention.o_proj.weight, True),
            f"{name}.attention.out.bias": (attention.o_proj.bias, False),
            f"{name}.feed-forward.norm.gain": (block.layernorm_after.weight, False),
            f"{name}.feed-forward.norm.shift": (block.layernorm_after.bias, False),
            f"{name}.feed-forward.in.weight": (mlp.fc1.weight, True),
            f"{name}.feed-forward.in.bias": (mlp.fc1.bias, False),
            f"{name}.feed-forward.out.weight": (mlp.fc2.weight, True),
            f"{name}.feed-forward.out.bias": (mlp.fc2.bias, False),
            "decoder.norm.gain": (self.norm.weight, False),
            "decoder.norm.shift": (self.norm.bias, False),
            "decoder.out.weight": (self.outer.weight, True),
            "decoder.out.bias": (self.outer.bias, False),
        }
        return {**{name: (value, False) for name, value in self.vit.named_parameters()}, **own}

    def after_step(self):
        pass


def trained(parts):
    return [one for value, _ in parts.values() for one in (value if isinstance(value, list) else [value])]


def snapshot(parts, of=lambda value: value):
    """Values (or gradients) by name; matrices of our own layout are (inputs, outputs)."""
    result = {}
    for name, (value, transposes) in parts.items():
        whole = torch.cat([of(one) for one in value]) if isinstance(value, list) else of(value)
        result[name] = (whole.T if transposes else whole).detach().float().contiguous().clone()
    return result


def decays(parts):
    """Matrices and kernels; not embeddings, tables and whatever has one axis."""
    spared = ("cls_token", "position", "mask", "bias_table")
    chosen, others = [], []
    for name, (value, _) in parts.items():
        for one in value if isinstance(value, list) else [value]:
            spares = one.ndim < 2 or any(name.endswith(word) or f"{word}_embeddings" in name for word in spared)
            (others if spares else chosen).append(one)
    return [dict(params=chosen, weight_decay=0.05), dict(params=others, weight_decay=0.0)]


def run(network, batch, kind, rate):
    network = copy.deepcopy(network)
    parts = network.weights()
    if kind == "adamw":
        optimizer = torch.optim.AdamW(decays(parts), lr=1e-3, betas=(0.9, 0.999), eps=1e-4)
    else:
        optimizer = torch.optim.SGD(trained(parts), lr=rate)
    losses, gradient = [], None
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = network.loss(batch)
        loss.backward()
        gradient = gradient or snapshot(parts, lambda value: value.grad)
        optimizer.step()
        network.after_step()
        losses.append(loss.item())
    averages = snapshot(network.averages()) if hasattr(network, "averages") else {}
    return losses, gradient, snapshot(parts), averages


def write(name, network, batch, config, rate=0.1):
    tensors = {f"batch/{key}": value for key, value in batch.items()}
    tensors |= {f"start/{key}": value for key, value in snapshot(network.weights()).items()}
    wide = {key: value.double() if value.is_floating_point() else value for key, value in batch.items()}
    for kind in ("adamw", "sgd"):
        losses, gradient, end, averages = run(network, batch, kind, rate)
        _, wide_gradient, wide_end, _ = run(copy.deepcopy(network).double(), wide, kind, rate)
        tensors[f"losses/{kind}"] = torch.tensor(losses)
        tensors |= {f"{kind}/{key}": value for key, value in end.items()}
        if kind == "adamw":
            tensors |= {f"gradient/{key}": value for key, value in gradient.items()}
            tensors |= {f"average/{key}": value for key, value in averages.items()}
        apart = {key: (end[key] - wide_end[key]).abs() for key in end}
        largest = max((apart[key].max() / end[key].abs().max()).item() for key in end)
        # Elementwise, a weight near zero counts as a hundredth of its tensor's largest.
        single = max((apart[key] / end[key].abs().clamp(min=0.01 * end[key].abs().max())).max().item() for key in end)
        print(f"{name} {kind}: loss {losses[0]:.4f} -> {losses[-1]:.4f}; float32 against float64: {largest:.1e} of a")
        print(f"    tensor's largest weight, {single:.1e} elementwise")
    where = out / f"{name}.safetensors"
    save_file({key: value.contiguous() for key, value in tensors.items()}, where, {"config": json.dumps(config), "rate": str(rate)})


def labels(seed, *shape):
    return (noise(seed, *shape) > 0).float()


def vit_config(**more):
    sizes = dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=24, patch_size=4)
    return hf.ViTConfig(**{**sizes, "image_size": [8, 12], "num_channels": 1, "num_labels": 3, **more})


def main():
    out.mkdir(parents=True, exist_ok=True)
    config = vit_config()
    vit = Classifier(randomise(hf.ViTForImageClassification(config), 1))
    write("vit", vit, {"pictures": noise(2, 4, 1, 8, 12), "targets": labels(3, 4, 3)}, config.to_diff_dict())

    # Six by eight tokens in windows of three, padded; the second block shifts them; then merging and one more block.
    config = hf.SwinConfig(
        image_size=[12, 16], patch_size=2, num_channels=1, embed_dim=8, depths=[2, 1], num_heads=[2, 4], window_size=3,
        mlp_ratio=2.0, num_labels=3, drop_path_rate=0.0,
    )
    swin = Classifier(randomise(hf.SwinForImageClassification(config), 4))
    write("swin", swin, {"pictures": noise(5, 4, 1, 12, 16), "targets": labels(6, 4, 3)}, config.to_diff_dict())

    config = hf.ConvNextConfig(
        image_size=[20, 16], patch_size=2, num_channels=1, hidden_sizes=[8, 12], depths=[1, 1], num_stages=2, num_labels=3,
    )
    net = Classifier(randomise(hf.ConvNextForImageClassification(config), 7))
    write("convnext", net, {"pictures": noise(8, 4, 1, 20, 16), "targets": labels(9, 4, 3)}, config.to_diff_dict())

    config = vit_config(num_hidden_layers=1)
    vit = randomise(hf.ViTModel(config, add_pooling_layer=False), 10)
    first = 3 * noise(11, 12, 1, 8, 12)
    write(
        "byol", Byol(vit, 16, 8, 12), {"first": first, "second": first + 1.5 * noise(14, 12, 1, 8, 12)},
        {**config.to_diff_dict(), "hidden": 16, "projection": 8, "share": TARGET_SHARE},
        rate=0.01,
    )

    vit = randomise(hf.ViTModel(config, add_pooling_layer=False), 20)
    order = torch.argsort(noise(22, 4, 6), dim=1)
    write(
        "masked-autoencoder", MaskedAutoencoder(vit, 8, 2, 6, 30),
        {"pictures": noise(21, 4, 1, 8, 12), "visible": order[:, :2].contiguous(), "masked": order[:, 2:].contiguous()},
        {**config.to_diff_dict(), "decoder": {"width": 8, "depth": 1, "heads": 2}},
    )


if __name__ == "__main__":
    main()
