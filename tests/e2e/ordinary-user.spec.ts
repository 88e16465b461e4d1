import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { electronExecutable, launchApp } from './launch';

const root = path.resolve(import.meta.dirname, '../..');
const asRoot = process.getuid?.() === 0;

test.skip(process.platform !== 'linux', 'the sandbox is read from /proc');

/**
 * What an ordinary user needs to start the application: copies of Electron and of the build that she may read, a home,
 * a profile, and a program that becomes her first. Somebody who is no root already starts Electron as it is.
 */
function forOrdinaryUser(place: string): { executable: string; folder: string; profile: string } {
  const profile = path.join(place, 'profile');
  mkdirSync(profile);
  if (!asRoot) return { executable: electronExecutable(), folder: root, profile };
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })),
  );
  chmodSync(place, 0o755);
  cpSync(path.dirname(electronExecutable()), path.join(place, 'electron'), { recursive: true });
  const folder = path.join(place, 'app');
  mkdirSync(folder);
  cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  cpSync(path.join(root, 'out'), path.join(folder, 'out'), { recursive: true });
  execFileSync('chmod', ['-R', 'a+rX', place]);
  chownSync(profile, uid ?? 0, gid ?? 0);
  const executable = path.join(place, 'as-nobody');
  const electron = path.join(place, 'electron', 'electron');
  writeFileSync(
    executable,
    `#!/bin/sh\nHOME='${profile}' XDG_CONFIG_HOME='${profile}' XDG_CACHE_HOME='${profile}' XDG_RUNTIME_DIR='${profile}' ` +
      `exec setpriv --reuid=${uid} --regid=${gid} --clear-groups '${electron}' "$@"\n`,
    { mode: 0o755 },
  );
  return { executable, folder, profile };
}

test('item 4: for an ordinary user every page runs in the sandbox of Chromium', async () => {
  const place = mkdtempSync(path.join(tmpdir(), 'cong-van-nobody-'));
  try {
    const launched = await launchApp({ ...forOrdinaryUser(place), sandbox: true });
    try {
      const found = await launched.app.evaluate(({ app, BrowserWindow }) => ({
        noSandbox: app.commandLine.hasSwitch('no-sandbox'),
        pages: BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId()),
      }));
      expect(found.noSandbox).toBe(false);
      expect(found.pages.length).toBeGreaterThan(0);
      for (const pid of found.pages) {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
        // 2 is a system-call filter (seccomp-bpf).
        expect(field('Seccomp')).toBe('2');
        expect(field('NoNewPrivs')).toBe('1');
        expect(field('Uid')).not.toBe('0');
        expect(Number.parseInt(field('CapEff') ?? '1', 16)).toBe(0);
      }
    } finally {
      await launched.close();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
