import type { Stored } from '@shared/domain/plan';
import { useRow, useSession } from '../../data';
import { type DraftValues, draftFromFile, draftOf, draftReply, emptyDraft } from './draft-values';

/** What a drafting form begins with. */
export type DraftSource = {
  readonly initial: DraftValues;
  readonly document: Stored<'outgoing'> | null;
  /** The intake item whose file became the draft. */
  readonly intake: Stored<'intake'> | null;
};

/** Where a new draft comes from: query parameters of `/outgoing/new`. */
export type DraftOrigin = {
  /** Intake item whose file is taken as the draft. */
  readonly intake: string;
  /** Incoming document whose first file is taken as the draft. */
  readonly incoming: string;
  /** Incoming document that is answered. */
  readonly reply: string;
};

/** Reads what the form begins with; undefined while loading, null where it is not to be found or not a draft. */
export function useDraftSource(id: string, origin: DraftOrigin): DraftSource | null | undefined {
  const { unit } = useSession();
  const document = useRow('outgoing', id === '' ? '-' : id);
  const intake = useRow('intake', origin.intake === '' ? '-' : origin.intake);
  const incomingId = origin.incoming === '' ? origin.reply : origin.incoming;
  const incoming = useRow('incoming', incomingId === '' ? '-' : incomingId);
  if (unit === null || document === undefined || intake === undefined || incoming === undefined)
    return undefined;
  if (id !== '') {
    if (document === null || document.state !== 'draft') return null;
    return { initial: draftOf(document), document, intake: null };
  }
  const begin = (initial: DraftValues): DraftSource => ({ initial, document: null, intake });
  if (origin.intake !== '') return intake?.file ? begin(draftFromFile(unit, intake.file)) : null;
  if (incomingId === '') return begin(emptyDraft(unit));
  if (incoming === null) return null;
  const [file] = incoming.files;
  if (origin.incoming === '') return begin(draftReply(unit, incoming));
  return file === undefined ? null : begin(draftFromFile(unit, file));
}
