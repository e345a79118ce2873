//! promise: what a slot will hold once the weights on their way to it are there, for the checks of instructions behind them.
import { control, operand, retirement, slot, SLOT_BYTES, state, WLOAD } from './encoding';
import { axes, lastDim, productAtMost } from './extent';
import { SCALED, SPARSE } from './pack';

const SHAPE: usize = memory.data(24, 8);

/** The shape that a `wload` gives its slot; another one than before makes prepared instructions look again. */
export function promise(at: usize): void {
  if (keepsPromise(at)) return;
  memory.copy(state.promised(WLOAD.slot(retirement.wordsAt(at))), SHAPE, 24);
  control.setSettings(control.settings() + 1);
}

/** Is it the shape that the slot is promised already? */
export function keepsPromise(at: usize): bool {
  const words = retirement.wordsAt(at), w = retirement.operands(at, 1), promised = state.promised(WLOAD.slot(words)), form = WLOAD.form(words), to = SHAPE;
  if (SLOT_BYTES != 24) unreachable();                                  // decided when it is compiled
  for (let i: usize = 0; i < 24; i += 8) store<u64>(to + i, load<u64>(promised + i));
  slot.setLoaded(to, 1);
  slot.setDtype(to, operand.dtype(w));
  slot.setDepth(to, <u32>productAtMost(w, 0, axes(w) - 1, 0xffff_ffff) << <u32>(form == SPARSE));
  slot.setColumns(to, lastDim(w));
  slot.setForm(to, form);
  slot.setScales(to, form == SCALED ? operand.dtype(retirement.operands(at, 2)) : 0);
  return load<u64>(promised) == load<u64>(to) && load<u64>(promised, 8) == load<u64>(to, 8) && load<u64>(promised, 16) == load<u64>(to, 16);
}
