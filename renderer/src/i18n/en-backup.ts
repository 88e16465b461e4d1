import { counted } from './en-count';
import type { Texts } from './text-types';
import type { viBackup } from './vi-backup';

export const enBackup: Texts<typeof viBackup> = {
  title: 'Backup and restore',
  intro:
    'Once a day, when nobody uses the computer, the journal of work, files and keys (all encrypted) are copied to a second drive.',
  kit: {
    title: 'Recovery kit',
    intro:
      'The key to the backup, divided over two sheets: one for the clerk, one for the leader. Nobody can open it with one sheet.',
    none: 'There is no kit yet.',
    proven: (kit, day) => `Kit ${kit}, made on ${day}, typed in once.`,
    printed: (kit, day) => `Kit ${kit}, printed on ${day}, not typed in yet and so not used.`,
    print: 'Make and print a kit',
    printAgain: 'Make a new kit',
    saved: 'Both sheets were saved as PDF. Delete the file after printing.',
    proveTitle: 'Type both sheets in',
    proveIntro: 'Type the nine rows of each sheet to be sure that the paper can be read. Once is enough.',
    prove: 'Check and use this kit',
    proved: 'The recovery kit can be used.',
  },
  half: {
    clerk: 'Half of the clerk (nine rows)',
    leader: 'Half of the leader (nine rows)',
    row: (row) => `Row ${row} is wrong or missing.`,
    wrongHolder: 'This is the half of the other person.',
    right: (kit) => `All nine rows are right, kit ${kit}.`,
    hint: 'Letter case and spaces do not matter.',
  },
  place: {
    title: 'Where backups go',
    off: 'Backups are off. If this computer breaks, files and work that was not sent are lost.',
    needKit: 'Make a recovery kit first: a backup that nobody can open is of no use.',
    folder: 'Folder',
    choose: 'Choose a folder or USB drive…',
    change: 'Change the place…',
    turnOff: 'Switch backups off',
  },
  last: (moment) => `Last backup ${moment}`,
  never: 'No backup yet',
  now: 'Back up now',
  running: 'Backing up…',
  done: 'Backed up.',
  overdue: 'There has been no backup for more than 3 days.',
  overdueTodo: 'Plug the drive in and press "Back up now".',
  reminder: 'Backups are off on this computer. If it breaks, files and work that was not sent are lost.',
  test: {
    title: 'Self-test',
    intro: 'Once a month the newest backup is restored into a temporary folder and every file is compared.',
    never: 'Not tested yet',
    good: (moment, files, operations) =>
      `Last time ${moment}: ${counted(files, 'file')} and ${counted(operations, 'piece')} of work were read back.`,
    bad: (moment) => `Last time ${moment}: the backup could not be read back.`,
    now: 'Test now',
    running: 'Restoring for trial…',
    done: 'The backup can be read back.',
  },
  restore: {
    link: 'Restore from a backup',
    title: 'Restore a computer from a backup',
    intro:
      'For when the old computer is broken or lost. This one takes its place; the old one must not be used with its old data again.',
    choose: 'Choose the drive or folder…',
    found: 'Backup',
    of: (device, unit) => `Computer ${device}, ${unit}`,
    kit: 'Recovery kit',
    set: 'Backup of',
    run: 'Restore',
    running: 'Restoring…',
    restarting: 'Restored. The program is restarting…',
    back: 'Back to enrolment',
  },
};
