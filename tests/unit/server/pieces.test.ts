import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newBook } from '@shared/domain/numbering';
import { describe, expect, it } from 'vitest';
import { lockData } from '../../../server/cli/data-lock';
import { readCommandLine } from '../../../server/cli/options';
import { chooseRange } from '../../../server/files/byte-range';
import { removeUnfinished } from '../../../server/files/unfinished-uploads';
import { hashEnrolCode, newEnrolCode } from '../../../server/identity/enrol-codes';
import { readToken, signToken } from '../../../server/identity/jwt';
import { feedEntries } from '../../../server/rows/feed';
import { filesIn } from '../../../server/rows/file-refs';
import { numberedTexts } from '../../../server/sample/numbered-texts';
import { digestOf } from '../../../server/sync/digest';
import { leaseChange } from '../../../server/sync/lease';

describe('feed', () => {
  it('a row is present in each bucket it is in and gone from each it has left', () => {
    const move = { coll: 'meetings', id: 'm', rev: 3, before: ['a', 'b'], after: ['b', 'c'] } as const;
    expect([...feedEntries([move])]).toEqual([
      ['b', [{ coll: 'meetings', id: 'm', rev: 3, gone: false }]],
      ['c', [{ coll: 'meetings', id: 'm', rev: 3, gone: false }]],
      ['a', [{ coll: 'meetings', id: 'm', rev: 3, gone: true }]],
    ]);
  });

  it('the digest does not depend on order, and on every row and revision', () => {
    const rows = [
      { coll: 'intake', id: 'a', rev: 1 },
      { coll: 'intake', id: 'b', rev: 2 },
    ] as const;
    expect(digestOf([])).toBe('0000000000000000');
    expect(digestOf(rows)).toBe(digestOf([...rows].reverse()));
    expect(digestOf(rows)).not.toBe(digestOf([rows[0], { coll: 'intake', id: 'b', rev: 3 }]));
  });
});

describe('files of a row', () => {
  it('are found at any depth, once, and only where they are whole references', () => {
    const file = (digit: string) => ({
      sha256: digit.repeat(64),
      size: 1,
      name: 'a.pdf',
      mime: 'application/pdf',
      kind: 'pdf',
      pages: 1,
    });
    const row = {
      body: file('b'),
      papers: [{ file: file('a') }, { file: file('b') }],
      pack: { manifest: 'c'.repeat(64) },
    };
    expect(filesIn(row)).toEqual(['a'.repeat(64), 'b'.repeat(64)]);
  });
});

describe('data folder', () => {
  it('belongs to a process that runs; a note of a dead one or from before the last boot does not count', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cong-van-lock-'));
    const note = path.join(folder, 'server.pid');
    try {
      await writeFile(note, String(process.ppid));
      await expect(lockData(folder)).rejects.toMatchObject({ name: 'DataInUse', pid: process.ppid });
      await utimes(note, 100, 100);
      const unlock = await lockData(folder);
      expect(await readFile(note, 'utf8')).toBe(String(process.pid));
      await unlock();
      expect(await readdir(folder)).toEqual([]);
      await writeFile(note, '');
      await (await lockData(folder))();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('unfinished uploads', () => {
  it('are removed with their notes once nobody has written to them for long; others stay', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cong-van-uploads-'));
    try {
      for (const name of ['old', 'old.json', 'new', 'new.json', 'alone.json'])
        await writeFile(path.join(folder, name), '');
      for (const name of ['old', 'old.json', 'new.json', 'alone.json'])
        await utimes(path.join(folder, name), 100, 100);
      await removeUnfinished(folder, 200_000);
      expect((await readdir(folder)).sort()).toEqual(['new', 'new.json']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('ranges (RFC 9110, 14.1.2)', () => {
  it.each([
    [undefined, { kind: 'whole' }],
    ['bytes=0-0', { kind: 'part', start: 0, end: 0 }],
    ['bytes=5-', { kind: 'part', start: 5, end: 9 }],
    ['bytes=-3', { kind: 'part', start: 7, end: 9 }],
    ['bytes=-30', { kind: 'part', start: 0, end: 9 }],
    ['bytes=2-99', { kind: 'part', start: 2, end: 9 }],
    ['bytes=10-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-2', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=1-2,4-5', { kind: 'whole' }],
    ['lines=1-2', { kind: 'whole' }],
  ])('%s', (header, expected) => expect(chooseRange(header, 10)).toEqual(expected));
});

describe('access tokens (RFC 7519)', () => {
  const secret = Buffer.from('s'.repeat(32)).toString('base64url');
  const claims = { sub: 'd1', unit: 'huyen', iat: 1_000, exp: 1_600 };

  it('are good until they expire', () => {
    const token = signToken(claims, secret);
    expect(readToken(token, secret, 1_599_000)).toEqual(claims);
    expect(readToken(token, secret, 1_600_000)).toBeNull();
  });

  it('are refused with another secret, another algorithm, or a changed claim', () => {
    const token = signToken(claims, secret);
    const [head, , mac] = token.split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, unit: 'tinh' })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect(readToken(token, Buffer.from('x').toString('base64url'), 0)).toBeNull();
    expect(readToken(`${head}.${other}.${mac}`, secret, 0)).toBeNull();
    expect(readToken(`${none}.${token.split('.')[1]}.`, secret, 0)).toBeNull();
    expect(readToken('', secret, 0)).toBeNull();
  });
});

describe('enrolment codes', () => {
  it('are read without regard to spacing and case, and use no letter that can be mistaken', () => {
    let next = 0;
    const code = newEnrolCode((size) => Uint8Array.from({ length: size }, () => (next += 37) % 256));
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/);
    expect(hashEnrolCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(hashEnrolCode(code));
  });
});

describe('lease of a book', () => {
  const device = { device: 'd1', unit: 'huyen' };
  const book = { ...newBook('huyen', 'outgoing', 2026, 'chung'), epoch: 4, next: 9, headHash: 'h' };
  const ask = { kind: 'outgoing', year: 2026, series: 'chung', next: 9, headHash: 'h' } as const;

  const prove = (text: string) => Promise.resolve(`proof of ${text}`);
  const lease = (
    known: typeof book | undefined,
    more: { readonly action: 'acquire' | 'release'; readonly next?: number; readonly headHash?: string },
  ) => leaseChange(known, device, { ...ask, ...more }, prove);

  it('a free book goes to who asks, with the next epoch and a proof of it; one that is held goes to nobody', async () => {
    expect(await lease(book, { action: 'acquire' })).toMatchObject({
      owner: 'd1',
      epoch: 5,
      handovers: { '4': { to: 'd1', next: 9, kind: 'server' } },
    });
    expect(await lease({ ...book, owner: 'd2' }, { action: 'acquire' })).toBeNull();
    expect(await lease(undefined, { action: 'acquire' })).toMatchObject({ owner: 'd1', epoch: 1, next: 1 });
  });

  it('only its owner gives it back, and only with the head the server has', async () => {
    const owned = { ...book, owner: 'd1' };
    expect(await lease(owned, { action: 'release' })).toEqual({ owner: '' });
    expect(await lease(owned, { action: 'release', next: 8 })).toBeNull();
    expect(await lease(owned, { action: 'release', headHash: 'x' })).toBeNull();
    expect(await lease({ ...book, owner: 'd2' }, { action: 'release' })).toBeNull();
  });
});

describe('command line', () => {
  it('reads where to listen and where the data are', () => {
    expect(readCommandLine(['--port', '0', '--data', 'x', '--sample'], {})).toMatchObject({
      kind: 'serve',
      port: 0,
      host: '127.0.0.1',
      data: 'x',
      sample: true,
      databaseUrl: undefined,
    });
    expect(readCommandLine(['--port', '1', '--data', 'x'], { DATABASE_URL: 'postgresql://y' })).toMatchObject(
      {
        databaseUrl: 'postgresql://y',
      },
    );
    expect(readCommandLine(['admin', 'units', '--data=x', 'list'], {})).toMatchObject({
      kind: 'admin',
      data: 'x',
      args: ['units', 'list'],
    });
  });

  it.each([[['--data', 'x']], [['--port', '70000', '--data', 'x']], [['--port', '1']], [['--bogus']]])(
    'refuses %j',
    (argv) => expect(() => readCommandLine(argv, {})).toThrow(/INVALID_INPUT/),
  );
});

describe('sample province', () => {
  it('Điều 15.1: each unit numbers its documents 01, 02, … in the order of their days', () => {
    for (const unit of ['tinh', 'huyen', 'coso-a', 'coso-b']) {
      const issued = numberedTexts().filter((text) => text.unit === unit && text.number > 0);
      expect(issued.map((text) => text.number)).toEqual(issued.map((_, index) => index + 1));
      expect(issued.map((text) => text.date)).toEqual(issued.map((text) => text.date).sort());
    }
  });
});
