import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createJobWorker,
  type JobWorker,
  type WorkerProcess,
} from '../../../electron/main/services/job-worker';
import { openVault, type Vault } from '../../../electron/vault/vault';
import { bundleForNode } from './bundle';
import type { trialJobs } from './trial-worker';

type Jobs = typeof trialJobs;
let program: string;
let dir: string;
let vault: Vault;
let worker: JobWorker<Jobs>;
let starts = 0;

/** The same worker and protocol as in Electron, over Node's own channel. */
function startChild(): WorkerProcess {
  starts += 1;
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=128'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    post: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', listener as (message: unknown) => void),
    onExit: (listener) => void child.on('exit', (code) => listener(code ?? -1)),
    kill: () => void child.kill('SIGKILL'),
  };
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cong-van-worker-'));
  program = await bundleForNode('tests/integration/vault/trial-worker.ts', join(dir, 'program'));
  vault = await openVault({ dir, masterKey: randomBytes(32) });
});
afterAll(() => rm(dir, { recursive: true, force: true }));
beforeEach(() => {
  starts = 0;
  worker = createJobWorker<Jobs>(startChild);
});
afterEach(() => worker.close());

async function keep(bytes: Uint8Array) {
  async function* once() {
    yield bytes;
  }
  const { sha256 } = await vault.put(once());
  const { path, dataKey } = await vault.openFileKey(sha256);
  return { path, dataKey };
}

async function pdfOf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let i = 0; i < pages; i++) document.addPage();
  return document.save();
}

describe('document worker', () => {
  it('one process, jobs in the order they came, each with its own result', async () => {
    const results = await Promise.all([
      worker.run('count', { to: 3, stepMs: 1 }),
      worker.run('processId', undefined),
      worker.run('processId', undefined),
    ]);
    expect(results[0]).toBe(3);
    expect(results[1]).toBe(results[2]);
    expect(starts).toBe(1);
  });

  it('progress arrives while the job runs', async () => {
    const seen: number[] = [];
    await worker.run('count', { to: 4, stepMs: 1 }, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('expected failures keep their code; defects say no word of the document', async () => {
    await expect(worker.run('refuse', undefined)).rejects.toMatchObject({
      code: 'FILE_BROKEN',
      detail: 'refused',
    });
    await expect(worker.run('fail', undefined)).rejects.toMatchObject({
      code: 'INTERNAL',
      detail: 'TypeError',
    });
  });

  it('a crash costs only the running job; the queue goes on in a new process', async () => {
    const crashed = worker.run('crash', undefined);
    const after = worker.run('count', { to: 1, stepMs: 1 });
    await expect(crashed).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    expect(await after).toBe(1);
    expect(starts).toBe(2);
  });

  it('a job that eats all memory → WORKER_CRASHED, and the worker comes back', async () => {
    await expect(worker.run('devour', undefined)).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    expect(await worker.run('count', { to: 1, stepMs: 1 })).toBe(1);
  });

  it('an endless loop → TIMEOUT; waiting in the queue does not count', async () => {
    const hung = worker.run('hang', undefined, { timeoutMs: 3000 });
    const after = worker.run('count', { to: 2, stepMs: 10 }, { timeoutMs: 2900 });
    await expect(hung).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(await after).toBe(2);
  });

  it('cancel: a polite job ends by itself, an endless one is killed, a waiting one never starts', async () => {
    const polite = new AbortController();
    const counting = worker.run(
      'count',
      { to: 10_000, stepMs: 5 },
      { signal: polite.signal, onProgress: () => polite.abort() },
    );
    await expect(counting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(starts).toBe(1);
    const rude = new AbortController();
    const hanging = worker.run('hang', undefined, { signal: rude.signal });
    const waiting = worker.run('processId', undefined, { signal: rude.signal });
    const last = worker.run('count', { to: 1, stepMs: 1 });
    rude.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(hanging).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await last).toBe(1);
    expect(starts).toBe(2);
    await expect(worker.run('hang', undefined, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('a result that comes after the kill order: still TIMEOUT, and the next job meets a fresh process', async () => {
    const slowToDie = createJobWorker<Jobs>(() => {
      const child = startChild();
      return { ...child, kill: () => void setTimeout(() => child.kill(), 400) };
    });
    const late = slowToDie.run('count', { to: 10, stepMs: 20 }, { timeoutMs: 100 });
    const next = slowToDie.run('count', { to: 30, stepMs: 20 });
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(await next).toBe(30);
    expect(starts).toBe(2);
    await slowToDie.close();
  });

  it('close cancels what runs and what waits', async () => {
    const running = worker.run('hang', undefined);
    const waiting = worker.run('hang', undefined);
    const both = Promise.allSettled([running, waiting]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await worker.close();
    for (const outcome of await both)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } });
    await expect(worker.run('hang', undefined)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('a file made by a job is taken over by the vault', async () => {
    const target = vault.newFile();
    const made = await worker.run('write', { target, text: 'biên bản họp' });
    expect(await vault.adopt(target)).toEqual({ ...made, existed: false });
  });

  it('inspect reads only through the key of its file', async () => {
    const file = await keep(await pdfOf(3));
    expect(await worker.run('inspect', { file, kind: 'pdf' })).toEqual({ pages: 3 });
    const wrong = worker.run('inspect', { file: { ...file, dataKey: randomBytes(32) }, kind: 'pdf' });
    await expect(wrong).rejects.toMatchObject({ code: 'FILE_DAMAGED_ON_DISK' });
  });

  it('inspect of a 120 MB PDF: page count with progress, in a heap of 128 MB', async () => {
    const document = await PDFDocument.create();
    for (let i = 0; i < 24; i++) {
      document.addPage();
      const scan = document.context.stream(randomBytes(5 * 1024 * 1024));
      document.context.register(scan);
    }
    const file = await keep(await document.save());
    let reports = 0;
    expect(await worker.run('inspect', { file, kind: 'pdf' }, { onProgress: () => reports++ })).toEqual({
      pages: 24,
    });
    expect(reports).toBeGreaterThan(100);
  });
});
