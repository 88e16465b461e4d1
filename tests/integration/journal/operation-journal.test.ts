import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { purgeIntake } from '@shared/domain/removal';
import { intakeSchema } from '@shared/schema/documents';
import { applyPatch } from '@shared/sync/patch';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OperationJournal } from '../../../electron/journal/operation-journal';
import { context } from '../../unit/domain/sample-rows';
import { bundleForNode } from '../vault/bundle';
import { sampleOperation } from './sample-operations';

const run = promisify(execFile);
const key = randomBytes(32);
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cong-van-journal-'));
});
afterEach(async () => {
  await Promise.all(journals.splice(0).map((journal) => journal.close()));
  await rm(dir, { recursive: true, force: true });
});

const journals: OperationJournal[] = [];
function opened(limit?: number): OperationJournal {
  const journal = new OperationJournal(dir, key, limit);
  journals.push(journal);
  return journal;
}
const numbers = async (journal: OperationJournal) => (await journal.read(0, 1_000_000)).map(({ n }) => n);
const newestFile = async () => join(dir, (await readdir(dir)).sort().at(-1) ?? '');

async function written(count: number, limit?: number): Promise<OperationJournal> {
  const journal = opened(limit);
  for (let n = 1; n <= count; n++) await journal.append(sampleOperation(n));
  return journal;
}

describe('the journal of operations', () => {
  it('gives back what was appended, in order, in pages, also after opening it again', async () => {
    await (await written(7)).close();
    const journal = opened();
    expect(await journal.read(0, 1_000_000)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => sampleOperation(n)));
    expect(await journal.read(2, 2)).toEqual([sampleOperation(3), sampleOperation(4)]);
    expect(await journal.read(7, 2)).toEqual([]);
  });

  it('sees what is appended after the first reading', async () => {
    const journal = await written(2);
    expect(await numbers(journal)).toEqual([1, 2]);
    await journal.append(sampleOperation(3));
    expect(await numbers(journal)).toEqual([1, 2, 3]);
  });

  it('begins another segment when one is full', async () => {
    const journal = await written(9, 2000);
    expect((await readdir(dir)).length).toBeGreaterThan(2);
    expect(await numbers(journal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('no word of an operation can be read on the disk', async () => {
    await written(1);
    const bytes = await readFile(await newestFile(), 'utf8');
    expect(bytes).not.toContain('quét');
    expect(bytes).not.toContain('scan-1');
  });

  it('opens with its own key only', async () => {
    await (await written(2)).close();
    const other = new OperationJournal(dir, randomBytes(32));
    expect(await other.read(0, 10)).toEqual([]);
  });

  it('appends that come during a flush share the next one', async () => {
    const journal = await written(1);
    const handle = await open(await newestFile(), 'r');
    const datasync = vi.spyOn(Object.getPrototypeOf(handle), 'datasync');
    await handle.close();
    await Promise.all([2, 3, 4, 5, 6, 7, 8].map((n) => journal.append(sampleOperation(n))));
    expect(datasync.mock.calls.length).toBeLessThanOrEqual(2);
    datasync.mockRestore();
    expect(await numbers(journal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('a number that was used again after a failure holds the later operation', async () => {
    const journal = await written(2);
    await journal.append(sampleOperation(2, 'lần hai.pdf'));
    expect(await journal.read(1, 10)).toEqual([sampleOperation(2, 'lần hai.pdf')]);
  });
});

describe('damage of the journal', () => {
  it('a torn last line was never acknowledged: it is passed over, and the next line stays whole', async () => {
    await (await written(3)).close();
    const file = await newestFile();
    await truncate(file, (await readFile(file)).length - 40);
    const journal = opened();
    await journal.append(sampleOperation(3, 'gõ lại.pdf'));
    await journal.close();
    const operations = await opened().read(0, 10);
    expect(operations).toEqual([sampleOperation(1), sampleOperation(2), sampleOperation(3, 'gõ lại.pdf')]);
    expect((await opened().summary()).unreadable).toBe(0);
  });

  it('zeros that a power cut left at the end do not swallow the next line', async () => {
    await (await written(2)).close();
    await appendFile(await newestFile(), Buffer.alloc(4096));
    const journal = opened();
    await journal.append(sampleOperation(3));
    expect(await numbers(journal)).toEqual([1, 2, 3]);
  });

  it('one changed byte costs that line only', async () => {
    await (await written(5)).close();
    const file = await newestFile();
    const lines = (await readFile(file, 'latin1')).split('\n');
    const third = lines[2] ?? '';
    lines[2] = `${third.slice(0, 60)}${third[60] === 'A' ? 'B' : 'A'}${third.slice(61)}`;
    await writeFile(file, lines.join('\n'), 'latin1');
    expect(await numbers(opened())).toEqual([1, 2, 4, 5]);
    expect(await opened().read(2, 2)).toEqual([sampleOperation(4), sampleOperation(5)]);
  });

  it('4 kB of rubbish in the middle cost the lines they hit; the others are all found', async () => {
    await (await written(30)).close();
    const handle = await open(await newestFile(), 'r+');
    await handle.write(
      randomBytes(4096).map((byte) => byte | 0x80),
      0,
      4096,
      5000,
    );
    await handle.close();
    const journal = opened();
    const found = await numbers(journal);
    const lineLength = (await readFile(await newestFile())).length / 30;
    expect(found.length).toBeGreaterThanOrEqual(30 - Math.ceil(4096 / lineLength) - 1);
    expect(found.length).toBeLessThan(30);
    // What is lost is seen: the numbers go from the first to the last without a gap.
    expect(await journal.summary()).toMatchObject({ first: 1, last: 30 });
  });

  it('a line that was moved under another number does not open', async () => {
    await (await written(2)).close();
    const file = await newestFile();
    await writeFile(file, (await readFile(file, 'latin1')).replace(/^o 2 /m, 'o 9 '), 'latin1');
    expect(await numbers(opened())).toEqual([1]);
  });
});

describe('what the journal knows of itself', () => {
  it('says how many operations it has, and which of them the server has not confirmed', async () => {
    const journal = await written(5);
    await journal.noteSent(3);
    const known = { operations: 5, first: 1, last: 5, sentThrough: 3, unsent: 2, unreadable: 0 };
    expect(await journal.summary()).toEqual(known);
    await journal.close();
    expect(await opened().summary()).toEqual(known);
  });

  it('a server that was restored to an older copy makes its later operations unsent again', async () => {
    const journal = await written(5);
    await journal.noteSent(5);
    await journal.noteSent(2);
    expect(await journal.summary()).toMatchObject({ sentThrough: 2, unsent: 3 });
  });
});

describe('pruning', () => {
  it('drops segments of which everything is acknowledged, and nothing above that number', async () => {
    const journal = await written(20, 2000);
    const before = (await readdir(dir)).length;
    await journal.prune(10);
    expect((await readdir(dir)).length).toBeLessThan(before);
    const left = await numbers(journal);
    expect(left.slice(-10)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    await journal.append(sampleOperation(21));
    expect((await numbers(journal)).at(-1)).toBe(21);
  });

  it('keeps the segment that is being written, and the journal can go on', async () => {
    const journal = await written(2);
    await journal.prune(2);
    await journal.append(sampleOperation(3));
    expect(await numbers(opened())).toContain(3);
  });
});

describe('phát hiện nhầm: an item that turned out secret', () => {
  const waiting = (n: number) => ({
    ...intakeSchema.parse(sampleOperation(n).changes[0]?.patch),
    rev: 0,
  });
  const removed = (n: number) => {
    const { changes } = purgeIntake(context('clerk'), [waiting(n)]);
    return intakeSchema.parse(applyPatch(waiting(n), changes[0]?.patch ?? {}));
  };

  it('leaves the journal at once; all other operations stay as they were', async () => {
    const journal = await written(8, 2000);
    await journal.forget(removed(2));
    await journal.append(sampleOperation(9));
    const operations = await opened().read(0, 100);
    expect(operations.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(JSON.stringify(operations[1])).not.toContain('quét 2.pdf');
    expect(operations[1]?.changes[0]?.patch).toMatchObject({ state: 'purged', file: null });
    expect(operations[2]).toEqual(sampleOperation(3));
  });
});

describe('phát hiện nhầm: copies of a document that was made of the item', () => {
  it('leave the journal too, also where they stand in another segment', async () => {
    const item = { ...intakeSchema.parse(sampleOperation(1).changes[0]?.patch), rev: 0 };
    const { changes } = purgeIntake(context('clerk'), [item]);
    const removed = intakeSchema.parse(applyPatch(item, changes[0]?.patch ?? {}));
    const base = { base: 0, create: false };
    const made = { coll: 'incoming' as const, id: 'doc', base: 0, create: true, patch: { files: [] } };
    const registered = { coll: 'intake' as const, id: item.id, ...base, patch: { incomingId: 'doc' } };
    const copy = { coll: 'incoming' as const, id: 'doc', ...base, patch: { 'electronicCopies.k': 'mật' } };
    const journal = await written(1, 200);
    await journal.append({
      ...sampleOperation(2),
      command: 'incoming.register',
      changes: [made, registered],
    });
    await journal.append(sampleOperation(3));
    await journal.append({ ...sampleOperation(4), command: 'incoming.copy', changes: [copy] });
    await journal.forget(removed);
    const operations = await opened().read(0, 10);
    expect(operations.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect(operations[3]?.changes).toEqual([{ ...copy, patch: {} }]);
    expect(operations[2]).toEqual(sampleOperation(3));
  });
});

describe('work that gets other numbers (a profile that came back from an older copy)', () => {
  it('what stood there from that number on counts no more, also after opening again', async () => {
    const journal = await written(6, 2000);
    await journal.replaceFrom(4, [sampleOperation(11), sampleOperation(12)]);
    expect(await numbers(journal)).toEqual([1, 2, 3, 11, 12]);
    await journal.append(sampleOperation(13));
    expect(await numbers(opened())).toEqual([1, 2, 3, 11, 12, 13]);
  });

  it('pruning never brings back what was made void', async () => {
    const journal = await written(6, 2000);
    await journal.replaceFrom(4, []);
    await journal.append(sampleOperation(4, 'khác.pdf'));
    await journal.prune(4);
    expect((await numbers(opened())).filter((n) => n > 4)).toEqual([]);
  });
});

describe('SIGKILL during appends', () => {
  it('every operation that was said to be safe is there', async () => {
    const program = await bundleForNode('tests/integration/journal/append-forever.ts', join(dir, 'program'));
    const folder = join(dir, 'journal');
    let last = 0;
    for (let round = 0; round < 10; round++) {
      const said = await appendUntilKilled(program, folder, last + 1, 5 + round * 13);
      const found = await numbers(new OperationJournal(folder, key));
      expect(found).toEqual(found.map((_n, at) => at + 1));
      last = Math.max(last, ...said);
      expect(found.length).toBeGreaterThanOrEqual(last);
    }
    expect(last).toBeGreaterThan(30);
  });
});

describe('a full disk', () => {
  it('→ DISK_FULL; when there is room again the journal goes on, and lacks nothing that was acknowledged', async (test) => {
    const inOwnMounts = (script: string, ...parameters: readonly string[]) =>
      run('unshare', ['-rm', 'sh', '-c', script, 'sh', ...parameters]);
    // Mounting a tiny disk needs Linux with user namespaces.
    const canMount = await inOwnMounts('mount -t tmpfs tmpfs "$1"', dir).then(
      () => true,
      () => false,
    );
    if (!canMount) return test.skip();
    const program = await bundleForNode(
      'tests/integration/journal/append-when-full.ts',
      join(dir, 'program'),
    );
    const small = join(dir, 'small');
    await mkdir(small);
    const script = 'mount -t tmpfs -o size=1m tmpfs "$1" && "$2" "$3" "$1"';
    const { stdout } = await inOwnMounts(script, small, process.execPath, program);
    expect(JSON.parse(stdout)).toEqual({ code: 'DISK_FULL', whole: true, many: true });
  });
});

/** Runs the appending program, kills it `delay` ms after its first answer, gives the numbers it called safe. */
function appendUntilKilled(program: string, folder: string, first: number, delay: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder, key.toString('hex'), String(first)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!output.includes('done')) setTimeout(() => child.kill('SIGKILL'), delay);
      output += text;
    });
    child.on('error', reject);
    child.on('close', () => {
      const lines = output.split('\n').slice(0, -1);
      resolve(lines.filter((line) => line.startsWith('done ')).map((line) => Number(line.slice(5))));
    });
  });
}
