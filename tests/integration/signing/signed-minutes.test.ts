import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Minutes, type MinutesPerson, typesetMinutes } from '@shared/print/index';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { readTextItems } from '../../../electron/signing/text-items';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  fieldNames,
  fillNumberAndDate,
  findMinutesPlaces,
  type MinutesPlaces,
  type Placement,
  prepareMinutes,
} from '../../../shared/signing/index';
import {
  checkFile,
  derOfPem,
  extractText,
  fonts,
  makePki,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  type TestPki,
} from './fixtures';
import { mutoolVerify } from './independent-tools';
import { signFile } from './sign-file';

const person = (name: string, position: string): MinutesPerson => ({ name, position });
const [secretary, chair] = [
  person('Phạm Kỳ Đức', 'chuyên viên'),
  person('Nguyễn Thị Thuỳ Dương', 'Chủ tịch'),
];
const minutes: Minutes = {
  superior: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
  issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
  number: null,
  symbol: 'BB-LĐLĐ',
  year: 2026,
  title: 'Hội nghị lần thứ 7 Ban Chấp hành',
  startedAt: '2026-07-14T01:00:00.000Z',
  endedAt: '2026-07-14T04:30:00.000Z',
  venue: 'Phòng họp tầng 2',
  attendance: {
    summoned: 2,
    present: [chair, secretary],
    absent: [],
    guests: [],
    quorum: { rule: 'có mặt từ 2/3 số người được triệu tập trở lên', met: true },
  },
  chair,
  secretary,
  proceedings: [],
  conclusions: [],
  receivers: [{ name: 'Ủy viên BCH' }],
};

let dir: string;
let pki: TestPki;
let draft: string;
let places: MinutesPlaces;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  draft = join(dir, 'minutes.pdf');
  const { pdf } = await typesetMinutes(minutes, { ...fonts, boldItalic: fonts.bold });
  writeFileSync(draft, pdf);
  places = findMinutesPlaces(await readTextItems(new Uint8Array(pdf)), {
    secretary: { title: 'THƯ KÝ', name: secretary.name },
    chair: { title: 'CHỦ TỌA', name: chair.name },
    sealDiameter: 36,
  });
});

afterAll(() => removeWorkDir(dir));

function found(place: Placement | 'printed' | null): Placement {
  if (place === null || place === 'printed') throw new Error('place expected');
  return place;
}

test('Mẫu 1.9: thư ký ký bên trái, chủ tọa ký bên phải, dấu trùm 1/3 bên trái chữ ký của chủ tọa', () => {
  const [left, right, seal] = [places.secretarySignature, places.chairSignature, places.organSignature].map(
    found,
  );
  if (!left || !right || !seal) throw new Error('places expected');
  expect(left.x + left.w).toBeLessThan(right.x);
  expect(Math.abs(left.y - right.y)).toBeLessThan(20);
  expect(seal.x + seal.w).toBeCloseTo(right.x + right.w / 3, 3);
});

test('thư ký chứng nhận, chủ tọa ký, số được cấp, cơ quan đóng dấu: chữ ký nào cũng còn hiệu lực', async () => {
  const stage = (n: number): string => join(dir, `minutes.${n}.pdf`);
  await transformFile(draft, stage(1), (source, sink) =>
    prepareMinutes(source, sink, {
      crypto: nodeCrypto,
      numberField: places.numberField,
      secretarySignature: found(places.secretarySignature),
      chairSignature: found(places.chairSignature),
      organSignature: places.organSignature,
    }),
  );
  const drawn = (name: string) => ({ kind: 'drawn-name', name }) as const;
  const first = { field: fieldNames.secretary, appearance: drawn(secretary.name), certify: 2 } as const;
  await signFile(stage(1), stage(2), { signer: signerOf(pki, 'pham-ky-ec'), ...first });
  const second = { field: fieldNames.chair, appearance: drawn(chair.name) };
  await signFile(stage(2), stage(3), { signer: signerOf(pki, 'nguyen-thi-thuy-duong'), ...second });
  await transformFile(stage(3), stage(4), (source, sink) =>
    fillNumberAndDate(source, sink, { crypto: nodeCrypto, fonts, number: '12', date: '2026-07-14' }),
  );
  const seal = { kind: 'drawn-seal', organisation: 'Liên đoàn Lao động huyện', superior: null } as const;
  const third = { field: fieldNames.organ, appearance: seal };
  await signFile(stage(4), stage(5), { signer: signerOf(pki, 'ldld-huyen'), ...third });

  expect(readFileSync(stage(5)).subarray(0, readFileSync(draft).length).equals(readFileSync(draft))).toBe(
    true,
  );
  expect(qpdfCheck(stage(5))).toBe(0);
  expect(pdfsigReport(stage(5)).match(/Signature is Valid/g)).toHaveLength(3);
  expect(mutoolVerify(stage(5))).toContain('unchanged since signing');
  expect(extractText(stage(5))).toMatch(/Số: *12 *\/BB-LĐLĐ/);
  const { signatures } = await checkFile(stage(5), [derOfPem(pki.root)]);
  expect(signatures.map(({ field, integrity, changesAfter }) => [field, integrity, changesAfter])).toEqual([
    ['cv.secretary', 'ok', 'form-fill'],
    ['cv.chair', 'ok', 'form-fill'],
    ['cv.organ', 'ok', 'none'],
  ]);
});
