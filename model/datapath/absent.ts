//! absent: the meaning of instructions that always trap `feature` in this version, so that reaching it is our mistake.
import { Defect } from '../failure.ts';

export const absentFrom = (mnemonic: string) => (): never => {
  throw new Defect(`${mnemonic} traps feature in this version and cannot run`);
};
