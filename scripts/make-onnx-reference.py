"""Losses, gradients and optimizer steps of PyTorch, against which packages/onnx is tested.

Needs `pip install torch==2.13.0` (the CPU build).

    python scripts/make-onnx-reference.py > fixtures/onnx-reference.json

Everything is drawn from one seed and computed in float64; numbers are written with nine digits.
"""

import json
import math

import torch
import torch.nn.functional as F

torch.manual_seed(20261122)
torch.set_default_dtype(torch.float64)


def plain(tensor):
    values = tensor.detach().reshape(-1).tolist()
    return {"shape": list(tensor.shape), "data": [float(f"{v:.9g}") if isinstance(v, float) else v for v in values]}


def drawn(*shape, scale=1.0):
    # Rounded to what float32 holds, so that both sides begin at the same numbers.
    return (torch.randn(*shape) * scale).float().double()


def cross_entropy(logits, targets, ignore_index):
    logits = logits.clone().requires_grad_()
    loss = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1), ignore_index=ignore_index)
    loss.backward()
    return {
        "logits": plain(logits),
        "targets": plain(targets),
        "ignoreIndex": ignore_index,
        "loss": loss.item(),
        "gradient": plain(logits.grad),
    }


def decoder():
    """A decoder of one block: embeddings of token and place, causal attention, feed-forward, tied vocabulary."""
    batch, tokens, width, heads, vocabulary = 2, 7, 8, 2, 11
    weights = {
        "embedding": drawn(vocabulary, width),
        "places": drawn(tokens, width),
        "attention.gain": 1 + drawn(width, scale=0.1),
        "attention.shift": drawn(width, scale=0.1),
        "attention.in": drawn(width, 3 * width, scale=0.5),
        "attention.out": drawn(width, width, scale=0.5),
        "forward.gain": 1 + drawn(width, scale=0.1),
        "forward.shift": drawn(width, scale=0.1),
        "forward.in": drawn(width, 4 * width, scale=0.5),
        "forward.out": drawn(4 * width, width, scale=0.5),
    }
    weights = {name: value.float().double().requires_grad_() for name, value in weights.items()}
    ids = torch.randint(vocabulary, (batch, tokens))
    ids[0, :3] = 4  # a token that comes again and again
    targets = torch.cat([ids[:, 1:], torch.full((batch, 1), -100)], 1)

    def norm(x, part):
        return F.layer_norm(x, (width,), weights[f"{part}.gain"], weights[f"{part}.shift"], eps=1e-5)

    x = weights["embedding"][ids] + weights["places"]
    mixed = (norm(x, "attention") @ weights["attention.in"]).reshape(batch, tokens, 3, heads, width // heads)
    q, k, v = mixed.permute(2, 0, 3, 1, 4)
    read = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(batch, tokens, width)
    x = x + read @ weights["attention.out"]
    x = x + F.gelu(norm(x, "forward") @ weights["forward.in"]) @ weights["forward.out"]
    logits = x @ weights["embedding"].T
    loss = F.cross_entropy(logits.reshape(-1, vocabulary), targets.reshape(-1))
    loss.backward()
    return {
        "heads": heads,
        "ids": plain(ids),
        "targets": plain(targets),
        "weights": {name: plain(value) for name, value in weights.items()},
        "logits": plain(logits),
        "loss": loss.item(),
        "gradients": {name: plain(value.grad) for name, value in weights.items()},
    }


def optimizer_steps(settings, start, batches):
    """Ten steps of a linear model with a mean squared error; weight decay on the matrix only."""
    weight, bias = (value.clone().requires_grad_() for value in start)
    groups = [
        {"params": [weight], "weight_decay": settings["weightDecay"]},
        {"params": [bias], "weight_decay": 0.0},
    ]
    if settings["kind"] == "sgd":
        optimizer = torch.optim.SGD(groups, lr=settings["learningRate"], momentum=settings["momentum"])
    else:
        optimizer = torch.optim.AdamW(
            groups,
            lr=settings["learningRate"],
            betas=(settings["beta1"], settings["beta2"]),
            eps=settings["epsilon"],
        )
    losses, norms = [], []
    for x, y in batches:
        optimizer.zero_grad()
        loss = ((x @ weight + bias - y) ** 2).mean()
        loss.backward()
        limit = settings["clipNorm"] or math.inf
        norms.append(torch.nn.utils.clip_grad_norm_([weight, bias], limit).item())
        losses.append(loss.item())
        optimizer.step()
    return {"settings": settings, "losses": losses, "norms": norms, "weight": plain(weight), "bias": plain(bias)}


tokens = torch.tensor([[1, 0, 4], [-100, 2, -100]])
start = (drawn(3, 2), drawn(2))
batches = [(drawn(8, 3), drawn(8, 2)) for _ in range(10)]
adam = {"kind": "adamw", "learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "weightDecay": 0.1}
sgd = {"kind": "sgd", "learningRate": 0.05}
print(
    json.dumps(
        {
            "madeBy": f"scripts/make-onnx-reference.py, PyTorch {torch.__version__}, float64",
            "crossEntropy": [
                cross_entropy(drawn(2, 3, 5), tokens, -100),
                cross_entropy(drawn(4, 6) * 300, torch.tensor([5, 0, 2, 3]), 2),
            ],
            "decoder": decoder(),
            "optimizers": {
                "start": {"weight": plain(start[0]), "bias": plain(start[1])},
                "batches": [{"x": plain(x), "y": plain(y)} for x, y in batches],
                "runs": [
                    optimizer_steps({**sgd, "momentum": 0.0, "weightDecay": 0.0, "clipNorm": 0}, start, batches),
                    optimizer_steps({**sgd, "momentum": 0.9, "weightDecay": 0.01, "clipNorm": 0}, start, batches),
                    optimizer_steps({**sgd, "momentum": 0.9, "weightDecay": 0.01, "clipNorm": 0.5}, start, batches),
                    optimizer_steps({**adam, "epsilon": 1e-8, "clipNorm": 0}, start, batches),
                    optimizer_steps({**adam, "epsilon": 1e-4, "clipNorm": 0.5}, start, batches),
                ],
            },
        },
        separators=(",", ":"),
    )
)
