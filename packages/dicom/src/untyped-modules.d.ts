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
