//! digits-outputs: prints the SHA-256 of what the digit network gives for all held-out images on the engine, by whatever V8 it is run.
import { readFileSync } from 'node:fs';
import { heldOutCount, heldOutImage } from '../examples/digits/images.ts';
import { readNetwork } from '../examples/digits/network.ts';
import { runDigits } from '../examples/digits/run.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { sha256 } from '../model/sha256.ts';

const { network } = readNetwork(readFileSync(new URL('../examples/digits/network.json', import.meta.url), 'utf8'));
const images = Array.from({ length: heldOutCount }, (_, i) => heldOutImage(i).pixels);
process.stdout.write(sha256(new Uint8Array(runDigits(network!, engine(profile('systole-16')), images).logits.buffer)));
