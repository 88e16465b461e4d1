import { z } from 'zod';
import { errorCodes } from '../result/codes';

// Backups to a second drive, the recovery kit on paper, and a new machine made of both.

const nothing = z.undefined();
const done = z.object({});
const half = z.string().min(1).max(400);
const problem = z.union([z.literal(''), z.enum(errorCodes)]);

const kitSchema = z.object({ kit: z.string(), madeAt: z.string() });

export const backupStatusSchema = z.object({
  /** Chosen folder, or '' while backups are off. */
  folder: z.string(),
  /** ISO 8601 of the last whole backup, or ''. */
  lastBackup: z.string(),
  lastProblem: problem,
  /** No backup for three days, counted from when they were switched on. */
  overdue: z.boolean(),
  /** The last restore for trial. */
  lastTest: z.object({ at: z.string(), problem, files: z.number(), operations: z.number() }).nullable(),
  running: z.enum(['', 'backup', 'test']),
  /** The kit that backups are made for, and one that was printed and not typed in yet. */
  provenKit: kitSchema.nullable(),
  printedKit: kitSchema.nullable(),
});
export type BackupStatus = z.infer<typeof backupStatusSchema>;

export const foundBackupSchema = z.object({
  deviceName: z.string(),
  unitName: z.string(),
  kit: z.string(),
  /** The whole backups, newest first, by their moment: `YYYY-MM-DDTHH-MM-SS`. */
  sets: z.array(z.string()).min(1),
});
export type FoundBackupFacts = z.infer<typeof foundBackupSchema>;

export const backupContract = {
  'backup:status': { input: nothing, output: backupStatusSchema },
  /** The person chooses a folder in a dialog of the system. Errors: KIT_NOT_PROVEN, NOT_SIGNED_IN. */
  'backup:choose-folder': { input: nothing, output: backupStatusSchema },
  'backup:turn-off': { input: nothing, output: backupStatusSchema },
  /** Errors: BACKUP_FOLDER_MISSING, KIT_NOT_PROVEN, DISK_FULL, CANCELLED, WRONG_STATE (one is running). */
  'backup:run': { input: nothing, output: backupStatusSchema },
  /** Restores the newest backup for trial. Errors: BACKUP_NOT_FOUND, BACKUP_DAMAGED and those of `run`. */
  'backup:test': { input: nothing, output: backupStatusSchema },
  'backup:cancel': { input: nothing, output: done },

  /** Makes a recovery kit and saves its two sheets as PDF where the person says; its halves never reach the page. */
  'kit:print': { input: nothing, output: z.object({ saved: z.boolean() }) },
  /** Reads one typed half. Errors: KIT_ROW_WRONG (detail: the row, from 1). */
  'kit:read-half': {
    input: z.object({ half }),
    output: z.object({ holder: z.enum(['clerk', 'leader']), kit: z.string() }),
  },
  /** Both halves of the printed kit were typed in. Errors: KIT_ROW_WRONG, KIT_MISMATCH. */
  'kit:prove': { input: z.object({ clerk: half, leader: half }), output: backupStatusSchema },

  /** The person chooses the folder of a backup; null when she cancels. Only on a machine that is not enrolled. */
  'restore:choose': { input: nothing, output: foundBackupSchema.nullable() },
  'restore:cancel': { input: nothing, output: done },
  /** Restores the chosen backup; the program restarts by itself. Errors: KIT_*, BACKUP_*, DISK_FULL, CANCELLED. */
  'restore:run': {
    input: z.object({ set: z.string().max(40), clerk: half, leader: half }),
    output: done,
  },
} as const;

export const backupEvents = {
  'backup:progress': z.object({
    what: z.enum(['backup', 'test', 'restore']),
    done: z.number(),
    total: z.number(),
  }),
} as const;
