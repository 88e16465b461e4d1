import { packManifest } from '@shared/domain/meeting';
import type { Sha256 } from '@shared/domain/numbering';
import type { Meeting } from '@shared/schema/meetings';

export type PackState = {
  /** `changed`: agenda or papers are not what was published; a new publication is needed. */
  readonly kind: 'not-published' | 'complete' | 'missing-files' | 'changed';
  readonly present: number;
  readonly total: number;
};

/** Digests of the files that make the pack complete. */
export function filesOfPack({ papers, pack }: Pick<Meeting, 'papers' | 'pack'>): readonly string[] {
  const shas = new Set(papers.map((paper) => paper.file.sha256));
  // The pack in one PDF is what people open without a network: it belongs to a complete pack.
  if (pack?.document) shas.add(pack.document.sha256);
  return [...shas];
}

/**
 * Whether this device holds exactly what was published: the manifest is computed again from the own row, and every file
 * must be here. Needs no network.
 */
export async function packState(
  meeting: Pick<Meeting, 'id' | 'title' | 'agenda' | 'papers' | 'pack'>,
  present: ReadonlySet<string>,
  sha256: Sha256,
): Promise<PackState> {
  const shas = filesOfPack(meeting);
  const here = shas.filter((sha) => present.has(sha)).length;
  const counts = { present: here, total: shas.length };
  if (meeting.pack === null) return { kind: 'not-published', ...counts };
  const manifest = await sha256(packManifest(meeting, meeting.pack.version));
  if (manifest !== meeting.pack.manifest) return { kind: 'changed', ...counts };
  return { kind: here === shas.length ? 'complete' : 'missing-files', ...counts };
}
