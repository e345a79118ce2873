//! page: a wave as one HTML file that needs nothing else: cycles to scrub through, every register of every PE.
import { formatByCode } from '../numerics/format.ts';
import { type Register, registers, VALID } from './kernel.ts';
import { type Heading, headLines } from './picture.ts';
import { operationAt, type Wave, wavefront, widthsOf } from './wave.ts';

/** Values that a page holds at most: registers of all PEs times cycles. */
export const PAGE_VALUES_MAX = 4_000_000;
export const pageValues = ({ shape: { rows, columns } }: Pick<Wave, 'shape'>, cycles: number): number => rows * columns * registers.length * cycles;

/** The data as the script of the page reads them: of each cycle the registers that changed, as place, value, place, value. */
function dataOf(wave: Wave, { text }: Heading): object {
  const { shape, from, frames, layout, tile, streamed: { stimulus } } = wave, { bits, isFloat } = widthsOf(wave), { rows, columns } = shape;
  let before = new Float64Array(frames[0]?.length ?? 0);
  const changes = frames.map((frame) => {
    const changed = [...frame].flatMap((value, place) => (value === before[place] ? [] : [place, value]));
    before = frame as Float64Array<ArrayBuffer>;
    return changed;
  });
  const rowAt = (edge: number): (number | null)[] => Array.from({ length: rows * columns }, (_, pe) => wavefront(wave, edge, Math.floor(pe / columns), pe % columns) ?? null);
  const entering = (edge: number): (number | null)[] => Array.from({ length: rows }, (_, r) => {
    const place = (edge - r) * rows + r;
    return edge >= r && (stimulus.flags[place]! & VALID) !== 0 ? (isFloat ? stimulus.left[place]! >>> 0 : stimulus.left[place]!) : null;
  });
  return {
    title: text, rows, columns, from, registers, bits, isFloat, changes, count: layout === 'weights' ? tile.rowCount : tile.depth,
    what: layout === 'weights' ? 'row of A' : 'step k', format: formatByCode(wave.of.triple.accumulator)!.name,
    operations: frames.map((_, i) => operationAt(wave, from + i)), fronts: frames.map((_, i) => rowAt(from + i)), entering: frames.map((_, i) => entering(from + i)),
  };
}

const says: Readonly<Record<Register, string>> = {
  w: 'weight in use', s: 'shadow weight', l: 'takes part', ls: 'the shadow takes part', a: 'activation', f: 'first row of a tile', v: 'valid', p: 'partial sum',
};

export function pageText(wave: Wave, heading: Heading): string {
  const data = JSON.stringify(dataOf(wave, heading)).replaceAll('<', '\\u003c'), shown = registers.filter((name) => wave.layout === 'weights' || (name !== 's' && name !== 'ls'));
  return [
    '<!doctype html>', '<html lang="en">', '<head>', '<meta charset="utf-8">', '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(heading.text)}: systole wave</title>`, `<style>${STYLE}</style>`, '</head>', '<body>',
    `<h1>${escaped(heading.text)}</h1>`, `<pre>${escaped(headLines(wave, heading).slice(1).join('\n'))}</pre>`,
    '<p class="controls"><button id="back" title="left arrow">&#9664;</button> <button id="play" title="space">play</button> <button id="on" title="right arrow">&#9654;</button>',
    `<input id="cycle" type="range" min="0" max="${Math.max(0, wave.frames.length - 1)}" value="0" aria-label="cycle"> <output id="now"></output></p>`,
    `<p>in the cells: ${shown.map((name) => `<label><input type="radio" name="register" value="${name}"${name === 'p' ? ' checked' : ''}> ${name} <small>${says[name]}</small></label>`).join(' ')}</p>`,
    '<div class="both"><div id="array"></div><div><h2 id="pe"></h2><table id="registers"></table></div></div>',
    `<p><small>Colours are ${wave.layout === 'weights' ? 'rows of A' : 'steps k'}; grey: it passes by a PE that takes no part. Click a PE for its registers through all cycles; arrow keys and space move the time.</small></p>`,
    `<script>const says = ${JSON.stringify(says)}, data = ${data};\n${SCRIPT}</script>`, '</body>', '</html>', '',
  ].join('\n');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const STYLE = `
body { font: 14px/1.45 system-ui, sans-serif; margin: 1.2em; color: #1b1f24; background: #fff }
h1 { font-size: 1.3em; font-family: ui-monospace, monospace } h2 { font-size: 1em; margin: 0 0 .4em }
pre { background: #f4f5f7; padding: .6em; overflow-x: auto }
.controls { display: flex; gap: .5em; align-items: center } .controls input { flex: 1; max-width: 40em }
.both { display: flex; gap: 2em; align-items: flex-start; flex-wrap: wrap } label { margin-right: 1em; white-space: nowrap } small { color: #57606a }
#array { display: grid; gap: 2px; font: 12px ui-monospace, monospace; overflow: auto; max-width: 100% }
#array div { min-width: 2.6em; padding: .35em .4em; text-align: right; background: #f4f5f7; border-radius: 3px; white-space: nowrap }
#array .edge { background: none; color: #57606a } #array .pe { cursor: pointer } #array .idle { background: #d6d9dd } #array .chosen { outline: 2px solid #1b1f24 }
table { border-collapse: collapse; font: 12px ui-monospace, monospace; display: block; max-height: 30em; overflow: auto }
td, th { padding: .15em .6em; text-align: right } tr.now { background: #fff3c4 } th { position: sticky; top: 0; background: #fff }
@media (prefers-color-scheme: dark) { body { background: #15181c; color: #e4e7eb } pre, #array div { background: #22272e } th { background: #15181c } #array .idle { background: #3a414a } tr.now { background: #5a4a12 } #array .chosen { outline-color: #e4e7eb } }
`;

/** Plain script of the page; it only reads `data` and `says`. */
const SCRIPT = `
const count = data.rows * data.columns, frames = [];
let frame = new Array(count * data.registers.length).fill(0);
for (const changed of data.changes) { frame = frame.slice(); for (let i = 0; i < changed.length; i += 2) frame[changed[i]] = changed[i + 1]; frames.push(frame); }
let at = 0, chosen = 0, timer;
const by = (id) => document.getElementById(id), value = (i, name, pe) => frames[i][data.registers.indexOf(name) * count + pe];
const shown = (name, number) => data.isFloat && data.bits[name] > 1 ? number.toString(16).padStart(Math.ceil(data.bits[name] / 4), '0') : String(number);
const array = by('array'), cells = [], edges = [];
array.style.gridTemplateColumns = 'repeat(' + (data.columns + 1) + ', auto)';
for (let r = 0; r < data.rows; r++) {
  edges.push(array.appendChild(Object.assign(document.createElement('div'), { className: 'edge' })));
  for (let c = 0; c < data.columns; c++) {
    const pe = r * data.columns + c, cell = array.appendChild(Object.assign(document.createElement('div'), { className: 'pe', title: 'PE ' + r + ', ' + c }));
    cell.onclick = () => { chosen = pe; draw(); };
    cells.push(cell);
  }
}
function colour(i) { return 'hsl(' + (i * 137) % 360 + ' 70% 78%)'; }
function draw() {
  if (frames.length === 0) return;
  const name = document.querySelector('input[name=register]:checked').value;
  by('cycle').value = at;
  by('now').textContent = 'cycle ' + (data.from + at) + ': ' + data.operations[at];
  edges.forEach((cell, r) => { const a = data.entering[at][r]; cell.textContent = a === null ? '' : shown('a', a) + ' \\u2192'; });
  cells.forEach((cell, pe) => {
    const front = data.fronts[at][pe], live = value(at, 'l', pe) === 1 && value(at, 'v', pe) === 1 && front !== null;
    cell.textContent = shown(name, value(at, name, pe));
    cell.className = 'pe' + (front !== null && !live ? ' idle' : '') + (pe === chosen ? ' chosen' : '');
    cell.style.background = live ? colour(front) : '';
    cell.style.color = live ? '#1b1f24' : '';
  });
  const r = Math.floor(chosen / data.columns), c = chosen % data.columns;
  by('pe').textContent = 'PE ' + r + ', ' + c + (data.fronts[at][chosen] === null ? '' : ': ' + data.what + ' ' + data.fronts[at][chosen]);
  by('registers').innerHTML = '<tr><th>cycle</th>' + data.registers.map((one) => '<th title="' + says[one] + '">' + one + '</th>').join('') + '</tr>'
    + frames.map((_, i) => '<tr' + (i === at ? ' class="now"' : '') + '><td>' + (data.from + i) + '</td>' + data.registers.map((one) => '<td>' + shown(one, value(i, one, chosen)) + '</td>').join('') + '</tr>').join('');
  const now = by('registers').querySelector('.now');
  if (now) by('registers').scrollTop = now.offsetTop - 100;
}
function go(to) { at = Math.max(0, Math.min(frames.length - 1, to)); draw(); }
function play() { if (timer) { clearInterval(timer); timer = undefined; by('play').textContent = 'play'; return; } by('play').textContent = 'stop'; timer = setInterval(() => { if (at === frames.length - 1) { go(0); play(); } else go(at + 1); }, 300); }
by('cycle').oninput = () => go(Number(by('cycle').value));
by('back').onclick = () => go(at - 1);
by('on').onclick = () => go(at + 1);
by('play').onclick = play;
for (const one of document.querySelectorAll('input[name=register]')) one.onchange = draw;
document.onkeydown = (event) => { if (event.key === 'ArrowLeft') go(at - 1); else if (event.key === 'ArrowRight') go(at + 1); else if (event.key === ' ') play(); else return; event.preventDefault(); };
draw();
`;
