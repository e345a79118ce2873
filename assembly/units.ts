//! units: runs a captured and checked instruction of DMI, DMO, MXU or VPU.
import {
  DRAIN, OP_AINIT, OP_CRC, OP_DRAIN, OP_FILL, OP_GATHER, OP_LOAD, OP_MDW, OP_MM, OP_SCATTER, OP_STORE, OP_UNPACK, OP_WLOAD, ROLE_NONE, operand,
  retirement,
} from './encoding';
import { crcTensor } from './crc';
import { fillTensor, loadTensor, storeTensor } from './dma';
import { epilogueTensor } from './epilogue';
import { empty } from './extent';
import { gatherTensor, scatterTensor } from './indexed';
import { initialise, loadWeights, multiplyTensor } from './matrix';
import { touchOperand } from './pages';
import { unpackTensor } from './unpack';
import { vector } from './vector';

/**
 * Acts on the record at `at`, whose destination has elements: bytes, known bits, slots; numeric events are added to those of control.
 * Everywhere below known bits go before bytes: what they depend on may be overwritten in place.
 */
export function runTensor(op: u32, at: usize): void {
  layDown(op, at);
  runKernel(op, at);
}

/** Lays down what the operands reach. */
export function layDown(op: u32, at: usize): void {
  for (let position: u32 = 0; position < retirement.operandCount(at); position++) {
    const one = retirement.operands(at, position);
    if (operand.role(one) != ROLE_NONE && !empty(one) && !picked(op, position)) touchOperand(one);
  }
}

/** The bytes, known bits and events of an instruction whose operands are laid down. */
export function runKernel(op: u32, at: usize): void {
  switch (op) {
    case OP_LOAD: loadTensor(at); return;
    case OP_FILL: fillTensor(at); return;
    case OP_GATHER: gatherTensor(at); return;
    case OP_UNPACK: unpackTensor(at); return;
    case OP_CRC: crcTensor(at); return;
    case OP_STORE: storeTensor(at); return;
    case OP_SCATTER: scatterTensor(at); return;
    case OP_WLOAD: loadWeights(at); return;
    case OP_AINIT: initialise(at); return;
    case OP_MM: multiplyTensor(at, false); return;
    case OP_MDW: multiplyTensor(at, true); return;
    case OP_DRAIN: epilogueTensor(at, DRAIN.activation(retirement.wordsAt(at))); return;
    default: vector(op, at);
  }
}

/** The tensor of which gather and scatter lay down only the rows that they pick. */
@inline function picked(op: u32, position: u32): bool { return (op == OP_GATHER && position == 1) || (op == OP_SCATTER && position == 0); }
