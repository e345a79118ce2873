//! digits: makes golden/digits.json, the logits of the held-out images, by the plain integer reference that knows no instruction.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { heldOutCount, heldOutImage } from '../examples/digits/images.ts';
import { readNetwork } from '../examples/digits/network.ts';
import { classify } from '../examples/digits/reference.ts';
import { sha256 } from '../model/sha256.ts';

const { network, diagnostics } = readNetwork(readFileSync(new URL('../examples/digits/network.json', import.meta.url), 'utf8'));
if (!network) throw new Error(diagnostics.join('\n'));
const logits = Array.from({ length: heldOutCount }, (_, i) => classify(network, heldOutImage(i).pixels).logits);
const all = Uint8Array.from(logits.flatMap((row) => [...row].map((value) => value & 0xff)));
const golden = { made_by: 'golden/digits.ts', images: heldOutCount, outputs_sha256: sha256(all), first: logits.slice(0, 10).map((row) => [...row]) };
const path = new URL('digits.json', import.meta.url);
writeFileSync(new URL('digits.json.tmp', import.meta.url), `${JSON.stringify(golden, undefined, 1).replace(/\[\s+([-\d,\s]+?)\s+\]/g, (_, row: string) => `[${row.replace(/\s+/g, ' ')}]`)}\n`);
renameSync(new URL('digits.json.tmp', import.meta.url), path);
