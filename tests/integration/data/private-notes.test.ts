import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Desktop } from '@shared/ipc/desktop';
import type { Note } from '@shared/schema/meetings';
import { Serial } from '@shared/sync/serial';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretFile } from '../../../electron/identity/secret-file';
import { type NotesRecord, PrivateNotes } from '../../../electron/notes/private-notes';
import { type Database, openDatabase } from '../../../renderer/src/data/database';
import { addNote, changeNote, settleNotes } from '../../../renderer/src/data/notes';
import { readRows } from '../../../renderer/src/data/read-rows';
import type { Workplace } from '../../../renderer/src/data/workplace';
import { openProfileKeys } from '../backup/machine';

const written = { meeting: 'm1', paper: 'p1', page: 3, text: 'Hỏi lại số liệu quý II' };

let profile: string;
let database: Database;
let desktop: Desktop;
let damages: number;

/** What the page asks of the main process about notes, answered by the part that does it there. */
function desktopOver(notes: PrivateNotes): Desktop {
  const invoke = async (channel: string, input: unknown) => {
    if (channel === 'notes:all') return { ok: true, value: { notes: await notes.all() } };
    if (channel === 'notes:keep') await notes.keep((input as { notes: Note[] }).notes);
    else await notes.remove((input as { id: string }).id);
    return { ok: true, value: {} };
  };
  return { invoke } as unknown as Desktop;
}

async function openNotes(): Promise<PrivateNotes> {
  const file = secretFile<NotesRecord>(
    path.join(profile, 'keys'),
    'private-notes',
    await openProfileKeys(profile),
  );
  return new PrivateNotes(file, () => {
    damages += 1;
  });
}

async function openAnew(): Promise<Database> {
  const storage = getRxStorageMemory() as never;
  return openDatabase({ view: storage, ledger: storage }, new Serial());
}

async function loseDatabase(): Promise<void> {
  await database.view.remove();
  await database.ledger.remove();
  database = await openAnew();
}

const workplace = (): Workplace =>
  ({
    desktop,
    database,
    clock: () => Date.parse('2026-11-22T08:00:00+07:00'),
    session: { state: { value: { person: { id: 'ct' } } } },
  }) as unknown as Workplace;
const texts = async (): Promise<readonly string[]> =>
  (await readRows(database.ledger.notes, {})).map(({ text }) => text);

beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'cong-van-notes-'));
  damages = 0;
  desktop = desktopOver(await openNotes());
  database = await openAnew();
});
afterEach(async () => {
  await database.view.remove();
  await database.ledger.remove();
});

describe('ghi chú riêng trong cuộc họp', () => {
  it('come back, as they were last written, when the database is lost; one that was removed does not', async () => {
    await addNote(workplace(), written);
    await addNote(workplace(), { ...written, text: 'Bỏ' });
    for (const { id, text } of await readRows(database.ledger.notes, {}))
      await changeNote(workplace(), id, text === 'Bỏ' ? '' : 'Đã hỏi, chờ trả lời');
    await loseDatabase();
    expect(await texts()).toEqual([]);
    await settleNotes(desktop, database);
    expect(await readRows(database.ledger.notes, {})).toMatchObject([
      { ...written, person: 'ct', text: 'Đã hỏi, chờ trả lời' },
    ]);
  });

  it('written at the same moment are all kept', async () => {
    const together = ['một', 'hai', 'ba'];
    await Promise.all(together.map((text) => addNote(workplace(), { ...written, text })));
    await loseDatabase();
    await settleNotes(desktop, database);
    expect((await texts()).toSorted()).toEqual(together.toSorted());
  });

  it('after a stop in the middle of a change are as they were kept beside the database', async () => {
    await addNote(workplace(), written);
    const [note] = await readRows(database.ledger.notes, {});
    await desktop.invoke('notes:keep', { notes: [{ ...(note as Note), text: 'Sửa dở' }] });
    await settleNotes(desktop, database);
    expect(await texts()).toEqual(['Sửa dở']);
  });

  it('of an older program are kept beside the database at the first start', async () => {
    await database.ledger.notes.insert({
      ...written,
      id: 'n1',
      person: 'ct',
      at: '2026-11-20T08:00:00+07:00',
    });
    await settleNotes(desktop, database);
    await loseDatabase();
    await settleNotes(desktop, database);
    expect(await texts()).toEqual([written.text]);
  });

  it('cannot be read without the key of the machine, and a damaged file is told and made anew', async () => {
    await addNote(workplace(), written);
    const file = path.join(profile, 'keys', 'private-notes');
    expect(await readFile(file, 'utf8')).not.toContain('quý');
    await writeFile(file, 'rubbish');
    await settleNotes(desktop, database);
    expect(damages).toBeGreaterThan(0);
    await loseDatabase();
    await settleNotes(desktop, database);
    expect(await texts()).toEqual([written.text]);
  });
});
