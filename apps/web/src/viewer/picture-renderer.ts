import type { Placement, Size } from './viewport.ts';
import type { CountPicture, CountWindow } from './window-level.ts';

export const colourSchemes = ['hot-black', 'hot-white', 'hot-metal'] as const;
/** `hot-black`: many counts are dark, as on film. */
export type ColourScheme = (typeof colourSchemes)[number];

/** A heat map on a grid that spans its picture: one byte a cell, row-major, 0 none to 255 strongest. */
export interface HeatGrid {
  readonly columns: number;
  readonly rows: number;
  readonly values: Uint8Array;
}

export interface DrawOptions {
  readonly window: CountWindow;
  readonly scheme: ColourScheme;
  readonly placement: Placement;
  /** CSS pixels. */
  readonly size: Size;
  readonly pixelRatio: number;
  /** 0 hides the heat map. */
  readonly heatOpacity: number;
}

const vertexSource = `#version 300 es
in vec2 corner;
void main() { gl_Position = vec4(corner, 0.0, 1.0); }`;

// Counts stay integers up to here: bilinear interpolation and windowing are done on the values themselves.
const fragmentSource = `#version 300 es
precision highp float;
precision highp usampler2D;
uniform usampler2D counts;
uniform sampler2D heat;
uniform ivec2 pictureSize;
uniform vec2 origin;
uniform vec2 perPixel;
uniform float canvasHeight;
uniform vec2 window;
uniform int scheme;
uniform float heatOpacity;
out vec4 colour;

float countAt(ivec2 at) {
  return float(texelFetch(counts, clamp(at, ivec2(0), pictureSize - 1), 0).r);
}

vec3 shade(float t) {
  if (scheme == 0) return vec3(0.945, 0.945, 0.935) * (1.0 - t);
  if (scheme == 1) return vec3(t);
  return clamp(vec3(2.6 * t, 2.6 * t - 1.0, 4.0 * t - 3.0), 0.0, 1.0);
}

vec3 heatShade(float t) {
  return mix(vec3(1.0, 0.72, 0.1), vec3(0.86, 0.08, 0.12), smoothstep(0.35, 1.0, t));
}

void main() {
  vec2 screen = vec2(gl_FragCoord.x, canvasHeight - gl_FragCoord.y);
  vec2 at = origin + screen * perPixel;
  if (any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(pictureSize)))) {
    colour = vec4(shade(0.0) * 0.97, 1.0);
    return;
  }
  vec2 cell = at - 0.5;
  ivec2 base = ivec2(floor(cell));
  vec2 share = fract(cell);
  float count = mix(
    mix(countAt(base), countAt(base + ivec2(1, 0)), share.x),
    mix(countAt(base + ivec2(0, 1)), countAt(base + ivec2(1, 1)), share.x),
    share.y);
  float t = clamp((count - window.x) / max(window.y - window.x, 1e-6), 0.0, 1.0);
  vec3 shown = shade(t);
  if (heatOpacity > 0.0) {
    float h = texture(heat, at / vec2(pictureSize)).r;
    shown = mix(shown, heatShade(h), heatOpacity * smoothstep(0.15, 0.7, h));
  }
  colour = vec4(shown, 1.0);
}`;

/** Draws the counts of one view on one canvas with WebGL2. Throws where the browser has no WebGL2. */
export class PictureRenderer {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #countsTexture: WebGLTexture;
  readonly #heatTexture: WebGLTexture;
  #picture: Size = { width: 1, height: 1 };
  #hasHeat = false;

  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: false });
    if (!gl) throw new Error('This browser offers no WebGL2, which the scan viewer needs. Update it or turn WebGL on.');
    this.#gl = gl;
    this.#program = link(gl);
    // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's useProgram is no React hook.
    gl.useProgram(this.#program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
    const corner = gl.getAttribLocation(this.#program, 'corner');
    gl.enableVertexAttribArray(corner);
    gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    this.#countsTexture = texture(gl, gl.NEAREST);
    this.#heatTexture = texture(gl, gl.LINEAR);
    this.setPicture({ columns: 1, rows: 1, counts: new Uint16Array(1), pixelSpacing: [1, 1] });
    this.setHeat(undefined);
  }

  setPicture({ columns, rows, counts }: CountPicture): void {
    const gl = this.#gl;
    this.#picture = { width: columns, height: rows };
    gl.bindTexture(gl.TEXTURE_2D, this.#countsTexture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16UI, columns, rows, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, counts);
  }

  setHeat(heat: HeatGrid | undefined): void {
    const gl = this.#gl;
    const { columns, rows, values } = heat ?? { columns: 1, rows: 1, values: new Uint8Array(1) };
    this.#hasHeat = heat !== undefined;
    gl.bindTexture(gl.TEXTURE_2D, this.#heatTexture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, columns, rows, 0, gl.RED, gl.UNSIGNED_BYTE, values);
  }

  draw(options: DrawOptions): void {
    const gl = this.#gl;
    const { window, placement, size, pixelRatio } = options;
    const [width, height] = [Math.round(size.width * pixelRatio), Math.round(size.height * pixelRatio)];
    const canvas = gl.canvas;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    gl.viewport(0, 0, width, height);
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(this.#program, name);
    gl.uniform1i(at('counts'), 0);
    gl.uniform1i(at('heat'), 1);
    gl.uniform2i(at('pictureSize'), this.#picture.width, this.#picture.height);
    gl.uniform2f(at('origin'), placement.origin[0], placement.origin[1]);
    gl.uniform2f(at('perPixel'), 1 / (placement.scale[0] * pixelRatio), 1 / (placement.scale[1] * pixelRatio));
    gl.uniform1f(at('canvasHeight'), height);
    gl.uniform2f(at('window'), window.lower, window.upper);
    gl.uniform1i(at('scheme'), colourSchemes.indexOf(options.scheme));
    gl.uniform1f(at('heatOpacity'), this.#hasHeat ? options.heatOpacity : 0);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#countsTexture);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.#heatTexture);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.activeTexture(gl.TEXTURE0);
  }

  dispose(): void {
    this.#gl.deleteTexture(this.#countsTexture);
    this.#gl.deleteTexture(this.#heatTexture);
    this.#gl.deleteProgram(this.#program);
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error('WebGL2 context lost while its shaders were made');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new Error(`The viewer's shader does not link: ${gl.getProgramInfoLog(program) ?? ''}`);
  return program;
}

function texture(gl: WebGL2RenderingContext, filter: number): WebGLTexture {
  const made = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, made);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return made;
}
