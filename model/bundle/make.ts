//! make: a bundle out of programs: their runs written down as files, the same bytes for the same request.
import type { Device } from '../device.ts';
import { VERSION_MAJOR, VERSION_MINOR } from '../limits.ts';
import { sha256 } from '../sha256.ts';
import { coverageOf } from './coverage.ts';
import { bundleHeader } from './c-header.ts';
import { type BundleFile, caseFiles, entryOf, textFile } from './files.ts';
import type { CaseSource } from './kinds.ts';
import { BUNDLE_SCHEMA, type Manifest, manifestText } from './manifest.ts';
import { observeCase, trimmed } from './observe.ts';
import { bundlePage } from './page.ts';

/** What is asked for; `program` where it was a file. */
export type Request = Manifest['request'];
export interface Maker { readonly systole: string; readonly engine_sha256: string }
/** Files that every bundle has beside its cases, such as the packages for RTL, by path. */
export type Companions = ReadonlyMap<string, string>;

/** Runs each case; yields its name, returns every file of the bundle. Throws Rejected where a program does not end. */
export function* makeBundle(device: Device, sources: readonly CaseSource[], request: Request, maker: Maker, companions: Companions): Generator<string, readonly BundleFile[]> {
  const { profile } = device, cases: ReturnType<typeof caseFiles>[] = [], records: (readonly Uint8Array[])[] = [];
  for (const source of sources) {
    const program = request.program ? source.program : trimmed(device, source.program), observed = observeCase(device, program, source.name);
    cases.push(caseFiles({ ...source, program }, observed, profile));
    records.push(observed.records);
    yield source.name;
  }
  const coverage = coverageOf(records.flat(), profile), entries = cases.map(({ entry }) => entry);
  const beside = [
    ...[...companions].map(([path, text]) => textFile(path, text)), textFile('c/systole_bundle.h', bundleHeader(profile, entries)),
    textFile('cases.txt', [...cases.map(({ line }) => line), `end ${cases.length}`, ''].join('\n')), textFile('index.html', bundlePage(profile, request, coverage, entries)),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: Manifest = {
    schema: BUNDLE_SCHEMA, made_by: maker, isa: { major: VERSION_MAJOR, minor: VERSION_MINOR }, request,
    profile: { name: profile.name, tier: profile.tier, hash: profile.hash, file: profile.file },
    coverage, scores: [], cases: entries, files: beside.map(entryOf),
  };
  return sealed([...cases.flatMap(({ files }) => files), ...beside], manifest);
}

/** The files with manifest and checksums, which are of all files but themselves. */
export function sealed(files: readonly BundleFile[], manifest: Manifest): readonly BundleFile[] {
  const all = [...files, textFile('manifest.json', manifestText(manifest))].sort((a, b) => (a.path < b.path ? -1 : 1));
  return [...all, textFile('checksums.txt', all.map(({ path, bytes }) => `${sha256(bytes)}  ${path}\n`).join(''))];
}
