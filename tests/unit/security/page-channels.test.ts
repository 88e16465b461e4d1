import { channelNames, privateChannelNames } from '@shared/ipc/channels';
import { describe, expect, it } from 'vitest';
import type { AnyChannel } from '../../../electron/main/ipc/answer';
import { mayCall } from '../../../electron/main/security/page-channels';

const all = Object.keys({ ...channelNames, ...privateChannelNames }) as readonly AnyChannel[];
const callableBy = (page: string): readonly AnyChannel[] => all.filter((channel) => mayCall(page, channel));

describe('each window calls its own channels only', () => {
  it('the sync window sends, fetches and keeps the journal, and can do nothing else', () => {
    expect([...callableBy('sync.html')].sort()).toEqual([
      'device:status',
      'files:cancel',
      'files:download',
      'files:free',
      'files:have',
      'files:present',
      'files:purge',
      'files:upload',
      'journal:append',
      'journal:forget',
      'journal:prune',
      'journal:read',
      'journal:replace-from',
      'net:pull',
      'net:push',
      'sync:stopped',
    ]);
  });

  it('the password window answers its question, and nobody else can', () => {
    expect([...callableBy('secret.html')].sort()).toEqual(['secret:answer', 'secret:question']);
    expect(callableBy('index.html').filter((channel) => channel.startsWith('secret:'))).toEqual([]);
  });

  it('the main window does the rest, and does not speak to the server for the device', () => {
    const left = all.filter((channel) => !mayCall('index.html', channel));
    expect([...left].sort()).toEqual([
      'files:cancel',
      'files:download',
      'files:free',
      'files:have',
      'files:upload',
      'net:pull',
      'net:push',
      'secret:answer',
      'secret:question',
      'sync:stopped',
    ]);
  });

  it.each(['', 'other.html', 'sync.html/', '__proto__'])(
    'a window that was opened for %j calls nothing',
    (page) => {
      expect(callableBy(page)).toEqual([]);
    },
  );
});
