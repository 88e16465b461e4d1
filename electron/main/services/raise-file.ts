import { AppError } from '@shared/result/result';
import { reaches, type SignatureLevel } from '@shared/schema/signature-state';
import type { FileRef } from '@shared/schema/values';
import { describeFile } from './file-refs';
import type { OfficeServices } from './office-services';
import { wantedLevel } from './signing-settings';

type Tools = Pick<
  OfficeServices,
  'vault' | 'intake' | 'documents' | 'signingSettings' | 'trustAnchors' | 'revocationData' | 'clock'
>;

export type RaisedFile = {
  /** Null when nothing could be added that is worth keeping. */
  readonly file: FileRef | null;
  readonly level: SignatureLevel;
  /** Names of what could not be had. */
  readonly missing: readonly string[];
};

/** Several authorities are asked one after another. */
const timeoutMs = 180_000;
const mostPieces = 4;

/**
 * Raises the signatures of a file of the vault to the wanted level, and else as far as it goes: a try that lacks validation
 * data adds the timestamp only, so that repeated tries do not make the file grow. Errors: those of `raiseSignatures`.
 */
export async function raiseFile(
  tools: Tools,
  from: { readonly sha256: string; readonly name: string; readonly level: SignatureLevel },
): Promise<RaisedFile> {
  const wanted = wantedLevel(await tools.signingSettings.read());
  if (wanted === 'B-B' || reaches(from.level, wanted)) return { file: null, level: from.level, missing: [] };
  const whole = await attempt(tools, from, wanted);
  if (whole.file !== null || from.level !== 'B-B')
    return { ...whole, level: whole.file ? wanted : from.level };
  const { file } = await attempt(tools, from, 'B-T');
  return { file, level: 'B-T', missing: whole.missing };
}

/** One try; a file that lacks validation data is not kept. */
async function attempt(
  tools: Tools,
  { sha256, name }: { readonly sha256: string; readonly name: string },
  level: Exclude<SignatureLevel, 'B-B'>,
): Promise<Pick<RaisedFile, 'file' | 'missing'>> {
  const { vault, documents, intake, clock } = tools;
  const { tsa } = await tools.signingSettings.read();
  if (tsa === '') throw new AppError('TSA_UNREACHABLE', 'no authority');
  const file = await vault.openFileKey(sha256);
  const anchors = await tools.trustAnchors.certificates();
  const known = await tools.revocationData.evidence();
  const scratches = Array.from({ length: mostPieces }, () => vault.newFile());
  const target = vault.newFile();
  try {
    const input = { file, target, scratches, tsa, level, anchors, known, now: clock() };
    const { missing } = await documents.run('raiseSignatures', input, { timeoutMs });
    if (missing.length > 0) return { file: null, missing };
    return { file: await describeFile(intake, await vault.adopt(target), name), missing };
  } finally {
    // What was adopted is no longer there to be discarded.
    for (const piece of [target, ...scratches]) await vault.discard(piece);
  }
}
