import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import type { Note } from '@shared/schema/meetings';
import { useMemo } from 'react';
import { map } from 'rxjs';
import type { Database } from './database';
import { useStream, useWorkplace } from './hooks';
import { liveRows } from './live-rows';
import { readRows } from './read-rows';
import type { Workplace } from './workplace';

/** The signed-in person's own notes on the papers of a meeting; nobody else's are ever read. */
export function useNotes(meeting: string): readonly Note[] {
  const { database, session } = useWorkplace();
  const person = session.state.value.person?.id ?? '';
  const stream = useMemo(
    () =>
      liveRows(database.ledger.notes, { selector: { meeting } }).pipe(
        map((notes) => notes.filter((note) => note.person === person)),
      ),
    [database, meeting, person],
  );
  return useStream<readonly Note[]>(stream, []);
}

/** Keeps a private note on this device: first beside the database, so that it outlives the loss of that. */
export async function addNote(workplace: Workplace, note: Omit<Note, 'id' | 'person' | 'at'>): Promise<void> {
  const person = workplace.session.state.value.person?.id ?? '';
  const at = new Date(workplace.clock()).toISOString();
  const added = { ...note, id: crypto.randomUUID(), person, at };
  await keep(workplace.desktop, [added]);
  await workplace.database.ledger.notes.insert(added);
}

/** Changes the text of a note, or removes it when the text is empty. */
export async function changeNote(workplace: Workplace, id: string, text: string): Promise<void> {
  const note = await workplace.database.ledger.notes.findOne(id).exec();
  if (note === null) return;
  if (text.trim() === '') {
    unwrap(await workplace.desktop.invoke('notes:remove', { id }));
    await note.remove();
    return;
  }
  await keep(workplace.desktop, [{ ...(note.toMutableJSON() as Note), text }]);
  await note.incrementalPatch({ text });
}

/**
 * Makes the notes of the database and those beside it the same: what the database has lost comes back, and what an older
 * program, or a stop in between, has written into it only is kept beside it too.
 */
export async function settleNotes(desktop: Desktop, database: Database): Promise<void> {
  const { notes: kept } = unwrap(await desktop.invoke('notes:all', undefined));
  const stored = (await readRows(database.ledger.notes, {})) as readonly Note[];
  const storedText = new Map(stored.map(({ id, text }) => [id, text]));
  const lost = kept.filter(({ id, text }) => storedText.get(id) !== text);
  if (lost.length > 0) await database.ledger.notes.bulkUpsert([...lost]);
  const known = new Set(kept.map(({ id }) => id));
  const missing = stored.filter(({ id }) => !known.has(id));
  if (missing.length > 0) await keep(desktop, missing);
}

async function keep(desktop: Desktop, notes: readonly Note[]): Promise<void> {
  unwrap(await desktop.invoke('notes:keep', { notes: [...notes] }));
}
