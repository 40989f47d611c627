import type { NamedTensors } from '@radiolect/onnx';
import { writeSafetensors } from '@radiolect/onnx';
import type { BackboneSettings } from './create-backbone.ts';

/** `backbone.safetensors` of a run: the weights of its backbone alone, to begin another training with. */
export function backboneFile(
  { name, backbone }: { readonly name: string; readonly backbone: BackboneSettings },
  weights: NamedTensors,
  epoch: number,
): Uint8Array {
  const tensors = new Map([...weights].filter(([parameter]) => parameter.startsWith('backbone.')));
  const metadata = { recipe: name, epoch: String(epoch), backbone: JSON.stringify(backbone) };
  return writeSafetensors({ tensors, metadata });
}
