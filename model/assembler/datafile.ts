//! datafile: elements of a .npy file and bytes of a $readmemh file.

/** The elements as they lie in the file, row-major and little-endian; or what is wrong with it. Format: NumPy NEP 1. */
export function npyData(file: Uint8Array): Uint8Array | string {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12 || file[0] !== 0x93 || String.fromCharCode(...file.slice(1, 6)) !== 'NUMPY') return 'this is not a .npy file';
  const isLong = file[6]! >= 2, headerBytes = isLong ? view.getUint32(8, true) : view.getUint16(8, true), from = isLong ? 12 : 10;
  if (from + headerBytes > file.length || headerBytes > 65536) return 'the header of the .npy file is cut off';
  const header = String.fromCharCode(...file.slice(from, from + headerBytes));
  const type = /'descr':\s*'([<>|=])([a-zA-Z])(\d+)'/.exec(header), shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header);
  if (!type || !shape) return 'the .npy file holds no plain elements';
  if (type[1] === '>') return 'the .npy file is big-endian; save it little-endian';
  if (/'fortran_order':\s*True/.test(header)) return 'the .npy file is column-major; save it row-major';
  const count = shape[1]!.split(',').filter((part) => part.trim()).reduce((product, part) => product * Number(part), 1);
  const bytes = file.slice(from + headerBytes), wanted = count * Number(type[3]);
  return bytes.length === wanted ? bytes : `the .npy file says ${wanted} bytes of elements and holds ${bytes.length}`;
}

/** Bytes of hexadecimal words, each as wide as it is written and little-endian; addresses (@) count words. IEEE 1364, $readmemh. */
export function readmemhData(file: Uint8Array): Uint8Array | string {
  const text = new TextDecoder().decode(file).replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/\/\/.*/g, ' ');
  const words = text.split(/\s+/).filter((word) => word);
  const digits = words.find((word) => !word.startsWith('@'))?.replaceAll('_', '').length ?? 2;
  if (digits % 2) return `words of ${digits} hexadecimal digits are no whole bytes`;
  const wordBytes = digits / 2, bytes: number[] = [];
  let at = 0;
  for (const word of words) {
    const plain = word.replaceAll('_', '');
    if (/^@[\da-fA-F]+$/.test(plain)) {
      at = Number.parseInt(plain.slice(1), 16) * wordBytes;
      if (at < bytes.length || at > 2 ** 26) return `the address ${word} goes back or is too large`;
      while (bytes.length < at) bytes.push(0);
    } else if (plain.length !== digits || !/^[\da-fA-F]+$/.test(plain)) return `'${word}' is not a word of ${digits} hexadecimal digits`;
    else for (let i = digits - 2; i >= 0; i -= 2) bytes.push(Number.parseInt(plain.slice(i, i + 2), 16));
  }
  return Uint8Array.from(bytes);
}
