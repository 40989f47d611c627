/** What a model folder must hold to be read. */
export const modelFileNames = ['model.onnx', 'operating-points.json', 'manifest.json'] as const;
export type ModelFiles = Readonly<Record<(typeof modelFileNames)[number], Uint8Array>>;
