//! c-header: the cases of a bundle as C data, for testbenches that read no JSON.
import type { Profile } from '../machine/profile.ts';
import { type CaseEntry, spaceOrder } from './manifest.ts';

/** Names, launch values and files of each case; paths are relative to the bundle. */
export function bundleHeader(profile: Profile, cases: readonly CaseEntry[]): string {
  const ranges = (entry: CaseEntry, which: 'initial' | 'expected'): string[] => spaceOrder.flatMap((space, i) =>
    (entry[which][space] ?? []).map(([address, bytes]) => `{${i + 1},0x${address.toString(16)},${bytes}}`));
  const name = (entry: CaseEntry): string => entry.name.replace(/\W/g, '_');
  return [
    '/* Made by model/bundle/c-header.ts with the bundle; cases as data. */', '#ifndef SYSTOLE_BUNDLE_H', '#define SYSTOLE_BUNDLE_H', '#include <stdint.h>', '',
    `#define SYSTOLE_BUNDLE_PROFILE "${profile.name}"`, `#define SYSTOLE_BUNDLE_PROFILE_HASH "${profile.hash}"`, `#define SYSTOLE_BUNDLE_CASES ${cases.length}`, '',
    '/* Spaces: 1 DRAM, 2 SPM, 3 ACC. The files initial.bin and expected.bin of a case hold its ranges one behind the other. */',
    'struct systole_range { uint32_t space; uint32_t address; uint32_t bytes; };',
    'struct systole_case { const char *name; const char *folder; uint32_t image_base; uint32_t arguments[8]; uint32_t retired; int traps;',
    '  const struct systole_range *initial; uint32_t initial_count; const struct systole_range *expected; uint32_t expected_count; };', '',
    ...cases.flatMap((entry) => (['initial', 'expected'] as const).map((which) => {
      const all = ranges(entry, which);
      return `static const struct systole_range systole_${which}_${name(entry)}[] = {${all.join(',') || '{0,0,0}'}};`;
    })), '',
    'static const struct systole_case systole_cases[] = {',
    ...cases.map((entry) => `  { "${entry.name}", "cases/${entry.name}", 0x${entry.image_base.toString(16)}u, { ${entry.arguments.map((value) => `${value}u`).join(', ')} }, ${entry.retired}u, ${entry.status === 'trapped' ? 1 : 0}, `
      + `systole_initial_${name(entry)}, ${ranges(entry, 'initial').length}u, systole_expected_${name(entry)}, ${ranges(entry, 'expected').length}u },`),
    '};', '#endif', '',
  ].join('\n');
}
