/**
 * Position embeddings of one lattice of patches for another: bicubic, with the kernel widened where the new lattice is
 * coarser, as timm resamples them (PyTorch's antialiased bicubic interpolation, a = −0.5, half-pixel centres).
 * `data` is (rows · columns, width).
 */
export function resamplePositions(
  data: Float32Array,
  width: number,
  from: readonly [number, number],
  to: readonly [number, number],
): Float32Array {
  if (from[0] === to[0] && from[1] === to[1]) return data;
  const across = alongAxis(data, from[0], from[1], to[1], width);
  // Rows are resampled as one axis whose entries are whole rows.
  return alongAxis(across, 1, from[0], to[0], to[1] * width);
}

/** (lines, from, width) → (lines, to, width). */
function alongAxis(data: Float32Array, lines: number, from: number, to: number, width: number): Float32Array {
  const made = new Float32Array(lines * to * width);
  for (let place = 0; place < to; place++) {
    const { first, weights } = taps(place, from, to);
    for (let line = 0; line < lines; line++)
      weights.forEach((weight, index) => {
        const source = (line * from + first + index) * width;
        const target = (line * to + place) * width;
        for (let d = 0; d < width; d++) made[target + d]! += weight * data[source + d]!;
      });
  }
  return made;
}

/** Which entries a new one is made of, from `first` on, and how much of each. */
function taps(place: number, from: number, to: number): { readonly first: number; readonly weights: number[] } {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const centre = (place + 0.5) * scale;
  const first = Math.max(Math.trunc(centre - 2 * stretch + 0.5), 0);
  const end = Math.min(Math.trunc(centre + 2 * stretch + 0.5), from);
  const raw = Array.from({ length: end - first }, (_, index) => cubic((index + first - centre + 0.5) / stretch));
  const sum = raw.reduce((a, b) => a + b, 0);
  return { first, weights: raw.map((weight) => weight / sum) };
}

/** Cubic convolution (Keys 1981) with a = −0.5. */
function cubic(x: number): number {
  const d = Math.abs(x);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}
