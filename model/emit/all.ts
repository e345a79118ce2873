//! all: every generated file by path, so that the emitter writes and the test compares the same list.
import { profile } from '../machine/profile.ts';
import { profileJsonSchema } from '../machine/profile-schema.ts';
import { assertionsText } from './assertions.ts';
import { checksText, encodingText } from './assemblyscript.ts';
import { profilesText } from './profiles.ts';
import { coverageText } from './coverage.ts';
import { headerText } from './c.ts';
import { engineHeaderText } from './c-engine.ts';
import { functionTablesText } from './function-tables.ts';
import { manualText } from './manual.ts';
import { functionsText } from './systemverilog-functions.ts';
import { profilePackageText } from './systemverilog-profile.ts';
import { packageText } from './systemverilog.ts';
import { systemRdlText } from './systemrdl.ts';
import { typesIncludeText, typesPackageText } from './systemverilog-types.ts';
import { csrPackageText } from './systemverilog-csr.ts';

/** The machine of the example design in rtl/. */
const DESIGN_PROFILE = 'systole-int8';

/** Path from the repository's root to text. */
export const generated = (): ReadonlyMap<string, string> => new Map([
  ['assembly/encoding.ts', encodingText()],
  ['assembly/checks.ts', checksText()],
  ['assembly/function-tables.ts', functionTablesText()],
  ['generated/manual.md', manualText()],
  ['generated/systole_isa.h', headerText()],
  ['generated/systole_engine.h', engineHeaderText()],
  ['generated/systole_isa.sv', packageText()],
  ['generated/systole_types.sv', typesPackageText()],
  ['generated/systole_types.svh', typesIncludeText()],
  ['generated/systole_csr.rdl', systemRdlText()],
  ['generated/systole_csr.sv', csrPackageText()],
  ['generated/systole_assertions.sv', assertionsText()],
  ['generated/systole_coverage.sv', coverageText()],
  ['generated/systole_functions.sv', functionsText()],
  ['generated/systole_profile.sv', profilePackageText(profile(DESIGN_PROFILE))],
  ['generated/profile.schema.json', profileJsonSchema()],
  ['generated/profiles.md', profilesText()],
]);
