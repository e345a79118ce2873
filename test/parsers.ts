//! parsers: every reader of what users hand in, with valid files to start from and the law that what it accepts keeps.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from '../model/assembler/assembler.ts';
import { disassemble } from '../model/assembler/disassembler.ts';
import { readImage } from '../model/assembler/image.ts';
import { RetiredCursor } from '../model/cursor.ts';
import type { Program } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { Rejected } from '../model/failure.ts';
import { readIntelHex, writeIntelHex } from '../model/files/intelhex.ts';
import { descrsOf, packNpy, readNpy, writeNpy } from '../model/files/npy.ts';
import { readHex, writeHex } from '../model/files/readmemh.ts';
import type { Section } from '../model/files/section.ts';
import { readTar, writeTar } from '../model/files/tar.ts';
import { byMnemonic } from '../model/instructions/set.ts';
import { profile, profileNames } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import { formatByName, formats } from '../model/numerics/format.ts';
import { probeTypes } from '../model/probe/types-of-units.ts';
import { digitsOf, readProbe } from '../model/probe/words.ts';
import { packSnapshot, unpackSnapshot } from '../model/snapshot.ts';
import { specification } from '../model/specification.ts';
import { readMap } from '../model/systolic/vcd-difference.ts';
import { edgesOf, readHeader } from '../model/systolic/vcd-reader.ts';
import { readTold, readTrace, recordJson, traceHeader, traceRecord, traceWords } from '../model/trace.ts';
import { type CaseInfo, caseText, readCase } from '../model/verify/case.ts';
import { generate } from '../model/verify/generate.ts';
import type { Random } from '../model/verify/random.ts';
import { knobs } from '../model/verify/record.ts';
import { observeTrial, startOf, type Trial } from '../model/verify/trial.ts';
import { bundleParser, manifestParser } from './parser-bundles.ts';
import type { Source } from './parser-mutations.ts';
import { equalBytes, gathered, hexOf, latin1, root, utf8 } from './parser-samples.ts';
import { readPgm, writePgm } from '../examples/digits/pgm.ts';

export interface Parser extends Source {
  /** Read a file: undefined, or the law that what was accepted breaks. Throws Rejected for what is no such file. */
  readonly read: (bytes: Uint8Array) => string | undefined;
  /** The way to change a valid file, where it is not the one of all. */
  readonly vary?: (next: Random) => Uint8Array;
  /** Make check sums right again, so that what they protect is read too. */
  readonly seal?: (bytes: Uint8Array, next: Random) => Uint8Array;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const machine = profile('systole-16');
const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.s')).map((name) => readFileSync(join(root, 'examples', name)));
const regressions = readdirSync(join(root, 'golden', 'regressions')).filter((name) => name.endsWith('.s')).map((name) => readFileSync(join(root, 'golden', 'regressions', name)));
const sources = [...examples, ...regressions].filter((bytes) => bytes.length < 20_000);
const images = (): readonly Uint8Array[] => sources.flatMap((bytes) => assemble(bytes, { include: () => '' }).program?.image ?? []);
const pieces: readonly Section[] = [{ address: 0, bytes: Uint8Array.from({ length: 40 }, (_, i) => i) }, { address: 64, bytes: new Uint8Array(8), known: Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 0) }, { address: 70_000, bytes: Uint8Array.of(1, 2, 3, 4) }];
const sameSections = (a: readonly Section[], b: readonly Section[]): boolean =>
  a.length === b.length && a.every((one, i) => one.address === b[i]!.address && equalBytes(one.bytes, b[i]!.bytes) && equalBytes(one.known ?? new Uint8Array(0), b[i]!.known ?? new Uint8Array(0)));

const assembler: () => Parser = () => ({
  corpus: [...sources, utf8('.macro put x, n\n.repeat \\n, i\n    s\\x = s\\x + \\i\n.end\n.end\n.equ N, (3 << 2) * ~-4\n put 1, 3\n.include "a.inc"\n.file dram 0x40 "a.hex"\n.data spm 0\n.fp16 1.5, -inf, 0x3c00\n.string "a\\n\\x41"\n.align 64\n.text\nend: halt N\n')],
  words: [...byMnemonic.keys(), '.repeat', '.end', '.macro', '.include "a.inc"', '.include "self.inc"', '.file dram 0 "a.hex"', '.file spm 8 "a.npy"', '.file dram 0 "a.ihex"', '.data', '.zero', '.align', '.equ', '.entry', '.require', '.header', '.argument', '.text',
    'wait', 'post', 'mode', 'dram', 'spm', 'acc', 's8', 'fp16', 'fp32', 'name', 'slot', 'table', 't63', 's31', 'p7', 'm63', 'n3', '?!p1', '\\@', '<=u', 'xor', 'loop 3 {', '}'],
  read(bytes) {
    const named: Readonly<Record<string, string | Uint8Array>> = { 'a.inc': 'nop\n', 'self.inc': '.include "self.inc"\n.include "self.inc"\n', 'a.hex': '@1 01 02\n@9 x3\n', 'a.ihex': ':0100000001FE\n:00000001FF\n', 'a.npy': writeNpy(Uint8Array.of(1, 2), formatByName('u8'), [2]) };
    const result = assemble(bytes, { file: 'a.s', include: (path) => (Object.hasOwn(named, path) ? named[path] : undefined) });
    if (!result.program) throw new Rejected(result.diagnostics);
    // What a short text unfolds to may be long; reading that again is another file's time.
    if (result.program.image.length > 2 ** 16) return undefined;
    const again = assemble(disassemble(result.program.image));
    return again.program && equalBytes(again.program.image, result.program.image) ? undefined : 'its image, disassembled, assembles to another one';
  },
});

const image: () => Parser = () => ({
  corpus: images(), words: [],
  read(bytes) {
    readImage(bytes, 'a.bin');
    const listing = disassemble(bytes, 'a.bin'), again = assemble(listing);
    return again.program && equalBytes(again.program.image, bytes) ? undefined : `its text does not assemble to it: ${again.diagnostics[0]?.message ?? 'other bytes'}`;
  },
});

const hex: () => Parser = () => ({
  corpus: [utf8(writeHex(pieces, 1, 'bytes')), utf8(writeHex(pieces, 4, 'words')), utf8('@0 1234 /* a */ zz_x? // b\n@FF 9\n'), utf8(writeHex([{ address: 0, bytes: images()[0]! }], 4, 'image'))], words: ['@0', '@ffffffffffff', '@1000000000000', 'xx', 'deadbeef', '/*', '*/', '//', '0x12', '_'],
  read(bytes) {
    const { wordBytes, sections } = readHex(latin1(bytes), 'a.hex'), again = readHex(writeHex(sections, wordBytes, 'again'), 'b.hex');
    return again.wordBytes === wordBytes && sameSections(sections, again.sections) ? undefined : 'what is written of it reads otherwise';
  },
});

const ihex: () => Parser = () => ({
  corpus: [utf8(writeIntelHex(pieces)), utf8(':020000021200EA\n:0300300002337A1E\n:0400000500000000F7\n:00000001FF\n')], words: [':020000040001F9', ':00000001FF', ':02000004FFFFFC', ':0100000000FF'],
  read: (bytes) => {
    const sections = readIntelHex(latin1(bytes), 'a.ihex');
    return sameSections(sections, readIntelHex(writeIntelHex(sections), 'b.ihex')) ? undefined : 'what is written of it reads otherwise';
  },
  seal: (bytes) => utf8(latin1(bytes).split('\n').map((line) => {
    const found = /^:((?:[\da-fA-F]{2}){4,})[\da-fA-F]{2}(\r?)$/.exec(line), data = found && Buffer.from(found[1]!, 'hex');
    if (!data) return line;
    data[0] = data.length - 4;
    return `:${hexOf(data)}${hexOf(Uint8Array.of(-data.reduce((sum, byte) => sum + byte, 0) & 255))}${found[2]}`;
  }).join('\n')),
});

const npy: () => Parser = () => ({
  corpus: [...['s8', 'u16', 's32', 'fp16', 'fp32', 'bf16', 's4'].map((name) => writeNpy(Uint8Array.from({ length: 48 }, (_, i) => i), formatByName(name), formatByName(name).width === 4 ? [12, 8] : [48 / (formatByName(name).width / 8)])), writeNpy(new Uint8Array(24), formatByName('s8'), [2, 3, 4]),
    writeNpy(new Uint8Array(24), formatByName('fp32'), [2, 3])],
  words: ["'fortran_order': True", "'<f8'", "'>i4'", "'|V1'", "'shape': ()", "'shape': (0, 99999999999999999999)", "'O'", "'descr'"],
  read(bytes) {
    const array = readNpy(bytes, 'a.npy');
    for (const format of formats) {
      if (!descrsOf(format).includes(array.descr)) continue;
      try {
        const packed = packNpy(array, format, 'a.npy'), again = readNpy(writeNpy(packed, format, array.shape), 'b.npy');
        if (array.shape.join() !== again.shape.join() || !equalBytes(packNpy(again, format, 'b.npy'), packed)) return `what is written of it as ${format.name} reads otherwise`;
      } catch (error) {
        if (!(error instanceof Rejected) || format.width !== 4) throw error;
      }
    }
    return undefined;
  },
});

const tar: () => Parser = () => {
  const files = [{ path: 'a/manifest.json', bytes: utf8('{}') }, { path: 'a/b.bin', bytes: new Uint8Array(1000) }, { path: `${'deep/'.repeat(25)}c`, bytes: new Uint8Array(0) }];
  return {
    corpus: [writeTar(files), writeTar(files.slice(0, 1))], words: ['../x', '/etc/passwd', 'ustar', '00000000000', '77777777777', '2', 'a\\b', './a'],
    read(bytes) {
      const found = [...readTar(bytes, 'a.tar')].map(([path, contents]) => ({ path, bytes: contents })), bad = found.find(({ path }) => path.startsWith('/') || path.split('/').some((name) => name === '..' || name === '.' || name === ''));
      if (bad) return `the path '${bad.path}' leads out`;
      const again = readTar(writeTar(found), 'b.tar');
      return again.size === found.length && found.every(({ path, bytes: contents }) => equalBytes(contents, again.get(path) ?? Uint8Array.of(0))) ? undefined : 'what is written of it reads otherwise';
    },
    seal(bytes) {
      const all = bytes.slice();
      for (let at = 0; at + 512 <= all.length;) {
        if (all[at] === 0) { at += 512; continue; }
        const size = Number.parseInt(latin1(all.subarray(at + 124, at + 135)), 8), sum = all.subarray(at, at + 512).reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
        all.set(utf8(`${sum.toString(8).padStart(6, '0')}\0 `), at + 148);
        at += 512 + (Number.isFinite(size) ? Math.ceil(size / 512) * 512 : 0);
      }
      return all;
    },
  };
};

const profiles: () => Parser = () => ({
  corpus: [...profileNames().map((name) => utf8(JSON.stringify(profile(name).file, null, 2))), readFileSync(join(root, 'test', 'profiles', 'odd-3x5.json'))],
  words: ['"triples"', '"kernels"', '"kMax"', '"fused"', '"tree"', '"chain"', '"exact"', '"blocks"', '"integer"', '"fp16"', '"s8"', '"e4m3"', '"nans"', '"value"', '"certainty"', '"dots"', '"granules"', '"functions"'],
  read(bytes) {
    const read = readProfile(text(bytes), 'a.json'), again = readProfile(JSON.stringify(read.file), 'b.json');
    engine(read);
    return again.hash === read.hash ? undefined : 'what is written of it has another hash';
  },
});

const trace: () => Parser = () => {
  const { header, records, joined } = gathered(), told = JSON.stringify({ format: 'systole-trace', version: 1, fields: ['unit', 'order', 'pc', 'operands', 'digest'] });
  const jsonl = Buffer.concat([traceHeader('jsonl', header), ...records.map((one) => traceRecord('jsonl', one))]);
  return {
    corpus: [jsonl, readFileSync(join(root, 'examples', 'hello.jsonl')), Buffer.concat([traceHeader('binary', header), joined]), utf8(traceWords(header, joined)), utf8(`${told}\n${latin1(jsonl).split('\n').slice(1).join('\n')}`)],
    words: ['"unit"', '"order"', '"operands"', '"words"', '"fields"', '"dtype"', '"bit_address"', '"trap"', '"status"', '"events"', '@0', '@fffffff', '// systole-trace 1', '"a"', '"e"'],
    read(bytes) {
      const reference = new RetiredCursor(new DataView(records[0]!.bytes().buffer));
      let broken: string | undefined;
      try {
        for (const record of readTrace([bytes], 'a').records) {
          const own = record.bytes(), [again] = readTrace([Buffer.concat([traceHeader('jsonl', header), utf8(`${JSON.stringify(recordJson(record))}\n`)])], 'b').records;
          if (!again || !equalBytes(again.bytes(), own)) broken ??= 'a record, written as JSON, reads otherwise';
        }
      } catch (error) {
        if (!(error instanceof Rejected)) throw error;
        for (const one of readTold([bytes], 'a').records) one.like(reference);
      }
      return broken;
    },
  };
};

const vcd: () => Parser = () => {
  const dump = '$date today $end\n$version x $end\n$timescale 1ns $end\n$scope module tb $end\n$var wire 1 ! clk $end\n$scope module row[0] $end\n$var wire 8 " a [7:0] $end\n$var real 64 # r $end\n$upscope $end\n$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n0!\nbxxxx "\n$end\n#5\n1!\nb1011 "\nr1.5 #\n#10\n0!\n$comment a b $end\n#15\n1!\nbz "\n';
  return {
    corpus: [utf8(dump), utf8(dump.replaceAll('\n', '\r\n'))], words: ['$var', '$end', '$scope', '$upscope', '$enddefinitions', '$comment', '#', 'b0', 'r1', '1!', 'x!', '18446744073709551616'],
    read(bytes) {
      const characters = latin1(bytes), header = readHeader(characters, 'a.vcd');
      let last = -2;
      for (const { id } of header.signals.slice(0, 3)) {
        last = -2;
        let wrong = false;
        edgesOf(characters, header, id, 'a.vcd', (edge, time, value) => { wrong ||= edge !== Math.max(-1, last + 1) || !Number.isFinite(time) || value(id).bits < 0n; last = edge; return edge < 1000; });
        if (wrong) return 'edges are not counted up from -1, at times that are numbers';
      }
      return undefined;
    },
  };
};

const map: () => Parser = () => ({
  corpus: [utf8('# map\np = tb.dut.row[{r}].col[{c}].psum\na = tb.a_{r}_{c}\nclock = tb.clk\n')], words: ['p', 'a', 'w', 's', '{r}', '{c}', '=', 'clock'],
  read: (bytes) => [...readMap(text(bytes), 'a.map').map.values()].find((path) => !path.includes('{r}') || !path.includes('{c}')),
});

const snapshot: () => Parser = () => {
  const { snapshots } = gathered(), devices = [engine(machine), engine(machine, { build: 'scalar' }), specification(machine)];
  return {
    corpus: snapshots, words: [],
    read(bytes) {
      const ends = devices.map((device) => {
        try {
          device.restore(bytes);
        } catch (error) {
          if (error instanceof Rejected) return error;
          throw error;
        }
        return equalBytes(device.snapshot(), bytes) ? 'taken' : 'taken, and gives another one';
      });
      if (ends.every((end) => end instanceof Rejected)) throw ends[0];
      if (ends.some((end) => end !== 'taken')) return ends.map((end, i) => `${devices[i]!.name}: ${String(end)}`).join('; ');
      return equalBytes(packSnapshot(unpackSnapshot(bytes, machine.hash), machine.hash), bytes) ? undefined : 'packed again it is another one';
    },
  };
};

const cases: () => Parser = () => {
  const device = engine(machine), { snapshots } = gathered();
  const info: CaseInfo = { why: 'none', signature: 'record/mm/result/mxu', profile: machine.name, profile_hash: machine.hash, model: '0'.repeat(64), origin: { knobs: 'smoke', seed: 1, index: 2 }, ends: { status: 'halted', records: 3, digest: '00' }, replay: 'systole replay x' };
  const small = { ...knobs.smoke, records: 4 }, trials: readonly Trial[] = [1, 2, 3].map((seed) => ({ program: few(generate(seed, machine, small).program), options: seed === 1 ? {} : { schedule: Uint8Array.of(1, 2, 3), queueDepth: 2 } }));
  const all: readonly Trial[] = [...trials, { ...trials[0]!, start: startOf(snapshots[0]!, machine.hash) }, { ...trials[1]!, expected: { status: 'trapped', trap: 7, pc: 1, breaks: 'dtype', debug: false } as NonNullable<Trial['expected']> }];
  return {
    corpus: all.map((trial) => utf8(caseText(trial, info))),
    words: ['"schema"', '"program"', '"memory"', '"start"', '"run"', '"tensors"', '"words"', '"slots"', '"s0"', '"t63"', '"n4"', '"m64"', '"halt 0"', '".org 1000000"', '".repeat 65000"', '".end"', '".file dram 0 \\"x\\""', '".data spm 0"', '"zz"', '"abc"', '"trapped"', 'null'],
    read(bytes) {
      const { info: told, trial } = readCase(text(bytes), 'a.json'), written = caseText(trial, told), again = readCase(written, 'b.json');
      try {
        observeTrial(device, { ...trial, options: { ...trial.options, budget: 20 } });
      } catch (error) {
        // A state that no machine can be in, and memory that it does not have.
        if (!(error instanceof Rejected)) throw error;
      }
      return caseText(again.trial, again.info) === written ? undefined : 'what is written of it reads otherwise';
    },
  };
};
/** A few bytes of each piece of memory, so that a case is short. */
const few = (program: Program): Program => ({ ...program, memory: program.memory.slice(0, 4).map((one) => ({ ...one, bytes: one.bytes.slice(0, 16) })) });

const probe: () => Parser = () => {
  const lines = probeTypes.map(({ name, a, b, accumulator, depth }) =>
    `${name} ${'0'.repeat(depth * digitsOf(a))} ${'1'.repeat(depth * digitsOf(b))} ${'0'.repeat(digitsOf(accumulator))} ${'0'.repeat(digitsOf(accumulator))}\ncross ${name} 0 01234567\n`);
  return {
    corpus: [utf8(`# systole-probe 1 of nobody\n${lines.join('')}`), utf8(`# systole-probe 2 of nobody\n${lines.join('')}# end\n`)], words: ['#', '# end', 'cross', ...probeTypes.map(({ name }) => name)],
    read: (bytes) => (readProbe(latin1(bytes), 'a.txt').size > 0 ? undefined : 'accepted, and empty'),
  };
};

const pgm: () => Parser = () => ({
  corpus: [writePgm(new Uint8Array(784)), utf8(`P2 # a\n28 28\n15\n${'7 '.repeat(784)}`), readFileSync(join(root, 'examples', 'digits', 'samples', readdirSync(join(root, 'examples', 'digits', 'samples')).filter((name) => name.endsWith('.pgm'))[0]!))], words: ['P2', 'P5', '28', '#'],
  read(bytes) {
    const { pixels, diagnostics } = readPgm(bytes);
    if (!pixels) throw new Rejected(diagnostics.map((message) => ({ file: 'a.pgm', line: 0, column: 0, message })));
    return pixels.length === 784 && equalBytes(readPgm(writePgm(pixels)).pixels ?? new Uint8Array(0), pixels) ? undefined : 'what is written of it reads otherwise';
  },
});

/** By name; made when they are first asked for, as their samples take a while. */
export const parsers: Readonly<Record<string, () => Parser>> = {
  assembler, image, hex, ihex, npy, tar, profile: profiles, trace, bundle: bundleParser, manifest: manifestParser, case: cases, vcd, map, snapshot, probe, pgm,
};
