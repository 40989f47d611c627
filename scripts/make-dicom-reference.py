#!/usr/bin/env python3
"""Writes fixtures/dicom-reference.json: what pydicom with GDCM decodes from the public test files.

Needs python3-pydicom, python3-gdcm and python3-numpy (Debian packages), and the material folder:

    python3 scripts/make-dicom-reference.py ../shared

For each file with pixels: transfer syntax, shape, and per frame (the first three and the last) the SHA-256 of the stored
values as little-endian 32-bit integers (floats as 64-bit), colour as RGB side by side. Frames that were lossy or YBR hold
evenly spaced sample values instead, since two correct decoders may differ by one there. No file content is kept.
Each file is decoded in a process of its own, because some of them crash the decoder.
"""
import hashlib
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
import gdcm  # noqa: E402
import numpy as np  # noqa: E402
import pydicom  # noqa: E402
from pydicom.pixel_data_handlers.util import convert_color_space  # noqa: E402

SETS = [
    "pydicom-test-files",
    "pydicom-data",
    "cornerstone3d-testimages",
    "dcmjs-test-data",
    "highdicom-test-files",
]
SAMPLES = 1000
LOSSY = {
    "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.51",
    "1.2.840.10008.1.2.4.91",
}


def sampled(values):
    flat = values.reshape(-1)
    step = max(1, flat.size // SAMPLES)
    return {"step": int(step), "values": [int(v) for v in flat[::step]], "mean": round(float(flat.mean()), 3)}


def hashed(values):
    if values.dtype.kind == "f":
        raw = values.astype("<f8")
    else:
        raw = (values.astype(np.int64) & 0xFFFFFFFF).astype("<u4")
    return {"sha256": hashlib.sha256(raw.tobytes()).hexdigest()}


def describe(path):
    dataset = pydicom.dcmread(path, force=True)
    if not any(name in dataset for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")):
        return None
    syntax = str(getattr(getattr(dataset, "file_meta", None), "TransferSyntaxUID", ""))
    stated = dataset.get("PhotometricInterpretation")
    entry = {
        "transferSyntax": syntax,
        "modality": dataset.get("Modality"),
        "photometric": stated,
        "bits": dataset.get("BitsAllocated"),
    }
    try:
        values = dataset.pixel_array
    except Exception as error:
        return {**entry, "refused": f"{type(error).__name__}"}
    samples = dataset.get("SamplesPerPixel", 1)
    now = dataset.PhotometricInterpretation
    colour = samples == 3
    if colour and now.startswith("YBR_FULL"):
        values = convert_color_space(values, now, "RGB")
    frames = int(dataset.get("NumberOfFrames", 1) or 1)
    if frames == 1:
        values = values[np.newaxis] if values.ndim == (3 if colour else 2) else values
    picked = sorted({1, 2, 3, frames} & set(range(1, frames + 1)))
    free = colour and (stated.startswith("YBR") or syntax in LOSSY)
    form = sampled if free or syntax in LOSSY else hashed
    return {
        **entry,
        "frames": frames,
        "rows": int(dataset.Rows),
        "columns": int(dataset.Columns),
        "samples": int(samples),
        "values": {str(number): form(values[number - 1]) for number in picked},
    }


def in_child(path):
    """describe(path) in a forked process; a crash counts as refused."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.dup2(2, 1)
        try:
            text = json.dumps(describe(path))
        except Exception as error:
            text = json.dumps({"unreadable": type(error).__name__})
        with os.fdopen(writing, "w") as pipe:
            pipe.write(text)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"refused": "crash"}


def main():
    material = os.path.join(sys.argv[1], "data")
    files = {}
    for name in SETS:
        for folder, _, names in os.walk(os.path.join(material, name)):
            for file in names:
                path = os.path.join(folder, file)
                entry = in_child(path)
                if entry and "unreadable" not in entry:
                    files[os.path.relpath(path, material)] = entry
    out = {
        "source": "public test files of pydicom, cornerstone3D, dcmjs and highdicom (names and licences: their ABOUT.md)",
        "decoder": f"pydicom {pydicom.__version__} with GDCM {gdcm.Version.GetVersion()}",
        "script": "scripts/make-dicom-reference.py",
        "files": dict(sorted(files.items())),
    }
    target = os.path.join(os.path.dirname(__file__), "..", "fixtures", "dicom-reference.json")
    lines = [f"{json.dumps(key)}: {json.dumps(out[key])}" for key in ("source", "decoder", "script")]
    rows = [f"{json.dumps(path)}:{json.dumps(entry, separators=(',', ':'))}" for path, entry in out["files"].items()]
    with open(target, "w") as file:
        file.write("{\n" + ",\n".join(lines) + ',\n"files": {\n' + ",\n".join(rows) + "\n}}\n")
    decoded = sum("values" in entry for entry in files.values())
    print(f"{decoded} of {len(files)} files with pixels decoded")


main()
