import { counted } from './en-count';
import type { Texts } from './text-types';
import type { viRescue } from './vi-rescue';

export const enRescue: Texts<typeof viRescue> = {
  mode: 'Rescue mode',
  damaged: {
    title: 'The database of this computer cannot be read',
    why: 'Often because power was lost during a write, a disk fails, or another program changed the folder.',
  },
  missing: {
    title: 'The database of this computer is gone',
    why: 'This computer has worked before and now there is nothing: what was broken may have been dropped while opening, or somebody removed it.',
  },
  newMachine: {
    title: 'Rebuilding on a new computer',
    why: 'This computer takes its data from a backup.',
  },
  safe: 'What is safe',
  looking: 'Looking at what is left…',
  journal: 'Journal of work',
  journalFacts: (operations, unsent) =>
    operations === 0
      ? 'nothing that needs rebuilding'
      : `${counted(operations, 'piece')} of work, ${unsent} of them not known to have reached the server`,
  unreadable: (lines) => `${counted(lines, 'line')} of the journal cannot be read; the others can be used.`,
  files: 'Files in the store of this computer',
  fileCount: (files) => counted(files, 'file'),
  server: 'Server of the province',
  serverFacts: 'keeps everything that was sent; directories and documents are fetched again from there',
  will: 'When you press the button',
  stepAside: 'The damaged part is moved to a folder of its own in the profile; nothing is deleted.',
  stepReplay: 'The work in the journal is written into a new database.',
  stepPull: 'Documents, registers and people are fetched from the server, later if there is no network.',
  stepNotes: 'Private notes of meetings are taken back from the copy beside the database.',
  begin: 'Rebuild the database',
  beginning: 'Restarting…',
  tryAgain: 'Try to open as usual',
  working: 'Rebuilding…',
  replayed: (operations) =>
    `${counted(operations, 'piece of work was', 'pieces of work were')} written again from the journal.`,
  pulling: 'Fetching from the server…',
  done: 'Rebuilt',
  restored: 'Work rebuilt from the journal',
  lost: 'Lines of the journal that cannot be read',
  rows: 'Rows fetched from the server',
  waiting: 'Work waiting to be sent',
  filesMissing: 'Files not on this computer yet',
  filesMissingValue: (files) =>
    files === 0 ? 'no file is missing' : `${counted(files, 'file')}, to be fetched`,
  folder: 'The damaged part is kept in',
  nothingLost: 'Nothing that was saved on this computer is lost.',
  someLost: (lines) =>
    `${counted(lines, 'line of the journal is', 'lines of the journal are')} damaged. What had been sent is on the server; look through your latest work.`,
  offline: 'The server cannot be reached yet. Documents and registers appear when there is a network.',
  numbering: 'This computer gives numbers again after it has compared its registers with the server.',
  notes: 'Private notes of meetings were taken back from the copy on this machine or in the backup.',
  enter: 'Go to work',
};
