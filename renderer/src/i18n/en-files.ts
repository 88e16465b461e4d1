import type { Texts } from './text-types';
import type { viFiles } from './vi-files';

export const enFiles: Texts<typeof viFiles> = {
  title: 'Files on this machine',
  metered: 'Metered network',
  meteredHint: 'Switch on for a mobile network: files above 5 MB wait for another one.',
  meteredByLine: 'This network says itself that it is metered: files above 5 MB wait for another one.',
  paused: (count: number) => `${count} files above 5 MB wait for a network that is not metered.`,
  anyway: 'Move all the same',
  failed: (count: number) =>
    `${count} files could not be moved; they are tried again, the others do not wait.`,
  again: 'Try now',
  roomHint:
    'Removes only the content of files that the server has and that are not kept on this machine. An opened file is downloaded again.',
  measure: 'See how much room can be made',
  free: 'Make room',
  noRoom: 'There is no file that could be removed.',
  room: (files: number, size: string) => `${size} of ${files} files can be freed.`,
  freed: (files: number, size: string) => `${size} of ${files} files were freed.`,
  keep: 'Keep files on this machine',
  keepHint: 'Downloaded ahead and never removed to make room. Off: downloaded when needed.',
};
