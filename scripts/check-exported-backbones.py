#!/usr/bin/env python3
"""Runs backbones that this repository exported where others run them, and prints how far the logits lie apart.

    pip install onnxruntime numpy safetensors                       # and transformers torch, for its side
    python3 scripts/check-exported-backbones.py FOLDER…

A folder holds `model.onnx`, `model.safetensors` and `config.json` under Hugging Face's names, and `expected.safetensors`
with `pictures` and `logits`. A line of JSON for each: the largest absolute difference of onnxruntime's logits, and of those
of `transformers` where it is installed (else null). `packages/learning/src/backbones/exported-backbones.test.ts` runs it.
"""
import importlib.util
import json
import pathlib
import sys

import numpy as np
import onnxruntime
from safetensors.numpy import load_file


def with_transformers(folder, pictures):
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    model, report = transformers.AutoModelForImageClassification.from_pretrained(folder, output_loading_info=True)
    if any(report[kind] for kind in ("missing_keys", "unexpected_keys", "mismatched_keys")):
        sys.exit(f"{folder}: {report}")
    with torch.no_grad():
        return model.eval()(torch.from_numpy(pictures)).logits.numpy()


def main():
    for folder in map(pathlib.Path, sys.argv[1:]):
        expected = load_file(folder / "expected.safetensors")
        pictures, logits = expected["pictures"], expected["logits"]
        session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
        (theirs,) = session.run(["logits"], {"pictures": pictures})
        line = {"folder": folder.name, "onnxruntime": float(np.abs(theirs - logits).max()), "transformers": None}
        if importlib.util.find_spec("transformers") and importlib.util.find_spec("torch"):
            line["transformers"] = float(np.abs(with_transformers(folder, pictures) - logits).max())
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
