//! program: compiles the digit network to one ISA program that classifies any number of images.
import type { Profile } from '../../model/machine/profile.ts';
import { conv2d } from '../../model/programs/conv2d.ts';
import { depthwise } from '../../model/programs/depthwise.ts';
import { requantise } from '../../model/programs/elementwise.ts';
import { fullyConnected } from '../../model/programs/fully-connected.ts';
import { maxPooling } from '../../model/programs/pooling.ts';
import { tableOf } from '../../model/programs/table.ts';
import type { Epilogue, Window } from '../../model/programs/tiling.ts';
import { bytesOf, seen, size, type View } from '../../model/programs/view.ts';
import { type Mode, type Writer, type Written, writer } from '../../model/programs/writer.ts';
import type { Layer, Network } from './network.ts';

/** The program, and where it leaves the logits: int8 [images, 10] from this byte of DRAM. */
export interface DigitsProgram extends Written { readonly logitsAddress: number; readonly logitsBytes: number }

const PIXELS = 28 * 28, CLASSES = 10;

/** `images` are 28 x 28 bytes each, 0 dark to 255 light. The loop over them is the program's own: s16 and s17 count elements. */
export function digitsProgram(network: Network, profile: Profile, images: readonly Uint8Array[]): DigitsProgram {
  const w = writer(profile), pixels = Uint8Array.from(images.flatMap((image) => [...image].map((pixel) => pixel ^ 0x80)));
  const all = w.dram('images', 's8', [images.length, 28, 28, 1], pixels), logits = w.dram('logits', 's8', [images.length, 1, 1, CLASSES]);
  const tensors = new Map<string, View>([['image', stepped(all, 's16')]]);
  const last = network.layers.at(-1)!;
  for (const layer of network.layers) tensors.set(layer.name, layer === last ? stepped(logits, 's17') : w.dram(layer.name, 's8', [1, ...layer.outputShape]));
  const written = network.layers.map((layer) => compile(w, layer, tensors));
  w.line('s16 = 0');
  w.line('s17 = 0');
  w.loop(images.length, [['s16', PIXELS], ['s17', CLASSES]], () => {
    for (const write of written) write();
  });
  const program = w.finish('digits', `${network.layers.length} layers of int8 classify ${images.length} images of 28 x 28`);
  return { ...program, logitsAddress: logits.bit / 8, logitsBytes: images.length * CLASSES };
}

/** One entry of a batch; a register moves it along. */
const stepped = (batch: View, register: string): View => ({ ...seen(batch, [1, ...batch.dims.slice(1)], batch.strides), register, reach: bytesOf(batch) });

/** Lay a layer's constants into DRAM; the result writes its instructions. */
function compile(w: Writer, layer: Layer, tensors: ReadonlyMap<string, View>): () => void {
  const input = tensors.get(layer.input)!, output = tensors.get(layer.name)!, [height, width, channels] = layer.outputShape, inputs = layer.inputShape[2];
  const mode: Mode = { round: 'rhu', scale: 'fixed', zpo: layer.outputZeroPoint, clamp: [layer.clamp[0], layer.clamp[1]] };
  const rows = Array.from(layer.multiplier, (multiplier, n) => ({ bias: layer.bias[n] ?? 0, multiplier, shift: layer.shift[n]! }));
  const weights = (dims: readonly number[]): View => w.dram(`${layer.name}_w`, 's8', dims, new Uint8Array(layer.weights.slice().buffer));
  const table = (): View => tableOf(w, `${layer.name}_tb`, rows);
  const window = windowOf(layer), common = { input, output, inputZero: layer.inputZeroPoint, accumulator: 's32' } as const;
  const titled = (body: () => void) => (): void => { w.comment(`${layer.name}: ${layer.kind} to [${height}, ${width}, ${channels}]`); body(); };
  switch (layer.kind) {
    case 'conv': {
      const of = { ...common, weights: weights([layer.kernel, layer.kernel, inputs, channels]), window, groups: 1, weightZero: 0, epilogue: { mode, table: table() } satisfies Epilogue };
      return titled(() => conv2d(w, of));
    }
    case 'depthwise': {
      const of = { ...common, weights: weights([layer.kernel, layer.kernel, channels]), window, channelMultiplier: 1, epilogue: { mode, table: table() } };
      return titled(() => depthwise(w, of));
    }
    case 'dense': {
      const depth = size(layer.inputShape), of = {
        ...common, input: seen(input, [1, depth], [depth, 1]), output: seen(output, [1, channels], [channels, 1]), weights: weights([depth, channels]),
        weightZero: 0, epilogue: { mode, table: table() },
      };
      return titled(() => fullyConnected(w, of));
    }
    case 'maxpool': return titled(() => maxPooling(w, { input, output, window }));
    case 'add': {
      const residual = tensors.get(layer.residual!)!, of = tableOf(w, `${layer.name}_tb`, rows, channels);
      return titled(() => requantise(w, { input, output, residual, table: of, mode: { ...mode, zpa: layer.inputZeroPoint, zpb: layer.residualZeroPoint } }));
    }
    case 'average': {
      // The zero point of every summand goes into the bias, so that the sum is of codes.
      const count = layer.inputShape[0] * layer.inputShape[1], [row] = rows;
      const of = tableOf(w, `${layer.name}_tb`, [{ ...row!, bias: row!.bias - count * layer.inputZeroPoint }], channels);
      return titled(() => average(w, input, output, of, mode));
    }
  }
}

const windowOf = ({ kernel, stride, padTop, padLeft, kind }: Layer): Window => {
  const taps = kind === 'maxpool' ? 2 : kernel, step = kind === 'maxpool' ? 2 : stride;
  return { kernel: { y: taps, x: taps }, stride: { y: step, x: step }, dilation: { y: 1, x: 1 }, before: { y: padTop, x: padLeft } };
};

/** Sum over all positions, then the epilogue. */
function average(w: Writer, input: View, output: View, table: View, mode: Mode): void {
  const [, height = 0, width = 0, channels = 0] = input.dims;
  w.scope(() => {
    const x = w.spm('x', 's8', [height, width, channels]), sums = w.spm('sums', 's32', [channels]), o = w.spm('o', 's8', [channels]), row = w.spm('tb', 's32', [1, 4]);
    w.load(x, seen(input, x.dims, input.strides.slice(1)));
    w.load(row, seen(table, [1, 4], [4, 1]));
    w.reduce('sum', sums, seen(x, [channels, height, width], [1, width * channels, channels]), 2);
    w.scale(o, sums, seen(row, [channels, 4], [0, 1]), mode);
    w.store(seen(output, [channels], [1]), o);
  });
}
