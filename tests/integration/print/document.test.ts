import { type OfficialDocument, type Place, typesetDocument, typesetInvitation } from '@shared/print/index';
import { describe, expect, it } from 'vitest';
import { sampleDocuments, sampleInvitation } from '../../../server/sample/texts/index';
import {
  flowingText,
  fontsOf,
  pageTexts,
  pointsPerMm,
  qpdfComplaints,
  tinos,
  type Word,
  wordBoxes,
} from './pdf-tools';

function sample(id: string): OfficialDocument {
  const found = sampleDocuments.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no sample ${id}`);
  return found.document;
}

const inside = (word: Word, place: Place) =>
  word.page === place.page &&
  word.left < place.x + place.width - 1 &&
  word.right > place.x + 1 &&
  word.bottom < place.y + place.height - 1 &&
  word.top > place.y + 1;

const middleOf = (words: readonly Word[]) =>
  (Math.min(...words.map((word) => word.left)) + Math.max(...words.map((word) => word.right))) / 2;

const open: OfficialDocument = { ...sample('huyen-qd-21'), number: null, date: null };

describe('Nghị định 30/2020, Phụ lục I: văn bản hành chính', () => {
  it('mọi văn bản mẫu: 1-3 trang, qpdf không có lỗi, phông nhúng rút gọn có bảng Unicode', async () => {
    for (const { id, document } of sampleDocuments) {
      const { pdf } = await typesetDocument(document, tinos);
      expect(qpdfComplaints(pdf), id).toBe('');
      expect(pageTexts(pdf).length, id).toBeLessThanOrEqual(3);
      for (const font of fontsOf(pdf)) {
        expect(font.name, id).toMatch(/^[A-Z]{6}\+Tinos-/u);
        expect(font, id).toMatchObject({ embedded: true, subset: true, unicode: true });
      }
    }
  });

  it('chữ trích ra đúng từng chữ tiếng Việt, dạng NFC, cả khi đầu vào là NFD', async () => {
    const document = sample('huyen-bc-47');
    const decomposed: OfficialDocument = {
      ...document,
      subject: document.subject.normalize('NFD'),
      body: [
        {
          kind: 'paragraph',
          text: 'Thuở ấy, người Việt đã viết: nghiêng ngả, khuỷu tay, ướt sũng, quỵ lụy, ỡm ờ.'.normalize(
            'NFD',
          ),
        },
      ],
    };
    const text = flowingText((await typesetDocument(decomposed, tinos)).pdf);
    expect(text).toBe(text.normalize('NFC'));
    expect(text).toContain(
      'BÁO CÁO Kết quả hoạt động công đoàn 6 tháng đầu năm, nhiệm vụ trọng tâm 6 tháng cuối năm 2026',
    );
    expect(text).toContain('Thuở ấy, người Việt đã viết: nghiêng ngả, khuỷu tay, ướt sũng, quỵ lụy, ỡm ờ./.');
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(text).toContain('Độc lập - Tự do - Hạnh phúc');
    expect(text).toContain('Số: 47/BC-LĐLĐ');
    expect(text).toContain('Kính gửi: Liên đoàn Lao động tỉnh An Bình');
  });

  it('I.1, I.3: khổ A4; lề trên, dưới 20-25 mm, trái 30-35 mm, phải 15-20 mm', async () => {
    const { pages, words } = wordBoxes((await typesetDocument(sample('huyen-bc-47'), tinos)).pdf);
    expect(pages[0]?.width).toBeCloseTo(210 * pointsPerMm, 0);
    expect(pages[0]?.height).toBeCloseTo(297 * pointsPerMm, 0);
    const numbers = words.filter((word) => word.top > (297 - 20) * pointsPerMm + 1);
    const text = words.filter((word) => !numbers.includes(word));
    expect(numbers.map((word) => [word.page, word.text])).toEqual([[1, '2']]);
    expect(Math.min(...text.map((word) => word.left))).toBeGreaterThanOrEqual(30 * pointsPerMm - 0.5);
    expect(Math.min(...text.map((word) => word.left))).toBeLessThanOrEqual(35 * pointsPerMm);
    expect(Math.max(...text.map((word) => word.right))).toBeLessThanOrEqual((210 - 15) * pointsPerMm + 0.5);
    expect(Math.max(...text.map((word) => word.right))).toBeGreaterThanOrEqual((210 - 20) * pointsPerMm);
    expect(Math.min(...text.map((word) => word.bottom))).toBeGreaterThanOrEqual(20 * pointsPerMm - 4);
  });

  it('I.7: số trang từ trang 2, giữa lề trên; III.1.đ: Phụ lục đánh số riêng', async () => {
    const document = sample('tinh-kh-12');
    const [annex] = document.annexes ?? [];
    if (annex === undefined) throw new Error('no annex');
    const rows = Array.from({ length: 40 }, (_, index) => [String(index), 'Việc', '', '', '', '']);
    const block = annex.blocks[0];
    if (block?.kind !== 'table') throw new Error('no table');
    const long = { ...annex, blocks: [{ ...block, table: { ...block.table, rows } }] };
    const { pdf } = await typesetDocument({ ...document, annexes: [long] }, tinos);
    const { pages, words } = wordBoxes(pdf);
    const top = words.filter((word) => word.top > (pages[word.page]?.height ?? 0) - 20 * pointsPerMm + 1);
    expect(top.map((word) => [word.page, word.text])).toEqual([
      [1, '2'],
      [3, '2'],
    ]);
    const [second] = top;
    const page = pages[1];
    if (second === undefined || page === undefined) throw new Error('no page 2');
    const textMiddle = (30 * pointsPerMm + page.width - 15 * pointsPerMm) / 2;
    expect((second.left + second.right) / 2).toBeCloseTo(textMiddle, 0);
    expect(pages[2]?.width).toBeGreaterThan(pages[2]?.height ?? 0);
  });

  it('II.3: số nhỏ hơn 10 thêm số 0; II.4: ngày nhỏ hơn 10 và tháng 1, 2 thêm số 0', async () => {
    const text = flowingText((await typesetDocument(sample('tinh-hd-05'), tinos)).pdf);
    expect(text).toContain('Số: 05/HD-LĐLĐ');
    expect(text).toContain('An Bình, ngày 03 tháng 02 năm 2026');
    const april = flowingText((await typesetDocument(sample('huyen-tb-33'), tinos)).pdf);
    expect(april).toContain('Vĩnh Hòa, ngày 24 tháng 4 năm 2026');
  });

  it('chưa cấp số: chừa đúng chỗ giữa "Số:" và ký hiệu, và chỗ ngày tháng năm sau địa danh', async () => {
    const { pdf, places } = await typesetDocument(open, tinos);
    const { words } = wordBoxes(pdf);
    expect(words.filter((word) => inside(word, places.numberField))).toEqual([]);
    expect(words.filter((word) => inside(word, places.dateField))).toEqual([]);
    const before = words.find((word) => word.text === 'Số:');
    const after = words.find((word) => word.text === '/QĐ-LĐLĐ');
    const town = words.find((word) => word.text === 'Hòa,');
    expect(before?.right).toBeLessThanOrEqual(places.numberField.x + 0.5);
    expect(after?.left).toBeCloseTo(places.numberField.x + places.numberField.width, 0);
    expect(town?.right).toBeLessThanOrEqual(places.dateField.x + 0.5);
    expect(places.numberField.width).toBeGreaterThan(30);
    expect(places.dateField.width).toBeGreaterThan(130);
    const gaps = flowingText((await typesetDocument({ ...open, openDate: 'gaps' }, tinos)).pdf);
    expect(gaps).toContain('Vĩnh Hòa, ngày tháng năm 2026');
  });

  it('II.7.d: chữ ký giữa chức vụ và họ tên; II.8.a: dấu 36 mm trùm 1/3 chữ ký về bên trái', async () => {
    const { pdf, places } = await typesetDocument(open, tinos);
    const { words } = wordBoxes(pdf);
    const { personSignature: person, organSignature: seal } = places;
    const title = words.filter((word) => ['CHỦ', 'TỊCH'].includes(word.text));
    const name = words.filter(
      (word) => word.bottom < person.y && word.left > person.x - 20 && word.page === person.page,
    );
    expect(name.map((word) => word.text)).toEqual(['Phạm', 'Quốc', 'Tuấn']);
    expect(words.filter((word) => inside(word, person))).toEqual([]);
    expect(middleOf(title)).toBeCloseTo(person.x + person.width / 2, 0);
    expect(middleOf(name)).toBeCloseTo(person.x + person.width / 2, 0);
    expect(Math.min(...title.map((word) => word.bottom))).toBeGreaterThanOrEqual(person.y + person.height);
    expect(seal.width).toBeCloseTo(36 * pointsPerMm, 3);
    expect(seal.height).toBe(seal.width);
    expect(seal.x + seal.width - person.x).toBeCloseTo(person.width / 3, 3);
    expect(seal.y + seal.height / 2).toBeCloseTo(person.y + person.height / 2, 3);
    expect(words.filter((word) => word.text.startsWith('(b/c)') && inside(word, seal))).toEqual([]);
  });

  it('công văn: V/v dưới số, Kính gửi nhiều nơi có gạch đầu dòng, Như trên, dấu độ khẩn', async () => {
    const text = pageTexts((await typesetDocument(sample('tinh-cv-118'), tinos)).pdf).join('\n');
    const flat = text.replace(/\s+/gu, ' ');
    expect(flat).toContain('V/v báo cáo kết quả công tác 6 tháng đầu năm 2026');
    expect(flat).toContain(
      'Kính gửi: - Liên đoàn Lao động các huyện; - Các ban, Văn phòng Liên đoàn Lao động tỉnh.',
    );
    expect(flat).toContain('Nơi nhận: - Như trên; - Thường trực LĐLĐ tỉnh (b/c); - Lưu: VT, VP.');
    expect(text).toMatch(/^KHẨN$/mu);
  });

  it('quyết định: thẩm quyền, căn cứ nghiêng kết thúc bằng chấm phẩy và chấm, Điều đậm, kết thúc ./.', async () => {
    const { pdf } = await typesetDocument(sample('huyen-qd-21'), tinos);
    const text = flowingText(pdf);
    expect(text).toContain('Căn cứ Điều lệ Công đoàn Việt Nam; Căn cứ Biên bản');
    expect(text).toContain('của Công đoàn cơ sở Công ty TNHH May Phương Nam. QUYẾT ĐỊNH:');
    expect(text).toContain('thi hành Quyết định này./.');
    expect(fontsOf(pdf).map((font) => font.name)).toContain('CVPRNC+Tinos-Italic');
  });

  it('khối chữ ký không đứng một mình: trang có chữ ký luôn còn ít nhất hai dòng nội dung', async () => {
    const line =
      'Nội dung công việc được giao cho từng bộ phận, có thời hạn và người chịu trách nhiệm rõ ràng.';
    for (let count = 12; count <= 24; count += 1) {
      const body = Array.from({ length: count }, () => ({ kind: 'paragraph' as const, text: line }));
      const { pdf, places } = await typesetDocument({ ...open, bases: [], body }, tinos);
      const page = pageTexts(pdf)[places.personSignature.page] ?? '';
      expect(page, `${count} đoạn`).toContain('rõ ràng');
      expect(page, `${count} đoạn`).toContain('Nội dung công việc');
    }
  });

  it('nơi nhận dài hơn khối chữ ký thì chảy tiếp, không mất dòng nào', async () => {
    const receivers = Array.from({ length: 120 }, (_, index) => ({
      name: `Công đoàn cơ sở số ${index + 1}`,
    }));
    const { pdf } = await typesetDocument({ ...open, receivers }, tinos);
    const text = flowingText(pdf);
    for (const { name } of receivers) expect(text).toContain(`- ${name};`);
    expect(text).toContain('- Lưu: VT.');
  });

  it('ký tự lạ, chuỗi dài không ngắt và ký tự điều khiển không làm hỏng trang', async () => {
    const body = [{ kind: 'paragraph' as const, text: `\u0007Tệp ${'x'.repeat(400)} 😀 \u200bhết (a\\b)` }];
    const { pdf } = await typesetDocument({ ...open, body }, tinos);
    expect(qpdfComplaints(pdf)).toBe('');
    const { pages, words } = wordBoxes(pdf);
    expect(Math.max(...words.map((word) => word.right))).toBeLessThan(
      (pages[0]?.width ?? 0) - 14 * pointsPerMm,
    );
    expect(flowingText(pdf)).toContain('□ hết (a\\b)./.');
  });

  it('cùng đầu vào cho ra cùng từng byte', async () => {
    const [one, other] = await Promise.all([typesetDocument(open, tinos), typesetDocument(open, tinos)]);
    expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true);
  });

  it('Mẫu 1.7: giấy mời có chủ trì, thời gian theo giờ Việt Nam, địa điểm, chương trình', async () => {
    const { pdf, places } = await typesetInvitation(sampleInvitation.invitation, tinos);
    const text = flowingText(pdf);
    expect(text).toContain('GIẤY MỜI Dự Hội nghị lần thứ 7');
    expect(text).toContain('trân trọng kính mời: các đồng chí Ủy viên Ban Chấp hành');
    expect(text).toContain('Thời gian: 08 giờ 00 phút, ngày 14 tháng 7 năm 2026');
    expect(text).toContain('2. Báo cáo tiến độ chuyển đổi số');
    expect(places.personSignature.page).toBe(0);
  });
});
