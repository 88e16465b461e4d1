import { formatNumber } from '@shared/domain/numbering';
import { sealOutgoing, signOutgoing } from '@shared/domain/outgoing';
import type { Stored } from '@shared/domain/plan';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { SignatureLevel } from '@shared/schema/signature-state';
import { invoke } from '../../platform/desktop';
import { type Acting, bodyOf, freshDocument } from './acting';
import { authorityLines } from './authority-lines';

/** With what an act signs: the open session of a batch, or the key to ask the PIN for; the preferred key without both. */
export type KeyChoice = { readonly session?: string; readonly keyId?: string };

/** How a signature came out. */
export type SignedOutcome = {
  readonly level: SignatureLevel;
  /** Why there is no timestamp although an authority is set, or ''. */
  readonly timestampProblem: ErrorCode | '';
};

/** Ký (Điều 13): signs the file of a document for its signer and keeps it. The question comes before. */
export async function signBody(
  { workplace, person, unit }: Acting,
  document: Stored<'outgoing'>,
  choice: KeyChoice = {},
): Promise<SignedOutcome> {
  const body = bodyOf(document);
  const { file, places, ...outcome } = await invoke('signing:sign-person', {
    sha256: body.sha256,
    name: body.name,
    signerName: person.name,
    title: [...authorityLines(document.capacity, unit, person)],
    symbol: document.symbol,
    place: unit.place,
    sealMm: unit.sealMm,
    ...choice,
  });
  await workplace.run(async (context, read) => {
    const fresh = await freshDocument(read, document.id);
    // What was signed must be what is kept: nobody may have put another file there meanwhile.
    if (fresh.body?.sha256 !== body.sha256) throw new AppError('WRONG_STATE', fresh.state);
    return signOutgoing(context, fresh, file, places, outcome.level);
  });
  await workplace.files.refresh();
  return outcome;
}

/** Ký số cơ quan (Điều 32.2): the document and every annex that is a PDF. The question comes before. */
export async function sealBody(
  { workplace, unit }: Acting,
  document: Stored<'outgoing'>,
  choice: KeyChoice = {},
): Promise<SignedOutcome> {
  const body = bodyOf(document);
  const { file, annexes, ...outcome } = await invoke('signing:sign-organ', {
    sha256: body.sha256,
    name: body.name,
    numberAndSymbol: `${formatNumber(document.number)}/${document.symbol}`,
    organisation: unit.name,
    sealMm: unit.sealMm,
    annexes: document.annexes,
    ...choice,
  });
  await workplace.run(async (context, read) => {
    const fresh = await freshDocument(read, document.id);
    if (fresh.body?.sha256 !== body.sha256) throw new AppError('WRONG_STATE', fresh.state);
    return sealOutgoing(context, fresh, file, annexes, outcome.level);
  });
  await workplace.files.refresh();
  return outcome;
}
