import { readFile } from 'node:fs/promises';
import type { SignatureReport } from '@shared/ipc/signature-report';
import { AppError } from '@shared/result/result';
import type { CheckReport } from '@shared/signing';
import type { OfficeServices } from '../services/office-services';
import type { Handle } from './handle';

/** A file larger than this is no certificate. */
const largestCertificate = 1024 * 1024;

/** Checking signatures, and what is trusted for it. */
export function registerCheckChannels(handle: Handle, services: OfficeServices): void {
  const { trustAnchors, documents, vault, clock } = services;

  handle('signing:anchors', async () => ({ anchors: [...(await trustAnchors.list())] }));
  handle('signing:import-anchor', async ({ path }) => ({
    anchor: await trustAnchors.add(await readSmall(path)),
  }));
  handle('signing:check', async ({ sha256 }) => {
    const file = await vault.openFileKey(sha256);
    const anchors = await trustAnchors.certificates();
    return toReport(await documents.run('check', { file, anchors, now: clock() }, { timeoutMs: 30_000 }));
  });
}

async function readSmall(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes.length > largestCertificate) throw new AppError('FILE_TOO_LARGE');
  return new Uint8Array(bytes);
}

function toReport({ verdict, signatures, problems }: CheckReport): SignatureReport {
  const iso = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString());
  return {
    verdict,
    problems: [...problems],
    signatures: signatures.map((signature) => ({
      field: signature.field,
      verdict: signature.verdict,
      integrity: signature.integrity,
      coverage: signature.coverage,
      changesAfter: signature.changesAfter,
      signerName: signature.signer?.cn ?? '',
      signerOrganisation: signature.signer?.o ?? '',
      issuer: signature.signer?.issuer ?? '',
      notBefore: iso(signature.signer?.notBefore),
      notAfter: iso(signature.signer?.notAfter),
      claimedTime: signature.claimedTime ?? '',
      problems: [...signature.problems],
    })),
  };
}
