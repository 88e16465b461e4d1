import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import {
  type Certificate,
  checkRevocation,
  checkSignerCertificate,
  DerError,
  readCertificate,
  readCrl,
  validatePath,
} from '@shared/signing';

export type CheckKeyInput = {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly anchors: readonly Uint8Array[];
  /** DER of the revocation lists of this machine. */
  readonly crls: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly time: number;
};

/**
 * Whether a certificate may sign now (Thông tư 15/2025/TT-BKHCN: checked before signing), by what is known on this
 * machine: a path or a list that is not here refuses nothing. Errors: CERT_EXPIRED, CERT_NOT_YET_VALID,
 * CERT_WRONG_USAGE, CERT_REVOKED.
 */
export async function checkKey(input: CheckKeyInput): Promise<void> {
  const { certificate, time } = input;
  checkSignerCertificate(nodeCrypto, certificate, time);
  const leaf = readCertificate(certificate, nodeCrypto);
  const pool = input.chain.flatMap(readable);
  const anchors = input.anchors.flatMap(readable);
  const { path } = validatePath(nodeCrypto, { leaf, pool, anchors, at: time, purpose: 'document' });
  const [, issuer] = path;
  if (issuer === undefined) return;
  const crls = input.crls.map((der) => readCrl(der, nodeCrypto));
  const query = { certificate: leaf, issuer, at: time, now: time, crls, ocsps: [], pool, anchors };
  if (checkRevocation(nodeCrypto, query).status === 'revoked') throw new AppError('CERT_REVOKED');
}

/** A certificate that cannot be read proves nothing, neither for nor against the key. */
function readable(der: Uint8Array): Certificate[] {
  try {
    return [readCertificate(der, nodeCrypto)];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
