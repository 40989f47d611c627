// Shapes of the dependencies that bring no types, as far as this package uses them.

declare module 'dicom-character-set' {
  export function convertBytes(
    specificCharacterSet: string | undefined,
    bytes: Uint8Array,
    options?: { vr?: string },
  ): string;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: import('./pixels/wasm-codec.ts').CodecFactory<'J2KDecoder'>;
  export = factory;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: import('./pixels/wasm-codec.ts').CodecFactory<'JpegLSDecoder'>;
  export = factory;
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const factory: import('./pixels/wasm-codec.ts').CodecFactory<'JPEGDecoder'>;
  export = factory;
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  interface JpegEncoder {
    getDecodedBuffer(frame: import('./pixels/wasm-codec.ts').CodecFrame): Uint8Array;
    setQuality(quality: number): void;
    encode(): void;
    getEncodedBuffer(): Uint8Array;
    delete(): void;
  }
  const factory: (settings: {
    print(text: string): void;
    printErr(text: string): void;
  }) => Promise<{ JPEGEncoder: new () => JpegEncoder }>;
  export = factory;
}
