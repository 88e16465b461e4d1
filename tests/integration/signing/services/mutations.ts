/** Byte flips, changed bytes, insertions and deletions of one byte string, the same ones for the same seed. */
export function* mutations(bytes: Uint8Array, count: number, seed: number): Generator<Uint8Array> {
  let state = seed;
  // Mulberry32: small, and equal on every machine.
  const random = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  for (let i = 0; i < count; i++) {
    const at = random(bytes.length);
    const copy = Array.from(bytes);
    const kind = i % 4;
    if (kind === 0) copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
    if (kind === 1) copy[at] = ((copy[at] ?? 0) + 1 + random(255)) & 0xff;
    if (kind === 2) copy.splice(at, 0, random(256));
    if (kind === 3) copy.splice(at, 1 + random(8));
    yield Uint8Array.from(copy);
  }
}
