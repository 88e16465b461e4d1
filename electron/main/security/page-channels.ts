import type { AnyChannel } from '../ipc/answer';

export const MAIN_PAGE = 'index.html';
export const SYNC_PAGE = 'sync.html';
export const SECRET_PAGE = 'secret.html';

/** What the password window asks for, and nobody else. */
const secretChannels: ReadonlySet<AnyChannel> = new Set(['secret:question', 'secret:answer']);

/** What only the sync window does: rows and files go to the server from one place. */
const syncOnlyChannels: ReadonlySet<AnyChannel> = new Set([
  'net:push',
  'net:pull',
  'files:have',
  'files:upload',
  'files:download',
  'files:free',
  'files:cancel',
  'sync:stopped',
]);

/** What the sync window needs besides. */
const syncAlsoChannels: ReadonlySet<AnyChannel> = new Set([
  'device:status',
  'files:present',
  'files:purge',
  'journal:append',
  'journal:read',
  'journal:forget',
  'journal:replace-from',
  'journal:prune',
]);

/**
 * Whether the window that was opened for a page may call a channel. A page that was taken over can do no more than its
 * own work: the windows people use cannot speak for the device to the server, the sync window can sign nothing.
 */
export function mayCall(page: string, channel: AnyChannel): boolean {
  if (page === SYNC_PAGE) return syncOnlyChannels.has(channel) || syncAlsoChannels.has(channel);
  if (page === SECRET_PAGE) return secretChannels.has(channel);
  return page === MAIN_PAGE && !syncOnlyChannels.has(channel) && !secretChannels.has(channel);
}
