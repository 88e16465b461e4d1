import { createHash } from 'node:crypto';
import { degrees, PDFArray, PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { assemblePack, type PackMeeting, type PackPaper, typesetDocument } from '@shared/print/index';
import { photoTurn } from '@shared/print/pack/image-page';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleDocuments } from '../../../server/sample/texts/index';
import {
  attachmentsOf,
  bookmarksOf,
  flowingText,
  inkOf,
  pageTexts,
  qpdfComplaints,
  throughQpdf,
  tinos,
  wordBoxes,
} from './pdf-tools';

const meeting: PackMeeting = {
  superior: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
  issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
  title: 'Hội nghị lần thứ 7 Ban Chấp hành',
  startsAt: '2026-07-14T08:00:00+07:00',
  venue: 'Phòng họp tầng 2',
  chair: 'Phạm Quốc Tuấn',
  version: 2,
  agenda: [
    { id: 'a', title: 'Báo cáo 6 tháng', presenter: 'Vũ Đình Khoa', minutes: 30 },
    { id: 'b', title: 'Phương án thiết bị', presenter: 'Đỗ Thị Mai', minutes: 45 },
    { id: 'c', title: 'Thảo luận, biểu quyết', presenter: '', minutes: 0 },
  ],
};

// One white pixel, PNG.
const pixel = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
    'base64',
  ),
);

function paper(
  title: string,
  agendaItemId: string,
  bytes: Uint8Array | null,
  more: Partial<PackPaper> = {},
): PackPaper {
  const sha256 = createHash('sha256')
    .update(bytes ?? new Uint8Array())
    .digest('hex');
  return {
    title,
    agendaItemId,
    fileName: `${title}.pdf`,
    mime: 'application/pdf',
    kind: 'pdf',
    sha256,
    bytes,
    ...more,
  };
}

let report: Uint8Array;
let plan: Uint8Array;

beforeAll(async () => {
  const typeset = async (id: string) => {
    const found = sampleDocuments.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no sample ${id}`);
    return (await typesetDocument(found.document, tinos)).pdf;
  };
  report = await typeset('huyen-bc-47');
  plan = await typeset('tinh-kh-12');
});

const footers = (pdf: Uint8Array) =>
  pageTexts(pdf).map((text) => /Trang (\d+)\/(\d+)/u.exec(text)?.[0] ?? '');

describe('Gói tài liệu họp', () => {
  it('một PDF: bìa, chương trình có số trang, đủ trang tài liệu, số trang liên tục, tên mục ở chân trang', async () => {
    const pack = await assemblePack(
      meeting,
      [paper('Báo cáo', 'a', report), paper('Kế hoạch', 'b', plan)],
      tinos,
    );
    const texts = pageTexts(pack.pdf);
    expect(pack.problems).toEqual([]);
    expect(pack.pages).toBe(2 + 2 + 3);
    expect(texts).toHaveLength(7);
    expect(footers(pack.pdf)).toEqual(['', ...[2, 3, 4, 5, 6, 7].map((page) => `Trang ${page}/7`)]);
    expect(texts[0]).toContain('TÀI LIỆU HỌP');
    expect(texts[0]).toContain('Bản phát hành lần 2: 2 tài liệu, 7 trang');
    expect((texts[1] ?? '').replace(/\s+/gu, ' ')).toContain('- Kế hoạch');
    expect(texts[2]).toContain('1. Báo cáo 6 tháng');
    expect(texts[6]).toContain('2. Phương án thiết bị');
    expect(qpdfComplaints(pack.pdf)).toBe('');
    const agenda = wordBoxes(pack.pdf).words.filter((word) => word.page === 1 && /^\d+$/u.test(word.text));
    expect(agenda.map((word) => word.text)).toEqual(expect.arrayContaining(['3', '5']));
  });

  it('chữ của trang nhập vào không đổi, kể cả khi nhập chính tập tài liệu vào một tập khác', async () => {
    const inner = await assemblePack(meeting, [paper('Báo cáo', 'a', report)], tinos);
    const outer = await assemblePack(
      meeting,
      [paper('Tập cũ', 'a', inner.pdf), paper('Báo cáo', 'b', report)],
      tinos,
    );
    const text = flowingText(outer.pdf);
    const sentences =
      text.split('Hai doanh nghiệp chậm lương dưới 10 ngày, công đoàn đã làm việc và được giải quyết.')
        .length - 1;
    expect(sentences).toBe(2);
    expect(footers(outer.pdf).at(-1)).toBe(`Trang ${outer.pages}/${outer.pages}`);
    expect(qpdfComplaints(outer.pdf)).toBe('');
  });

  it('mục lục hai cấp đúng bằng chương trình và tài liệu, mở đúng trang', async () => {
    const papers = [
      paper('Kế hoạch', 'b', plan),
      paper('Báo cáo', 'a', report),
      paper('Phụ thêm', 'khác', report),
    ];
    const pack = await assemblePack(meeting, papers, tinos);
    expect(bookmarksOf(pack.pdf)).toEqual([
      { title: '1. Báo cáo 6 tháng', page: 3, children: [{ title: 'Báo cáo', page: 3, children: [] }] },
      { title: '2. Phương án thiết bị', page: 5, children: [{ title: 'Kế hoạch', page: 5, children: [] }] },
      { title: '3. Thảo luận, biểu quyết', page: 2, children: [] },
      { title: '4. Tài liệu khác', page: 8, children: [{ title: 'Phụ thêm', page: 8, children: [] }] },
    ]);
    expect(pack.papers.map(({ title, firstPage, pages }) => [title, firstPage, pages])).toEqual([
      ['Báo cáo', 3, 2],
      ['Kế hoạch', 5, 3],
      ['Phụ thêm', 8, 2],
    ]);
  });

  it('tệp gốc đính kèm nguyên vẹn từng byte, tên tiếng Việt và ký tự lạ không làm hỏng tập', async () => {
    const sheet = new Uint8Array([80, 75, 3, 4, 0, 255, 13, 10, 26]);
    const papers = [
      paper('Báo cáo', 'a', report, { fileName: 'Báo cáo (bản 2) )đúng\\.pdf' }),
      paper('Số liệu', 'b', sheet, { kind: 'xlsx', fileName: '../số liệu.xlsx', mime: 'application/zip' }),
    ];
    const pack = await assemblePack(meeting, papers, tinos);
    const attached = attachmentsOf(pack.pdf);
    expect([...attached.keys()].toSorted()).toEqual([
      '001 - Báo cáo (bản 2) )đúng_.pdf',
      '002 - .._số liệu.xlsx',
    ]);
    expect(
      [...attached.values()].map((bytes) => createHash('sha256').update(bytes).digest('hex')).toSorted(),
    ).toEqual(papers.map((each) => each.sha256).toSorted());
    expect(qpdfComplaints(pack.pdf)).toBe('');
  });

  it('tệp hỏng, rỗng, có mật khẩu hoặc chưa có: có trang nói rõ, phần còn lại vẫn đủ', async () => {
    const locked = throughQpdf(report, (input, output) => [
      '--encrypt',
      'mo',
      'chu',
      '256',
      '--',
      input,
      output,
    ]);
    const papers = [
      paper('Cụt', 'a', report.slice(0, 900)),
      paper('Rác', 'a', new TextEncoder().encode('khong phai pdf')),
      paper('Rỗng', 'a', new Uint8Array()),
      paper('Khóa', 'b', locked),
      paper('Thiếu', 'b', null),
      paper('Ảnh hỏng', 'b', pixel.slice(0, 40), { kind: 'image', mime: 'image/png' }),
      paper('Lành', 'c', report),
    ];
    const pack = await assemblePack(meeting, papers, tinos);
    expect(pack.problems.map(({ title, code }) => [title, code])).toEqual([
      ['Cụt', 'FILE_BROKEN'],
      ['Rác', 'FILE_BROKEN'],
      ['Rỗng', 'FILE_EMPTY'],
      ['Khóa', 'FILE_ENCRYPTED'],
      ['Thiếu', 'FILE_NOT_FOUND'],
      ['Ảnh hỏng', 'FILE_BROKEN'],
    ]);
    const texts = pageTexts(pack.pdf);
    expect(texts.filter((text) => text.includes('TÀI LIỆU KHÔNG ĐƯA ĐƯỢC VÀO TẬP'))).toHaveLength(6);
    expect(texts[5]).toContain('Khóa.pdf');
    expect(flowingText(pack.pdf)).toContain('kính trình Liên đoàn Lao động tỉnh xem xét');
    expect(pack.pages).toBe(2 + 6 + 2);
    expect(qpdfComplaints(pack.pdf)).toBe('');
  });

  it('video, DOCX, XLSX: một trang ghi tên tệp, không tính là lỗi', async () => {
    const video = paper('Phim', 'a', null, { kind: 'video', fileName: 'tổng kết.mp4', mime: 'video/mp4' });
    const pack = await assemblePack(meeting, [video], tinos);
    expect(pack.problems).toEqual([]);
    expect(pageTexts(pack.pdf)[2]).toContain('tổng kết.mp4');
    expect(pageTexts(pack.pdf)[2]).toContain('Tệp gốc không nằm trong tập này');
  });

  it('ảnh PNG đặt trọn trong một trang A4', async () => {
    const pack = await assemblePack(
      meeting,
      [paper('Ảnh', 'a', pixel, { kind: 'image', fileName: 'a.png', mime: 'image/png' })],
      tinos,
    );
    expect(pack.problems).toEqual([]);
    const { pages } = wordBoxes(pack.pdf);
    expect(Math.round(pages[2]?.width ?? 0)).toBe(595);
  });

  it('hàng trong chương trình bấm được, dẫn đến trang của tài liệu', async () => {
    const pack = await assemblePack(
      meeting,
      [paper('Báo cáo', 'a', report), paper('Kế hoạch', 'b', plan)],
      tinos,
    );
    const loaded = await PDFDocument.load(pack.pdf);
    const refs = loaded.getPages().map((page) => page.ref);
    const annotations = loaded.getPage(1).node.Annots()?.asArray() ?? [];
    const targets = annotations.map((each) => {
      const destination = loaded.context.lookup(each, PDFDict).lookup(PDFName.of('Dest'), PDFArray).get(0);
      return refs.findIndex((ref) => ref === destination) + 1;
    });
    expect(targets).toEqual([3, 3, 5, 5]);
  });

  it('ảnh JPEG chụp nghiêng được xoay theo Exif: phần trên của ảnh lên trên', async () => {
    const turnOf = (orientation: number) => {
      const exif = [
        0xff,
        0xe1,
        0,
        34,
        0x45,
        0x78,
        0x69,
        0x66,
        0,
        0,
        0x4d,
        0x4d,
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        1,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
      ];
      return photoTurn(new Uint8Array([0xff, 0xd8, ...exif, 0xff, 0xda]));
    };
    expect([1, 3, 6, 8].map(turnOf)).toEqual([0, 180, 90, 270]);
    expect(photoTurn(new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 200, 0x45]))).toBe(0);
  });

  it('chân trang nằm dưới cùng như người đọc thấy, không đè nội dung: mọi góc xoay, khung trang lệch', async () => {
    const odd = await PDFDocument.create();
    const font = await odd.embedFont('Helvetica');
    for (const angle of [0, 90, 180, 270]) {
      const page = odd.addPage();
      page.setMediaBox(-50, 120, 700, 500);
      page.setCropBox(0, 150, 600, 400);
      page.setRotation(degrees(angle));
      for (const [x, y] of [
        [6, 152],
        [560, 152],
        [6, 536],
        [560, 536],
      ] as const)
        page.drawText('goc', { x, y, size: 12, font });
    }
    const pack = await assemblePack(meeting, [paper('Lệch', 'a', new Uint8Array(await odd.save()))], tinos);
    const { words } = wordBoxes(pack.pdf);
    for (const index of [2, 3, 4, 5]) {
      const height = index % 2 === 1 ? 600 : 400;
      const own = words.filter((word) => word.page === index);
      const label = own.filter((word) => word.text === 'Trang' || word.text.includes('/6'));
      const corners = own.filter((word) => word.text === 'goc');
      expect(label).toHaveLength(2);
      expect(corners).toHaveLength(4);
      for (const word of label) expect(word.fromTop[0]).toBeGreaterThan(height - 16);
      for (const word of corners) expect(word.fromTop[1]).toBeLessThan(height - 16);
    }
  });

  it('hình chữ ký, dấu trong chú giải trang gốc vẫn hiện; trường, kịch bản và liên kết cũ thì không', async () => {
    const source = await PDFDocument.create();
    const page = source.addPage([595, 842]);
    const { context } = source;
    const look = context.register(context.formXObject([], { BBox: [0, 0, 100, 100] }));
    const filled = context.register(
      context.stream('0 0 100 100 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 100] }),
    );
    const widget = (appearance: typeof look, flags: number) =>
      context.register(
        context.obj({
          Type: 'Annot',
          Subtype: 'Widget',
          FT: 'Sig',
          T: 'chuky',
          F: flags,
          P: page.ref,
          Rect: [100, 300, 400, 600],
          AP: { N: appearance },
          AA: { E: { S: 'JavaScript', JS: 'app.alert(1)' } },
        }),
      );
    page.node.set(PDFName.of('Annots'), context.obj([widget(filled, 4), widget(filled, 2)]));
    const bytes = new Uint8Array(await source.save());
    const pack = await assemblePack(meeting, [paper('Đã ký', 'a', bytes)], tinos);
    expect(inkOf(pack.pdf, 3)).toBeGreaterThan(0.12);
    expect(inkOf(pack.pdf, 3)).toBeLessThan(0.25);
    const plain = throughQpdf(pack.pdf, (input, output) => [
      '--qdf',
      '--object-streams=disable',
      input,
      output,
    ]);
    const text = Buffer.from(plain).toString('latin1');
    expect(text).toContain('/Subtype /Stamp');
    expect(text).not.toContain('/Subtype /Widget');
    expect(text).not.toContain('/S /JavaScript');
  });

  it('30 tài liệu, 300 trang: dưới 60 giây', async () => {
    const big = await PDFDocument.create();
    const source = await PDFDocument.load(report);
    for (let count = 0; count < 5; count += 1)
      for (const page of await big.copyPages(source, [0, 1])) big.addPage(page);
    const ten = new Uint8Array(await big.save());
    const papers = Array.from({ length: 30 }, (_, index) =>
      paper(`Tài liệu ${index + 1}`, ['a', 'b', 'c'][index % 3] ?? 'a', ten),
    );
    const start = performance.now();
    const pack = await assemblePack(meeting, papers, tinos);
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(pack.pages).toBeGreaterThan(300);
    expect(footers(pack.pdf).at(-1)).toBe(`Trang ${pack.pages}/${pack.pages}`);
    expect(bookmarksOf(pack.pdf).map((item) => item.children.length)).toEqual([10, 10, 10]);
  }, 120_000);
});
