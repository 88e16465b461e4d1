import type { Certificate } from '../certificates/x509';
import type { PdfDocument } from '../pdf/pdf-document';
import { isUnreadable } from '../pdf/unreadable';
import type { HttpPort } from '../ports';
import { fetchValidationData } from '../validation-data/fetch-validation-data';
import { readSecurityStore } from '../validation-data/security-store';
import type { CheckOptions } from './check-options';
import { type Evidence, evidenceOfCms, joinEvidence, noEvidence, readEvidence } from './evidence';
import type { JudgedFile } from './signature-check';
import type { SignedFile } from './signed-file';

/** Gathers what the file brings along and what the caller knows, so that its signatures can be judged. */
export async function gatherEvidence(
  { document, checks }: SignedFile,
  options: CheckOptions,
  anchors: readonly Certificate[],
): Promise<JudgedFile> {
  const { crypto, now, intermediates = [], crls = [], ocsps = [] } = options;
  const stored = await storeOf(document);
  const storedAt = new Map<number, Evidence>();
  for (const { isTimestamp, end, located } of checks) {
    if (isTimestamp && located.sound) storedAt.set(end, await storeAt(document, end));
  }
  const own = checks.flatMap(({ contents }) => (contents?.cms ? [evidenceOfCms(crypto, contents.cms)] : []));
  const stamps = checks.map(({ timestamp }) => ({
    ...noEvidence,
    certificates: timestamp?.certificates ?? [],
  }));
  const given = readEvidence(crypto, { certificates: intermediates, crls, ocsps });
  const evidence = joinEvidence([given, stored, ...own, ...stamps]);
  return { trust: { crypto, anchors, evidence, now }, checks, stored, storedAt };
}

/** What a revision stores; a store that cannot be read proves nothing. */
async function storeOf(document: PdfDocument): Promise<Evidence> {
  try {
    return readEvidence(document.crypto, await readSecurityStore(document));
  } catch (error) {
    if (isUnreadable(error)) return noEvidence;
    throw error;
  }
}

async function storeAt(document: PdfDocument, end: number): Promise<Evidence> {
  try {
    return await storeOf(await document.openRevision(end));
  } catch (error) {
    if (isUnreadable(error)) return noEvidence;
    throw error;
  }
}

/** Asks the certification services for what is missing about the signers and the makers of timestamps. */
export async function fetchMissing({ trust, checks }: JudgedFile, http: HttpPort): Promise<Evidence> {
  const { crypto, anchors, evidence, now } = trust;
  const signers = checks.flatMap(({ contents, timestamp }) => [contents?.signer, timestamp?.signer]);
  const certificates = signers.filter((signer) => signer !== null && signer !== undefined);
  const query = { crypto, http, certificates, pool: evidence.certificates, anchors, now, known: evidence };
  return readEvidence(crypto, await fetchValidationData(query));
}
