import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpPort } from '../../../electron/network/http-port';
import { memorySource, transformFile } from '../../../electron/signing/file-bytes';
import { plainPlaces, raiseLevel } from '../../../electron/signing/raise-level';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  checkSignatures,
  fillNumberAndDate,
  httpTimestampClient,
  inspectPdf,
  prepareForSigning,
  type SignOptions,
  signPdf,
} from '../../../shared/signing/index';
import { processorTime } from '../../processor-time';
import { derOfPem, fonts, makeWorkDir, removeWorkDir, signerOf, type TestPki } from './fixtures';
import { type Services, startServicedPki } from './services/services';

/** Changes in all. A longer run by hand: CV_FUZZ_ROUNDS=200000, with CV_FUZZ_SEED for other ones. */
const rounds = Number(process.env['CV_FUZZ_ROUNDS'] ?? 10_000);
const firstSeed = Number(process.env['CV_FUZZ_SEED'] ?? 30_2020);

let dir: string;
let pki: TestPki;
let services: Services;
let root: Uint8Array;
/** When everything has been signed. */
let now: number;
let files: ReadonlyMap<string, Uint8Array>;

/** A page, a form field and a stream, as small as a PDF can be: the fewer bytes, the more of them are tried. */
function smallDraft(path: string): string {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << >> >>',
    '<< /Length 19 >>\nstream\n0 0 m 50 50 l S q Q\nendstream',
  ];
  let text = '%PDF-1.7\n';
  const rows = objects.map((body, i) => {
    const row = `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return row;
  });
  const trailer = `trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  writeFileSync(path, `${text}xref\n0 5\n0000000000 65535 f \n${rows.join('')}${trailer}`);
  return path;
}

function sign(input: string, id: string, options: Partial<SignOptions>): Promise<string> {
  const output = input.replace(/\.pdf$/, '.s.pdf');
  return transformFile(input, output, async (source, sink) => {
    const fixed = {
      crypto: nodeCrypto,
      fonts,
      appearance: null,
      time: Date.now(),
      signer: signerOf(pki, id),
    };
    await signPdf(source, sink, { field: 'a', ...fixed, ...options });
    return output;
  });
}

async function signTwice(draft: string): Promise<string> {
  const once = await sign(draft, 'nguyen-thi-thuy-duong', { field: 'a', placement: null });
  return sign(once, 'ldld-huyen', { field: 'b', placement: null });
}

/** Certified by the first signature, number and date filled in, signed again. */
async function signByStages(draft: string): Promise<string> {
  const stage = (n: number): string => draft.replace(/\.pdf$/, `.${n}.pdf`);
  const place = (y: number): { page: number; x: number; y: number; w: number; h: number } => ({
    page: 0,
    x: 10,
    y,
    w: 60,
    h: 15,
  });
  await transformFile(draft, stage(1), (source, sink) =>
    prepareForSigning(source, sink, {
      crypto: nodeCrypto,
      fonts,
      sealDiameter: 10,
      signingPage: null,
      numberField: place(10),
      dateField: place(30),
      personSignature: place(50),
      organSignature: place(70),
    }),
  );
  const certified = await sign(stage(1), 'nguyen-thi-thuy-duong', { field: 'cv.person', certify: 2 });
  await transformFile(certified, stage(3), (source, sink) =>
    fillNumberAndDate(source, sink, { crypto: nodeCrypto, fonts, number: '35', date: '2026-02-05' }),
  );
  return sign(stage(3), 'ldld-huyen', { field: 'cv.organ' });
}

async function signForLongTerm(draft: string): Promise<string> {
  const anchors = [derOfPem(pki.root)];
  const http = createHttpPort(5000);
  const timestamp = httpTimestampClient({
    crypto: nodeCrypto,
    http,
    url: services.tsaUrl,
    now: () => Date.now(),
    anchors,
  });
  const signed = await sign(draft, 'ldld-huyen', { placement: null, timestamp });
  const output = draft.replace(/\.pdf$/, '.lta.pdf');
  const data = {
    crypto: nodeCrypto,
    http,
    now: Date.now(),
    anchors,
    intermediates: [],
    known: { crls: [], ocsps: [] },
  };
  await raiseLevel(plainPlaces(signed, output), { ...data, level: 'B-LTA', timestamp });
  return output;
}

function qpdf(draft: string, name: string, ...options: readonly string[]): string {
  const output = join(dir, `${name}.pdf`);
  execFileSync('qpdf', ['--allow-weak-crypto', ...options, draft, output]);
  return output;
}

beforeAll(async () => {
  dir = makeWorkDir();
  ({ pki, services } = await startServicedPki(join(dir, 'pki')));
  root = derOfPem(pki.root);
  const draft = (name: string): string => smallDraft(join(dir, `${name}.pdf`));
  const streams = qpdf(draft('plain'), 'streams', '--object-streams=generate', '--stream-data=uncompress');
  const aes = qpdf(draft('plain2'), 'aes', '--encrypt', '', 'owner', '256', '--');
  const rc4 = qpdf(
    draft('plain3'),
    'rc4',
    '--object-streams=generate',
    '--encrypt',
    '',
    'owner',
    '128',
    '--use-aes=n',
    '--',
  );
  const paths = {
    'B-B': await sign(draft('once'), 'ldld-huyen', { placement: null }),
    'signed twice, cross-reference streams': await signTwice(streams),
    'certified, filled and signed': await signByStages(draft('stages')),
    'encrypted with AES-256, signed twice': await signTwice(aes),
    'encrypted with RC4, cross-reference streams': await signTwice(rc4),
    'B-LTA': await signForLongTerm(draft('long')),
  };
  now = Date.now();
  files = new Map(Object.entries(paths).map(([name, path]) => [name, new Uint8Array(readFileSync(path))]));
});

afterAll(async () => {
  await services.stop();
  removeWorkDir(dir);
});

/** A repeatable sequence of numbers below a bound (xorshift; the high bits of a congruential one are not as even). */
function sequence(seed: number): (bound: number) => number {
  let state = seed || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

type Next = (bound: number) => number;

/** Where holes begin and end, brackets included. */
function holesOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/\/Contents (<30[0-9A-Fa-f]+>)/g)].map(({ index, 1: hole = '' }) => {
    const start = index + '/Contents '.length;
    return { start, end: start + hole.length };
  });
}

/** A place in the file; the holes, which are most of it, get one change in five. */
function placeIn(text: string, next: Next): number {
  const holes = holesOf(text);
  for (;;) {
    const at = next(text.length);
    if (next(5) === 0 || !holes.some(({ start, end }) => at >= start && at < end)) return at;
  }
}

function matchIn(
  text: string,
  pattern: RegExp,
  next: Next,
): { readonly at: number; readonly found: string } | null {
  const all = [...text.matchAll(pattern)];
  const match = all.length > 0 ? all[next(all.length)] : undefined;
  return match ? { at: match.index, found: match[0] } : null;
}

const splice = (text: string, at: number, removed: number, inserted: string): string =>
  text.slice(0, at) + inserted + text.slice(at + removed);

/** Changes a number to one near it, to a number of the same length, or to an absurd one. */
function changeNumber(text: string, next: Next): string {
  const number = matchIn(text, /\b\d{1,10}\b/g, next);
  if (!number) return text;
  const value = Number(number.found);
  const choices = [value + 1, value - 1, value * 2, 0, 2 ** 31, -value, value + 10];
  const changed = String(choices[next(choices.length)]);
  const isSameLength = next(2) === 0;
  return splice(
    text,
    number.at,
    number.found.length,
    isSameLength ? changed.padStart(number.found.length, '0') : changed,
  );
}

const keywords = [
  'obj',
  'endobj',
  'stream',
  'endstream',
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  'R',
  'n',
  'f',
  'true',
  'null',
];

const changes: readonly ((text: string, next: Next) => string)[] = [
  // one bit, one byte inserted, some bytes deleted
  (text, next) => {
    const at = placeIn(text, next);
    return splice(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << next(8))));
  },
  (text, next) => splice(text, placeIn(text, next), 0, String.fromCharCode(next(256))),
  (text, next) => splice(text, placeIn(text, next), 1 + next(next(4) === 0 ? 400 : 10), ''),
  // two pieces exchanged; a piece doubled
  (text, next) => {
    const [a, b] = [placeIn(text, next), placeIn(text, next)].sort((x, y) => x - y) as [number, number];
    const length = 1 + next(60);
    if (b - a < length) return text;
    const [first, second] = [text.slice(a, a + length), text.slice(b, b + length)];
    return splice(splice(text, b, length, first), a, length, second);
  },
  (text, next) => {
    const at = placeIn(text, next);
    return splice(text, placeIn(text, next), 0, text.slice(at, at + 1 + next(200)));
  },
  changeNumber,
  // a keyword or a name for another one
  (text, next) => {
    const word = matchIn(
      text,
      /\b(?:obj|endobj|stream|endstream|xref|trailer|startxref|R|n|f)\b|%%EOF/g,
      next,
    );
    return word ? splice(text, word.at, word.found.length, keywords[next(keywords.length)] ?? '') : text;
  },
  (text, next) => {
    const [name, other] = [matchIn(text, /\/[A-Za-z]+/g, next), matchIn(text, /\/[A-Za-z]+/g, next)];
    return name && other ? splice(text, name.at, name.found.length, other.found) : text;
  },
  // a reference for another one; an entry more in a dictionary; a whole object taken from elsewhere
  (text, next) => {
    const [ref, other] = [matchIn(text, /\b\d{1,5} 0 R/g, next), matchIn(text, /\b\d{1,5} 0 R/g, next)];
    return ref && other ? splice(text, ref.at, ref.found.length, other.found) : text;
  },
  (text, next) => {
    const [dict, entry] = [
      matchIn(text, /<</g, next),
      matchIn(text, /\/[A-Za-z]+ (?:\d{1,5} 0 R|\/[A-Za-z]+|\d+)/g, next),
    ];
    return dict && entry ? splice(text, dict.at + 2, 0, entry.found) : text;
  },
  (text, next) => {
    const [one, other] = [
      matchIn(text, /\b\d{1,5} 0 obj[^]*?endobj/g, next),
      matchIn(text, /\b\d{1,5} 0 obj[^]*?endobj/g, next),
    ];
    if (!one || !other) return text;
    const body = other.found.slice(other.found.indexOf('obj'));
    return splice(text, one.at, one.found.length, one.found.slice(0, one.found.indexOf('obj')) + body);
  },
  // what follows the last revision: cut off, an update of our own, the end of an earlier revision once more
  (text, next) => text.slice(0, placeIn(text, next)),
  (text, next) => {
    const [, previous = '0'] = [...text.matchAll(/startxref\s+(\d+)/g)].at(-1) ?? [];
    const [object, source] = [matchIn(text, /\b\d{1,5} 0 obj[^]*?endobj/g, next), next(5) + 1];
    // An object that is written once more as it was changes nothing.
    if (object?.found.startsWith(`${source} `)) return text;
    const body = object ? `${source}${object.found.slice(object.found.indexOf(' '))}` : '';
    const xref = text.length + body.length + 1;
    const row = `${String(text.length).padStart(10, '0')} 00000 n \n`;
    const trailer = `trailer\n<< /Size 60 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`;
    return `${text}${body}\nxref\n${source} 1\n${row}${trailer}`;
  },
  (text, next) => {
    const end = matchIn(text, /xref[^]*?%%EOF\n/g, next);
    return end ? text + end.found : text;
  },
];

/**
 * True when only bytes differ that no signature covers and nothing depends on: inside the CMS of a hole (letter case of
 * its digits, version numbers, lists of algorithms, unsigned attributes), or a little white space after the end; or
 * when the file is one of its own earlier revisions.
 */
function isHarmless(original: string, mutated: string): boolean {
  if (mutated.startsWith(original)) return /^\s{0,15}$/.test(mutated.slice(original.length));
  if (original.startsWith(mutated.trimEnd())) return mutated.trimEnd().endsWith('%%EOF');
  if (original.length !== mutated.length) return false;
  const parts = holesOf(original).map(({ start }) => {
    const length = Number.parseInt(original.slice(start + 5, start + 9), 16) + 4;
    return { start: start + 1, end: start + 1 + 2 * length };
  });
  for (let at = 0; at < original.length; at++) {
    if (original[at] !== mutated[at] && !parts.some(({ start, end }) => at >= start && at < end))
      return false;
  }
  return true;
}

/**
 * True when the change has taken the last signatures out of the file and lies behind all that are left: what follows a
 * signature may be added or taken away by anybody, as long as it changes nothing that was signed.
 */
function isBehindWhatIsLeft(original: string, mutated: string, found: number): boolean {
  const ends = holesOf(original).map(({ end }) => original.indexOf('%%EOF', end) + '%%EOF'.length);
  const last = ends[found - 1];
  return found < ends.length && last !== undefined && original.slice(0, last) === mutated.slice(0, last);
}

/** What stands around the first byte that differs, before and after. */
function firstChange(original: string, mutated: string): string {
  let at = 0;
  while (at < original.length && original[at] === mutated[at]) at++;
  const around = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `at ${at} of ${original.length}: ${around(original)} became ${around(mutated)}`;
}

/** 'valid' also when nothing but the revocation data is missing, which no change of a file can bring. */
async function verdictOf(bytes: Uint8Array): Promise<{ readonly verdict: string; readonly found: number }> {
  const source = memorySource(bytes);
  const report = await checkSignatures(source, { crypto: nodeCrypto, anchors: [root], now });
  const problems = [...report.problems, ...report.signatures.flatMap((signature) => signature.problems)];
  const isSound =
    report.signatures.length > 0 && problems.every((problem) => problem === 'REVOCATION_UNKNOWN');
  return { verdict: isSound ? 'valid' : report.verdict, found: report.signatures.length };
}

test('the files are valid as long as nothing changes them', async () => {
  for (const [name, bytes] of files)
    expect([name, (await verdictOf(bytes)).verdict]).toEqual([name, 'valid']);
});

test(
  'no random change leaves a file valid or makes it unsigned; none breaks the checker or takes long',
  async () => {
    const originals = [...files].map(([name, bytes]) => ({
      name,
      text: Buffer.from(bytes).toString('latin1'),
    }));
    const verdicts = new Map<string, number>();
    let slowest = { ms: 0, round: -1 };
    for (let round = 0; round < rounds; round++) {
      const { name, text } = originals[round % originals.length]!;
      const next = sequence(Math.imul(firstSeed + round, 2654435761));
      const change = next(changes.length);
      let mutated = text;
      for (let times = next(4) === 0 ? 3 : 1; times > 0; times--)
        mutated = changes[change]?.(mutated, next) ?? mutated;
      if (mutated === text) continue;
      const what = `round ${round}: change ${change} of ${name}`;
      const start = processorTime();
      const bytes = new Uint8Array(Buffer.from(mutated, 'latin1'));
      const { verdict, found } = await verdictOf(bytes).catch((error: unknown) => {
        throw new Error(what, { cause: error });
      });
      const ms = processorTime() - start;
      if (ms > slowest.ms) slowest = { ms, round };
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      if (verdict === 'valid' && !isBehindWhatIsLeft(text, mutated, found))
        expect(isHarmless(text, mutated), `${what}: ${firstChange(text, mutated)}`).toBe(true);
      if (mutated.includes('/ByteRange')) expect(verdict, what).not.toBe('unsigned');
    }
    if (process.env['CV_FUZZ_ROUNDS'])
      process.stdout.write(`${JSON.stringify({ slowest, verdicts: [...verdicts] })}\n`);
    expect(slowest.ms, `round ${slowest.round}`).toBeLessThan(5000);
  },
  Math.max(120_000, rounds * 60),
);

test('looking at a changed file before signing ends with facts or with a code', async () => {
  const codes = /^PDF_(?:NOT_PDF|XREF_BROKEN|MALFORMED|TOO_COMPLEX|ENCRYPTED)$/;
  const originals = [...files.values()].map((bytes) => Buffer.from(bytes).toString('latin1'));
  for (let round = 0; round < rounds / 10; round++) {
    const next = sequence(Math.imul(firstSeed - round, 2246822519));
    const mutated = changes[next(changes.length)]?.(originals[round % originals.length] ?? '', next) ?? '';
    const source = memorySource(new Uint8Array(Buffer.from(mutated, 'latin1')));
    const outcome = await inspectPdf(source, nodeCrypto).catch((error: unknown) => error);
    if (outcome instanceof Error)
      expect(outcome, `round ${round}`).toMatchObject({ code: expect.stringMatching(codes) });
  }
});
