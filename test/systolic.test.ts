//! systolic.test: the array clocked edge by edge gives the engine's bits, both ways of stationarity, in as many edges as the formulas say.
import { describe, expect, test } from 'vitest';
import { profile } from '../model/machine/profile.ts';
import { systolic } from '../model/systolic/device.ts';
import { crossing, outputsEdges, type Shape, tilePeriod, weightsEdges } from '../model/systolic/closed-forms.ts';
import { type Arithmetic, ClockedArray, registers } from '../model/systolic/kernel.ts';
import { type Streamed, throughOutputs, throughWeights, type Tile } from '../model/systolic/stimulus.ts';
import { difference, observe } from '../model/verify/compare.ts';
import { random } from '../model/verify/random.ts';
import { dot } from '../model/numerics/dot.ts';
import { formatByCode, formatByName } from '../model/numerics/format.ts';
import type { DotRecord } from '../model/numerics/dot-record.ts';
import { devicesOf, holds, knobs, profiles } from './laws-harness.ts';

const machine = profile('systole-16'), array = new ClockedArray(machine);
const multiplying = { ...knobs['numerics']!, name: 'numerics', weights: { ...knobs['numerics']!.weights, mm: 12, mdw: 6, wload: 8, ainit: 3 } };

test.each([...Object.values(profiles), profile('generic-systolic')])('whole programs retire and leave the same with the array as with the engine and the specification: $name', (of) => {
  const { oracle, simd } = devicesOf(of), isLarge = of.name === 'tpu1-like';
  const devices = isLarge ? [systolic(of)] : [systolic(of), systolic(of, { layout: 'outputs' }), systolic(of, { bytes: false })];
  let multiplications = 0;
  const law = (first: typeof oracle) => ({ program }: { program: Parameters<typeof observe>[1] }): string | undefined => {
    const expected = observe(first, program, { digests: true });
    return devices.map((device) => difference(expected, observe(device, program, { digests: true }))).find((found) => found !== undefined);
  };
  holds(law(oracle), of, multiplying, 0, 3);
  holds(law(simd), of, multiplying, 100, isLarge ? 6 : 20);
  if (!isLarge) holds(law(simd), of, knobs['memory']!, 0, 6);
  for (const device of devices) multiplications += device.counts().multiplications;
  expect(multiplications).toBeGreaterThan(20);
}, 240_000);
