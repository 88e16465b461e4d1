import type { CheckSource, FileVerdict } from '@shared/ipc/check-contract';
import type { SignatureReport } from '@shared/ipc/signature-report';
import { AppError } from '@shared/result/result';
import type { CrlDescription } from '@shared/signing';
import { isoInHanoi } from '@shared/text/time';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import type { Stored, Vault } from '../../vault/vault';
import type { CheckedFile } from '../../workers/checks/check-source';
import type { CheckJobs } from '../../workers/checks/jobs';
import type { JobWorker } from './job-worker';
import type { RevocationData } from './revocation-data';
import type { Tickets } from './tickets';
import type { TrustAnchors } from './trust-anchors';

type Parts = {
  readonly vault: Vault;
  readonly checker: JobWorker<CheckJobs>;
  readonly trustAnchors: TrustAnchors;
  readonly revocationData: RevocationData;
  /** Files outside of the vault that the person chose. */
  readonly chosen: Tickets<string>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
};

export type CheckRequest = {
  readonly source: CheckSource;
  readonly name: string;
  readonly online: boolean;
  readonly keep: boolean;
};

/** A person who asked waits longer than a box of files. */
const askedTimeout = 60_000;
const backgroundTimeout = 5_000;

/**
 * Checks signatures in a process that never sees a key. Beside the checks that a person asks for it keeps the verdicts of
 * files that came in: one file after another, so that a person never waits behind more than one of them.
 */
export class SignatureChecks {
  private readonly parts: Parts;
  private readonly known = new Map<string, FileVerdict>();
  private readonly waiting = new Set<string>();
  private working = false;
  /** Counts what was trusted: a verdict worked out before the last change does not hold. */
  private trust = 0;
  private readonly listeners = new Set<(verdict: FileVerdict) => void>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  onVerdict(listener: (verdict: FileVerdict) => void): void {
    this.listeners.add(listener);
  }

  /** A check that a person asked for. FILE_NOT_FOUND, TIMEOUT, WORKER_CRASHED; a bad file is a verdict, not an error. */
  async check(
    request: CheckRequest,
  ): Promise<{ readonly report: SignatureReport; readonly kept: Stored | null }> {
    const { vault, checker } = this.parts;
    const file = await this.open(request.source);
    const target = request.keep ? vault.newFile() : null;
    try {
      const input = {
        ...(await this.grounds()),
        file,
        name: request.name,
        online: request.online,
        keep: target,
      };
      const { report, crls, ocsps } = await checker.run('check', input, { timeoutMs: askedTimeout });
      if (request.online) await this.remember(crls, ocsps);
      if ('sha256' in request.source)
        this.settle({ sha256: request.source.sha256, verdict: report.verdict, reason: '' });
      return { report, kept: target === null ? null : await vault.adopt(target) };
    } catch (error) {
      if (target !== null) await vault.discard(target);
      throw error;
    }
  }

  /** Writes the revision that a signature covers. NO_SIGNATURE. */
  async extract(source: CheckSource, field: string, target: EncryptedTarget): Promise<void> {
    const file = await this.open(source);
    await this.parts.checker.run('extractRevision', { file, field, target }, { timeoutMs: askedTimeout });
  }

  /** Reads revocation lists away from this process. FILE_BROKEN. */
  async readListFile(file: Uint8Array): Promise<readonly CrlDescription[]> {
    return this.parts.checker.run('readRevocationLists', { file }, { timeoutMs: askedTimeout });
  }

  /** The known verdicts; the others are worked out in the background and told to the listeners. */
  verdicts(sha256: readonly string[]): readonly FileVerdict[] {
    for (const sha of sha256) if (!this.known.has(sha)) this.expect(sha);
    return sha256.flatMap((sha) => this.known.get(sha) ?? []);
  }

  /** Works out the verdict of a file that has come in; never fails and never waits. */
  expect(sha256: string): void {
    this.waiting.add(sha256);
    if (!this.working) void this.workOff();
  }

  /** What is trusted has changed: no verdict given before holds. */
  forget(): void {
    this.trust += 1;
    this.known.clear();
  }

  private async workOff(): Promise<void> {
    this.working = true;
    for (const sha256 of this.waiting) {
      this.waiting.delete(sha256);
      const { trust } = this;
      const verdict = await this.judge(sha256);
      if (trust === this.trust) this.settle(verdict);
      else this.waiting.add(sha256);
    }
    this.working = false;
  }

  private async judge(sha256: string): Promise<FileVerdict> {
    try {
      const file = await this.open({ sha256 });
      const input = { ...(await this.grounds()), file, name: sha256, online: false, keep: null };
      const { report } = await this.parts.checker.run('check', input, { timeoutMs: backgroundTimeout });
      return { sha256, verdict: report.verdict, reason: '' };
    } catch (error) {
      return { sha256, verdict: 'unchecked', reason: error instanceof AppError ? error.code : 'INTERNAL' };
    }
  }

  private settle(verdict: FileVerdict): void {
    this.known.set(verdict.sha256, verdict);
    for (const listener of this.listeners) listener(verdict);
  }

  private async open(source: CheckSource): Promise<CheckedFile> {
    if ('ticket' in source) return { kind: 'path', path: this.parts.chosen.find(source.ticket) };
    return { kind: 'vault', file: await this.parts.vault.openFileKey(source.sha256) };
  }

  private async grounds() {
    const { trustAnchors, revocationData, clock } = this.parts;
    return {
      anchors: await trustAnchors.certificates(),
      ...(await revocationData.evidence()),
      now: clock(),
    };
  }

  /** Keeps the data on which a verdict rests, never all that was fetched, so that the next check needs no network. */
  private async remember(crls: readonly Uint8Array[], ocsps: readonly Uint8Array[]): Promise<void> {
    const { revocationData, clock } = this.parts;
    const at = isoInHanoi(clock());
    await revocationData.addLists(await this.readLists(crls), 'online', at);
    await revocationData.addAnswers(ocsps, at);
  }

  private async readLists(crls: readonly Uint8Array[]): Promise<readonly CrlDescription[]> {
    const lists = await Promise.all(crls.map((der) => this.readListFile(der)));
    return lists.flat();
  }
}
