import protobuf from 'onnx-proto';
import { executionOrder } from './execution-order.ts';
import { float16Of } from './float16.ts';
import type { Graph, Node, Value } from './graph.ts';
import type { DataType, Tensor } from './tensor.ts';
import { floatTensor, intTensor } from './tensor.ts';

const { onnx } = protobuf;

const elementType = { float32: 1, float16: 10, float64: 11, int64: 7, bool: 9 } as const satisfies Record<
  DataType,
  number
>;
const attributeType = { float: 1, int: 2, ints: 7, string: 3 } as const;
const opsetVersion = 21;
const irVersion = 10;

export interface EncodeOptions {
  /** Large float32 constants are stored as float16 and cast back when the session loads. */
  readonly halfPrecision?: boolean;
  /**
   * Everything that the graph calls float32 is written as float64, inputs and outputs included: to check a graph or a
   * gradient beyond float32's rounding. ONNX Runtime has no double kernel for some operators; the session then throws.
   */
  readonly doublePrecision?: boolean;
  /** Free text under the model's metadata, for example the label space. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The bytes of an ONNX model: what the outputs need of the graph, and no more. */
export function encodeModel(g: Graph, options: EncodeOptions = {}): Uint8Array {
  const { halfPrecision = false, doublePrecision = false, metadata = {} } = options;
  const written = (dtype: DataType): DataType => (doublePrecision && dtype === 'float32' ? 'float64' : dtype);
  const stored = (tensor: Tensor): Tensor =>
    doublePrecision && tensor.dtype === 'float32'
      ? { ...tensor, dtype: 'float64', data: Float64Array.from(tensor.data) }
      : tensor;
  const nodes = executionOrder(g);
  const nameOf = outputNames(g, nodes);
  const used = new Set([...nodes.flatMap((n) => n.inputs), ...g.outputs.values()].map((value) => value.name));
  const initializers: ReturnType<typeof tensorProto>[] = [];
  const protoNodes: ReturnType<typeof onnx.NodeProto.create>[] = [];
  for (const [name, tensor] of g.constants) {
    if (!used.has(name)) continue;
    if (halfPrecision && tensor.dtype === 'float32' && tensor.data.length > 64) {
      const half = `${name}_half`;
      initializers.push(tensorProto(half, { ...tensor, dtype: 'float16', data: float16Of(tensor.data) }));
      protoNodes.push(
        onnx.NodeProto.create({ opType: 'Cast', input: [half], output: [name], attribute: [attribute('to', 1)] }),
      );
    } else initializers.push(tensorProto(name, stored(tensor)));
  }
  for (const node of nodes) {
    const { attributes, extraInputs } = exportedForm(node, written);
    const extras = extraInputs.map((tensor, index) => {
      const name = `${node.outputs[0]!.name}_argument_${index}`;
      initializers.push(tensorProto(name, stored(tensor)));
      return name;
    });
    protoNodes.push(
      onnx.NodeProto.create({
        opType: isPlainProduct(node) ? 'MatMul' : node.operator,
        name: node.outputs[0]!.name,
        domain: node.operator === 'FusedMatMul' && !isPlainProduct(node) ? 'com.microsoft' : '',
        input: [...node.inputs.map(nameOf), ...extras],
        output: node.outputs.map(nameOf),
        attribute: [...attributes],
      }),
    );
  }
  for (const [name, value] of g.outputs)
    if (nameOf(value) !== name)
      protoNodes.push(onnx.NodeProto.create({ opType: 'Identity', input: [nameOf(value)], output: [name] }));
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
      input: g.inputs
        .filter((input) => used.has(input.name))
        .map((input) => valueInfo({ ...input, dtype: written(input.dtype) })),
      output: [...g.outputs].map(([name, value]) => valueInfo({ ...value, name, dtype: written(value.dtype) })),
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

/**
 * How values are called in the file: an output by the name it was given. An identity node is needed only where a value
 * is an input or a constant, or goes out under two names.
 */
function outputNames(g: Graph, nodes: readonly Node[]): (value: Value) => string {
  const made = new Set(nodes.flatMap((node) => node.outputs.map((output) => output.name)));
  const names = new Map<string, string>();
  for (const [name, value] of g.outputs)
    if (made.has(value.name) && !names.has(value.name)) names.set(value.name, name);
  return (value) => names.get(value.name) ?? value.name;
}

/** Nothing is turned and nothing scaled: ONNX's own operator does it, which every device knows. */
const isPlainProduct = ({ operator, attributes }: Node): boolean =>
  operator === 'FusedMatMul' && !attributes.transA && !attributes.transB && attributes.alpha === 1;

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

interface ExportedForm {
  readonly attributes: readonly Attribute[];
  readonly extraInputs: readonly Tensor[];
}

const formOf = (attributes: readonly Attribute[], ...extraInputs: readonly Tensor[]): ExportedForm => ({
  attributes,
  extraInputs,
});
const axisOf = (node: Extract<Node, { attributes: { axis: number } }>): Attribute =>
  attribute('axis', node.attributes.axis);
const integers = (values: readonly number[]): Tensor => intTensor([values.length], values);

/** ONNX's own form of a node: which of our attributes it holds as attributes and which as inputs. */
function exportedForm(node: Node, written: (dtype: DataType) => DataType): ExportedForm {
  switch (node.operator) {
    case 'Cast':
      return formOf([attribute('to', elementType[written(node.attributes.to)])]);
    case 'Reshape':
    case 'Expand':
      return formOf([], integers(node.attributes.shape));
    case 'Transpose':
      return formOf([attribute('perm', node.attributes.perm)]);
    case 'Concat':
    case 'Gather':
      return formOf([axisOf(node)]);
    case 'Split':
      return formOf([axisOf(node)], integers(node.attributes.split));
    case 'Slice': {
      const { axis, start, end } = node.attributes;
      return formOf([], integers([start]), integers([end]), integers([axis]));
    }
    case 'Clip':
      return formOf([], floatTensor([], [node.attributes.min]), floatTensor([], [node.attributes.max]));
    case 'Pad': {
      const { before, after, value } = node.attributes;
      return formOf([attribute('mode', 'constant')], integers([...before, ...after]), floatTensor([], [value]));
    }
    case 'Trilu':
      return formOf([attribute('upper', node.attributes.upper ? 1 : 0)], intTensor([], [node.attributes.diagonal]));
    case 'ScatterND':
      return formOf([attribute('reduction', 'add')]);
    case 'ReduceSum':
    case 'ReduceMean':
    case 'ReduceMax':
      // No axes means no reduction here; ONNX would otherwise reduce them all.
      return formOf(
        [
          attribute('keepdims', node.attributes.keepdims ? 1 : 0),
          ...(node.attributes.axes.length === 0 ? [attribute('noop_with_empty_axes', 1)] : []),
        ],
        integers(node.attributes.axes),
      );
    case 'Softmax':
    case 'LogSoftmax':
      return formOf([attribute('axis', -1)]);
    case 'LayerNormalization':
      return formOf([attribute('epsilon', node.attributes.epsilon, true)]);
    case 'Gemm':
    case 'FusedMatMul': {
      if (isPlainProduct(node)) return formOf([]);
      const { transA, transB } = node.attributes;
      const turns = [attribute('transA', transA ? 1 : 0), attribute('transB', transB ? 1 : 0)];
      const scaled = node.operator === 'FusedMatMul' ? [attribute('alpha', node.attributes.alpha, true)] : [];
      return formOf([...turns, ...scaled]);
    }
    case 'Conv':
    case 'ConvTranspose': {
      const { strides, pads, dilations, groups } = node.attributes;
      const extra =
        node.operator === 'ConvTranspose' ? [attribute('output_padding', node.attributes.outputPadding)] : [];
      return formOf([
        attribute('strides', strides),
        attribute('pads', pads),
        attribute('dilations', dilations),
        attribute('group', groups),
        ...extra,
      ]);
    }
    default:
      return formOf([]);
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
