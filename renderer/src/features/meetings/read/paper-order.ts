import type { Meeting, Paper } from '@shared/schema/meetings';
import type { FileRef } from '@shared/schema/values';
import { inPackOrder } from '../paper-matching';

/** Stands for the pack as one PDF among the papers. */
export const wholePack = 'pack';

/** Something a delegate can open: a paper, or the whole pack. */
export type Readable = { readonly id: string; readonly title: string; readonly file: FileRef };

/** Everything there is to read, in the order of the pack; the whole pack last. `packTitle` names it. */
export function readables(
  meeting: Pick<Meeting, 'papers' | 'agenda' | 'pack'>,
  packTitle: string,
): readonly Readable[] {
  const papers = inPackOrder(meeting.papers, meeting.agenda).map(({ id, title, file }) => ({
    id,
    title,
    file,
  }));
  const document = meeting.pack?.document ?? null;
  return document === null ? papers : [...papers, { id: wholePack, title: packTitle, file: document }];
}

/** What is `step` places away from an entry; null at either end. */
export function neighbour(list: readonly Readable[], id: string, step: -1 | 1): Readable | null {
  const at = list.findIndex((entry) => entry.id === id);
  if (at < 0) return null;
  return list[at + step] ?? null;
}

/** Papers of one agenda item, as arranged; '' gives those that belong to none. */
export function papersOf(meeting: Pick<Meeting, 'papers' | 'agenda'>, item: string): readonly Paper[] {
  const known = new Set(meeting.agenda.map(({ id }) => id));
  return meeting.papers.filter((paper) =>
    item === '' ? !known.has(paper.agendaItem) : paper.agendaItem === item,
  );
}
