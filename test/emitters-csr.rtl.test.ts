//! emitters-csr.rtl.test: the host's window is the same in the machine, the manual, SystemRDL, SystemVerilog and C.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { csrConstants, permissionOf } from '../model/emit/csr-constants.ts';
import { type Register, registers, readWindow, writeWindow } from '../model/machine/csr.ts';
import { Machine } from '../model/machine/machine.ts';
import { profile, profileNames } from '../model/machine/profile.ts';
import { generatedFolder, hasSimulator, linesOf, runC, simulate, simulators, tool } from './simulators.ts';
import { addressesOf, extentOf, type RdlComponent, readRdl } from './systemrdl.ts';

const rdlText = readFileSync(`${generatedFolder}systole_csr.rdl`, 'utf8');
const places = registers.flatMap((register, number) => {
  const [count, step] = register.repeat ?? [1, 4];
  return Array.from({ length: count }, (_, index) => ({ register, number, index, offset: register.offset + index * step }));
});

test('names and offsets of the host\'s window are distinct, and fields lie apart in their word', () => {
  expect(new Set(registers.map(({ name }) => name)).size).toBe(registers.length);
  expect(new Set(places.map(({ offset }) => offset)).size).toBe(places.length);
  expect(new Set(csrConstants().map(([name]) => name)).size).toBe(csrConstants().length);
  for (const { name, fields = [] } of registers) {
    const taken = fields.flatMap(({ low, width }) => Array.from({ length: width }, (_, i) => low + i));
    expect([new Set(taken).size, taken.every((bit) => bit < 32)], name).toEqual([taken.length, true]);
  }
});

test.each(profileNames())('at power-on the registers of %s read what the map says', (name) => {
  const machine = new Machine(profile(name), { read: readWindow, write: writeWindow });
  const wrong = places.filter(({ register: { access, reset = 0 } }) => access !== 'wo' && typeof reset === 'number')
    .filter(({ register, offset }) => readWindow(machine, offset) !== (register.reset ?? 0));
  expect(wrong.map(({ register, index }) => `${register.name} ${index}`)).toEqual([]);
});

test('the SystemRDL map has every register at its offset, with its access, values at power-on and fields', () => {
  const found = new Map([...addressesOf(readRdl(rdlText))].map((one) => [one.address, one]));
  expect(found.size).toBe(places.length);
  for (const { register, offset } of places) {
    const one = found.get(offset);
    expect(one?.name, offset.toString(16)).toBe(register.name);
    if (one!.component.type === 'reg') expectSame(register, one!.component);
  }
});
function expectSame(register: Register, { fields, properties }: RdlComponent): void {
  const sw = { ro: 'r', rw: 'rw', wo: 'w', w1c: 'rw' }[register.access];
  for (const field of fields) expect([field.properties.get('sw'), field.properties.get('onwrite')], register.name).toEqual([sw, register.access === 'w1c' ? 'woclr' : undefined]);
  expect([properties.get('systole_locked') ?? false, properties.get('systole_stopped') ?? false]).toEqual([register.locked ?? false, register.stopped ?? false]);
  const named = fields.filter(({ name }) => !name.startsWith('none_')).map(({ name, high, low }) => ({ name, low, width: high - low + 1 }));
  expect(named).toEqual((register.fields ?? [{ name: 'value', low: 0, width: 32 }]).map(({ name, low, width }) => ({ name, low, width })));
  const { reset = 0 } = register;
  for (const field of fields) {
    const part = Math.floor(Number(reset) / 2 ** field.low) % 2 ** (field.high - field.low + 1);
    expect(field.reset, `${register.name}.${field.name}`).toBe(register.access === 'wo' || typeof reset !== 'number' ? undefined : part);
  }
}

test('siblings of the SystemRDL map do not overlap, registers lie at multiples of 4, fields apart from bit 0 up', () => {
  const visit = (of: RdlComponent): void => {
    const sorted = [...of.children].sort((a, b) => a.offset - b.offset);
    sorted.forEach((child, i) => {
      const behind = sorted[i + 1];
      expect(child.offset % 4, child.name).toBe(0);
      if (child.count > 1) expect(child.stride, child.name).toBeGreaterThanOrEqual(extentOf({ ...child, count: 1 }));
      if (behind) expect(child.offset + extentOf(child), `${child.name} and ${behind.name}`).toBeLessThanOrEqual(behind.offset);
      let from = 0;
      for (const field of child.fields) {
        expect([field.low >= from, field.high >= field.low, field.high < 32], `${child.name}.${field.name}`).toEqual([true, true, true]);
        from = field.high + 1;
      }
      visit(child);
    });
  };
  visit(readRdl(rdlText));
});

test.each([
  ['a bracket too few', (text: string) => text.replace(/};\n$/, '\n'), /found the end/],
  ['an unknown property', (text: string) => text.replace('desc =', 'description ='), /found description, expected a property/],
  ['a property of another component', (text: string) => text.replace('systole_locked = true;', 'mementries = 4;'), /expected a property of reg/],
  ['an access that does not exist', (text: string) => text.replace('sw = rw;', 'sw = rx;'), /found rx, expected a value of sw/],
  ['a keyword as a name', (text: string) => text.replace('} ID @', '} mem @'), /found mem, expected an identifier/],
  ['a memory inside', (text: string) => text.replace('external mem', 'mem'), /expected external/],
])('the reader of SystemRDL refuses %s', (_, broken, message) => {
  expect(broken(rdlText)).not.toBe(rdlText);
  expect(() => readRdl(broken(rdlText))).toThrow(message);
});

test.each(simulators)('%s: the functions of systole_csr say of every offset which register it is and what the host may do', (simulator) => {
  if (!hasSimulator(simulator)) return;
  const flags = ['is_readable', 'is_writable', 'is_locked', 'is_stopped', 'clears_by_one'];
  const text = [
    'module bench;', '  integer i;', '  initial begin',
    '    for (i = 0; i < 32\'h10000; i = i + 4) if (systole_csr::register_at(i[15:0]) != systole_csr::NUMBER_NONE) $display("at %0d %0d %0d", i, systole_csr::register_at(i[15:0]), systole_csr::index_at(i[15:0]));',
    '    for (i = 1; i < 32\'h10000; i = i + 4) if (systole_csr::register_at(i[15:0]) != systole_csr::NUMBER_NONE) $display("at %0d", i);',
    `    for (i = 0; i < 256; i = i + 1) $display("number %0d${' %0d'.repeat(flags.length)} %0h", i, ${flags.map((name) => `systole_csr::${name}(i[7:0])`).join(', ')}, systole_csr::reset_value(i[7:0]));`,
    ...csrConstants().map(([name]) => `    $display("constant ${name} %0d", systole_csr::${name});`), '    $finish;', '  end', 'endmodule', '',
  ].join('\n');
  const { out } = simulate(simulator, { text, top: 'bench', files: ['systole_csr.sv'] });
  expect(linesOf(out, 'at')).toEqual([...places].sort((a, b) => a.offset - b.offset).map(({ offset, number, index }) => `${offset} ${number} ${index}`));
  expect(linesOf(out, 'number')).toEqual(Array.from({ length: 256 }, (_, number) => {
    const register = registers[number];
    if (!register) return `${number} 0 0 0 0 0 0`;
    const { reads, writes, locked, stopped } = permissionOf(register), { reset } = register;
    return [number, ...[reads, writes, locked, stopped, register.access === 'w1c'].map((holds) => (holds ? 1 : 0)), (typeof reset === 'number' ? reset : 0).toString(16)].join(' ');
  }));
  expect(linesOf(out, 'constant')).toEqual(csrConstants().map(([name, value]) => `${name} ${value}`));
}, 120_000);

test('c: the constants of the window are those of the map', () => {
  if (!tool('gcc', 'apt-get install gcc g++')) return;
  const text = ['#include <stdio.h>', '#include "systole_isa.h"', 'int main(void) {', ...csrConstants().map(([name]) => `  printf("constant ${name} %u\\n", SYSTOLE_CSR_${name});`), '  return 0;', '}', ''].join('\n');
  expect(linesOf(runC('c', text), 'constant')).toEqual(csrConstants().map(([name, value]) => `${name} ${value}`));
});
