import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { derInteger, derOid, encodeDer } from '../../../shared/signing/asn1/der';
import { makeWorkDir, removeWorkDir } from './fixtures';

const megabyte = 1024 * 1024;
const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] >> >>';
const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>';
const signature = '<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 30] /Contents <30> >>';

let dir: string;
let program: string;

beforeAll(async () => {
  dir = makeWorkDir();
  await build({
    logLevel: 'silent',
    configFile: false,
    resolve: { alias: { '@shared': join(process.cwd(), 'shared') } },
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'bomb-process.ts'),
      outDir: join(dir, 'program'),
      emptyOutDir: true,
    },
  });
  program = join(dir, 'program', 'bomb-process.js');
  writeFileSync(join(dir, 'program', 'package.json'), '{"type":"module"}');
});

afterAll(() => removeWorkDir(dir));

type Objects = Readonly<Record<number, string | Buffer>>;

/** A PDF of the given objects with a sound cross-reference table; `trailer` adds to the trailer dictionary. */
function pdfOf(objects: Objects, trailer = '', header = '%PDF-1.7\n'): Buffer {
  const parts: Buffer[] = [Buffer.from(header)];
  let position = parts[0]?.length ?? 0;
  const rows: string[] = [];
  for (const [num, body] of Object.entries(objects)) {
    rows.push(`${num} 1\n${String(position).padStart(10, '0')} 00000 n \n`);
    const bytes = Buffer.concat([
      Buffer.from(`${num} 0 obj\n`),
      Buffer.from(body as string),
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(bytes);
    position += bytes.length;
  }
  const size = Number(Object.keys(objects).at(-1)) + 1;
  parts.push(
    Buffer.from(
      `xref\n0 1\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${position}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function stream(dict: string, data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${dict} /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

/** A document whose cross-reference is a stream with the given rows. */
function pdfWithXrefStream(dict: string, data: Buffer): Buffer {
  const head = Buffer.from(`%PDF-1.7\n1 0 obj\n${catalog}\nendobj\n`);
  const body = stream(`/Type /XRef /Root 1 0 R ${dict}`, data);
  return Buffer.concat([
    head,
    Buffer.from('9 0 obj\n'),
    body,
    Buffer.from(`\nendobj\nstartxref\n${head.length}\n%%EOF\n`),
  ]);
}

function padded(object: Buffer, megabytes: number): Buffer {
  return Buffer.concat([object, Buffer.alloc(megabytes * megabyte, 0x20)]);
}

function deflatedZeros(megabytes: number): Buffer {
  return deflateSync(Buffer.alloc(megabytes * megabyte), { level: 9 });
}

/** Object streams with one field of the form in each of them. */
function withObjectStreams(count: number, filter: string, encode: (object: Buffer) => Buffer): Buffer {
  const head = '%PDF-1.7\n';
  const rows: Buffer[] = [];
  const parts: Buffer[] = [Buffer.from(head)];
  let position = head.length;
  const row = (kind: number, second: number, third: number): Buffer => {
    const bytes = Buffer.alloc(7);
    bytes.writeUInt8(kind, 0);
    bytes.writeUInt32BE(second, 1);
    bytes.writeUInt16BE(third, 5);
    return bytes;
  };
  const put = (num: number, body: string | Buffer): void => {
    rows[num] = row(1, position, 0);
    const bytes = Buffer.concat([
      Buffer.from(`${num} 0 obj\n`),
      Buffer.from(body as string),
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(bytes);
    position += bytes.length;
  };
  const fields = Array.from({ length: count }, (_, i) => 200 + i);
  put(
    1,
    `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields.map((num) => `${num} 0 R`).join(' ')}] >> >>`,
  );
  put(2, pages);
  put(3, page);
  for (const [i, num] of fields.entries()) {
    const object = Buffer.from(`${num} 0 << /FT /Sig /T (a${i}) >>`);
    put(4 + i, stream(`/Type /ObjStm /N 1 /First ${String(num).length + 3} ${filter}`, encode(object)));
    rows[num] = row(2, 4 + i, 0);
  }
  const own = 300;
  rows[own] = row(1, position, 0);
  const table = Buffer.concat(Array.from({ length: own + 1 }, (_, num) => rows[num] ?? row(0, 0, 0)));
  parts.push(
    Buffer.from(`${own} 0 obj\n`),
    stream(`/Type /XRef /Root 1 0 R /Size ${own + 1} /W [1 4 2]`, table),
    Buffer.from(`\nendobj\nstartxref\n${position}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}

/** The objects of a page tree, each node the only child of the one before. */
function deepPageTree(depth: number): Objects {
  const objects: Record<number, string> = { 1: catalog };
  for (let i = 2; i < depth + 2; i++) objects[i] = `<< /Type /Pages /Kids [${i + 1} 0 R] /Count 1 >>`;
  objects[depth + 2] = '<< /Type /Page >>';
  return objects;
}

function revisions(count: number, change: (i: number) => string): Buffer {
  const parts = [pdfOf({ 1: catalog, 2: pages, 3: page, 5: `<< /FT /Sig /T (a) /V ${signature} >>` })];
  let size = parts[0]?.length ?? 0;
  let previous = Number(/startxref\n(\d+)/.exec(parts[0]?.toString('latin1') ?? '')?.[1]);
  for (let i = 0; i < count; i++) {
    const object = `3 0 obj\n${change(i)}\nendobj\n`;
    const xref = size + object.length;
    const row = `${String(size).padStart(10, '0')} 00000 n \n`;
    const update = `${object}xref\n3 1\n${row}trailer\n<< /Size 6 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`;
    parts.push(Buffer.from(update));
    size += update.length;
    previous = xref;
  }
  return Buffer.concat(parts);
}

/** Signature fields with sound byte ranges that end with the file; `contents` is hexadecimal, `header` begins the file. */
function manySignatures(count: number, contents = '3000', header?: string): Buffer {
  const refs = Array.from({ length: count }, (_, i) => `${10 + i} 0 R`);
  const objects: Record<number, string> = {
    1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [${refs.join(' ')}] >> >>`,
    2: pages,
    3: page,
  };
  const slot = `[0 ${'9'.repeat(10)} ${'9'.repeat(10)} ${'9'.repeat(10)}]`;
  const type = '/FT /Sig /V << /SubFilter /ETSI.CAdES.detached';
  for (let i = 0; i < count; i++)
    objects[10 + i] = `<< /T (s${i}) ${type} /ByteRange ${slot} /Contents <${contents}> >> >>`;
  const file = pdfOf(objects, '', header);
  for (let at = file.indexOf(slot); at >= 0; at = file.indexOf(slot)) {
    const hole = at + slot.length + ' /Contents '.length;
    const end = hole + contents.length + 2;
    file.write(`[0 ${hole} ${end} ${file.length - end}]`.padEnd(slot.length), at);
  }
  return file;
}

/** DER of the given tag and contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  return Buffer.from(encodeDer(tag, ...contents));
}

/** A CMS SignedData whose parts are what is given. */
function cmsOf(certificates: Uint8Array, signerInfos: Uint8Array): Buffer {
  const signedData = Buffer.from(derOid('1.2.840.113549.1.7.2'));
  const data = der(0x30, derOid('1.2.840.113549.1.7.1'));
  return der(
    0x30,
    signedData,
    der(0xa0, der(0x30, derInteger(1), der(0x31), data, certificates, signerInfos)),
  );
}

function repeated(bytes: Uint8Array, times: number): Buffer {
  return Buffer.alloc(bytes.length * times, Buffer.from(bytes));
}

const attribute = der(0x30, derOid('1.2.3'), der(0x31, Uint8Array.of(5, 0)));
const signerInfo = (attributes: Uint8Array): Buffer =>
  der(
    0x30,
    derInteger(1),
    der(0x30),
    der(0x30, derOid('2.16.840.1.101.3.4.2.1')),
    attributes,
    der(0x30),
    der(4),
  );

/** Certificate with as many extensions, all of them different. */
function certificateWithExtensions(count: number): Buffer {
  const extensions = Array.from({ length: count }, (_, i) => der(0x30, derOid(`1.2.${i}`), der(4)));
  const algorithm = der(0x30, derOid('1.2.840.113549.1.1.11'), Uint8Array.of(5, 0));
  const time = der(0x17, Buffer.from('260101000000Z'));
  const name = der(0x30);
  const key = der(
    0x30,
    der(0x30, derOid('1.2.840.113549.1.1.1'), Uint8Array.of(5, 0)),
    der(3, Buffer.alloc(64)),
  );
  const holder = der(0xa3, der(0x30, Buffer.concat(extensions)));
  const tbs = der(0x30, derInteger(1), algorithm, name, der(0x30, time, time), name, key, holder);
  return der(0x30, tbs, algorithm, der(3, Buffer.alloc(64)));
}

/** What may stand in the hole of a signature. */
const hostileContents: Readonly<Record<string, () => Uint8Array>> = {
  'a million empty elements': () => der(0x30, repeated(Uint8Array.of(5, 0), 1_000_000)),
  'a million empty elements of indefinite length': () =>
    Buffer.concat([Uint8Array.of(0x30, 0x80), repeated(Uint8Array.of(5, 0), 1_000_000), Uint8Array.of(0, 0)]),
  'indefinite lengths nested without end': () => repeated(Uint8Array.of(0x30, 0x80), 1_000_000),
  'an octet string of a million pieces': () =>
    Buffer.concat([
      Uint8Array.of(0x24, 0x80),
      repeated(Uint8Array.of(4, 1, 0), 900_000),
      Uint8Array.of(0, 0),
    ]),
  'an object identifier of 2 MB': () => der(0x30, der(6, Buffer.alloc(2 * megabyte, 0x81))),
  'ninety thousand signers': () => cmsOf(der(0xa0), der(0x31, repeated(signerInfo(der(0xa0)), 90_000))),
  'a hundred thousand values of one attribute': () =>
    cmsOf(der(0xa0), der(0x31, signerInfo(der(0xa0, repeated(attribute, 99_000))))),
  'a certificate of a hundred thousand extensions': () =>
    cmsOf(der(0xa0, certificateWithExtensions(100_000)), der(0x31, signerInfo(der(0xa0)))),
};

const field = (value: string): Objects => ({
  1: catalog,
  2: pages,
  3: page,
  5: `<< /FT /Sig /T (a) /V ${value} >>`,
});

const bombs: Readonly<Record<string, () => Buffer>> = {
  'cross-reference stream that inflates to 1 GB': () =>
    pdfWithXrefStream('/Size 10 /W [1 2 1] /Filter /FlateDecode', deflatedZeros(1024)),
  'cross-reference stream of 60 million entries': () =>
    pdfWithXrefStream('/Size 60000000 /W [1 0 0] /Filter /FlateDecode', deflatedZeros(60)),
  'cross-reference stream with rows of 8 8 8 bytes and a huge index': () =>
    pdfWithXrefStream('/Size 2147483648 /W [8 8 8] /Index [0 2147483647]', Buffer.alloc(2400, 0xff)),
  'cross-reference stream with a predictor of absurd width': () =>
    pdfWithXrefStream(
      '/Size 10 /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 255 >>',
      deflatedZeros(60),
    ),
  'cross-reference stream with a predictor of width one': () =>
    pdfWithXrefStream(
      '/Size 10 /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1 >>',
      deflateSync(Buffer.alloc(63 * megabyte, 4)),
    ),
  'cross-reference stream that is its own predecessor': () =>
    pdfWithXrefStream('/Size 10 /W [1 2 1] /Prev 114', Buffer.alloc(40)),
  'an index of 10 million numbers': () =>
    pdfWithXrefStream(`/Size 10 /W [1 2 1] /Index [${'0 1 '.repeat(5_000_000)}]`, Buffer.alloc(40)),
  'table with a size of 2^31': () =>
    Buffer.from(
      pdfOf(field(signature)).toString('latin1').replace('0 1\n0000000000', '0 2147483648\n0000000000'),
      'latin1',
    ),
  'table of 3 million entries': () => {
    const head = `%PDF-1.7\n1 0 obj\n${catalog}\nendobj\n`;
    const rows = '0000000009 00000 n \n'.repeat(3_000_000);
    return Buffer.from(
      `${head}xref\n0 3000000\n${rows}trailer\n<< /Root 1 0 R >>\nstartxref\n${head.length}\n%%EOF\n`,
    );
  },
  'a chain of cross-references that loops': () => {
    const file = pdfOf(field(signature), '/Prev 0000000000');
    const at = /startxref\n(\d+)/.exec(file.toString('latin1'))?.[1] ?? '';
    return Buffer.from(
      file.toString('latin1').replace('/Prev 0000000000', `/Prev ${at.padStart(10, '0')}`),
      'latin1',
    );
  },
  'a hybrid section whose stream is the table itself': () => {
    const file = pdfOf(field(signature), '/XRefStm 0000000000');
    const at = /startxref\n(\d+)/.exec(file.toString('latin1'))?.[1] ?? '';
    return Buffer.from(
      file.toString('latin1').replace('/XRefStm 0000000000', `/XRefStm ${at.padStart(10, '0')}`),
      'latin1',
    );
  },
  'object stream that inflates to 1 GB': () =>
    withObjectStreams(1, '/Filter /FlateDecode', (object) => deflateSync(padded(object, 1024))),
  'one hundred object streams of 20 MB each': () =>
    withObjectStreams(100, '/Filter /FlateDecode', (object) => deflateSync(padded(object, 20), { level: 1 })),
  'object stream deflated twice, 200 MB from 1 kB': () =>
    withObjectStreams(1, '/Filter [/FlateDecode /FlateDecode]', (object) =>
      deflateSync(deflateSync(padded(object, 200))),
    ),
  'object stream of eight thousand filters': () =>
    withObjectStreams(1, `/Filter [${'/FlateDecode '.repeat(8000)}]`, (object) => deflateSync(object)),
  'object stream as a chain of LZW, ASCII85 and run lengths': () =>
    withObjectStreams(1, '/Filter [/RunLengthDecode /ASCII85Decode /LZWDecode]', () =>
      Buffer.alloc(megabyte, 0x81),
    ),
  'object stream in hexadecimal digits of 60 MB': () =>
    withObjectStreams(1, '/Filter /ASCIIHexDecode', () => Buffer.alloc(60 * megabyte, 0x41)),
  'object stream that contains itself': () => {
    const row = (kind: number, second: number, third: number): number[] => [
      kind,
      second >> 8,
      second & 255,
      third,
    ];
    const rows = [row(0, 0, 0), row(1, 9, 0), row(2, 2, 0), row(2, 2, 1), row(0, 0, 0), row(2, 2, 2)].flat();
    return pdfWithXrefStream('/Size 6 /W [1 2 1]', Buffer.from(rows));
  },
  'page tree that loops': () => pdfOf({ ...field(signature), 3: '<< /Type /Pages /Kids [2 0 R] >>' }),
  'page tree of 900,000 levels': () => pdfOf(deepPageTree(900_000)),
  'page tree with a million kids that are one page': () =>
    pdfOf({ ...field(signature), 2: `<< /Type /Pages /Kids [${'3 0 R '.repeat(1_000_000)}] >>` }),
  'fields nested without end': () => {
    const objects: Record<number, string> = { 1: catalog, 2: pages, 3: page };
    for (let i = 5; i < 100_000; i++) objects[i] = `<< /T (a) /FT /Sig /Kids [${i + 1} 0 R] >>`;
    return pdfOf(objects);
  },
  'reference that leads to itself': () => pdfOf({ ...field('7 0 R'), 7: '8 0 R', 8: '7 0 R' }),
  'array of 10 million numbers': () => pdfOf(field(`[${'1 '.repeat(10_000_000)}]`)),
  'one hundred arrays of 200,000 dictionaries': () => {
    const objects: Record<number, string> = { ...field(signature) } as Record<number, string>;
    const kids = Array.from({ length: 100 }, (_, i) => 10 + i);
    objects[1] = `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${kids.map((num) => `${num} 0 R`).join(' ')}] >> >>`;
    for (const num of kids) objects[num] = `<< /T (a) /Kids [${'<<>>'.repeat(200_000)}] >>`;
    return pdfOf(objects);
  },
  'arrays nested a million times': () => pdfOf(field('['.repeat(1_000_000))),
  'a name of 100 MB': () => pdfOf(field(`/${'a'.repeat(100 * megabyte)}`)),
  'a number of 30 MB': () => pdfOf(field('1'.repeat(30 * megabyte))),
  'a literal string that never ends': () => pdfOf(field(`(${'('.repeat(40 * megabyte)}`)),
  'a hexadecimal string that never ends': () => pdfOf(field(`<${'4'.repeat(100 * megabyte)}`)),
  'contents of 100 MB': () =>
    pdfOf(field(`<< /ByteRange [0 10 20 30] /Contents <${'00'.repeat(50 * megabyte)}> >>`)),
  'a byte range of huge numbers': () =>
    pdfOf(field(`<< /ByteRange [0 ${'9'.repeat(100)} 1.5 -1] /Contents <30> >>`)),
  'a comment of 100 MB': () => pdfOf(field(`%${'a'.repeat(100 * megabyte)}`)),
  'nothing but comments': () => Buffer.from(`%PDF-1.7\n${'% a comment\n'.repeat(1_000_000)}`),
  'nothing but white space': () =>
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(100 * megabyte, 0x20)]),
  'a thousand revisions': () => revisions(1000, () => page),
  'ten thousand revisions': () => revisions(10_000, () => page),
  'five thousand signatures': () => manySignatures(5000),
  '250 signatures in 60 MB': () => manySignatures(250, '3000', `%PDF-1.7\n%${' '.repeat(60 * megabyte)}\n`),
  '250 signatures in 5 MB': () => manySignatures(250, '3000', `%PDF-1.7\n%${' '.repeat(5 * megabyte)}\n`),
};

type Outcome = {
  readonly verdict: string;
  readonly problems: readonly string[];
  readonly inspection: string;
  readonly times: { readonly check: number; readonly inspect: number };
  readonly megabytes: number;
};

async function readInSmallHeap(file: Buffer): Promise<Outcome> {
  const path = join(dir, 'bomb.pdf');
  writeFileSync(path, file);
  const { stdout } = await promisify(execFile)('node', ['--max-old-space-size=384', program, path], {
    timeout: 55_000,
  });
  rmSync(path);
  return JSON.parse(stdout);
}

const holes = Object.entries(hostileContents).map(
  ([name, make]) =>
    [
      `four signatures, each of ${name}`,
      () => manySignatures(4, Buffer.from(make()).toString('hex')),
    ] as const,
);
const all = new Map([...Object.entries(bombs), ...holes]);

describe('no file, however hostile, takes more than 5 s, more than 512 MB, or the process with it', () => {
  test.each([...all.keys()])('%s', async (name) => {
    const file = all.get(name)?.() ?? Buffer.alloc(0);
    const { verdict, inspection, times, megabytes, problems } = await readInSmallHeap(file);
    if (process.env['CV_BOMB_FIGURES'])
      process.stdout.write(
        `${name}: ${verdict} ${problems.join(' ')} / ${inspection}, ${Math.round(times.check)} + ${Math.round(times.inspect)} ms, ${Math.round(megabytes)} MB\n`,
      );
    expect(times.check).toBeLessThan(5000);
    expect(times.inspect).toBeLessThan(5000);
    expect(megabytes).toBeLessThan(512);
    // A file that names a byte range was signed once.
    expect(verdict).toMatch(
      file.includes('/ByteRange') ? /^(invalid|indeterminate)$/ : /^(invalid|indeterminate|unsigned)$/,
    );
    expect(['ok', 'PDF_XREF_BROKEN', 'PDF_MALFORMED', 'PDF_TOO_COMPLEX', 'PDF_NOT_PDF']).toContain(
      inspection,
    );
  });
});
