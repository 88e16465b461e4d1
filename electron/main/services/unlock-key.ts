import type { KeyOwner } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import { type AskSecret, askUntilRight } from '../secret/ask-secret';
import { secretTexts } from '../secret/secret-texts';
import { namesDiffer } from './name-difference';
import type { OfficeServices } from './office-services';
import type { StoredKey, TokenPlace } from './signing-keys';
import { type UnlockedKey, unlockedFile, unlockedToken } from './unlocked-key';

/** For what a PIN is asked: the window names the documents, and warns when the certificate is another person's. */
export type UnlockPurpose = {
  readonly owner: KeyOwner;
  readonly holder: string;
  readonly keyId?: string | undefined;
  readonly signerName?: string | undefined;
  readonly documents: readonly string[];
};

type Tools = Pick<
  OfficeServices,
  'signingKeys' | 'documents' | 'clock' | 'tokens' | 'tokenDrivers' | 'trustAnchors' | 'revocationData'
>;

/**
 * Opens a key of its holder with the password or PIN that the person gives, and checks that its certificate may sign
 * now. Errors: NO_SIGNING_KEY, CANCELLED, P12_*, TOKEN_*, CERT_*.
 */
export async function unlockKey(
  tools: Tools,
  askSecret: AskSecret,
  purpose: UnlockPurpose,
): Promise<UnlockedKey> {
  const stored = await tools.signingKeys.find(purpose.owner, purpose.holder, purpose.keyId);
  const { subject } = stored;
  const { signerName = '', documents } = purpose;
  const question = {
    title: secretTexts.sign(subject),
    purpose: secretTexts.purpose(documents.length),
    documents,
    warnings: namesDiffer(subject, signerName) ? [secretTexts.otherName(subject, signerName)] : [],
  };
  const { token } = stored;
  if (token === undefined)
    return askUntilRight(askSecret, { ...question, kind: 'password' }, (secret) =>
      openFile(tools, stored, secret),
    );
  const asking = async () => {
    const warnings = [...question.warnings, ...(await pinWarnings(tools, token))];
    return { ...question, warnings, kind: 'pin' as const };
  };
  return askUntilRight(askSecret, asking, (pin) => openToken(tools, token, pin));
}

async function openFile(tools: Tools, stored: StoredKey, secret: Uint8Array): Promise<UnlockedKey> {
  if (stored.pkcs12 === undefined) throw new AppError('NO_SIGNING_KEY', stored.id);
  const pkcs12 = new Uint8Array(Buffer.from(stored.pkcs12, 'base64'));
  const facts = await tools.documents.run('openKey', { pkcs12, secret });
  const key = unlockedFile(facts, pkcs12, secret);
  return checked(tools, key);
}

async function openToken(tools: Tools, place: TokenPlace, pin: Uint8Array): Promise<UnlockedKey> {
  const { driver, token: tokenSerial, keyId } = place;
  const opened = await tools.tokens.unlock({ driver, tokenSerial, keyId, pin });
  const { certificate, others } = opened;
  try {
    const facts = await tools.documents.run('readKey', { certificate, others });
    return await checked(tools, unlockedToken(facts, opened));
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Throws CERT_* when the certificate may not sign now; the key is ended then. */
async function checked(tools: Tools, key: UnlockedKey): Promise<UnlockedKey> {
  const { certificate, chain } = key.facts;
  const anchors = await tools.trustAnchors.certificates();
  const { crls } = await tools.revocationData.evidence();
  try {
    await tools.documents.run('checkKey', { certificate, chain, anchors, crls, time: tools.clock() });
    return key;
  } catch (error) {
    key.end();
    throw error;
  }
}

/**
 * What the token says of tries left, before one is spent; asked anew each time. TOKEN_NOT_PRESENT, TOKEN_PIN_LOCKED
 * instead of a question that could not be answered.
 */
async function pinWarnings({ tokens, tokenDrivers }: Tools, place: TokenPlace): Promise<readonly string[]> {
  const { certificates } = await tokens.scan([...(await tokenDrivers.chosen()), place.driver]);
  const found = certificates.find(
    ({ driver, tokenSerial }) => driver === place.driver && tokenSerial === place.token,
  );
  if (found === undefined) throw new AppError('TOKEN_NOT_PRESENT');
  if (found.pinState === 'locked') throw new AppError('TOKEN_PIN_LOCKED');
  if (found.pinState === 'final-try') return [secretTexts.lastTry];
  return found.pinState === 'low' ? [secretTexts.fewTries] : [];
}
