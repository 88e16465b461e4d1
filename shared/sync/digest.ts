/** Running XOR over rows: equal digests mean equal rows at equal revisions, in whatever order they were stored. */
export type RowHash = (text: string) => Promise<string>;

/**
 * Digest of a set of rows: XOR of the first 8 bytes of SHA-256(`coll|id|rev`), as 16 hex digits. `sha256` gives hex.
 * Always computed from own rows, never copied from the other side.
 */
export async function digestOf(
  rows: Iterable<{ readonly coll: string; readonly id: string; readonly rev: number }>,
  sha256: RowHash,
): Promise<{ readonly count: number; readonly digest: string }> {
  let count = 0;
  let digest = 0n;
  for (const row of rows) {
    digest ^= BigInt(`0x${(await sha256(`${row.coll}|${row.id}|${row.rev}`)).slice(0, 16)}`);
    count += 1;
  }
  return { count, digest: digest.toString(16).padStart(16, '0') };
}
