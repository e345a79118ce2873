//! webassembly.d: the part of the WebAssembly interface that the engine's host uses, which neither the language's library nor Node's types have.
// biome-ignore lint/style/noNamespace: the global is a namespace
declare namespace WebAssembly {
  class Module { constructor(bytes: Uint8Array); static exports(module: Module): readonly { readonly name: string }[]; }
  class Instance { constructor(module: Module, imports?: Readonly<Record<string, Readonly<Record<string, unknown>>>>); readonly exports: Readonly<Record<string, unknown>>; }
  class RuntimeError extends Error {}
  class Memory { constructor(limits: { readonly initial: number; readonly maximum: number; readonly shared?: boolean }); readonly buffer: ArrayBuffer; grow(pages: number): number }
  interface Table { readonly length: number }
  interface Global { value: number }
}
