import { randomUUID } from 'node:crypto';
import { AppError } from '@shared/result/result';
import type { UnlockedKey } from './unlocked-key';

/** After so long without a signature the PIN must be given again. */
export const idleLimitMs = 10 * 60_000;

/** Whose key was unlocked, and for which files only. */
export type UnlockedFor = {
  /** Person who gave the PIN. */
  readonly person: string;
  readonly owner: 'person' | 'organ';
  /** SHA-256 of each file. */
  readonly files: readonly string[];
};

type Open = {
  readonly key: UnlockedKey;
  readonly purpose: UnlockedFor;
  /** How often each file may still be signed: two documents may hold the same bytes. */
  readonly left: Map<string, number>;
  idle: NodeJS.Timeout;
};

/**
 * Keys for which a person has given the PIN once, for a batch that she saw listed. Nothing else can be signed with them.
 * They end when every file is done, when asked to, at sign-out, and after ten idle minutes; their secret is wiped then.
 */
export class UnlockedKeys {
  private readonly open = new Map<string, Open>();

  /** Keeps a key for a batch and gives the name of the session. */
  keep(key: UnlockedKey, purpose: UnlockedFor): string {
    const session = randomUUID();
    this.open.set(session, { key, purpose, left: countOf(purpose.files), idle: this.idleTimer(session) });
    return session;
  }

  /**
   * The key for one file of the batch. SIGNING_SESSION_ENDED when the session is over, another person's, the other
   * owner's, or not for this file.
   */
  keyFor(session: string, person: string, owner: UnlockedFor['owner'], sha256: string): UnlockedKey {
    const found = this.open.get(session);
    const fits =
      found !== undefined &&
      found.purpose.person === person &&
      found.purpose.owner === owner &&
      found.left.has(sha256);
    if (!fits) throw new AppError('SIGNING_SESSION_ENDED');
    clearTimeout(found.idle);
    found.idle = this.idleTimer(session);
    return found.key;
  }

  /** A file has been signed; with the last one the session ends. */
  done(session: string, sha256: string): void {
    const found = this.open.get(session);
    if (found === undefined) return;
    const left = (found.left.get(sha256) ?? 0) - 1;
    if (left > 0) found.left.set(sha256, left);
    else found.left.delete(sha256);
    if (found.left.size === 0) this.end(session);
  }

  end(session: string): void {
    const found = this.open.get(session);
    if (found === undefined) return;
    this.open.delete(session);
    clearTimeout(found.idle);
    found.key.end();
  }

  endAll(): void {
    for (const session of this.open.keys()) this.end(session);
  }

  private idleTimer(session: string): NodeJS.Timeout {
    return setTimeout(() => this.end(session), idleLimitMs).unref();
  }
}

function countOf(files: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(file, (counts.get(file) ?? 0) + 1);
  return counts;
}
