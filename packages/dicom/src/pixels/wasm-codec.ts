/** What a decoder of the cornerstone WebAssembly codecs tells of the picture that it decoded. */
export interface CodecFrame {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
}

interface CodecDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  readHeader?(): void;
  decode(): void;
  getFrameInfo(): CodecFrame;
  getInterleaveMode?(): number;
  delete(): void;
}

type CodecModule<Name extends string> = { [name in Name]: new () => CodecDecoder };

export type CodecFactory<Name extends string> = (settings: {
  print(text: string): void;
  printErr(text: string): void;
}) => Promise<CodecModule<Name>>;

export interface Decoded extends CodecFrame {
  /** A copy: samples little-endian, side by side (or plane after plane, see `planar`). */
  readonly bytes: Uint8Array;
  readonly planar: boolean;
}

/**
 * A function that decodes with the class `name` of a codec. The codec is loaded at the first use; what it prints is
 * dropped, since openjpeg writes notices to stdout that would break a command's JSON.
 */
export function wasmCodec<Name extends string>(
  load: () => Promise<{ default: CodecFactory<Name> }>,
  name: Name,
): (encoded: Uint8Array) => Promise<Decoded> {
  let loading: Promise<CodecModule<Name>> | undefined;
  const silent = { print: () => undefined, printErr: () => undefined };
  return async (encoded) => {
    loading ??= load().then((module) => module.default(silent));
    const codec = await loading;
    const decoder = new codec[name]();
    try {
      decoder.getEncodedBuffer(encoded.length).set(encoded);
      decoder.decode();
      const frame = decoder.getFrameInfo();
      const bytes = decoder.getDecodedBuffer().slice();
      const { width, height, bitsPerSample, componentCount } = frame;
      return {
        width,
        height,
        bitsPerSample,
        componentCount,
        ...(frame.isSigned === undefined ? {} : { isSigned: frame.isSigned }),
        bytes,
        planar: componentCount > 1 && decoder.getInterleaveMode?.() === 0,
      };
    } finally {
      decoder.delete();
    }
  };
}
