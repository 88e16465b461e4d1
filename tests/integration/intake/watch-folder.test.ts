import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@shared/result/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIntake, type Intake } from '../../../electron/intake/take-file';
import {
  type FolderWatch,
  type WatchedFile,
  type WatchOptions,
  type WatchProblem,
  watchFolder,
} from '../../../electron/intake/watch-folder';
import { openVault, type Vault } from '../../../electron/vault/vault';
import { inspect } from '../../../electron/workers/documents/jobs/inspect';
import { bundleForNode } from '../vault/bundle';
import { pdfOf } from './samples';

let base: string;
let scan: string;
let vault: Vault;
let intake: Intake;
let watching: FolderWatch | undefined;
let taken: WatchedFile[];
let problems: WatchProblem[];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'cong-van-scan-'));
  scan = join(base, 'scan');
  await mkdir(scan);
  await mkdir(join(base, 'register'));
  vault = await openVault({ dir: join(base, 'vault'), masterKey: randomBytes(32) });
  const context = { signal: new AbortController().signal, progress: () => undefined };
  intake = createIntake({ vault, inspect: (input) => inspect(input, context) });
  taken = [];
  problems = [];
});
afterEach(async () => {
  await watching?.stop();
  watching = undefined;
  await rm(base, { recursive: true, force: true });
});

async function start(options: Partial<WatchOptions> = {}): Promise<void> {
  watching = await watchFolder(scan, {
    intake,
    journalPath: join(base, 'scan.journal'),
    pollMs: 50,
    settleMs: 200,
    patienceMs: 600,
    retryMs: 300,
    onTaken: async (one) => void taken.push(one),
    onProblem: (problem) => void problems.push(problem),
    ...options,
  });
}

async function until(condition: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  for (const end = performance.now() + ms; !(await condition()); await pause(20)) {
    if (performance.now() > end) throw new Error('waited too long');
  }
}

const received = () => readdir(join(scan, 'Đã nhận')).catch(() => [] as string[]);
const names = () => taken.map(({ file }) => file.name).toSorted();

describe('watched folder', () => {
  it('a file is taken, reported with what it is, and then moved; its bytes are in the vault', async () => {
    await start();
    const bytes = await pdfOf(2);
    await writeFile(join(scan, 'Quyết định.pdf'), bytes);
    await until(async () => (await received()).length === 1);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.file).toMatchObject({ name: 'Quyết định.pdf', kind: 'pdf', pages: 2 });
    expect(await vault.has(createHash('sha256').update(bytes).digest('hex'))).toBe(true);
    expect(await readdir(scan)).toEqual(['Đã nhận']);
  });

  it('a slow writer: nothing happens before the file has stopped growing, then it is taken whole', async () => {
    await start();
    const bytes = await pdfOf(40);
    const path = join(scan, 'quét chậm.pdf');
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 15)) {
      await appendFile(path, bytes.subarray(at, at + Math.ceil(bytes.length / 15)));
      await pause(100);
      expect(taken).toEqual([]);
    }
    await until(() => taken.length === 1);
    expect(taken[0]?.file).toMatchObject({ size: bytes.length, pages: 40 });
    await pause(400);
    expect(taken).toHaveLength(1);
  });

  it('a pause longer than the settling time inside a file: what looks cut off gets more patience', async () => {
    await start();
    const bytes = await pdfOf(10);
    const path = join(scan, 'nghỉ giữa chừng.pdf');
    await writeFile(path, '');
    await pause(350);
    await appendFile(path, bytes.subarray(0, 1000));
    await pause(400);
    await appendFile(path, bytes.subarray(1000));
    await until(() => taken.length > 0);
    expect(taken[0]?.file).toMatchObject({ size: bytes.length, pages: 10 });
  });

  it('a file that stays broken or empty is taken after all, with its problem', async () => {
    await start();
    await writeFile(join(scan, 'hỏng.pdf'), (await pdfOf(3)).subarray(0, 500));
    await writeFile(join(scan, 'trống.pdf'), '');
    await until(() => taken.length === 2);
    expect(taken.map(({ file }) => String(file.problem)).toSorted()).toEqual(['FILE_BROKEN', 'FILE_EMPTY']);
  });

  it('copies in progress, lock files and folders are left alone; a rename at the end of a copy is a new file', async () => {
    await start();
    const bytes = await pdfOf(1);
    for (const name of ['~$dự thảo.docx', '.ẩn.pdf', 'a.tmp', 'Thumbs.db', 'b.crdownload', 'chép.pdf.part']) {
      await writeFile(join(scan, name), bytes);
    }
    await mkdir(join(scan, 'thư mục.pdf'));
    await pause(600);
    expect(taken).toEqual([]);
    await rename(join(scan, 'chép.pdf.part'), join(scan, 'chép.pdf'));
    await until(() => taken.length === 1);
    expect(names()).toEqual(['chép.pdf']);
  });

  it('not moved before the consumer confirmed; a refusal is reported once and tried again with the same claim', async () => {
    const claims: string[] = [];
    await start({
      async onTaken({ claimId }) {
        claims.push(claimId);
        expect(await readdir(scan)).toEqual(['a.pdf']);
        if (claims.length < 3) throw new AppError('DISK_FULL');
      },
    });
    await writeFile(join(scan, 'a.pdf'), await pdfOf(1));
    await until(async () => (await received()).length === 1);
    expect(claims).toHaveLength(3);
    expect(new Set(claims).size).toBe(1);
    expect(problems).toEqual([{ scope: 'file', name: 'a.pdf', code: 'DISK_FULL' }]);
  });

  it('the same name again is taken as a new file and kept beside the first', async () => {
    await start();
    for (const pages of [1, 2]) {
      await writeFile(join(scan, 'scan.pdf'), await pdfOf(pages));
      await until(() => taken.length === pages);
      await until(async () => (await received()).length === pages);
    }
    expect((await received()).toSorted()).toEqual(['scan (2).pdf', 'scan.pdf']);
  });

  it('the very same file (name, time, bytes) dropped again is a new claim', async () => {
    await start();
    const bytes = await pdfOf(1);
    const time = new Date(2026, 2, 5);
    for (const round of [1, 2]) {
      const outside = join(base, 'outside.pdf');
      await writeFile(outside, bytes);
      await utimes(outside, time, time);
      await rename(outside, join(scan, 'cũ.pdf'));
      await until(async () => (await received()).length === round);
    }
    expect(new Set(taken.map(({ claimId }) => claimId)).size).toBe(2);
  });

  it('confirmed but not moved: after a restart the file is only moved, not reported again', async () => {
    // A file where the folder for taken files should be: moving fails.
    await writeFile(join(scan, 'Đã nhận'), '');
    const isBlocked = (one: WatchedFile) => one.file.name === 'Đã nhận';
    await start({ patienceMs: 60_000 });
    await writeFile(join(scan, 'a.pdf'), await pdfOf(1));
    await until(() => problems.length === 1);
    expect(problems).toEqual([{ scope: 'file', name: 'a.pdf', code: 'IO' }]);
    await watching?.stop();
    expect(taken.filter((one) => !isBlocked(one))).toHaveLength(1);
    await rm(join(scan, 'Đã nhận'));
    await start();
    await until(async () => (await received()).length === 1);
    expect(taken.filter((one) => !isBlocked(one))).toHaveLength(1);
  });

  it('a file replaced between report and move stays, and is taken as what it is now', async () => {
    await start({
      async onTaken(one) {
        taken.push(one);
        if (taken.length === 1) await writeFile(join(scan, 'a.pdf'), await pdfOf(7));
      },
    });
    await writeFile(join(scan, 'a.pdf'), await pdfOf(1));
    await until(async () => (await received()).length === 1);
    expect(taken.map(({ file }) => file.pages)).toEqual([1, 7]);
  });

  it('an unreadable folder is one problem; when it is back, work goes on', async () => {
    await rename(scan, `${scan}-away`);
    await start();
    await pause(1000);
    expect(problems).toEqual([{ scope: 'folder', code: 'FILE_NOT_FOUND' }]);
    await writeFile(join(`${scan}-away`, 'a.pdf'), await pdfOf(1));
    await rename(`${scan}-away`, scan);
    await until(() => taken.length === 1);
    expect(problems).toHaveLength(1);
  });

  it('a torn last line of the journal is no obstacle', async () => {
    await writeFile(join(base, 'scan.journal'), '{"op":"claim","claimId":"x","sha');
    await start();
    await writeFile(join(scan, 'a.pdf'), await pdfOf(1));
    await until(async () => (await received()).length === 1);
    expect(taken).toHaveLength(1);
  });
});

describe('SIGKILL at random moments', () => {
  it('sixty files, a dozen kills: each is registered exactly once, with its own bytes', async () => {
    const program = await bundleForNode('tests/integration/intake/watching.ts', join(base, 'program'));
    const expected = new Map<string, string>();
    let kills = 0;
    for (let n = 0; n < 60; n++) {
      const bytes = Buffer.concat([await pdfOf(1), randomBytes(50_000)]);
      const name = `văn bản ${n}.pdf`;
      expected.set(name, createHash('sha256').update(bytes).digest('hex'));
      const handle = await open(join(scan, name), 'w');
      await handle.write(bytes);
      await handle.close();
    }
    while ((await received()).length < expected.size) {
      await watchUntilKilled(program, base, kills < 12 ? 60 + Math.random() * 140 : 20_000, expected.size);
      kills += 1;
      if (kills > 16) break;
    }
    expect(kills).toBeGreaterThan(8);
    const registered: { name: string; sha256: string }[] = [];
    for (const claim of await readdir(join(base, 'register'))) {
      registered.push(JSON.parse(await readFile(join(base, 'register', claim), 'utf8')));
    }
    expect(registered.map(({ name }) => name).toSorted()).toEqual([...expected.keys()].toSorted());
    for (const { name, sha256 } of registered) expect(sha256).toBe(expected.get(name));
    expect((await received()).toSorted()).toEqual([...expected.keys()].toSorted());
    const calls = (await readFile(join(base, 'calls.log'), 'utf8')).trim().split('\n');
    expect(calls.length).toBeLessThan(expected.size + kills + 1);
  });

  /** Runs the watching program; kills it after `delay` ms, or as soon as everything has been moved. */
  function watchUntilKilled(path: string, folder: string, delay: number, all: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [path, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ready = new Promise<void>((go) => child.stdout.once('data', () => go()));
      child.on('error', reject);
      child.on('close', () => resolve());
      void ready.then(async () => {
        for (const end = performance.now() + delay; performance.now() < end; await pause(20)) {
          if ((await received()).length === all) break;
        }
        child.kill('SIGKILL');
      });
    });
  }
});
