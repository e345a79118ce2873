//! reset: the machine as it is when nothing has happened yet.
import { control, profile, region, SPACE_ACC, SPACE_DRAM, SPACE_SPM, state, STATE_BYTES, UNIT_COUNT } from './encoding';
import { STATE } from './memory';
import { resetPages, resetSpace } from './pages';

const READ_WRITE_IMAGE: u32 = 7;

/** Everything zero and SPM and ACC UNKNOWN; at power-on DRAM is UNKNOWN too. */
export function reset(powerOn: bool): void {
  memory.fill(STATE, 0, STATE_BYTES);
  state.setPredicates(1);
  state.setChipCount(1);
  const whole = state.regions(0);
  region.setLimit(whole, <u32>(profile.spaceBytes(SPACE_DRAM) >> 12));
  region.setAttributes(whole, READ_WRITE_IMAGE);
  for (let unit: usize = 0; unit < UNIT_COUNT; unit++) control.setQueueHead(unit, 0);
  control.setQueued(0);
  control.setClosed(0);
  if (powerOn) resetPages();
  else {
    resetSpace(SPACE_SPM);
    resetSpace(SPACE_ACC);
  }
}
