//! fence: wait for units.
import { at, mask } from '../isa/field.ts';
import { instruction } from '../isa/instruction.ts';
import { unitsOnly } from '../isa/rules.ts';
import { UNIT_SEQ } from '../limits.ts';

export const fence = instruction({
  mnemonic: 'fence', opcode: 0x03, unit: UNIT_SEQ, syntax: 'fence {units}',
  says: 'Wait until the units of the mask (bit 1 DMI, 2 DMO, 3 MXU, 4 VPU, 5 LNK) have finished all that was dispatched.',
  fields: () => ({ units: at(2, 0, mask(32, 1, 'dmi', 'dmo', 'mxu', 'vpu', 'lnk')) }),
  rules: () => [unitsOnly('units')],
  ready: (machine, { units }) => machine.idle(units),
  execute: () => undefined,
});
