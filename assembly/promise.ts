//! promise: what a slot will hold once the weights on their way to it are there, for the checks of instructions behind them.
import { control, operand, retirement, slot, state, WLOAD } from './encoding';
import { elements, lastDim } from './extent';
import { SCALED, SPARSE } from './pack';

/** The shape that a `wload` gives its slot; another one than before makes prepared instructions look again. */
export function promise(at: usize): void {
  const words = retirement.wordsAt(at), w = retirement.operands(at, 1), to = state.promised(WLOAD.slot(words)), form = WLOAD.form(words);
  const low = load<u64>(to), middle = load<u64>(to, 8), high = load<u64>(to, 16);
  slot.setLoaded(to, 1);
  slot.setDtype(to, operand.dtype(w));
  slot.setDepth(to, <u32>(elements(w) / <i64>lastDim(w)) << <u32>(form == SPARSE));
  slot.setColumns(to, lastDim(w));
  slot.setForm(to, form);
  slot.setScales(to, form == SCALED ? operand.dtype(retirement.operands(at, 2)) : 0);
  if (low != load<u64>(to) || middle != load<u64>(to, 8) || high != load<u64>(to, 16)) control.setSettings(control.settings() + 1);
}
