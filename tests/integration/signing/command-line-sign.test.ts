import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path, { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  checkFile,
  derOfPem,
  makeDraft,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  type TestPki,
} from './fixtures';
import { bouncyCastle, colorBox, render } from './independent-tools';
import { writeRawPdf } from './raw-pdf';
import { type Services, startServicedPki } from './services/services';

let dir: string;
let pki: TestPki;
let services: Services;
let draft: string;

beforeAll(async () => {
  dir = makeWorkDir();
  ({ pki, services } = await startServicedPki(join(dir, 'pki')));
  draft = await makeDraft(join(dir, 'draft.pdf'));
  writeFileSync(join(dir, 'password'), `${pki.password}\n`);
  mkdirSync(join(dir, 'trust'));
  copyFileSync(pki.root, join(dir, 'trust', 'root.pem'));
  // The first run builds the program; what that takes is not the rule under test.
  await run(['--help']);
});

afterAll(async () => {
  await services.stop();
  removeWorkDir(dir);
});

type Ended = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** `npm run --silent sign -- …`, asked for from the folder of the files. */
function run(args: readonly string[]): Promise<Ended> {
  const command = ['--prefix', process.cwd(), 'run', '--silent', 'sign', '--', ...args];
  return new Promise((resolve) => {
    execFile('npm', command, { cwd: dir }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

function sign(input: string, output: string, ...more: readonly string[]): Promise<Ended> {
  const key = ['--p12', pki.p12['ldld-huyen'] ?? '', '--password-file', 'password'];
  return run([path.basename(input), output, ...key, ...more]);
}

const inDir = (name: string): string => join(dir, name);

describe('exit status 0: signed', () => {
  test('B-B, invisible, certified, with reason and place; one line of JSON on stdout, nothing on stderr', async () => {
    const texts = ['--reason', 'Ký ban hành', '--location', 'Krông Búk'];
    const ended = await sign(draft, 'b-b.pdf', '--certify', '2', '--hash', 'sha512', ...texts, '--json');
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      file: 'b-b.pdf',
      level: 'B-B',
      field: 'Signature1',
      signer: { cn: 'Liên đoàn Lao động huyện thử nghiệm' },
    });
    const before = readFileSync(draft);
    expect(readFileSync(inDir('b-b.pdf')).subarray(0, before.length).equals(before)).toBe(true);
    expect(qpdfCheck(inDir('b-b.pdf'))).toBe(0);
    const report = pdfsigReport(inDir('b-b.pdf'));
    expect(report).toContain('SHA-512');
    expect(report).toContain('Signature is Valid');
    const { signatures } = await checkFile(inDir('b-b.pdf'), [derOfPem(pki.root)]);
    expect(signatures[0]).toMatchObject({ docMdp: 2, integrity: 'ok' });
  });

  test('--visible counts pages from 1 and points from the lower left corner; name and time are shown', async () => {
    expect(await sign(draft, 'visible.pdf', '--visible', '1,60,500,180,40')).toMatchObject({ status: 0 });
    const text = spawnSync('pdftotext', ['-layout', inDir('visible.pdf'), '-'], { encoding: 'utf8' }).stdout;
    expect(text).toContain('Liên đoàn Lao động huyện thử nghiệm');
    expect(text).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00/);
    const { width, height, at } = render(inDir('visible.pdf'), 'pdftoppm');
    const inside = { width, height, at: (x: number, y: number) => at(x, Math.min(Math.max(y, 300), 345)) };
    const ink = colorBox(inside, ([red]) => red < 120);
    expect(ink.left).toBeGreaterThanOrEqual(59);
    expect(ink.right).toBeLessThanOrEqual(241);
  });

  test('--field signs an empty field in place, and --pss by RSASSA-PSS', async () => {
    const rect = '[100 100 250 160]';
    const objects = [
      '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>',
      `<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu)/F 4/P 3 0 R/Rect${rect}>>`,
    ];
    const input = writeRawPdf(inDir('field.pdf'), { objects });
    const ended = await sign(input, 'field.signed.pdf', '--field', 'Chu', '--pss', '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({ field: 'Chu' });
    expect(bouncyCastle(inDir('field.signed.pdf'))[0]?.verified).toBe(true);
    expect(await sign(inDir('field.signed.pdf'), 'twice.pdf', '--field', 'Chu')).toMatchObject({ status: 2 });
  });

  test.each(['B-T', 'B-LT', 'B-LTA'])('%s with the services of the certificate', async (level) => {
    const more = ['--tsa', services.tsaUrl, '--trust', 'trust'];
    const ended = await sign(draft, `${level}.pdf`, '--level', level, ...more, '--json');
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({ level });
    const report = await checkFile(inDir(`${level}.pdf`), [derOfPem(pki.root)], { now: Date.now() });
    expect(report.signatures[0]).toMatchObject({ level, integrity: 'ok' });
    expect(readdirSync(dir).filter((name) => name.startsWith(`${level}.pdf`))).toEqual([`${level}.pdf`]);
    if (level === 'B-T') expect(bouncyCastle(inDir('B-T.pdf'))[0]?.timestamp).toBe(true);
  });

  test('no network without --tsa', async () => {
    services.requests.length = 0;
    expect(await sign(draft, 'offline.pdf')).toMatchObject({ status: 0 });
    expect(services.requests).toEqual([]);
  });
});

describe('exit status 2: refused with a code on stderr, no output file', () => {
  const key = (): readonly string[] => ['--p12', pki.p12['ldld-huyen'] ?? '', '--password-file', 'password'];
  const cases: Readonly<Record<string, readonly [string, () => readonly string[]]>> = {
    'no such input': ['FILE_NOT_FOUND', () => ['none.pdf', 'refused.pdf', ...key()]],
    'not a PDF': ['PDF_NOT_PDF', () => ['password', 'refused.pdf', ...key()]],
    'the same file': ['INVALID_INPUT', () => ['draft.pdf', './draft.pdf', ...key()]],
    'no output named': ['INVALID_INPUT', () => ['draft.pdf', ...key()]],
    'unknown option': ['INVALID_INPUT', () => ['draft.pdf', 'refused.pdf', ...key(), '--visibel', '1']],
    'page 0': ['INVALID_INPUT', () => ['draft.pdf', 'refused.pdf', ...key(), '--visible', '0,1,1,10,10']],
    'page 2 of 1': ['BAD_PAGE', () => ['draft.pdf', 'refused.pdf', ...key(), '--visible', '2,1,1,10,10']],
    'a level above B-B without --tsa': [
      'INVALID_INPUT',
      () => ['draft.pdf', 'refused.pdf', ...key(), '--level', 'B-T'],
    ],
    'wrong password': [
      'P12_BAD_PASSWORD',
      () => ['draft.pdf', 'refused.pdf', ...key().slice(0, 2), '--password-file', 'draft.pdf'],
    ],
  };

  test.each(Object.entries(cases))('%s', async (_name, [code, args]) => {
    const before = readFileSync(draft);
    const ended = await run(args());
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    const [first = '', second = ''] = ended.stderr.split('\n');
    expect(first.split(':')[0]).toBe(code);
    expect(second).toMatch(/[ạảãàáâậầấẩẫăắằặẳẵđêệếềểễôộốồổỗơợớờởỡưựứừửữ]/i);
    expect(existsSync(inDir('refused.pdf'))).toBe(false);
    expect(readFileSync(draft).equals(before)).toBe(true);
  });

  test.each([
    ['down', 'TSA_UNREACHABLE'],
    ['error-500', 'TSA_UNREACHABLE'],
    ['rejection', 'TSA_REJECTED'],
    ['wrong-nonce', 'TSA_BAD_RESPONSE'],
    ['wrong-imprint', 'TSA_BAD_RESPONSE'],
    ['expired-certificate', 'TSA_BAD_RESPONSE'],
  ] as const)('timestamp service: %s → %s', async (fault, code) => {
    services.faults.tsa = fault;
    const ended = await sign(draft, 'refused.pdf', '--tsa', services.tsaUrl);
    services.faults.tsa = null;
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(new RegExp(`^${code}`));
    expect(readdirSync(dir).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  test('B-LT that cannot be reached leaves nothing', async () => {
    services.faults.ocsp = 'down';
    services.faults.files = 'down';
    const ended = await sign(
      draft,
      'refused.pdf',
      '--tsa',
      services.tsaUrl,
      '--level',
      'B-LT',
      '--trust',
      'trust',
    );
    services.faults.ocsp = null;
    services.faults.files = null;
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(/^SERVICE_UNREACHABLE/);
    expect(readdirSync(dir).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  test('an older output stays when the new one is refused, and is replaced when it is signed', async () => {
    writeFileSync(inDir('older.pdf'), 'older');
    expect(await sign(draft, 'older.pdf', '--visible', '9,1,1,10,10')).toMatchObject({ status: 2 });
    expect(readFileSync(inDir('older.pdf'), 'utf8')).toBe('older');
    expect(await sign(draft, 'older.pdf')).toMatchObject({ status: 0 });
    expect(qpdfCheck(inDir('older.pdf'))).toBe(0);
  });
});

test('--help says that pages count from 1, and what the exit status means', async () => {
  const { status, stdout } = await run(['--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/kể từ trang 1/);
  expect(stdout).toMatch(/0 đã ký; 2 từ chối/);
});
