import type { Note } from '@shared/schema/meetings';
import { useMemo } from 'react';
import { map } from 'rxjs';
import { useStream, useWorkplace } from './hooks';
import { liveRows } from './live-rows';
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

/** Keeps a private note on this device. */
export async function addNote(workplace: Workplace, note: Omit<Note, 'id' | 'person' | 'at'>): Promise<void> {
  const person = workplace.session.state.value.person?.id ?? '';
  const at = new Date(workplace.clock()).toISOString();
  await workplace.database.ledger.notes.insert({ ...note, id: crypto.randomUUID(), person, at });
}

/** Changes the text of a note, or removes it when the text is empty. */
export async function changeNote(workplace: Workplace, id: string, text: string): Promise<void> {
  const note = await workplace.database.ledger.notes.findOne(id).exec();
  if (note === null) return;
  if (text.trim() === '') await note.remove();
  else await note.incrementalPatch({ text });
}
