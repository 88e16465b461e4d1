import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { openFileSource, transformFile } from '../../electron/signing/file-bytes';
import { openPkcs12 } from '../../electron/signing/pkcs12';
import { nodeCrypto } from '../../shared/node/crypto-port';
import { checkSignatures, type Signer, signPdf } from '../../shared/signing/index';
import { PdfDocument } from '../../shared/signing/pdf/pdf-document';
import { readSignatureFields } from '../../shared/signing/pdf/pdf-fields';
import { writeBigPdf } from '../driver/big-pdf';
import { alternate, type Measure, type Row } from './rounds';
import { warmMemory } from './warm-memory';

const bigFile = 100;
const note =
  'both write a new file beside the old one, sync it, rename it and sync the folder, and both find memory that was just in use.';
const manySignatures = 25;
const memoryAllowed = 64;

/** What every step works with. */
type Bench = {
  readonly folder: string;
  readonly rounds: number;
  readonly signer: Signer;
  readonly p12: string;
  readonly key: string;
  readonly password: string;
};

/**
 * Signing and checking against the plain commands that do nothing but hash, sign and copy, and beside mutool. Processor
 * time of both, since a disk that is busy with something else says nothing about either.
 */
export async function measureSigning(root: string, folder: string, rounds: number): Promise<readonly Row[]> {
  mkdirSync(folder, { recursive: true });
  const { makeTestPki } = await import(pathToFileURL(path.join(root, 'build', 'test-pki.mjs')).href);
  const pki = await makeTestPki(path.join(folder, 'pki'));
  const p12: string = pki.p12.cdcs;
  const [signer] = openPkcs12(new Uint8Array(readFileSync(p12)), pki.password);
  if (!signer) throw new Error('no signer');
  const key = path.join(folder, 'pki', 'cdcs.key');
  const bench: Bench = { folder, rounds, signer, p12, key, password: pki.password };
  return [
    ...(await measureBigFile(bench)),
    await measureSmallFile(bench),
    await measureMemory(bench),
    await measureManySignatures(bench),
  ];
}

async function measureBigFile(bench: Bench): Promise<readonly Row[]> {
  const { folder, rounds, key, p12, password } = bench;
  const [input, output] = [path.join(folder, 'big.pdf'), path.join(folder, 'big.signed.pdf')];
  writeBigPdf(input, bigFile);
  const plain = path.join(folder, 'big.copy.pdf');
  const warm =
    (measure: Measure): Measure =>
    (round) => {
      warmMemory(folder, 2 * bigFile);
      return measure(round);
    };
  const ours = warm(() => ownProcessorTime(() => sign(bench, input, output)));
  const part = `${plain}.part`;
  const hashAndSign = `openssl dgst -sha256 -sign ${key} -out ${plain}.sig ${input}`;
  const copyDurably = `cp ${input} ${part} && sync ${part} && mv ${part} ${plain} && sync ${folder}`;
  const signing = await alternate(rounds, {
    ours,
    limit: warm(async () => processorTimeOf(`${hashAndSign} && ${copyDurably}`)),
  });
  const checking = await alternate(rounds, {
    ours: () => ownProcessorTime(() => check(output)),
    limit: async () => processorTimeOf(`sha256sum ${output}`),
  });
  const field = path.join(folder, 'big.field.pdf');
  const number = await fieldForMutool(input, field);
  const peer = await alternate(Math.min(3, rounds), {
    ours,
    limit: warm(async () =>
      processorTimeOf(`mutool sign -s ${p12} -P ${password} -o ${plain} ${field} ${number}`),
    ),
  });
  return [
    { what: '100 MB signed (CPU)', against: 'openssl dgst -sign + cp', target: 1.5, note, ...signing },
    { what: '100 MB signed (CPU)', against: 'mutool sign', target: 1, ...peer },
    { what: '100 MB checked (CPU)', against: 'sha256sum', target: 1.5, ...checking },
  ];
}

async function measureSmallFile(bench: Bench): Promise<Row> {
  const { folder, rounds } = bench;
  const [input, output] = [path.join(folder, 'small.pdf'), path.join(folder, 'small.signed.pdf')];
  writeBigPdf(input, 1);
  const series = await alternate(rounds * 3, {
    ours: () => ownProcessorTime(() => sign(bench, input, output)),
    limit: async () => 10,
  });
  return { what: '1 MB signed, nothing to see (CPU)', against: '10 ms', target: 1, ...series };
}

async function measureMemory(bench: Bench): Promise<Row> {
  const { folder } = bench;
  const [input, output] = [path.join(folder, 'huge.pdf'), path.join(folder, 'huge.signed.pdf')];
  writeBigPdf(input, 300);
  await sign(bench, path.join(folder, 'small.pdf'), output);
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  await sign(bench, input, output);
  await check(output);
  clearInterval(watch);
  rmSync(input);
  const growth = (most - before) / 2 ** 20;
  const what = '300 MB signed and checked, memory growth';
  return { what, against: '64 MB', target: 1, unit: 'MB', ours: [growth], limit: [memoryAllowed] };
}

async function measureManySignatures(bench: Bench): Promise<Row> {
  const { folder, rounds } = bench;
  const file = path.join(folder, 'many.pdf');
  cpSync(path.join(folder, 'small.pdf'), file);
  for (let i = 0; i < manySignatures; i++) await sign(bench, file, file);
  const series = await alternate(rounds, {
    ours: async () => {
      const startedAt = performance.now();
      if ((await check(file)).signatures.length !== manySignatures) throw new Error('signatures are missing');
      return performance.now() - startedAt;
    },
    limit: async () => 1000,
  });
  return { what: `${manySignatures} signatures in one file checked`, against: '1 s', target: 1, ...series };
}

async function sign({ signer }: Bench, input: string, output: string): Promise<void> {
  const noFonts = { regular: new Uint8Array(), bold: new Uint8Array(), italic: new Uint8Array() };
  await transformFile(input, output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      signer,
      fonts: noFonts,
      placement: null,
      appearance: null,
      time: Date.now(),
    }),
  );
}

async function check(file: string): Promise<Awaited<ReturnType<typeof checkSignatures>>> {
  const source = await openFileSource(file);
  try {
    const report = await checkSignatures(source, { crypto: nodeCrypto, anchors: [], now: Date.now() });
    if (report.signatures.some(({ integrity }) => integrity !== 'ok'))
      throw new Error('a signature is broken');
    return report;
  } finally {
    await source.close();
  }
}

/** mutool signs only a field that is there; gives the number of its object. */
async function fieldForMutool(input: string, output: string): Promise<number> {
  const document = await PDFDocument.load(readFileSync(input), { forIncrementalUpdate: true });
  const page = document.getPage(0);
  const place = { Type: 'Annot', Subtype: 'Widget', FT: 'Sig', Rect: [10, 10, 110, 60], P: page.ref, F: 4 };
  const widget = document.context.obj(place);
  widget.set(PDFName.of('T'), PDFString.of('Chu ky'));
  const ref = document.context.register(widget);
  page.node.addAnnot(ref);
  document.catalog.set(PDFName.of('AcroForm'), document.context.obj({ Fields: [ref], SigFlags: 3 }));
  writeFileSync(output, await document.save());
  return numberOfField(output);
}

async function numberOfField(file: string): Promise<number> {
  const source = await openFileSource(file);
  try {
    const [field] = await readSignatureFields(await PdfDocument.open(source, nodeCrypto));
    if (!field?.ref) throw new Error('the field is not there');
    return field.ref.num;
  } finally {
    await source.close();
  }
}

/** Milliseconds of processor time that this process spends on a piece of work. */
async function ownProcessorTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Milliseconds of processor time of shell commands with all that they start. */
function processorTimeOf(commands: string): number {
  const script = `TIMEFORMAT='%U %S'; time { ${commands}; } >/dev/null 2>&1`;
  const { stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  if (status !== 0 || Number.isNaN(user)) throw new Error(`failed: ${commands}`);
  return (user + system) * 1000;
}
