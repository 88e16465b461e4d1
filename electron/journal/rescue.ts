import { readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type RescueReason,
  type RescueReport,
  rescueReasons,
  rescueReportSchema,
} from '@shared/ipc/rescue-contract';
import { dayInHanoi } from '@shared/text/time';
import { z } from 'zod';
import { replaceFile, syncFolder } from '../vault/durable';
import { isMissing } from '../vault/file-errors';

const recordSchema = z.object({
  /**
   * 'set-aside': the database has to be moved before a window opens it. 'restoring': it was, or there was none.
   * 'finished': nobody has read yet what came of it.
   */
  phase: z.enum(['none', 'set-aside', 'restoring', 'finished']),
  reason: z.enum(rescueReasons),
  folder: z.string(),
  last: rescueReportSchema.nullable(),
});
export type RescueRecord = z.infer<typeof recordSchema>;

const recordFile = 'rescue.json';
/** Chromium's folder of the local databases, inside the profile. */
export const databaseFolder = 'IndexedDB';
const noRescue: RescueRecord = { phase: 'none', reason: 'damaged', folder: '', last: null };

/** What the profile remembers of a rescue that goes on, and of the last one. */
export async function readRescue(profile: string): Promise<RescueRecord> {
  try {
    const text = await readFile(path.join(profile, recordFile), 'utf8');
    return recordSchema.parse(JSON.parse(text));
  } catch (error) {
    if (isMissing(error)) return noRescue;
    throw error;
  }
}

/** Asks for the database to be set aside at the next start: no window may have it open then. */
export async function requestSetAside(profile: string, reason: RescueReason): Promise<void> {
  await write(profile, { ...(await readRescue(profile)), phase: 'set-aside', reason, folder: '' });
}

/** Begins to restore with the database as it is: a new, empty one. */
export async function beginRestoring(profile: string, reason: RescueReason): Promise<void> {
  await write(profile, { ...(await readRescue(profile)), phase: 'restoring', reason, folder: '' });
}

export async function finishRescue(profile: string, report: RescueReport): Promise<void> {
  await write(profile, { phase: 'finished', reason: report.reason, folder: report.folder, last: report });
}

/** A person has read what came of it. */
export async function closeRescue(profile: string): Promise<void> {
  const record = await readRescue(profile);
  if (record.phase === 'finished') await write(profile, { ...record, phase: 'none' });
}

/**
 * Sets the damaged database aside where that was asked for. Call before any window opens; a cut at any moment is made
 * good at the next start. The folder is only renamed, within the profile: what is damaged today may be read tomorrow.
 */
export async function settleRescue(profile: string, nowMs: number): Promise<void> {
  const record = await readRescue(profile);
  if (record.phase !== 'set-aside') return;
  const folder = (await exists(path.join(profile, databaseFolder)))
    ? await freeName(profile, `hư hỏng-${dayInHanoi(nowMs)}`)
    : '';
  if (folder !== '') {
    await rename(path.join(profile, databaseFolder), path.join(profile, folder));
    await syncFolder(profile);
  }
  await write(profile, { ...record, phase: 'restoring', folder });
}

/** A name that nothing in the folder has: the wanted one, or that with a number. */
export async function freeName(folder: string, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!(await exists(path.join(folder, name)))) return name;
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const write = (profile: string, record: RescueRecord): Promise<void> =>
  replaceFile(path.join(profile, recordFile), JSON.stringify(record));
