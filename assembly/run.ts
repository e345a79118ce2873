//! run: steps of the machine: which instruction goes next, until there is a reason to stop.
import { act, isDefinite, overflow, retireIdle } from './act';
import {
  control, fault, FAULT_WATCHDOG, head, LANE_BURST, LANE_DIRECT, OP_WLOAD, PHASE_BREAK, PHASE_DRAIN, PHASE_FAULT, PHASE_RUN,
  retirement, RETIRED_DONE, RETIRED_TRAPPED, state, STATUS_BLOCKED, STATUS_BREAK, STATUS_BUDGET, STATUS_HALTED, STATUS_IDLE, STATUS_RING_FULL, STATUS_TRAPPED,
  STATUS_UNINITIALISED, TRAP_BREAK, UNIT_SEQ,
} from './encoding';
import { burst, recordedBurst } from './burst';
import { stir } from './crew';
import { enterFault, externalFault, recordTrap } from './fault';
import { fetch } from './fetch';
import { entryWaits, launchEntry } from './launch';
import { CLOSED } from './memory';
import { meet } from './prepared';
import { promise } from './promise';
import { busy, hasTokens, nthOldest, pop, push, queued, readyUnits, roomFor } from './queues';
import { advance, mayGo, step } from './sequencer';
import { ringFull } from './trace';

/** No reason to stop, but the phase has changed. */
const GO_ON: u32 = 0xff;

/** At most `budget` steps; their number is left in `control`. Returns a STATUS. */
export function run(budget: u32): u32 {
  if (ASC_FEATURE_THREADS) stir();
  control.setClosed(0);
  if (!control.continued()) control.setFresh(0);
  control.setSteps(0);
  while (true) {
    if (ringFull()) return STATUS_RING_FULL;
    const phase = state.phase();
    if (phase == PHASE_RUN || phase == PHASE_DRAIN) {
      const status = control.choosing() ? scheduled(budget) : serial(budget);
      if (status != GO_ON) return status;
    } else if (phase == PHASE_BREAK) return STATUS_BREAK;
    else if (phase == PHASE_FAULT) return STATUS_TRAPPED;
    else if (entryWaits()) launchEntry();
    else return state.halted() ? STATUS_HALTED : STATUS_IDLE;
  }
}

/** One instruction at a time, each to its end before the next leaves the sequencer. Behind a record that fills the ring the host looks before anything else is decided. */
function serial(budget: u32): u32 {
  let steps = control.steps(), status = GO_ON;
  while (!ringFull()) {
    if (control.queued()) {
      const unit = nthOldest(busy(), 0), at = queued(unit, 0);
      status = hasTokens(at) ? mayStep(steps, budget, at, true) : rest();
      if (status != GO_ON) break;
      steps++;
      actHead(unit, 0);
      continue;
    }
    if (state.phase() != PHASE_RUN || stops()) {
      if (state.phase() == PHASE_RUN || state.phase() == PHASE_DRAIN) status = rest();
      break;
    }
    if (nobodyStops()) {
      if (control.ringCapacity()) {
        steps += recordedBurst(budget - steps);
        if (ringFull()) break;
      } else steps += burst(budget - steps);
    }
    if (!canLeave()) { status = rest(); break; }
    status = mayStep(steps, budget, CLOSED, actsHere());
    if (status != GO_ON) break;
    steps++;
    const unit = leave(0);
    if (unit == UNIT_SEQ) continue;
    if (steps < budget && control.lanes() & LANE_DIRECT && hasTokens(CLOSED) && isDefinite(CLOSED)) {
      steps++;
      if (!act(CLOSED, 0)) overflow(CLOSED, unit);
      meet(CLOSED, retirement.pc(CLOSED));
    } else push(unit, CLOSED);
  }
  control.setSteps(steps);
  return status;
}

/** Each byte of the schedule picks one of those that are ready: unit heads by age, the sequencer last. */
function scheduled(budget: u32): u32 {
  let steps = control.steps(), status = GO_ON;
  while (!ringFull() && (state.phase() == PHASE_RUN || state.phase() == PHASE_DRAIN)) {
    const ready = readyUnits(), units = <u32>popcnt<u32>(ready);
    const leaves = state.phase() == PHASE_RUN && !stops() && canLeave(), count = units + <u32>leaves;
    if (!count) { status = rest(); break; }
    const pick = count > 1 ? choice() % count : 0, unit = pick < units ? nthOldest(ready, pick) : UNIT_SEQ;
    status = pick < units ? mayStep(steps, budget, queued(unit, 0), true) : mayStep(steps, budget, CLOSED, actsHere());
    if (status != GO_ON) break;
    if (count > 1) chosen(count);
    steps++;
    if (pick < units) actHead(unit, count);
    else {
      const to = leave(count);
      if (to != UNIT_SEQ) push(to, CLOSED);
    }
  }
  control.setSteps(steps);
  return status;
}

/** The reason, if there is one, not to take the step in which the instruction of a record goes. */
@inline function mayStep(steps: u32, budget: u32, at: usize, acts: bool): u32 {
  if (steps == budget) return STATUS_BUDGET;
  return acts && !isDefinite(at) ? STATUS_UNINITIALISED : GO_ON;
}

/** Does nobody want to stop somewhere? */
@inline function nobodyStops(): bool {
  return (control.lanes() & LANE_BURST) != 0 && !(state.stopRequest() | state.debugEnable() | state.resumed()) && !control.watchdog();
}

function choice(): u32 {
  const cursor = control.choiceCursor();
  return cursor < control.choiceCount() ? <u32>load<u8>(<usize>control.choices() + <usize>cursor) : 0;
}
function chosen(count: u32): void {
  const cursor = control.choiceCursor();
  store<u8>(<usize>control.optionLog() + <usize>cursor, <u8>count);
  control.setChoiceCursor(cursor + 1);
}

function actHead(unit: u32, options: u32): void {
  const at = queued(unit, 0), fits = act(at, options);
  pop(unit);
  if (!fits) overflow(at, unit);
}

// ---- the sequencer's next instruction
/** Fetches it, unless that has been done. A trap, a nullified instruction and a watchdog may always go. */
@inline function canLeave(): bool {
  if (overdue()) return true;
  if (!control.closed()) fetch();
  if (retirement.status(CLOSED) != RETIRED_DONE) return true;
  const unit = retirement.unit(CLOSED);
  return unit == UNIT_SEQ ? mayGo(CLOSED) : !control.choosing() || roomFor(unit);
}
@inline function overdue(): bool { return control.watchdog() != 0 && state.seq() >= control.watchdog(); }
/** Will the sequencer execute it in this step? */
@inline function actsHere(): bool {
  return retirement.unit(CLOSED) == UNIT_SEQ && retirement.status(CLOSED) == RETIRED_DONE && !overdue();
}

/** Dispatches it; returns the unit that it is to be pushed to, UNIT_SEQ when nothing is left to do. */
function leave(options: u32): u32 {
  const at = CLOSED;
  control.setClosed(0);
  if (overdue()) {
    externalFault(FAULT_WATCHDOG, UNIT_SEQ, state.pc(), state.seq(), 0);
    return UNIT_SEQ;
  }
  if (state.resumed() | state.stopRequest()) {
    state.setResumed(0);
    if (state.stopRequest() == 2) state.setStopRequest(1);
  }
  const fate = retirement.status(at), unit = retirement.unit(at);
  if (fate == RETIRED_TRAPPED) return trapped(at, unit, options);
  if (fate == RETIRED_DONE && unit == UNIT_SEQ) {
    step(at, options);
    return UNIT_SEQ;
  }
  advance(retirement.pc(at) + 1);
  state.setSeq(state.seq() + 1);
  if (fate != RETIRED_DONE) {
    retireIdle(at, options);
    return UNIT_SEQ;
  }
  if (head.opcode(retirement.wordsAt(at)) == OP_WLOAD) promise(at);
  return unit;
}

/** Nothing of the instruction happens; `break` is passed, so that the run can be resumed behind it. */
function trapped(at: usize, unit: u32, options: u32): u32 {
  const code = retirement.trap(at);
  recordTrap(code, unit, retirement.pc(at), retirement.seq(at), retirement.wordsAt(at), retirement.address(at), retirement.auxiliary(at));
  state.setPhase(PHASE_DRAIN);
  if (code == TRAP_BREAK) {
    advance(retirement.pc(at) + 1);
    state.setSeq(state.seq() + 1);
  }
  retireIdle(at, options);
  return UNIT_SEQ;
}

// ---- rest
/** Does a breakpoint, a step or a request keep the sequencer from dispatching? */
@inline function stops(): bool { return (state.stopRequest() | state.debugEnable()) != 0 && stopsHere(); }
function stopsHere(): bool {
  if (state.stopRequest() == 1) return true;
  const enabled = state.debugEnable() & 15, pc = state.pc();
  if (!enabled || state.resumed()) return false;
  for (let i: u32 = 0; i < 4; i++) if ((enabled >>> i) & 1 && state.breakpoints(i) == pc) return true;
  return false;
}

/** Nothing is ready: blocked, or arrived at the stop that was asked for. */
function rest(): u32 {
  if (control.queued()) return STATUS_BLOCKED;
  if (state.phase() == PHASE_RUN) return stops() ? pause() : STATUS_BLOCKED;
  if (fault.code(state.fault(0)) == TRAP_BREAK) return pause();
  enterFault();
  return STATUS_TRAPPED;
}
function pause(): u32 {
  state.setPhase(PHASE_BREAK);
  state.setStopRequest(0);
  state.setResumed(0);
  return STATUS_BREAK;
}
