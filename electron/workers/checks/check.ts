import { type KeptReport, reportFormat, type SignatureReport } from '@shared/ipc/signature-report';
import { nodeCrypto } from '@shared/node/crypto-port';
import { type ByteSource, type CheckReport, checkSignatures } from '@shared/signing';
import { createHttpPort, withinTotalTime } from '../../network/http-port';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import { createEncryptedFile } from '../../vault/encrypted-sink';
import { type CheckedFile, withCheckedFile } from './check-source';

import { toReport } from './to-report';

export type CheckInput = {
  readonly file: CheckedFile;
  readonly name: string;
  /** DER of the chosen trust anchors, and of the revocation data that are on this machine. */
  readonly anchors: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Asks the addresses that the certificates name for what is missing. */
  readonly online: boolean;
  /** Where report and evidence are written, or null. */
  readonly keep: EncryptedTarget | null;
};
export type Checked = {
  readonly report: SignatureReport;
  /** DER of the revocation data that were used. */
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
};

const hashBlock = 1024 * 1024;

/** Checks every signature of a PDF against the chosen anchors. */
export async function check(input: CheckInput): Promise<Checked> {
  const { name, anchors, crls, ocsps, now } = input;
  return withCheckedFile(input.file, async (source) => {
    const found = await checkSignatures(source, {
      crypto: nodeCrypto,
      anchors,
      crls,
      ocsps,
      now,
      ...(input.online ? { online: withinTotalTime(createHttpPort()) } : {}),
    });
    const file = { sha256: await digestOfSource(source), size: source.size, name };
    const report = toReport(found, file, now);
    if (input.keep !== null) await write(input.keep, keptReport(report, found.evidence));
    return { report, crls: found.evidence.crls, ocsps: found.evidence.ocsps };
  });
}

function keptReport(report: SignatureReport, evidence: CheckReport['evidence']): KeptReport {
  const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64');
  return {
    ...reportFormat,
    ...report,
    evidence: {
      certificates: evidence.certificates.map(base64),
      crls: evidence.crls.map(base64),
      ocsps: evidence.ocsps.map(base64),
    },
  };
}

async function write(target: EncryptedTarget, kept: KeptReport): Promise<void> {
  const sink = await createEncryptedFile(target);
  try {
    await sink.write(Buffer.from(JSON.stringify(kept, null, 1), 'utf8'));
    await sink.finish();
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

async function digestOfSource(source: ByteSource): Promise<string> {
  const hash = nodeCrypto.hash('sha256');
  const room = new Uint8Array(Math.min(hashBlock, source.size));
  for (let at = 0; at < source.size; at += hashBlock)
    hash.update(await source.read(at, Math.min(hashBlock, source.size - at), room));
  return Buffer.from(hash.digest()).toString('hex');
}
