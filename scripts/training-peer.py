"""The peers of `npm run bench -- training`: PyTorch trains, onnxruntime reads.

    pip install torch==2.13.0 onnxruntime numpy
    python scripts/training-peer.py train tiny 16 eager      # or compiled, bf16, bf16-compiled
    python scripts/training-peer.py infer MODEL.onnx 16

Each line on stdin is a number of steps to run; the answer is one line of JSON: seconds of each step, processor seconds of
each step, and the peak of the resident set so far, in bytes. The first line is written when the engine is ready and tells its version.

The vision transformer is the usual one (pre-norm blocks, exact GELU, fused queries, keys and values, class token,
scaled_dot_product_attention), as timm's `vit_tiny_patch16_224` and `vit_small_patch16_224` with 91 outputs.
"""
import json
import os
import resource
import sys
import time

THREADS = int(os.environ.get("RADIOLECT_THREADS", "2"))
LABELS = 91


def serve(version, step):
    print(json.dumps({"version": version}), flush=True)
    for line in sys.stdin:
        seconds, processor = [], []
        for _ in range(int(line)):
            started, used = time.perf_counter(), time.process_time()
            step()
            seconds.append(time.perf_counter() - started)
            processor.append(time.process_time() - used)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": seconds, "processor": processor, "peak": peak}), flush=True)


def train(size, batch, mode):
    import torch
    from torch import nn
    import torch.nn.functional as F

    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    width, heads = {"tiny": (192, 3), "small": (384, 6)}[size]

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
            self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
            self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

        def forward(self, x):
            b, n, _ = x.shape
            q, k, v = self.qkv(self.norm1(x)).view(b, n, 3, heads, width // heads).permute(2, 0, 3, 1, 4).unbind(0)
            read = F.scaled_dot_product_attention(q, k, v)
            x = x + self.proj(read.transpose(1, 2).reshape(b, n, width))
            return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))

    class Transformer(nn.Module):
        def __init__(self):
            super().__init__()
            self.patch = nn.Conv2d(3, width, 16, 16)
            self.token = nn.Parameter(torch.zeros(1, 1, width))
            self.position = nn.Parameter(0.02 * torch.randn(1, 197, width))
            self.blocks = nn.Sequential(*[Block() for _ in range(12)])
            self.norm = nn.LayerNorm(width, eps=1e-6)
            self.head = nn.Linear(width, LABELS)

        def forward(self, x):
            x = self.patch(x).flatten(2).transpose(1, 2)
            x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1) + self.position
            return self.head(self.norm(self.blocks(x))[:, 0])

    model = Transformer()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.05, fused=True)
    forward = torch.compile(model) if mode.endswith("compiled") else model
    pictures = 2 * torch.rand(batch, 3, 224, 224) - 1
    targets = (torch.rand(batch, LABELS) < 0.15).float()

    def step():
        with torch.autocast("cpu", torch.bfloat16, enabled=mode.startswith("bf16")):
            loss = F.binary_cross_entropy_with_logits(forward(pictures), targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    step()
    serve(f"PyTorch {torch.__version__}", step)


def infer(model, batch):
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    pictures = numpy.random.default_rng(1).uniform(-1, 1, (batch, 3, 224, 224)).astype(numpy.float32)

    def step():
        session.run(["logits"], {"pictures": pictures})

    step()
    serve(f"onnxruntime {onnxruntime.__version__}", step)


if __name__ == "__main__":
    what, first, second = sys.argv[1:4]
    if what == "train":
        train(first, int(second), sys.argv[4])
    else:
        infer(first, int(second))
