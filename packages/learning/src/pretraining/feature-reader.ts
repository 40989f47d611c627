import type { Graph, NamedTensors, Tensor, Value } from '@radiolect/onnx';
import { encodeModel, Graph as OnnxGraph, Session } from '@radiolect/onnx';
import type { Backbone } from '../backbones/backbone.ts';
import type { Parameters } from '../network/parameters.ts';
import { ParameterInputs } from '../network/parameters.ts';
import type { FeatureTable } from './feature-table.ts';
import { featureTable } from './feature-table.ts';

// B cases, V views, D width of the backbone, P of a projection.

/** The views of some cases: `images` (B, V, rows, columns) and `seen` (B, V). */
export interface ShownCases {
  readonly images: Tensor;
  readonly seen: Tensor;
}

export interface CaseFeatures {
  /** (N, V·D): the pooled features of a case's views side by side, zeros for a view that is missing. */
  readonly features: FeatureTable;
  /** (N, V·P), where the network projects. */
  readonly projections?: FeatureTable;
}

export interface FeatureReader {
  /** Cases that `shown` must give at a time. */
  readonly batch: number;
  read(weights: NamedTensors, count: number, shown: (from: number) => Promise<ShownCases>): Promise<CaseFeatures>;
  dispose(): Promise<void>;
}

/** Grey pictures (B, rows, columns) for a backbone that may take colours. */
export function asChannels(g: Graph, pictures: Value, { channels }: Backbone): Value {
  const [batch, rows, columns] = pictures.shape as [number, number, number];
  const grey = g.reshape(pictures, [batch, 1, rows, columns]);
  return channels === 1 ? grey : g.concat(new Array<Value>(channels).fill(grey), 1);
}

/**
 * Reads features with any weights of a run, `batch` cases at a time. `project` takes pooled features (B·V, D) to where
 * the loss is taken, (B·V, P).
 */
export async function featureReader(
  backbone: Backbone,
  views: number,
  batch: number,
  threads: number,
  project?: (g: Graph, p: Parameters, features: Value) => Value,
): Promise<FeatureReader> {
  const g = new OnnxGraph();
  const p = new ParameterInputs(g);
  const images = g.input('images', 'float32', [batch, views, ...backbone.picture]);
  const seen = g.input('seen', 'float32', [batch, views]);
  const pictures = g.reshape(images, [batch * views, ...backbone.picture]);
  const { pooled } = backbone.build(g, p, asChannels(g, pictures, backbone));
  const masked = (rows: Value): Value =>
    g.reshape(g.mul(rows, g.reshape(seen, [batch * views, 1])), [batch, views * rows.shape[1]!]);
  g.output('features', masked(pooled));
  if (project) g.output('projections', masked(project(g, p, pooled)));
  const session = await Session.create(encodeModel(g), { threads });
  const wanted = new Set(session.inputNames);
  return {
    batch,
    async read(weights, count, shown) {
      const feeds = Object.fromEntries([...weights].filter(([name]) => wanted.has(name)));
      const rows = new Map<string, { readonly width: number; readonly values: number[] }>();
      for (let from = 0; from < count; from += batch) {
        const { images: shownImages, seen: shownSeen } = await shown(from);
        const results = await session.run({ ...feeds, images: shownImages, seen: shownSeen });
        for (const [name, { shape, data }] of Object.entries(results)) {
          const width = shape[1]!;
          const known = rows.get(name) ?? { width, values: [] };
          // The last batch is filled up with cases that are not asked for.
          for (const value of (data as Float32Array).subarray(0, Math.min(count - from, batch) * width))
            known.values.push(value);
          rows.set(name, known);
        }
      }
      const table = (name: string): FeatureTable | undefined => {
        const found = rows.get(name);
        return found && featureTable(count, found.width, found.values);
      };
      const projections = table('projections');
      return { features: table('features')!, ...(projections ? { projections } : {}) };
    },
    dispose: () => session.dispose(),
  };
}
