// dcmjs ships no types: what this package calls of it, and no more.
declare module 'dcmjs' {
  export interface DicomElements {
    [tag: string]: { vr: string; Value: unknown[] };
  }
  interface DicomDict {
    meta: DicomElements;
    dict: DicomElements;
    write(options?: { fragmentMultiframe?: boolean }): ArrayBuffer;
  }
  export const log: { setLevel(level: 'silent'): void };
  export const data: {
    readonly DicomDict: new (meta: DicomElements) => DicomDict;
    readonly DicomMessage: { readFile(buffer: ArrayBuffer, options?: { ignoreErrors?: boolean }): DicomDict };
    readonly DicomMetaDictionary: { denaturalizeDataset(dataset: Record<string, unknown>): DicomElements };
  };
}
