import type { Graph, Value } from './graph.ts';
import type { ConvAttributes } from './operator.ts';
import { floatTensor } from './tensor.ts';

// A convolution and its transpose are each other's gradient by the picture; both share one gradient by the kernel.
// Names as in `convolution.ts`; h, w rows and columns of a convolution's output.

type Sides = readonly [number, number, number, number];

/**
 * ∂/∂x of y = conv(x, kernel) from dy (B, O, h, w): the transposed convolution. At stride 1 it is a convolution with the
 * kernel turned by half a turn and its channel axes exchanged, which ONNX Runtime's CPU kernels run faster.
 */
export function convPictureGradient(g: Graph, dy: Value, kernel: Value, picture: Sides, a: ConvAttributes): Value {
  const [, , h, w] = dy.shape as Sides;
  const [outputs, inputsPerGroup, kh, kw] = kernel.shape as Sides;
  const reach = [a.dilations[0] * (kh - 1), a.dilations[1] * (kw - 1)] as const;
  const turnable =
    a.strides[0] === 1 && a.strides[1] === 1 && a.pads.every((pad, at) => pad <= reach[(at % 2) as 0 | 1]);
  if (!turnable) {
    const outputPadding = [0, 1].map(
      (at) => picture[at + 2]! - (a.strides[at]! * ([h, w][at]! - 1) + reach[at]! + 1 - a.pads[at]! - a.pads[at + 2]!),
    ) as [number, number];
    return g.apply('ConvTranspose', [dy, kernel], { ...a, outputPadding })[0]!;
  }
  const { groups } = a;
  const cells = kh * kw;
  const reversed = g.indices(
    [cells],
    Array.from({ length: cells }, (_, index) => cells - 1 - index),
  );
  const turned = g.gather(g.reshape(kernel, [outputs, inputsPerGroup, cells]), reversed, 2);
  const grouped = g.reshape(turned, [groups, outputs / groups, inputsPerGroup, cells]);
  const exchanged = g.transpose(grouped, [0, 2, 1, 3]);
  const back = g.reshape(exchanged, [groups * inputsPerGroup, outputs / groups, kh, kw]);
  const pads = a.pads.map((pad, at) => reach[(at % 2) as 0 | 1] - pad) as unknown as ConvAttributes['pads'];
  return g.apply('Conv', [dy, back], { ...a, pads })[0]!;
}

/**
 * ∂/∂kernel of y = conv(x, kernel): x convolved by dy, with the batch in the place of the channels and strides and
 * dilations exchanged.
 */
export function convKernelGradient(g: Graph, x: Value, dy: Value, kernelShape: Sides, a: ConvAttributes): Value {
  const [batch, channels, rows, columns] = x.shape as Sides;
  const [outputs, inputsPerGroup, kh, kw] = kernelShape;
  const { groups } = a;
  const depthwise = inputsPerGroup === 1 && outputs === groups && groups === channels;
  const dense = [...a.strides, ...a.dilations].every((step) => step === 1);
  if (depthwise && dense && columns + a.pads[1] + a.pads[3] <= widestBand * kw)
    return depthwiseKernelGradient(g, x, dy, kernelShape, a);
  const byGroup = g.transpose(g.reshape(x, [batch, groups, inputsPerGroup, rows * columns]), [2, 1, 0, 3]);
  const pictures = g.reshape(byGroup, [inputsPerGroup, groups * batch, rows, columns]);
  const kernels = g.transpose(dy, [1, 0, 2, 3]);
  const wide = g.apply('Conv', [pictures, kernels], { ...a, strides: a.dilations, dilations: a.strides })[0]!;
  // Rows and columns that the stride never reached make the result longer than the kernel.
  const cut = g.slice(g.slice(wide, 2, 0, kh), 3, 0, kw);
  return g.reshape(g.transpose(cut, [1, 0, 2, 3]), [outputs, inputsPerGroup, kh, kw]);
}

/**
 * Above this many times the kernel's width, what {@link depthwiseKernelGradient} computes in vain outweighs its gain.
 */
const widestBand = 12;

/**
 * The kernel's gradient of a depthwise convolution without strides or gaps. A channel's own convolution by dy has one
 * row of output, which leaves matrix products idle; here each column of dy is an output of its own, every column of the
 * kernel is met at all distances, and the band of distances that the kernel has is summed. Two to four times as fast
 * for the 7 × 7 kernels of ConvNeXt at 56 to 14 columns (`npm run bench -- convolution`).
 */
function depthwiseKernelGradient(g: Graph, x: Value, dy: Value, kernelShape: Sides, a: ConvAttributes): Value {
  const [batch, channels, rows, columns] = x.shape as Sides;
  const [, , kh, kw] = kernelShape;
  const [, , h, w] = dy.shape as Sides;
  const pictures = g.reshape(g.transpose(x, [1, 0, 2, 3]), [1, channels * batch, rows, columns]);
  const kernels = g.reshape(g.transpose(dy, [1, 3, 0, 2]), [channels * w, batch, h, 1]);
  // (1, C · w, kh, padded columns)
  const met = g.apply('Conv', [pictures, kernels], { ...a, groups: channels })[0]!;
  const padded = met.shape[3]!;
  const byRow = g.transpose(g.reshape(met, [channels, w, kh, padded]), [0, 2, 1, 3]);
  const band = floatTensor([w * padded, kw]);
  for (let column = 0; column < w; column++)
    for (let at = 0; at < kw; at++) band.data[(column * padded + column + at) * kw + at] = 1;
  const summed = g.gemm(g.reshape(byRow, [channels * kh, w * padded]), g.constant(band));
  return g.reshape(summed, [channels, 1, kh, kw]);
}
