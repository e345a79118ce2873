//! device: RTL of the matrix unit as a device: its instructions run there, everything else on the engine, and memory is that of the RTL.
import koffi from 'koffi';
import { engine, formats, SPACE_ACC, SPACE_DRAM, SPACE_SPM, unitNames } from 'systole';

const UNIT_MXU = unitNames.indexOf('mxu'), ROLE_WRITE = 2, DONE = 0;

/** `load`, `execute` and `read` as a device has them; `reference` is the engine that runs beside it and leaves what should be there. */
export function rtlDevice(profile, path) {
  const reference = engine(profile), design = binding(path), matrix = design.create();
  const bytesOf = new Map([[SPACE_SPM, profile.spmBytes], [SPACE_ACC, profile.accBytes]]);
  let sent = 0;

  function must(done, what) {
    if (!done) throw new Error(`the design does not ${what}`);
  }
  /** Bytes that the engine has written, once the design has nothing left to do. */
  function put(space, addresses) {
    must(design.settle(matrix, sent), 'come to rest');
    for (const [address, strobe] of strobes(addresses)) {
      must(design.write(matrix, space, address, wordsOf(reference.read(space, address, 4)), Uint8Array.of(strobe), 1), 'take a write');
    }
  }
  return {
    name: 'rtl', profile, reference,
    load(program) {
      reference.load(program);
      design.reset(matrix);
      sent = 0;
      for (const [space, size] of bytesOf) {
        must(design.write(matrix, space, 0, wordsOf(reference.read(space, 0, size)), new Uint8Array(size / 4).fill(15), size / 4), 'take a write');
      }
    },
    /** Instructions of the unit follow one another without a wait, so that they overlap; what other units write waits for it. */
    execute() {
      const running = reference.run({ ring: 1 });
      for (let next = running.next(); ; next = running.next()) {
        if (next.done) {
          must(design.settle(matrix, sent), 'come to rest');
          return next.value;
        }
        const record = next.value;
        if (record.status !== DONE) continue;
        if (record.unit === UNIT_MXU) {
          const words = wordsOf(record.bytes());
          must(design.command(matrix, words, words.length), 'take an instruction');
          sent++;
        } else {
          for (const operand of written(record)) if (bytesOf.has(operand.space)) put(operand.space, addressesOf(operand));
        }
      }
    },
    read(space, address, count) {
      if (space === SPACE_DRAM) return reference.read(space, address, count);
      const from = address & ~3, words = new Uint32Array((((address + count + 3) & ~3) - from) / 4);
      must(design.read(matrix, space, from, words, words.length), 'answer a read');
      return new Uint8Array(words.buffer).slice(address - from, address - from + count);
    },
    clocks: () => Number(design.clocks(matrix)),
    close: () => design.destroy(matrix),
  };
}

/** The first byte that is known and differs, if there is one. */
export function difference(device) {
  const { profile, reference } = device;
  for (const [name, space, size] of [['spm', SPACE_SPM, profile.spmBytes], ['acc', SPACE_ACC, profile.accBytes]]) {
    const actual = device.read(space, 0, size), expected = reference.read(space, 0, size), known = reference.known(space, 0, size);
    const at = actual.findIndex((byte, i) => known[i] === 1 && byte !== expected[i]);
    if (at >= 0) return `${name} byte 0x${at.toString(16)}: expected ${hex(expected[at])}, the design has ${hex(actual[at])}`;
  }
  return undefined;
}

function binding(path) {
  const library = koffi.load(path);
  return {
    create: library.func('void *matrix_new()'), destroy: library.func('void matrix_free(void *)'), reset: library.func('void matrix_reset(void *)'),
    write: library.func('int matrix_write(void *, uint32_t, uint32_t, const uint32_t *, const uint8_t *, uint32_t)'),
    read: library.func('int matrix_read(void *, uint32_t, uint32_t, _Out_ uint32_t *, uint32_t)'),
    command: library.func('int matrix_command(void *, const uint32_t *, uint32_t)'), settle: library.func('int matrix_settle(void *, uint32_t)'),
    clocks: library.func('uint64_t matrix_clocks(void *)'),
  };
}

const hex = (byte) => byte.toString(16).padStart(2, '0');
const wordsOf = (bytes) => new Uint32Array(bytes.slice().buffer);
const written = (record) =>
  [0, 1, 2, 3].map((position) => record.operand(position)).filter((operand) => operand !== undefined && operand.role >= ROLE_WRITE && !operand.dims.includes(0));

/** Byte addresses that an operand covers; no dtype of the profile is narrower than a byte. */
function addressesOf({ address, dims, strides, dtype }) {
  const width = formats.find(({ code }) => code === dtype).width / 8;
  const elements = dims.reduce((all, dim, axis) => all.flatMap((at) => Array.from({ length: dim }, (_, i) => at + i * strides[axis] * width)), [Number(address >> 3n)]);
  return elements.flatMap((at) => Array.from({ length: width }, (_, i) => at + i));
}
/** The bytes of each word, a bit each. */
function strobes(addresses) {
  const words = new Map();
  for (const address of addresses) words.set(address & ~3, (words.get(address & ~3) ?? 0) | (1 << (address & 3)));
  return words;
}
