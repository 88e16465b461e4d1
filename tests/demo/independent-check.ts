import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Province } from '../driver/province';
import { PlainClient, type Row, sha256 } from '../integration/server/plain-client';
import type { InputFile } from './input-files';
import type { DemoReport, SignatureRecord } from './recorder';

/** Everything the server holds for a unit, seen by a client that shares no code with ours. */
export async function rowsOfUnit(province: Province, unit: string): Promise<PlainClient> {
  const client = new PlainClient(province.url, Date.now);
  await client.enrol(province.enrolmentCode(unit));
  await client.login();
  await client.pull();
  return client;
}

const ofColl = (
  client: PlainClient,
  coll: string,
): readonly (Row & { readonly data: Record<string, unknown> })[] =>
  [...client.rows.values()].flatMap((row) =>
    row.coll === coll && row.data !== null ? [{ ...row, data: row.data }] : [],
  );

/** Checks the books of a unit: 1, 2, 3 … without a gap or a double. */
export function checkBooks(client: PlainClient, report: DemoReport): void {
  const books = new Map<string, number[]>();
  for (const { data } of ofColl(client, 'numbers')) {
    const book = String(data['book']);
    books.set(book, [...(books.get(book) ?? []), Number(data['n'])]);
  }
  for (const [book, numbers] of books) {
    const sorted = numbers.sort((a, b) => a - b);
    const continuous = sorted.every((n, index) => n === index + 1);
    report.numbers.push({ book, numbers: sorted, continuous });
    report.duplicated += sorted.length - new Set(sorted).size;
  }
}

/** Finds every registered input on the server exactly once, and its bytes unchanged there. */
export async function checkInputs(
  client: PlainClient,
  inputs: readonly InputFile[],
  report: DemoReport,
): Promise<void> {
  const incoming = ofColl(client, 'incoming');
  report.bytesUnchanged = true;
  for (const record of report.documents.filter((document) => document.arrivalNumber > 0)) {
    const holding = incoming.filter(({ data }) => data['arrivalNumber'] === record.arrivalNumber);
    const files = holding.flatMap(({ data }) => data['files'] as readonly { readonly sha256: string }[]);
    if (!files.some((file) => file.sha256 === record.sha256)) report.lost += 1;
    if (holding.length > 1) report.duplicated += holding.length - 1;
  }
  for (const input of inputs) {
    if (!report.documents.some((document) => document.sha256 === input.sha256)) report.lost += 1;
    const response = await client.raw(`/v1/files/${input.sha256}`);
    const same = response.ok && sha256(new Uint8Array(await response.arrayBuffer())) === input.sha256;
    if (!same || sha256(readFileSync(input.path)) !== input.sha256) report.bytesUnchanged = false;
  }
}

/** Asks poppler's pdfsig, with the trial root as the only trust anchor. Gives one record for each signature. */
export function checkWithPdfsig(
  file: string,
  certificates: string,
  work: string,
): readonly SignatureRecord[] {
  const database = path.join(work, 'nss');
  rmSync(database, { recursive: true, force: true });
  mkdirSync(database, { recursive: true });
  const nss = `sql:${database}`;
  execFileSync('certutil', ['-N', '-d', nss, '--empty-password']);
  execFileSync('certutil', [
    '-A',
    '-d',
    nss,
    '-n',
    'root',
    '-t',
    'CT,C,C',
    '-i',
    path.join(certificates, 'root.pem'),
  ]);
  const output = execFileSync('pdfsig', ['-nssdir', nss, file], { encoding: 'utf8' });
  rmSync(database, { recursive: true, force: true });
  return output
    .split(/^Signature #/m)
    .slice(1)
    .map((text) => {
      const verdict = [
        /Signature Validation: (.*)/.exec(text)?.[1] ?? '?',
        /Certificate Validation: (.*)/.exec(text)?.[1] ?? '?',
      ];
      const valid = verdict[0] === 'Signature is Valid.' && verdict[1] === 'Certificate is Trusted.';
      return { file: path.basename(file), checkedBy: 'pdfsig', verdict: verdict.join(' '), valid };
    });
}

/** Throws unless qpdf finds the issued file at least as clean as the one it was made of (0 clean, 3 warnings, 2 errors). */
export function checkWithQpdf(issued: string, body: string): void {
  const status = (file: string): number => {
    const { status } = spawnSync('qpdf', ['--check', file], { stdio: 'ignore' });
    return status === 3 ? 1 : (status ?? 2);
  };
  if (status(issued) > status(body)) throw new Error('qpdf finds faults that the file did not have before');
}
