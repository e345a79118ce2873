//! markup: text made safe for XML, HTML and SVG, whatever characters it has.

/** In an element or in quotes. Characters that XML 1.0 does not have, such as escapes of a terminal, become U+FFFD. */
export const escaped = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `name="value"` for each that is defined, each behind a blank. In quotes a line feed would be read as a blank. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values).map(([name, value]) => (value === undefined ? '' : ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)).join('');
