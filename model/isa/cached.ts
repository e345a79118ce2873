//! cached: what is made once, or once for each of some objects, when it is first asked for, and found again from then on.
export function once<V extends object>(make: () => V): () => V {
  let made: V | undefined;
  return () => (made ??= make());
}

export function cached<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    const found = known.get(of);
    if (found !== undefined) return found;
    const made = make(of);
    known.set(of, made);
    return made;
  };
}
