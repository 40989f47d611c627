import protobuf from 'onnx-proto';
import { float16Of } from './float16.ts';
import type { Graph, Node, Value } from './graph.ts';
import type { DataType, Tensor } from './tensor.ts';
import { intTensor } from './tensor.ts';

const { onnx } = protobuf;

const elementType = { float32: 1, float16: 10, int64: 7, bool: 9 } as const satisfies Record<DataType, number>;
const attributeType = { float: 1, int: 2, ints: 7, string: 3 } as const;
const opsetVersion = 21;
const irVersion = 10;

export interface EncodeOptions {
  /** Large float32 constants are stored as float16 and cast back when the session loads. */
  readonly halfPrecision?: boolean;
  /** Free text under the model's metadata, for example the label space. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The bytes of an ONNX model: what the outputs need of the graph, and no more. */
export function encodeModel(g: Graph, { halfPrecision = false, metadata = {} }: EncodeOptions = {}): Uint8Array {
  const nodes = neededNodes(g);
  const used = new Set([...nodes.flatMap((n) => n.inputs), ...g.outputs.values()].map((value) => value.name));
  const initializers: ReturnType<typeof tensorProto>[] = [];
  const protoNodes: ReturnType<typeof onnx.NodeProto.create>[] = [];
  for (const [name, tensor] of g.constants) {
    if (!used.has(name)) continue;
    if (halfPrecision && tensor.dtype === 'float32' && tensor.data.length > 64) {
      const stored = `${name}_half`;
      initializers.push(tensorProto(stored, { ...tensor, dtype: 'float16', data: float16Of(tensor.data) }));
      protoNodes.push(
        onnx.NodeProto.create({ opType: 'Cast', input: [stored], output: [name], attribute: [attribute('to', 1)] }),
      );
    } else initializers.push(tensorProto(name, tensor));
  }
  for (const node of nodes) {
    const { attributes, extraInputs } = exportedForm(node);
    const extras = extraInputs.map((values, index) => {
      const name = `${node.outputs[0]!.name}_argument_${index}`;
      initializers.push(tensorProto(name, intTensor([values.length], values)));
      return name;
    });
    protoNodes.push(
      onnx.NodeProto.create({
        opType: node.operator,
        name: node.outputs[0]!.name,
        domain: node.operator === 'FusedMatMul' ? 'com.microsoft' : '',
        input: [...node.inputs.map((input) => input.name), ...extras],
        output: node.outputs.map((output) => output.name),
        attribute: attributes,
      }),
    );
  }
  // An output keeps the name it was given through an identity node.
  for (const [name, value] of g.outputs)
    protoNodes.push(onnx.NodeProto.create({ opType: 'Identity', input: [value.name], output: [name] }));
  const model = onnx.ModelProto.create({
    irVersion,
    producerName: 'radiolect',
    opsetImport: [
      { domain: '', version: opsetVersion },
      { domain: 'com.microsoft', version: 1 },
    ],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'graph',
      node: protoNodes,
      initializer: initializers,
      input: g.inputs.filter((input) => used.has(input.name)).map(valueInfo),
      output: [...g.outputs].map(([name, value]) => valueInfo({ ...value, name })),
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

/** The nodes that the outputs depend on, in topological order. */
function neededNodes(g: Graph): readonly Node[] {
  const wanted = new Set([...g.outputs.values()].map((value) => value.name));
  const kept: Node[] = [];
  for (const node of g.nodes.toReversed())
    if (node.outputs.some((output) => wanted.has(output.name))) {
      kept.push(node);
      for (const input of node.inputs) wanted.add(input.name);
    }
  return kept.reverse();
}

type Attribute = ReturnType<typeof onnx.AttributeProto.create>;

function attribute(name: string, value: number | readonly number[] | string, float = false): Attribute {
  if (typeof value === 'string')
    return onnx.AttributeProto.create({ name, type: attributeType.string, s: new TextEncoder().encode(value) });
  if (typeof value !== 'number')
    return onnx.AttributeProto.create({ name, type: attributeType.ints, ints: [...value] });
  return float
    ? onnx.AttributeProto.create({ name, type: attributeType.float, f: value })
    : onnx.AttributeProto.create({ name, type: attributeType.int, i: value });
}

/** ONNX's own form of a node: which of our attributes it holds as attributes and which as int64 inputs. */
function exportedForm(node: Node): {
  readonly attributes: Attribute[];
  readonly extraInputs: readonly (readonly number[])[];
} {
  switch (node.operator) {
    case 'Cast':
      return { attributes: [attribute('to', elementType[node.attributes.to])], extraInputs: [] };
    case 'Reshape':
    case 'Expand':
      return { attributes: [], extraInputs: [node.attributes.shape] };
    case 'Transpose':
      return { attributes: [attribute('perm', node.attributes.perm)], extraInputs: [] };
    case 'Concat':
    case 'Gather':
      return { attributes: [attribute('axis', node.attributes.axis)], extraInputs: [] };
    case 'Split':
      return { attributes: [attribute('axis', node.attributes.axis)], extraInputs: [node.attributes.split] };
    case 'Slice': {
      const { axis, start, end } = node.attributes;
      return { attributes: [], extraInputs: [[start], [end], [axis]] };
    }
    case 'ScatterND':
      return { attributes: [attribute('reduction', 'add')], extraInputs: [] };
    case 'ReduceSum':
    case 'ReduceMean':
    case 'ReduceMax':
      return {
        attributes: [attribute('keepdims', node.attributes.keepdims ? 1 : 0)],
        extraInputs: [node.attributes.axes],
      };
    case 'Softmax':
    case 'LogSoftmax':
      return { attributes: [attribute('axis', -1)], extraInputs: [] };
    case 'LayerNormalization':
      return { attributes: [attribute('epsilon', node.attributes.epsilon, true)], extraInputs: [] };
    case 'Gemm':
    case 'FusedMatMul': {
      const { transA, transB } = node.attributes;
      const attributes = [attribute('transA', transA ? 1 : 0), attribute('transB', transB ? 1 : 0)];
      if (node.operator === 'FusedMatMul') attributes.push(attribute('alpha', node.attributes.alpha, true));
      return { attributes, extraInputs: [] };
    }
    case 'Conv':
    case 'ConvTranspose': {
      const { strides, pads, dilations, groups } = node.attributes;
      const attributes = [
        attribute('strides', strides),
        attribute('pads', pads),
        attribute('dilations', dilations),
        attribute('group', groups),
      ];
      if (node.operator === 'ConvTranspose')
        attributes.push(attribute('output_padding', node.attributes.outputPadding));
      return { attributes, extraInputs: [] };
    }
    default:
      return { attributes: [], extraInputs: [] };
  }
}

function tensorProto(name: string, tensor: Tensor): ReturnType<typeof onnx.TensorProto.create> {
  const { data } = tensor;
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return onnx.TensorProto.create({ name, dims: [...tensor.shape], dataType: elementType[tensor.dtype], rawData });
}

function valueInfo(value: Value): ReturnType<typeof onnx.ValueInfoProto.create> {
  return onnx.ValueInfoProto.create({
    name: value.name,
    type: {
      tensorType: {
        elemType: elementType[value.dtype],
        shape: { dim: value.shape.map((side) => ({ dimValue: side })) },
      },
    },
  });
}
