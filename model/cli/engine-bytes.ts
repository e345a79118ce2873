//! engine-bytes: the WebAssembly that a build of the engine runs.

/** The binary of a build, out of the module that embeds it. */
export async function engineBytes(build: 'simd' | 'scalar'): Promise<Uint8Array> {
  const { wasm } = build === 'simd' ? await import('#built/simd') : await import('#built/scalar');
  return Buffer.from(wasm, 'base64');
}
