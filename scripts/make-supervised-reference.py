#!/usr/bin/env python3
"""Writes fixtures/supervised-reference.json: multi-label losses with gradients, and isotonic fits, of public libraries.

    pip install torch==2.13.0 scikit-learn==1.9.1 numpy
    python3 scripts/make-supervised-reference.py

Losses in float64 by PyTorch's autograd. Binary cross-entropy: BCEWithLogitsLoss. Focal: the formula of Lin et al. 2017,
equations 4 and 5. Asymmetric: Ridnik et al. 2021, equations 4 to 7. A label is weighed by its own pair of weights.
Isotonic fits: scikit-learn's IsotonicRegression(out_of_bounds="clip"), with ties and with sample weights.
"""
import json
import pathlib

import numpy as np
import torch
from sklearn.isotonic import IsotonicRegression

torch.manual_seed(0)
LOGITS = torch.cat([torch.randn(13, dtype=torch.float64) * 3, torch.tensor([0.0, -2.9, 2.9, 8.0, -8.0], dtype=torch.float64)])
POSITIVE = torch.rand(18, dtype=torch.float64).round(decimals=3)
NEGATIVE = torch.rand(18, dtype=torch.float64).round(decimals=3)
# A site that is not stated, one that is only present, one that is only absent.
POSITIVE[0], NEGATIVE[0] = 0, 0
NEGATIVE[1] = 0
POSITIVE[2] = 0


def cross_entropy(x):
    loss = torch.nn.BCEWithLogitsLoss(reduction="none")
    return loss(x, torch.ones_like(x)), loss(x, torch.zeros_like(x))


def focal(x, gamma, alpha=None):
    p = torch.sigmoid(x)
    positive = -((1 - p) ** gamma) * torch.log(p)
    negative = -(p**gamma) * torch.log(1 - p)
    return (positive, negative) if alpha is None else (alpha * positive, (1 - alpha) * negative)


def asymmetric(x, gamma_positive, gamma_negative, margin):
    p = torch.sigmoid(x)
    shifted = torch.clamp(p - margin, min=0)
    return -((1 - p) ** gamma_positive) * torch.log(p), -(shifted**gamma_negative) * torch.log(1 - shifted)


CASES = [
    ({"kind": "binary-cross-entropy"}, cross_entropy),
    ({"kind": "focal", "focus": 2}, lambda x: focal(x, 2)),
    ({"kind": "focal", "focus": 1.5, "balance": 0.25}, lambda x: focal(x, 1.5, 0.25)),
    ({"kind": "focal", "focus": 0}, lambda x: focal(x, 0)),
    ({"kind": "asymmetric", "positiveFocus": 0, "negativeFocus": 4, "shift": 0.05}, lambda x: asymmetric(x, 0, 4, 0.05)),
    ({"kind": "asymmetric", "positiveFocus": 1, "negativeFocus": 4, "shift": 0}, lambda x: asymmetric(x, 1, 4, 0)),
    ({"kind": "asymmetric", "positiveFocus": 1, "negativeFocus": 1.5, "shift": 0.2}, lambda x: asymmetric(x, 1, 1.5, 0.2)),
    ({"kind": "asymmetric", "positiveFocus": 0, "negativeFocus": 0, "shift": 0.1}, lambda x: asymmetric(x, 0, 0, 0.1)),
]
losses = []
for settings, terms in CASES:
    x = LOGITS.clone().requires_grad_(True)
    positive, negative = terms(x)
    total = (POSITIVE * positive + NEGATIVE * negative).sum()
    total.backward()
    losses.append({"settings": settings, "loss": total.item(), "gradient": x.grad.tolist()})

random = np.random.default_rng(7)
isotonic = []
for count, distinct, weighed in [(12, 12, False), (60, 15, False), (200, 200, False), (80, 20, True), (1, 1, False)]:
    x = np.round(random.normal(size=count) * 2, 6) if distinct == count else random.integers(0, distinct, size=count) / 4
    y = (random.random(count) < 1 / (1 + np.exp(-x))).astype(float)
    weights = np.round(random.random(count) + 0.1, 3) if weighed else np.ones(count)
    asked = np.round(np.concatenate([random.normal(size=12) * 3, [x.min() - 1, x.max() + 1, x[0]]]), 6)
    fit = IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=weights)
    isotonic.append(
        {
            "x": x.tolist(),
            "y": y.tolist(),
            "weights": weights.tolist(),
            "asked": asked.tolist(),
            "answers": fit.predict(asked).tolist(),
            "fitted": fit.predict(x).tolist(),
        }
    )

out = pathlib.Path(__file__).parent.parent / "fixtures" / "supervised-reference.json"
batch = {"logits": LOGITS.tolist(), "positive": POSITIVE.tolist(), "negative": NEGATIVE.tolist()}
out.write_text(json.dumps({"batch": batch, "losses": losses, "isotonic": isotonic}) + "\n")
