/** That the server has a file, as it said itself. */
export type Proof = {
  /** Epoch of the server's history in which it said so. */
  readonly epoch: string;
  /** When it said so first in this epoch, in milliseconds since 1970. */
  readonly at: number;
  /** Sent by this machine; other machines may not have it. */
  readonly sentFromHere: boolean;
};

/** A file on this machine, as far as removing its bytes goes. */
export type Holding = {
  readonly sha256: string;
  readonly size: number;
  /** Somebody wants it kept here. */
  readonly kept: boolean;
  readonly proof: Proof | undefined;
};

/**
 * A server that loses its disk comes back as its backup. What was sent from here stays as long as the operations that name
 * it, so that it can be sent again (Outbox.prune).
 */
export const keepSentMs = 35 * 24 * 3_600_000;

/** Whether the bytes of a file may go from this machine: never those that somebody keeps, never the only copy. */
export function mayBeFreed({ kept, proof }: Holding, epoch: string, now: number): boolean {
  if (kept || proof === undefined || epoch === '' || proof.epoch !== epoch) return false;
  return !proof.sentFromHere || now - proof.at >= keepSentMs;
}

/** The files that may go, the largest first, and how many bytes they are. */
export function freeable(
  holdings: readonly Holding[],
  epoch: string,
  now: number,
): { readonly files: readonly Holding[]; readonly bytes: number } {
  const files = holdings.filter((holding) => mayBeFreed(holding, epoch, now)).sort((a, b) => b.size - a.size);
  return { files, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}
