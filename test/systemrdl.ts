//! systemrdl: a reader of the part of SystemRDL 2.0 that an address map of registers needs, which refuses everything else.

export interface RdlField { readonly name: string; readonly high: number; readonly low: number; readonly reset: number | undefined; readonly properties: ReadonlyMap<string, Value> }
export type Value = string | number | boolean;
/** A register, register file, memory or map, placed. */
export interface RdlComponent {
  readonly type: string;
  readonly name: string;
  readonly external: boolean;
  readonly offset: number;
  readonly count: number;
  readonly stride: number;
  readonly properties: ReadonlyMap<string, Value>;
  readonly children: readonly RdlComponent[];
  readonly fields: readonly RdlField[];
}

/** Properties by component, and which words they allow where they allow only some. */
const anywhere = ['name', 'desc'];
const known: Readonly<Record<string, readonly string[]>> = {
  field: [...anywhere, 'sw', 'hw', 'onwrite', 'onread', 'singlepulse', 'counter'], reg: [...anywhere, 'regwidth', 'accesswidth', 'shared'],
  regfile: [...anywhere, 'alignment', 'sharedextbus'], mem: [...anywhere, 'mementries', 'memwidth', 'sw'],
  addrmap: [...anywhere, 'alignment', 'bigendian', 'littleendian', 'lsb0', 'msb0', 'addressing', 'regwidth', 'accesswidth'],
};
const words: Readonly<Record<string, readonly string[]>> = { sw: ['rw', 'wr', 'r', 'w', 'na'], hw: ['rw', 'wr', 'r', 'w', 'na'], onwrite: ['woset', 'woclr', 'wot', 'wzs', 'wzc', 'wzt', 'wclr', 'wset'] };
const inside: Readonly<Record<string, readonly string[]>> = { addrmap: ['reg', 'regfile', 'mem', 'addrmap'], regfile: ['reg', 'regfile'], reg: ['field'], mem: [], field: [] };
const keywords = new Set('abstract accesstype addressingtype addrmap alias all bit boolean bothedge compact component componentwidth constraint default encode enum external false field fullalign hw inside level longint mem na negedge nonsticky number onreadtype onwritetype posedge property r rclr ref reg regalign regfile rset ruser rw rw1 signal string struct sw this true type unsigned w w1 wclr woclr woset wot wr wset wuser wzc wzs wzt'.split(' '));

interface Reader { readonly tokens: readonly { readonly text: string; readonly line: number }[]; at: number; readonly own: Map<string, string> }

/** The one map of a file. Throws with the line where the text is not of the grammar. */
export function readRdl(text: string): RdlComponent {
  const reader: Reader = { tokens: scan(text), at: 0, own: new Map() };
  while (peek(reader) === 'property') declareProperty(reader);
  expectWord(reader, 'addrmap');
  const name = identifier(reader), body = readBody(reader, 'addrmap');
  expectWord(reader, ';');
  if (reader.at < reader.tokens.length) fail(reader, 'nothing behind the map');
  return { type: 'addrmap', name, external: false, offset: 0, count: 1, stride: 0, ...body };
}

function scan(text: string): { text: string; line: number }[] {
  const tokens: { text: string; line: number }[] = [], token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\[\s\S])*"|0x[0-9a-fA-F]+|\d+|[A-Za-z_]\w*|\+=|[{}[\];:=@,]|\s+|([\s\S])/g;
  let line = 1;
  for (const found of text.matchAll(token)) {
    if (found[1] !== undefined) throw new Error(`line ${line}: '${found[1]}' is no token`);
    if (!/^(\s|\/\/|\/\*)/.test(found[0])) tokens.push({ text: found[0], line });
    line += found[0].split('\n').length - 1;
  }
  return tokens;
}
const peek = (reader: Reader): string => reader.tokens[reader.at]?.text ?? 'the end';
const next = (reader: Reader): string => { const text = peek(reader); reader.at++; return text; };
function fail(reader: Reader, expected: string): never { throw new Error(`line ${reader.tokens[reader.at]?.line}: found ${peek(reader)}, expected ${expected}`); }
function expectWord(reader: Reader, text: string): void { if (peek(reader) !== text) fail(reader, text); reader.at++; }
function identifier(reader: Reader): string {
  if (!/^[A-Za-z_]\w*$/.test(peek(reader)) || keywords.has(peek(reader))) fail(reader, 'an identifier that is no keyword');
  return next(reader);
}
function number(reader: Reader): number { if (!/^\d/.test(peek(reader))) fail(reader, 'a number'); return Number(next(reader)); }

/** `property NAME { component = reg; type = boolean; };` */
function declareProperty(reader: Reader): void {
  expectWord(reader, 'property');
  const name = identifier(reader);
  for (const word of ['{', 'component', '=']) expectWord(reader, word);
  const component = next(reader);
  for (const word of [';', 'type', '=', 'boolean', ';', '}', ';']) expectWord(reader, word);
  if (!(component in inside)) fail(reader, 'a component');
  reader.own.set(name, component);
}

function readBody(reader: Reader, type: string): Pick<RdlComponent, 'properties' | 'children' | 'fields'> {
  const properties = new Map<string, Value>(), children: RdlComponent[] = [], fields: RdlField[] = [];
  expectWord(reader, '{');
  while (peek(reader) !== '}') {
    if (peek(reader) === 'field') fields.push(readField(reader, type));
    else if (peek(reader) === 'external' || peek(reader) in inside) children.push(readComponent(reader, type));
    else readProperty(reader, type, properties);
  }
  expectWord(reader, '}');
  return { properties, children, fields };
}
function readProperty(reader: Reader, type: string, into: Map<string, Value>): void {
  const isDefault = peek(reader) === 'default';
  if (isDefault) reader.at++;
  const name = next(reader);
  if (!known[type]!.includes(name) && reader.own.get(name) !== type) { reader.at--; fail(reader, `a property of ${type}`); }
  if (into.has(name)) { reader.at--; fail(reader, 'each property once'); }
  let value: Value = true;
  if (peek(reader) === '=') {
    reader.at++;
    const text = next(reader);
    value = text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : /^\d/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
    if (words[name] ? !words[name].includes(text) : typeof value === 'string' && !text.startsWith('"')) { reader.at--; fail(reader, `a value of ${name}`); }
  }
  expectWord(reader, ';');
  into.set(name, value);
}
function readField(reader: Reader, parent: string): RdlField {
  if (!inside[parent]!.includes('field')) fail(reader, `no field in ${parent}`);
  expectWord(reader, 'field');
  const { properties } = readBody(reader, 'field'), name = identifier(reader);
  expectWord(reader, '[');
  const high = number(reader);
  expectWord(reader, ':');
  const low = number(reader);
  expectWord(reader, ']');
  let reset: number | undefined;
  if (peek(reader) === '=') { reader.at++; reset = number(reader); }
  expectWord(reader, ';');
  return { name, high, low, reset, properties };
}
function readComponent(reader: Reader, parent: string): RdlComponent {
  const external = peek(reader) === 'external';
  if (external) reader.at++;
  const type = next(reader);
  if (!inside[parent]!.includes(type)) { reader.at--; fail(reader, `a component of ${parent}`); }
  // A memory is always outside the map (SystemRDL 2.0, 11.1).
  if (type === 'mem' && !external) fail(reader, 'external');
  const body = readBody(reader, type), name = identifier(reader);
  let count = 1, stride = 0;
  if (peek(reader) === '[') { reader.at++; count = number(reader); expectWord(reader, ']'); }
  expectWord(reader, '@');
  const offset = number(reader);
  if (peek(reader) === '+=') { reader.at++; stride = number(reader); }
  expectWord(reader, ';');
  return { type, name, external, offset, count, stride, ...body };
}

/** A register at its address, by its name with those of the files that hold it. */
export interface RdlRegister { readonly name: string; readonly address: number; readonly component: RdlComponent }
export function* addressesOf(of: RdlComponent, base = 0, prefix = ''): Generator<RdlRegister> {
  for (const child of of.children) {
    for (let i = 0; i < child.count; i++) {
      const address = base + child.offset + i * child.stride, name = `${prefix}${child.name}`;
      if (child.type === 'reg') yield { name, address, component: child };
      else if (child.type === 'mem') for (let k = 0; k < Number(child.properties.get('mementries')); k++) yield { name, address: address + 4 * k, component: child };
      else yield* addressesOf(child, address, `${name}_`);
    }
  }
}
/** Bytes from the first to behind the last of all elements, for the rule that siblings do not overlap. */
export function extentOf(of: RdlComponent): number {
  const one = of.type === 'reg' ? 4 : of.type === 'mem' ? 4 * Number(of.properties.get('mementries')) : Math.max(0, ...of.children.map((child) => child.offset + extentOf(child)));
  return (of.count - 1) * of.stride + one;
}
