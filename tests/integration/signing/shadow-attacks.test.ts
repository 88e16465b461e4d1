import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckReport } from '../../../shared/signing/index';
import {
  changed,
  changedText,
  contract,
  contractObjects,
  objectText,
  type RawObjects,
  type RawUpdate,
  rawPdf,
  rawStream,
  rawUpdate,
} from './attack-files';
import {
  checkFile,
  derOfPem,
  makePki,
  makeWorkDir,
  pdfsigReport,
  removeWorkDir,
  signerOf,
  type TestPki,
} from './fixtures';
import { signFile } from './sign-file';

let dir: string;
let pki: TestPki;
let root: Uint8Array;
const signed = new Map<string, Buffer>();
const kinds = ['without certification', 'certified with P=2', 'certified with P=3'] as const;

async function sign(bytes: Buffer, name: string, certify?: 1 | 2 | 3): Promise<Buffer> {
  const [input, output] = [path.join(dir, `${name}.pdf`), path.join(dir, `${name}-signed.pdf`)];
  writeFileSync(input, bytes);
  const signer = signerOf(pki, 'nguyen-thi-thuy-duong');
  await signFile(input, output, { signer, field: 'first', ...(certify ? { certify } : {}) });
  return readFileSync(output);
}

async function check(bytes: Buffer, name: string): Promise<CheckReport> {
  const file = path.join(dir, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.pdf`);
  writeFileSync(file, bytes);
  return checkFile(file, [root]);
}

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  const draft = rawPdf(contractObjects);
  signed.set(kinds[0], await sign(draft, 'plain'));
  signed.set(kinds[1], await sign(draft, 'p2', 2));
  signed.set(kinds[2], await sign(draft, 'p3', 3));
});

afterAll(() => removeWorkDir(dir));

type Attack = (file: Buffer) => RawUpdate;

const catalogWith =
  (entries: string): Attack =>
  (file) => ({ objects: { 1: changedText(objectText(file, 1), '<<', `<<${entries} `) } });
const replacing =
  (objects: RawObjects): Attack =>
  () => ({ objects });
const otherText = rawStream('BT /F 18 Tf 72 700 Td (Pay 900 for the house) Tj ET');
const emptyForm = rawStream('', '/Type/XObject/Subtype/Form/BBox[0 0 1 1]');

const hide: Readonly<Record<string, Attack>> = {
  'the cover is freed': () => ({ free: [contract.cover] }),
  'the cover becomes empty': replacing({ 7: emptyForm }),
  'the cover becomes null': replacing({ 7: 'null' }),
  'the content that draws the cover becomes empty': replacing({ 17: rawStream('') }),
  'the cover is listed under another generation': () => ({
    objects: { 7: emptyForm },
    generations: { 7: 1 },
  }),
  'the same cover is listed under another generation': (file) => ({
    entries: [[7, file.indexOf('\n7 0 obj') + 1]],
    generations: { 7: 1 },
  }),
  'a smaller /Size hides the cover': () => ({ objects: { 5: contractObjects[5] ?? '' }, size: 7 }),
  'the layer of the sum is switched off': replacing({ 13: '<</OFF[12 0 R]/Order[12 0 R]>>' }),
  'the annotation over it is removed': (file) => ({
    objects: { 3: changedText(objectText(file, 3), '18 0 R', '') },
  }),
};

const replace: Readonly<Record<string, Attack>> = {
  'the font gets another encoding': replacing(changed(5, '/WinAnsiEncoding', '<</Differences[49/nine]>>')),
  'the font is freed': () => ({ free: [contract.font] }),
  'the content is replaced': replacing({ 4: otherText }),
  'a text field without a name is laid over the page': (file) => ({
    objects: {
      950: '<</Type/Annot/Subtype/Widget/FT/Tx/Rect[72 690 300 720]/AP<</N 11 0 R>>>>',
      3: changedText(objectText(file, 3), '18 0 R', '18 0 R 950 0 R'),
    },
  }),
  'the place of a field moves': replacing(changed(9, '/Rect[72 500 272 520]', '/Rect[72 700 272 720]')),
  'a field is renamed': replacing(changed(9, '/T(amount)', '/T(sum)')),
  'a field is hidden': replacing(changed(9, '/F 4', '/F 2')),
  'the kids of a group are reordered': replacing(changed(22, '[23 0 R 24 0 R]', '[24 0 R 23 0 R]')),
  'the name of a group changes': replacing(changed(22, '(group)', '(gruop)')),
  'the fields are reordered': (file) => ({
    objects: { 8: objectText(file, 8).replace(/9 0 R(\s+)10 0 R/, '10 0 R$19 0 R') },
  }),
  'an XFA form is laid over the form': (file) => ({
    objects: { 8: changedText(objectText(file, 8), '<<', '<</XFA(<xdp/>) ') },
  }),
  'the appearance of an empty signature field is drawn without signing': (file) => ({
    objects: {
      950: rawStream('0 g 0 0 10 10 re f', '/Type/XObject/Subtype/Form/BBox[0 0 200 60]'),
      10: changedText(objectText(file, 10), '<<', '<</AP<</N 950 0 R>> '),
    },
  }),
  'a new signature field shows something without being signed': (file) => ({
    objects: {
      950: rawStream('BT /F 9 Tf (0) Tj ET', '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 6 0 R'),
      951: '<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/Rect[300 300 309 309]/AP<</N 950 0 R>>>>',
      8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1951 0 R '),
      3: objectText(file, 3).replace(/(\/Annots\s*\[)/, '$1951 0 R '),
    },
  }),
  'a new signature field acts on a click': (file) => ({
    objects: {
      951: '<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/Rect[0 0 0 0]/AA<</E<</S/JavaScript/JS(1)>>>>>>',
      8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1951 0 R '),
    },
  }),
  'an annotation gets another action': replacing(changed(18, 'example.invalid', 'other.invalid')),
  'a reference that led nowhere gets an object': replacing({ 900: emptyForm }),
  'a reference that led nowhere gets an object of a signature': (file) => ({
    objects: {
      900: rawStream('', '/Type/XObject/Subtype/Form/BBox[0 0 9 9]'),
      951: '<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/Rect[0 0 0 0]/AP<</N 900 0 R>>>>',
      8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1951 0 R '),
    },
  }),
};

const hideAndReplace: Readonly<Record<string, Attack>> = {
  'the catalog leads to the second page tree': (file) => ({
    objects: { 1: objectText(file, 1).replace(/\/Pages\s+2 0 R/, '/Pages 19 0 R') },
  }),
  'another catalog leads to the second page tree': (file) => ({
    objects: { 960: objectText(file, 1).replace(/\/Pages\s+2 0 R/, '/Pages 19 0 R') },
    root: 960,
  }),
  'the trailer names a catalog that was there before': () => ({ root: contract.labels }),
  'the page tree shows the hidden page': replacing(changed(2, '3 0 R', '20 0 R')),
  'the page tree shows the pages in another order': replacing(changed(2, '3 0 R 16 0 R', '16 0 R 3 0 R')),
  'a page is added': replacing(changed(2, '16 0 R', '16 0 R 20 0 R')),
  'a page is removed': replacing(changed(2, ' 16 0 R', '')),
  'the page is replaced by the hidden page': replacing({ 3: contractObjects[20] ?? '' }),
  'the content is looked up where the hidden content stands': (file) => ({
    entries: [[contract.content, file.indexOf('\n21 0 obj') + 1]],
  }),
  'the contents of the page are another list': (file) => ({
    objects: { 3: objectText(file, 3).replace(/17 0 R/, '21 0 R') },
  }),
  'the pages get a crop box from above': replacing(changed(2, '/Count', '/CropBox[0 0 10 10]/Count')),
  'the pages are turned from above': replacing(changed(2, '/Count', '/Rotate 180/Count')),
  'the page gets a crop box': (file) => ({
    objects: { 3: changedText(objectText(file, 3), '<<', '<</CropBox[0 0 10 10] ') },
  }),
  'the page gets resources of its own': (file) => ({
    objects: { 3: changedText(objectText(file, 3), '<<', '<</Resources<<>> ') },
  }),
  'the resources from above change': replacing(changed(6, '/Cover 7 0 R', '/Cover 900 0 R')),
};

const document: Readonly<Record<string, Attack>> = {
  'permissions are added': (file) => {
    const catalog = objectText(file, 1);
    const usageRights = '/UR3<</Type/Sig>>';
    return {
      objects: {
        1: catalog.includes('/Perms')
          ? catalog.replace(/\/Perms\s*<</, `$&${usageRights}`)
          : catalog.replace('<<', `<</Perms<<${usageRights}>> `),
      },
    };
  },
  'the certification is taken away or another one set': (file) => {
    const catalog = objectText(file, 1);
    const field = /\/V\s+(\d+ 0 R)/.exec(file.toString('latin1'))?.[1];
    return {
      objects: {
        1: catalog.includes('/Perms')
          ? catalog.replace(/\/Perms\s*<<[^>]*>>/, '')
          : catalog.replace('<<', `<</Perms<</DocMDP ${field}>> `),
      },
    };
  },
  'the catalog names its pages twice': (file) => ({
    objects: { 1: changedText(objectText(file, 1), '<<', '<</Pages 19 0 R ') },
  }),
  'a script runs on opening': catalogWith('/OpenAction<</S/JavaScript/JS(1)>>'),
  'a script runs before closing': catalogWith('/AA<</WC<</S/JavaScript/JS(1)>>>>'),
  'the names get a script': replacing(
    changed(14, '<<', '<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>'),
  ),
  'the names get an attached file': replacing(
    changed(14, '<<', '<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)>>]>>'),
  ),
  'the names lead elsewhere': replacing(changed(14, '[3 0 R/Fit]', '[16 0 R/Fit]')),
  'the document becomes a portfolio': catalogWith('/Collection<</View/D>>'),
  'the pages get other labels': replacing(changed(15, '/S/D', '/S/r')),
  'the language changes': catalogWith('/Lang(vi)'),
  'the viewer is told to hide things': catalogWith('/ViewerPreferences<</HideWindowUI true>>'),
  'outlines are added': catalogWith('/Outlines<</Type/Outlines>>'),
  'an older revision is taken up again': (file) => ({
    previous: Number(/startxref\s+(\d+)/.exec(file.toString('latin1'))?.[1]),
  }),
};

describe.each(kinds)('%s', (kind) => {
  test('the signed stage is valid', async () => {
    expect((await check(signed.get(kind) ?? Buffer.alloc(0), `${kind} stage`)).verdict).toBe('valid');
  });

  describe.each([
    ['shadow attack that hides', hide],
    ['shadow attack that replaces', replace],
    ['shadow attack that hides and replaces', hideAndReplace],
    ['the document as a whole', document],
  ] as const)('%s', (_group, attacks) => {
    test.each(Object.entries(attacks))('%s', async (name, attack) => {
      const file = signed.get(kind) ?? Buffer.alloc(0);
      const { verdict, signatures, problems } = await check(rawUpdate(file, attack(file)), `${kind} ${name}`);
      expect({ verdict, name }).toEqual({ verdict: 'invalid', name });
      const first = signatures.find(({ field }) => field === 'first');
      // Where the signature cannot even be read, the file as a whole is damaged.
      if (first) expect(first.integrity === 'ok' ? first.changesAfter : 'disallowed').toBe('disallowed');
      else
        expect(problems.some((problem) => /DAMAGED_SIGNED_FILE|SIGNATURE_NOT_REACHABLE/.test(problem))).toBe(
          true,
        );
    });
  });
});

test('a file that becomes encrypted later is not valid any more', async () => {
  const file = signed.get(kinds[0]) ?? Buffer.alloc(0);
  const trailer = '/Encrypt<</Filter/Standard/V 1/R 2/O()/U()/P -4>>';
  expect((await check(rawUpdate(file, { free: [0], trailer }), 'encrypted later')).verdict).not.toBe('valid');
});

test('a signature dictionary that is copied into a new field keeps none of its standing', async () => {
  const file = signed.get(kinds[0]) ?? Buffer.alloc(0);
  const copy = /(\d+) 0 obj\n(?:(?!endobj)[^])*?\/ByteRange/.exec(file.toString('latin1'));
  const objects = {
    970: objectText(file, Number(copy?.[1])),
    971: '<</Type/Annot/Subtype/Widget/FT/Sig/T(copy)/Rect[0 0 0 0]/V 970 0 R>>',
    8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1971 0 R '),
  };
  const { verdict, signatures } = await check(rawUpdate(file, { objects }), 'copied');
  expect(verdict).toBe('invalid');
  expect(signatures.find(({ field }) => field === 'copy')?.integrity).toBe('malformed');
});

test('poppler calls shadow attacks valid signatures, which is why they are analysed here', () => {
  const file = signed.get(kinds[0]) ?? Buffer.alloc(0);
  const output = path.join(dir, 'poppler.pdf');
  writeFileSync(output, rawUpdate(file, { free: [contract.cover] }));
  expect(pdfsigReport(output)).toContain('Signature is Valid');
});

describe('attacks on the file structure', () => {
  const plain = (): Buffer => signed.get(kinds[0]) ?? Buffer.alloc(0);

  test.each<[string, (file: Buffer) => Buffer]>([
    ['copies of %%EOF', (file) => Buffer.concat([file, Buffer.from('%%EOF\n%%EOF\n')])],
    ['a comment', (file) => Buffer.concat([file, Buffer.from('% nothing, really nothing at all\n')])],
    [
      'objects without a cross-reference',
      (file) => Buffer.concat([file, Buffer.from(`4 0 obj\n${otherText}\nendobj\n`)]),
    ],
    [
      'a cross-reference that lists an object twice',
      (file) => {
        const update = rawUpdate(file, { objects: { 4: otherText } }).toString('latin1');
        const old = String(file.indexOf('\n4 0 obj') + 1).padStart(10, '0');
        return Buffer.from(
          update.replace(/\ntrailer(?![^]*\ntrailer)/, `\n4 1\n${old} 00000 n \ntrailer`),
          'latin1',
        );
      },
    ],
    [
      'a stream beside the table that brings other objects',
      (file) => {
        const stream = `4 0 obj\n${otherText}\nendobj\n`;
        const at = file.length;
        const rows = Buffer.alloc(6);
        rows.writeUInt8(1, 0);
        rows.writeUInt32BE(at, 1);
        const xref = at + stream.length;
        const head = `980 0 obj\n<</Type/XRef/Size 981/Root 1 0 R/W[1 4 1]/Index[4 1]/Length 6>>\nstream\n`;
        const more = Buffer.concat([
          file,
          Buffer.from(stream + head, 'latin1'),
          rows,
          Buffer.from('\nendstream\nendobj\n'),
        ]);
        const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1'))?.[1]);
        const table = `xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 981/Root 1 0 R/Prev ${previous}/XRefStm ${xref}>>\nstartxref\n${more.length}\n%%EOF\n`;
        return Buffer.concat([more, Buffer.from(table)]);
      },
    ],
  ])('%s after the signature', async (name, attack) => {
    const { verdict } = await check(attack(plain()), name);
    expect(verdict).toBe('invalid');
  });

  test('an object stream is replaced', async () => {
    const [draft, packed] = [path.join(dir, 'objstm-in.pdf'), path.join(dir, 'objstm.pdf')];
    writeFileSync(draft, rawPdf({ ...contractObjects, 900: 'null' }));
    execFileSync('qpdf', ['--object-streams=generate', '--stream-data=uncompress', draft, packed]);
    const file = await sign(readFileSync(packed), 'objstm-packed');
    expect((await check(file, 'objstm-base')).verdict).toBe('valid');
    const container = /(\d+) 0 obj\s*<<\s*\/Type\s*\/ObjStm/.exec(file.toString('latin1'))?.[1] ?? '';
    // The same objects at the same places, one of them with another font.
    const content = changedText(objectText(file, Number(container)), '/Helvetica', '/Courier  ');
    const rows = Buffer.alloc(6);
    rows.writeUInt8(1, 0);
    rows.writeUInt32BE(file.length, 1);
    const body = Buffer.from(`${container} 0 obj\n${content}\nendobj\n`);
    const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1'))?.[1]);
    const root = /\/Root (\d+ 0 R)/.exec(file.toString('latin1'))?.[1] ?? '';
    const dict = `<</Type/XRef/Size 990/Root ${root}/W[1 4 1]/Index[${container} 1]/Prev ${previous}/Length 6>>`;
    const xref = Buffer.from(`989 0 obj\n${dict}\nstream\n`);
    const end = Buffer.from(`\nendstream\nendobj\nstartxref\n${file.length + body.length}\n%%EOF\n`);
    const { verdict } = await check(Buffer.concat([file, body, xref, rows, end]), 'objstm-attack');
    expect(verdict).toBe('invalid');
  });

  test('a cross-reference section that waited inside the signed bytes', async () => {
    const hidden = (previous: number): string => {
      const table = 'xref\n4 1\n@ 00000 n \ntrailer\n<</Size 902/Root 1 0 R/Prev ';
      return `${table}${String(previous).padStart(10, '0')}>>\n`;
    };
    const base = (previous: number): Buffer => {
      const other = `4 0 obj\n${otherText}\nendobj\n`;
      const bytes = rawPdf({
        ...contractObjects,
        901: rawStream(other + hidden(previous).replace('@', '0000000000')),
      });
      const at = bytes.indexOf(other);
      return Buffer.from(
        bytes
          .toString('latin1')
          .replace('0000000000 00000 n \ntrailer', `${String(at).padStart(10, '0')} 00000 n \ntrailer`),
        'latin1',
      );
    };
    const startOf = (file: Buffer): number =>
      Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1'))?.[1]);
    const rehearsal = await sign(base(0), 'waiting-rehearsal');
    const file = await sign(base(startOf(rehearsal)), 'waiting');
    expect(startOf(file)).toBe(startOf(rehearsal));
    expect((await check(file, 'waiting-base')).verdict).toBe('valid');
    const attack = rawUpdate(file, { previous: file.indexOf('xref\n4 1\n'), free: [0] });
    expect(attack.toString('latin1', attack.length - 200)).toContain('/Prev');
    const { verdict, signatures } = await check(attack, 'waiting-attack');
    expect(verdict).toBe('invalid');
    expect(signatures[0]?.changes.map(({ what }) => what)).toContain(
      'hidden cross-reference section of the signed revision brought in',
    );
  });
});
