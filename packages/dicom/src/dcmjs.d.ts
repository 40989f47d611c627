// dcmjs ships no types: what this package calls of it, and no more.
declare module 'dcmjs' {
  interface DicomElements {
    [tag: string]: { vr: string; Value: unknown[] };
  }
  interface DicomDict {
    dict: DicomElements;
    write(): ArrayBuffer;
  }
  export const data: {
    readonly DicomDict: new (meta: DicomElements) => DicomDict;
    readonly DicomMetaDictionary: { denaturalizeDataset(dataset: Record<string, unknown>): DicomElements };
  };
}
