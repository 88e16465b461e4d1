import { AppError } from '../../result/result';
import type { Certificate } from '../certificates/x509';
import { type EncodedEvidence, type Evidence, joinEvidence, readEvidence } from '../check/evidence';
import type { ByteSink, ByteSource, CryptoPort, HttpPort } from '../ports';
import { collectEvidence } from '../validation-data/collect-evidence';
import { fetchValidationData } from '../validation-data/fetch-validation-data';
import { readSecurityStore } from '../validation-data/security-store';
import { readSigners, type SignatureSigners } from '../validation-data/signature-signers';
import { copySource, IncrementalUpdate } from './incremental-update';
import { openForValidationData, type UpdatableDocument } from './open-document';
import { type AddedData, SecurityStoreUpdate } from './security-store-update';

/** Certificates and revocation data are DER; times are milliseconds since 1970. */
export type ValidationDataOptions = {
  readonly crypto: CryptoPort;
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  /** Null to work with what is known. */
  readonly http: HttpPort | null;
  readonly known: Pick<EncodedEvidence, 'crls' | 'ocsps'> & Partial<EncodedEvidence>;
  readonly now: number;
};

/** How many certificates, revocation lists and OCSP responses are new in the file, and what could not be had. */
export type ValidationDataAdded = AddedData & {
  /** Common names of certificates whose issuer or status stayed unknown; names of fields whose signature is unreadable. */
  readonly missing: readonly string[];
};

/**
 * Adds the data to check every signature and timestamp of a document for good (ISO 32000-2, 12.8.4.3; EN 319 142-1 section
 * 5.4.2) by an incremental update, to certified documents too, whatever their certification permits. Without anything
 * new the output equals the input. Missing data is no error: it is named in the result.
 * Throws the codes of {@link openForValidationData}, and NO_SIGNATURE.
 */
export async function addValidationData(
  source: ByteSource,
  sink: ByteSink,
  options: ValidationDataOptions,
): Promise<ValidationDataAdded> {
  const { crypto, now } = options;
  const opened = await openForValidationData(source, crypto);
  const signatures = await readSignatures(opened);
  const anchors = readEvidence(crypto, { certificates: options.anchors, crls: [], ocsps: [] }).certificates;
  const evidence = await gatherEvidence(opened, signatures, anchors, options);
  const update = new IncrementalUpdate(opened.document);
  const store = await SecurityStoreUpdate.open(update);
  const missing = new Set<string>();
  for (const { field, contents, signers } of signatures) {
    const collected = await collectEvidence({ crypto, anchors, evidence, now }, signers);
    await store.addFor(contents, collected);
    for (const name of signers.length === 0 ? [field] : collected.missing) missing.add(name);
  }
  await copySource(source, sink);
  if (await store.write()) await sink.write((await update.build()).bytes);
  return { ...store.added, missing: [...missing] };
}

async function readSignatures({
  document,
  signedFields,
}: UpdatableDocument): Promise<readonly SignatureSigners[]> {
  const signatures: SignatureSigners[] = [];
  for (const field of signedFields) {
    const found = await readSigners(document, field);
    if (found) signatures.push(found);
  }
  if (signatures.length === 0) throw new AppError('NO_SIGNATURE');
  return signatures;
}

/** Everything at hand: from the signatures, the store, the caller, and, where the network is lent, from the services. */
async function gatherEvidence(
  { document }: UpdatableDocument,
  signatures: readonly SignatureSigners[],
  anchors: readonly Certificate[],
  { crypto, http, known, intermediates, now }: ValidationDataOptions,
): Promise<Evidence> {
  const certificates = [...intermediates, ...(known.certificates ?? [])];
  const atHand = joinEvidence([
    readEvidence(crypto, await readSecurityStore(document)),
    readEvidence(crypto, { ...known, certificates }),
    { certificates: signatures.flatMap((signature) => signature.certificates), crls: [], ocsps: [] },
  ]);
  if (!http) return atHand;
  const fetched = await fetchValidationData({
    crypto,
    http,
    certificates: signatures.flatMap(({ signers }) => signers),
    pool: atHand.certificates,
    anchors,
    now,
    known: atHand,
  });
  return joinEvidence([atHand, readEvidence(crypto, fetched)]);
}
