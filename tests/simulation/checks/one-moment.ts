import { sameJson } from '@shared/sync/patch';
import type { PullRequest } from '@shared/sync/protocol';
import type { Author } from '../../../server/sync/author';
import { type Changes, readChanges } from '../../../server/sync/pull';
import { Pauses } from '../pauses';
import { MemoryDatabase } from '../server/memory-database';
import type { ServerState } from '../server/state';

/**
 * Answers a pull, and looks whether it tells what the server held at one moment while it was answered: rows that are newer
 * than the number of the own operations beside them would be shown with work over them that they contain already.
 */
export async function readAtOneMoment(
  database: MemoryDatabase,
  reader: Author,
  request: PullRequest,
  found: (problem: string) => void,
): Promise<Changes> {
  const moments = [database.state];
  const note = (state: ServerState): void => void moments.push(state);
  database.onCommit.add(note);
  try {
    const changes = await readChanges(database, reader, request);
    if (moments.length > 1 && !(await isOfOneOf(moments, changes, reader, request)))
      found(`S5: a pull of ${reader.device} tells of different moments`);
    return changes;
  } finally {
    database.onCommit.delete(note);
  }
}

async function isOfOneOf(
  moments: readonly ServerState[],
  changes: Changes,
  reader: Author,
  request: PullRequest,
): Promise<boolean> {
  for (const state of moments) {
    const then = await readChanges(new MemoryDatabase(state, new Pauses()), reader, request).catch(
      () => null,
    );
    if (sameJson(then, changes)) return true;
  }
  return false;
}
