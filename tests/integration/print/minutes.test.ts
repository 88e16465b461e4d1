import { type Minutes, type MinutesPerson, typesetMinutes } from '@shared/print/index';
import { describe, expect, it } from 'vitest';
import { flowingText, pageTexts, qpdfComplaints, tinos, wordBoxes } from './pdf-tools';

const person = (name: string, position = ''): MinutesPerson => ({ name, position });

const minutes: Minutes = {
  superior: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
  issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
  number: null,
  symbol: 'BB-LĐLĐ',
  year: 2026,
  title: 'Hội nghị lần thứ 7 Ban Chấp hành',
  startedAt: '2026-07-14T01:00:00.000Z',
  endedAt: '2026-07-14T18:30:00+14:00',
  venue: 'Phòng họp tầng 2',
  attendance: {
    summoned: 4,
    present: [person('Phạm Quốc Tuấn', 'Chủ tịch'), person('Đỗ Thị Mai'), person('Vũ Đình Khoa')],
    absent: [{ ...person('Ngô Minh Đức'), reason: 'đi công tác' }],
    guests: [],
    quorum: { rule: 'có mặt từ 2/3 số người được triệu tập trở lên (3/4)', met: true },
  },
  chair: person('Phạm Quốc Tuấn', 'Chủ tịch'),
  secretary: person('Vũ Đình Khoa', 'chuyên viên'),
  proceedings: [
    {
      title: 'Báo cáo 6 tháng',
      paragraphs: ['Thư ký trình bày báo cáo.'],
      votes: [
        {
          question: 'Thông qua báo cáo.',
          method: 'giơ tay',
          counts: [
            { label: 'Tán thành', count: 2 },
            { label: 'Không tán thành', count: 0 },
            { label: 'Ý kiến khác', count: 1 },
          ],
          base: { name: 'số ủy viên có mặt', count: 3 },
          threshold: 'trên 1/2 số ủy viên có mặt',
          passed: true,
        },
      ],
    },
  ],
  conclusions: [{ text: 'Giữ nguyên chỉ tiêu.', owner: 'Vũ Đình Khoa', due: '2026-12-10' }],
  receivers: [{ name: 'Ủy viên BCH' }],
};

describe('Nghị định 30/2020, Phụ lục III, Mẫu 1.9: biên bản', () => {
  it('ghi đủ thời gian, địa điểm, thành phần, lý do vắng, chủ trì, thư ký, diễn biến, giờ kết thúc', async () => {
    const { pdf } = await typesetMinutes(minutes, tinos);
    const text = flowingText(pdf);
    for (const part of [
      'BIÊN BẢN Hội nghị lần thứ 7 Ban Chấp hành',
      'Thời gian bắt đầu: 08 giờ 00 phút, ngày 14 tháng 7 năm 2026.',
      'Địa điểm: Phòng họp tầng 2.',
      '- Có mặt: 3/4 người được triệu tập: Phạm Quốc Tuấn (Chủ tịch); Đỗ Thị Mai; Vũ Đình Khoa.',
      '+ Ngô Minh Đức, lý do: đi công tác.',
      'cuộc họp đủ điều kiện tiến hành.',
      'Chủ trì (chủ tọa): Phạm Quốc Tuấn (Chủ tịch).',
      'Thư ký (người ghi biên bản): Vũ Đình Khoa (chuyên viên).',
      'Nội dung (theo diễn biến cuộc họp): 1. Báo cáo 6 tháng',
      '- Giữ nguyên chỉ tiêu; thực hiện: Vũ Đình Khoa; thời hạn: 10/12/2026.',
      'Cuộc họp kết thúc vào 11 giờ 30 phút, ngày 14 tháng 7 năm 2026./.',
      '- Lưu: VT, Hồ sơ.',
    ]) {
      expect(text).toContain(part);
    }
    expect(qpdfComplaints(pdf)).toBe('');
  });

  it('kết quả biểu quyết ghi cơ sở tính, tỷ lệ và ngưỡng thông qua', async () => {
    const text = flowingText((await typesetMinutes(minutes, tinos)).pdf);
    expect(text).toContain('Hình thức: giơ tay. Cơ sở tính: số ủy viên có mặt: 3 người.');
    expect(text).toContain('Tán thành 2 66,7% Không tán thành 0 0% Ý kiến khác 1 33,3%');
    expect(text).toContain('Ngưỡng thông qua: trên 1/2 số ủy viên có mặt. Kết quả: được thông qua.');
  });

  it('hai chữ ký: thư ký bên trái, chủ tọa bên phải; chỗ ký trống và nằm trên họ tên', async () => {
    const { pdf, places } = await typesetMinutes(minutes, tinos);
    const { words } = wordBoxes(pdf);
    const { secretarySignature: left, chairSignature: right } = places;
    expect(left.x + left.width).toBeLessThan(right.x);
    expect(left.page).toBe(right.page);
    for (const [place, name] of [
      [left, 'Khoa'],
      [right, 'Tuấn'],
    ] as const) {
      const below = words.filter(
        (word) =>
          word.page === place.page &&
          word.top < place.y &&
          word.left > place.x - 10 &&
          word.right < place.x + place.width + 10,
      );
      expect(below.some((word) => word.text === name)).toBe(true);
      const within = words.filter(
        (word) =>
          word.page === place.page &&
          word.bottom < place.y + place.height &&
          word.top > place.y &&
          word.right > place.x &&
          word.left < place.x + place.width,
      );
      expect(within).toEqual([]);
    }
  });

  it('cuộc họp chưa kết thúc: chừa chỗ ghi giờ kết thúc bằng tay', async () => {
    const text = flowingText((await typesetMinutes({ ...minutes, endedAt: '' }, tinos)).pdf);
    expect(text).toContain('Cuộc họp kết thúc vào …… giờ …… phút');
  });

  it('biên bản dài nhiều trang vẫn giữ chữ ký cùng trang với câu kết thúc', async () => {
    for (let count = 20; count <= 26; count += 1) {
      const paragraphs = Array.from(
        { length: count },
        (_, index) => `Ý kiến thứ ${index + 1} được ghi nhận.`,
      );
      const step = { title: 'Thảo luận', paragraphs, votes: [] };
      const { pdf, places } = await typesetMinutes({ ...minutes, proceedings: [step] }, tinos);
      expect(pageTexts(pdf)[places.chairSignature.page]).toContain('Cuộc họp kết thúc vào');
    }
  });
});
