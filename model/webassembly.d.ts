//! webassembly.d: the part of the WebAssembly interface that the engine's host uses, which neither the language's library nor Node's types have.
// biome-ignore lint/style/noNamespace: the global is a namespace
declare namespace WebAssembly {
  class Module { constructor(bytes: Uint8Array); }
  class RuntimeError extends Error {}
  interface Instance { readonly exports: Readonly<Record<string, unknown>> }
  interface Memory { readonly buffer: ArrayBuffer; grow(pages: number): number }
  interface Table { readonly length: number }
  interface Global { readonly value: number }
}
