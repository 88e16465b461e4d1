import {
  type IncomingRegisterRow,
  type OutgoingRegisterRow,
  type RegisterCover,
  registerCsv,
  typesetArrivalStamp,
  typesetRegister,
  typesetRoutingSlip,
} from '@shared/print/index';
import { describe, expect, it } from 'vitest';
import { costOf } from '../../processor-time';
import { flowingText, pageTexts, pointsPerMm, qpdfComplaints, tinos, wordBoxes } from './pdf-tools';

const cover: RegisterCover = {
  superior: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
  issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
  year: 2026,
  from: '2026-01-02',
  to: '2026-06-30',
  fromNumber: 1,
  toNumber: 3000,
  volume: 1,
};

const incoming = (number: number): IncomingRegisterRow => ({
  arrivedOn: '2026-03-05',
  arrivalNumber: number,
  author: 'Liên đoàn Lao động tỉnh An Bình',
  symbol: `${number}/KH-LĐLĐ`,
  documentDate: '2026-03-03',
  subject: `Kế hoạch kiểm tra việc thực hiện nhiệm vụ trọng tâm, đợt ${number}, tại các công đoàn cơ sở trực thuộc`,
  receiver: 'Vũ Đình Khoa',
  forwardedOn: '2026-03-05',
  note: '',
});

const outgoing: OutgoingRegisterRow = {
  symbol: '09/KH-LĐLĐ',
  documentDate: '2026-02-10',
  subject: 'Kế hoạch thực hiện chuyển đổi số',
  signer: 'Phạm Quốc Tuấn',
  receivers: 'LĐLĐ tỉnh An Bình; các CĐCS trực thuộc',
  copyKeeper: 'Văn thư',
  copies: 2,
  forwardedOn: '2026-02-10',
  note: '',
};

const incomingTitles = [
  'Ngày đến',
  'Số đến',
  'Tác giả',
  'Số, ký hiệu văn bản',
  'Ngày tháng văn bản',
  'Tên loại và trích yếu nội dung văn bản',
  'Đơn vị hoặc người nhận',
  'Ngày chuyển',
  'Ký nhận',
  'Ghi chú',
];
const outgoingTitles = [
  'Số, ký hiệu văn bản',
  'Ngày tháng văn bản',
  'Tên loại và trích yếu nội dung văn bản',
  'Người ký',
  'Nơi nhận văn bản',
  'Đơn vị, người nhận bản lưu',
  'Số lượng bản',
  'Ngày chuyển',
  'Ký nhận',
  'Ghi chú',
];

/** The heading of each column on a page, read between the numbers (1) … (10) under it. */
function headings(pdf: Uint8Array, page: number): readonly string[] {
  const words = wordBoxes(pdf).words.filter((word) => word.page === page);
  const numbers = words
    .filter((word) => /^\(\d+\)$/u.test(word.text))
    .toSorted((one, other) => one.left - other.left);
  expect(numbers.map((word) => word.text)).toEqual(
    Array.from({ length: 10 }, (_, index) => `(${index + 1})`),
  );
  const floor = numbers[0]?.top ?? 0;
  const middle = (word: { left: number; right: number }) => (word.left + word.right) / 2;
  const above = words.filter((word) => word.bottom > floor - 3);
  return numbers.map((number) =>
    above
      .filter((word) => {
        const nearest = numbers.toSorted(
          (one, other) => Math.abs(middle(one) - middle(word)) - Math.abs(middle(other) - middle(word)),
        );
        return nearest[0] === number || false;
      })
      .map((word) => word.text)
      .join(' '),
  );
}

describe('Nghị định 30/2020, Phụ lục IV: sổ đăng ký', () => {
  it('bìa: cơ quan chủ quản, cơ quan, tên sổ, năm, từ ngày, từ số, quyển số', async () => {
    const pdf = await typesetRegister('incoming', cover, [incoming(1)], tinos);
    const first = (pageTexts(pdf)[0] ?? '').replace(/\s+/gu, ' ').trim();
    expect(first).toBe(
      'LIÊN ĐOÀN LAO ĐỘNG TỈNH AN BÌNH LIÊN ĐOÀN LAO ĐỘNG HUYỆN VĨNH HÒA SỔ ĐĂNG KÝ VĂN BẢN ĐẾN Năm: 2026 ' +
        'Từ ngày 02/01/2026 đến ngày 30/06/2026 Từ số 01 đến số 3000 Quyển số: 01',
    );
    const { pages } = wordBoxes(pdf);
    for (const page of pages) {
      expect(page.width).toBeCloseTo(297 * pointsPerMm, 0);
      expect(page.height).toBeCloseTo(210 * pointsPerMm, 0);
    }
  });

  it('bìa của một loạt số đã khóa nói tên loạt số và ngày khóa', async () => {
    const closed = { ...cover, series: 'Ủy ban Kiểm tra', closedOn: '2027-01-20' };
    const first = (
      pageTexts(await typesetRegister('incoming', closed, [incoming(1)], tinos))[0] ?? ''
    ).replace(/\s+/gu, ' ');
    expect(first).toContain('Quyển số: 01 Loạt số: Ủy ban Kiểm tra Sổ đã khóa ngày 20/01/2027');
  });

  it('sổ đi: đủ mười cột đúng tên, đúng thứ tự, có hàng số cột', async () => {
    const pdf = await typesetRegister('outgoing', cover, [outgoing], tinos);
    expect(pageTexts(pdf)[0]).toContain('SỔ ĐĂNG KÝ VĂN BẢN ĐI');
    expect(headings(pdf, 1)).toEqual(outgoingTitles);
  });

  it('sổ đến 3.000 dòng: dưới 10 giây, tiêu đề lặp lại mọi trang, Trang n/m, không thiếu số nào', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => incoming(index + 1));
    const { result: pdf, ms } = await costOf(() => typesetRegister('incoming', cover, rows, tinos));
    expect(ms).toBeLessThan(10_000);
    expect(qpdfComplaints(pdf)).toBe('');
    const [, ...pages] = pageTexts(pdf);
    pages.forEach((text, index) => expect(text).toContain(`Trang ${index + 1}/${pages.length}`));
    expect(headings(pdf, 1)).toEqual(incomingTitles);
    expect(headings(pdf, pages.length)).toEqual(incomingTitles);
    const numbers = [...pages.join('\n').matchAll(/\b(\d+)\/KH-LĐLĐ/gu)].map((match) => Number(match[1]));
    expect(numbers.toSorted((one, other) => one - other)).toEqual(rows.map((row) => row.arrivalNumber));
    const { words } = wordBoxes(pdf);
    expect(Math.min(...words.map((word) => word.bottom))).toBeGreaterThan(8 * pointsPerMm);
  }, 60_000);

  it('một dòng cao hơn cả trang được chia sang trang sau, không mất chữ', async () => {
    const subject = Array.from({ length: 900 }, (_, index) => `chữ${index}`).join(' ');
    const pdf = await typesetRegister('incoming', cover, [{ ...incoming(1), subject }], tinos);
    const text = flowingText(pdf);
    for (const index of [0, 449, 899]) expect(text).toContain(`chữ${index}`);
    expect(pageTexts(pdf).length).toBeGreaterThan(3);
  });

  it('sổ trống vẫn in được bìa và hàng tiêu đề', async () => {
    const pdf = await typesetRegister('outgoing', { ...cover, fromNumber: null, toNumber: null }, [], tinos);
    expect(headings(pdf, 1).slice(0, 2)).toEqual(outgoingTitles.slice(0, 2));
    expect(flowingText(pdf)).toContain('Từ số …… đến số ……');
  });

  it('CSV và bản in cùng mười cột', () => {
    const [head, row] = registerCsv('outgoing', [outgoing]).replace('\ufeff', '').split('\r\n');
    expect(head).toBe(outgoingTitles.map((title) => (title.includes(',') ? `"${title}"` : title)).join(','));
    expect(row).toBe(
      '09/KH-LĐLĐ,10/02/2026,Kế hoạch thực hiện chuyển đổi số,Phạm Quốc Tuấn,LĐLĐ tỉnh An Bình; các CĐCS trực thuộc,Văn thư,2,10/02/2026,,',
    );
  });
});

describe('Nghị định 30/2020, Phụ lục IV: phiếu giải quyết và dấu đến', () => {
  it('phiếu giải quyết: ba ô ý kiến; ý kiến nhập thay ghi rõ người nhập', async () => {
    const pdf = await typesetRoutingSlip(
      {
        superior: '',
        issuer: cover.issuer,
        place: 'Vĩnh Hòa',
        date: '2026-06-02',
        year: 2026,
        document: {
          typeName: 'Công văn',
          symbol: '118/LĐLĐ-VP',
          date: '2026-06-01',
          issuer: 'Liên đoàn Lao động tỉnh An Bình',
          subject: 'V/v báo cáo',
        },
        arrival: { number: 7, date: '2026-06-02' },
        leader: [
          {
            author: 'Phạm Quốc Tuấn',
            position: 'Chủ tịch',
            text: 'Giao soạn báo cáo.',
            lead: 'Vũ Đình Khoa',
            support: ['Đỗ Thị Mai'],
            dueDate: '2026-06-17',
            givenOn: '2026-06-02',
            enteredBy: 'Lê Thị Thu Hằng',
          },
        ],
        unitHead: [],
        handler: [],
      },
      tinos,
    );
    const text = flowingText(pdf);
    expect(text).toContain(
      'PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN Công văn số 118/LĐLĐ-VP ngày 01 tháng 6 năm 2026 của Liên đoàn Lao động tỉnh An Bình: V/v báo cáo Số đến: 07; ngày đến: 02/06/2026',
    );
    expect(text).toContain(
      '1. Ý kiến của lãnh đạo cơ quan, tổ chức Phạm Quốc Tuấn, Chủ tịch (Lê Thị Thu Hằng nhập thay theo bút phê trên giấy): Giao soạn báo cáo.',
    );
    expect(text).toContain(
      '- Giao chủ trì: Vũ Đình Khoa - Phối hợp: Đỗ Thị Mai - Thời hạn giải quyết: 17/06/2026',
    );
    expect(text).toMatch(/2\. Ý kiến của lãnh đạo đơn vị.*3\. Ý kiến đề xuất của người giải quyết/u);
    expect(pageTexts(pdf)).toHaveLength(1);
  });

  it('dấu ĐẾN đúng 35 x 50 mm, đủ bốn dòng, chữ nằm trong khung', async () => {
    const stamp = {
      issuer: cover.issuer,
      number: 7,
      date: '2026-06-02',
      forwardedTo: 'Đồng chí Nguyễn Hoàng Thị Khánh Huyền Trân, Văn phòng',
      fileSymbol: '03.VP',
    };
    const pdf = await typesetArrivalStamp(stamp, tinos);
    const { pages, words } = wordBoxes(pdf);
    expect(pages[0]?.width).toBeCloseTo(50 * pointsPerMm, 1);
    expect(pages[0]?.height).toBeCloseTo(35 * pointsPerMm, 1);
    expect(Math.max(...words.map((word) => word.right))).toBeLessThan(49 * pointsPerMm);
    expect(Math.min(...words.map((word) => word.bottom))).toBeGreaterThan(1 * pointsPerMm);
    const text = flowingText(pdf);
    for (const part of ['ĐẾN', 'Số: 07', 'Ngày: 02/06/2026', 'Chuyển:', 'Số và ký hiệu HS: 03.VP'])
      expect(text).toContain(part);
  });
});
