//! parser-bundles: bundles and their manifests as inputs of the parsers' tests: one file changed, and most often sealed again.
import { type BundleFile, entryOf } from '../model/bundle/files.ts';
import { hex32, joined } from '../model/bundle/files.ts';
import { type Manifest, manifestText, readManifest } from '../model/bundle/manifest.ts';
import { sealed } from '../model/bundle/make.ts';
import { openBundle, readCase, type Tree } from '../model/bundle/open.ts';
import { replayCase } from '../model/bundle/replay.ts';
import { crc32c } from '../model/crc32c.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { Rejected } from '../model/failure.ts';
import { readHex } from '../model/files/readmemh.ts';
import { readTar, writeTar } from '../model/files/tar.ts';
import { sha256 } from '../model/sha256.ts';
import type { Random } from '../model/verify/random.ts';
import { mutated } from './parser-mutations.ts';
import type { Parser } from './parsers.ts';
import { equalBytes, latin1, smallBundle, utf8 } from './parser-samples.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const words = ['"cases"', '"files"', '"path"', '"../../../etc/passwd"', '"/etc/passwd"', '"name"', '"initial"', '"expected"', '"dram"', '"acc"', '"arguments"', '"retired"', '"profile"', '"file"', '"hash"', '"scores"', '"words"', '"crc32c"'];

/** A bundle as an archive: opened, its cases read and replayed. */
export function bundleParser(): Parser {
  const files = smallBundle(), manifest = files.find(({ path }) => path === 'manifest.json')!, devices = new Map<string, Device>();
  return {
    corpus: [writeTar(files)], words,
    vary(next: Random): Uint8Array {
      const chosen = next() % 3 === 0 ? manifest : files[next() % files.length]!, bytes = mutated({ corpus: [chosen.bytes], words }, next);
      const changed = files.map((one) => (one.path === chosen.path ? { ...one, bytes } : one));
      return writeTar(next() % 8 === 0 ? changed : resealed(changed, chosen.path));
    },
    read(bytes) {
      const found = readTar(bytes, 'a.tar');
      const tree: Tree = {
        name: 'a', paths: [...found.keys()],
        read(path) {
          const contents = found.get(path);
          // Whoever asks for a file that is not there would have left the folder, had this been one.
          if (!contents) throw new Error(`asks for ${path}, which is no file of the bundle`);
          return contents;
        },
      };
      const bundle = openBundle(tree), { hash } = bundle.profile, device = devices.get(hash) ?? engine(bundle.profile);
      devices.set(hash, device);
      if (devices.size > 16) devices.clear();
      for (const { name } of bundle.manifest.cases) {
        const one = readCase(bundle, name);
        try {
          replayCase(device, one);
        } catch (error) {
          // What does not fit into the machine is the user's mistake, too.
          if (!(error instanceof Rejected)) throw error;
        }
      }
      return undefined;
    },
  };
}

/** Entry and check sums of the changed file made right, as far as the manifest can still be read. */
function resealed(files: readonly BundleFile[], path: string): readonly BundleFile[] {
  const own = files.filter((one) => one.path !== 'checksums.txt'), changed = own.find((one) => one.path === path);
  let all = own;
  if (changed && path !== 'manifest.json') {
    const manifest = JSON.parse(text(own.find((one) => one.path === 'manifest.json')!.bytes)) as Manifest, entry = { ...entryOf(changed), ...wordsOf(changed) };
    const put = <T extends { readonly path: string }>(list: readonly T[]): readonly T[] => list.map((one) => (one.path === path ? { ...one, ...entry } : one));
    const again = { ...manifest, files: put(manifest.files), cases: manifest.cases.map((one) => ({ ...one, files: put(one.files) })) };
    return sealed(own.filter((one) => one.path !== 'manifest.json'), again);
  }
  all = own;
  return [...all, { path: 'checksums.txt', bytes: utf8(all.map((one) => `${sha256(one.bytes)}  ${one.path}\n`).join('')) }];
}
function wordsOf({ path, bytes }: BundleFile): object {
  try {
    const { sections, wordBytes } = path.endsWith('.hex') ? readHex(latin1(bytes), path) : { sections: [], wordBytes: 1 }, all = joined(sections.map((one) => one.bytes));
    return path.endsWith('.hex') ? { words: all.length / wordBytes, width: 8 * wordBytes, crc32c: hex32(crc32c(all)) } : {};
  } catch (error) {
    if (error instanceof Rejected) return {};
    throw error;
  }
}

export function manifestParser(): Parser {
  const { bytes: corpus } = smallBundle().find(({ path }) => path === 'manifest.json')!;
  return {
    corpus: [corpus], words,
    read(bytes) {
      const again = manifestText(readManifest(text(bytes), 'manifest.json'));
      return equalBytes(utf8(again), utf8(manifestText(readManifest(again, 'again.json')))) ? undefined : 'what is written of it reads otherwise';
    },
  };
}
