import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  makeDraft,
  makePki,
  makeWorkDir,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

const dir = makeWorkDir();
const attacks = join(import.meta.dirname, 'samples', 'attacks');
const [trust, lists] = [join(dir, 'trust'), join(dir, 'lists')];
let pki: TestPki;
let signed: string;

beforeAll(async () => {
  execFileSync('node', [join(process.cwd(), 'build', 'bundle.mjs'), 'command-line'], { stdio: 'ignore' });
  pki = await makePki(join(dir, 'pki'));
  mkdirSync(trust);
  mkdirSync(lists);
  copyFileSync(pki.root, join(trust, 'root.pem'));
  writeFileSync(join(trust, 'README.txt'), 'no certificate');
  copyFileSync(join(pki.dir, 'root.crl.pem'), join(lists, 'root.crl'));
  copyFileSync(join(pki.dir, 'issuing.crl.pem'), join(lists, 'issuing.crl'));
  const draft = await makeDraft(join(dir, 'quyết định số 35.pdf'));
  const person = signerOf(pki, 'nguyen-thi-thuy-duong');
  signed = (await signByTheOrderOfTheLaw(draft, person, signerOf(pki, 'ldld-huyen'))).final;
});
afterAll(() => removeWorkDir(dir));

type Line = {
  readonly file: string;
  readonly verdict: string;
  readonly problems: readonly string[];
  readonly signatures: readonly Record<string, unknown>[];
};

function run(...args: string[]): { lines: readonly Line[]; status: number | null; stderr: string } {
  const result = spawnSync('npm', ['run', '--silent', 'check-signature', '--', ...args], {
    encoding: 'utf8',
  });
  const lines = result.stdout.split('\n').filter((line) => line !== '');
  return {
    lines: lines.map((line) => JSON.parse(line) as Line),
    status: result.status,
    stderr: result.stderr,
  };
}

describe('npm run check-signature', () => {
  test('one line for each file, in their order, whatever they are', () => {
    const broken = join(dir, 'broken.pdf');
    writeFileSync(broken, readFileSync(signed).subarray(0, 20_000));
    const empty = join(dir, 'empty.pdf');
    writeFileSync(empty, '');
    const files = [signed, broken, empty, join(dir, 'not-there.pdf'), dir];
    const { lines, status } = run('--json', ...files);
    expect(status).toBe(0);
    expect(lines.map(({ file }) => file)).toEqual(files);
    expect(lines.map(({ verdict, problems }) => [verdict, problems[0]])).toEqual([
      ['indeterminate', undefined],
      ['invalid', 'DAMAGED_SIGNED_FILE'],
      ['indeterminate', 'FILE_EMPTY'],
      ['indeterminate', 'FILE_NOT_FOUND'],
      ['indeterminate', 'IO'],
    ]);
  });

  test('with trust and revocation lists: valid, and every part of the answer is there', () => {
    const soonAfter = new Date(signingTime + 3_600_000).toISOString();
    const { lines } = run(signed, '--trust', trust, '--crl', lists, '--at', soonAfter, '--json');
    expect(lines).toMatchObject([{ file: signed, verdict: 'valid', problems: [] }]);
    const [person, organ] = lines[0]?.signatures ?? [];
    expect(person).toMatchObject({
      field: 'cv.person',
      type: 'signature',
      integrity: 'ok',
      coverage: 'earlier-revision',
      changesAfter: 'form-fill',
      docMdp: 2,
      level: 'B-B',
      signer: { cn: 'Nguyễn Thị Thuỳ Dương' },
      bestTime: { source: 'now' },
      path: { status: 'trusted', code: 'OK' },
      verdict: 'valid',
      problems: [],
    });
    expect(organ).toMatchObject({ coverage: 'whole-file', changesAfter: 'none', docMdp: 2 });
    expect(person?.['claimedTime']).toMatch(/^D:\d{14}\+07'00'$/);
  });

  test('--at judges at another moment', () => {
    const { lines } = run(signed, '--trust', trust, '--crl', lists, '--at', '2035-01-01T00:00:00Z', '--json');
    expect(lines[0]?.signatures[0]).toMatchObject({
      verdict: 'indeterminate',
      problems: ['CERT_EXPIRED'],
      bestTime: { source: 'now', at: '2035-01-01T00:00:00.000Z' },
    });
  });

  test('every attack is invalid', () => {
    const files = readdirSync(attacks).map((name) => join(attacks, name));
    const { lines } = run('--json', ...files);
    expect(lines.map(({ verdict }) => verdict)).toEqual(files.map(() => 'invalid'));
  });

  test('a wrong command is refused with its reason, and prints no line', () => {
    expect(run('--json')).toMatchObject({ lines: [], status: 2 });
    expect(run('--json', '--at', 'hôm qua', signed).stderr).toContain('INVALID_INPUT: --at hôm qua');
    expect(run('--json', '--trust', join(dir, 'nowhere'), signed).stderr).toContain('FILE_NOT_FOUND');
  });
});
