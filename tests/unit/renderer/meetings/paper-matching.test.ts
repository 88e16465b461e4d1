import type { Paper } from '@shared/schema/meetings';
import { describe, expect, it } from 'vitest';
import {
  inPackOrder,
  leadingNumber,
  movePaper,
  papersFromFiles,
  titleFromName,
} from '../../../../renderer/src/features/meetings/paper-matching';
import { file, meeting } from './meeting-rows';

describe('số ở đầu tên tệp', () => {
  it.each([
    ['03 Báo cáo.pdf', 3],
    ['3. Dự thảo Nghị quyết.docx', 3],
    ['3_2 Phụ lục.pdf', 3],
    ['12-To trinh.pdf', 12],
    ['Mục 3 - Tờ trình.pdf', 3],
    ['Mu\u0323c 4 Ke\u0302\u0301 hoa\u0323ch.pdf', 4],
    ['1.pdf', 1],
    ['01_Bao_Cao.pdf', 1],
    ['1. TTr-LĐLĐ.pdf', 1],
  ])('%s thuộc mục %i', (name, n) => {
    expect(leadingNumber(name)).toBe(n);
  });

  it.each([
    '2026 Kế hoạch.pdf',
    '02-KH-CĐCS.pdf',
    '12-NQ-BCH ngày 3.pdf',
    '21-11-2026 Báo cáo.pdf',
    '2026-11-21.pdf',
    'Báo cáo 3.pdf',
    '3A Bảng.pdf',
  ])('%s không nêu mục nào', (name) => {
    expect(leadingNumber(name)).toBe(0);
  });
});

describe('tên tài liệu từ tên tệp', () => {
  it('bỏ số ở đầu và phần mở rộng, giữ dấu tiếng Việt', () => {
    expect(titleFromName('03. Báo_cáo tháng 11.pdf')).toBe('Báo cáo tháng 11');
    expect(titleFromName('Mục 3 - Tờ trình.docx')).toBe('Tờ trình');
  });

  it('không bao giờ rỗng', () => {
    expect(titleFromName('1.pdf')).toBe('1');
  });
});

describe('gắn tệp vào mục', () => {
  const { agenda } = meeting();
  let next = 0;
  const newId = () => `t${(next += 1)}`;

  it('theo số đầu tên; tệp không có số hoặc số quá lớn về mục đang chọn', () => {
    const papers = papersFromFiles(
      [
        file('2 Kế hoạch.pdf', 'a'),
        file('9 Khác.pdf', 'b'),
        file('1 Báo cáo.pdf', 'c'),
        file('Thư.pdf', 'd'),
      ],
      agenda,
      'a2',
      newId,
    );
    expect(papers.map((paper) => [paper.title, paper.agendaItem])).toEqual([
      ['Báo cáo', 'a1'],
      ['Kế hoạch', 'a2'],
      ['Khác', 'a2'],
      ['Thư', 'a2'],
    ]);
  });

  it('xếp tên theo số như người đếm: 2 trước 10', () => {
    const names = papersFromFiles([file('10 b.pdf', 'a'), file('2 a.pdf', 'b')], agenda, '', newId);
    expect(names.map((paper) => paper.file.name)).toEqual(['2 a.pdf', '10 b.pdf']);
  });
});

describe('thứ tự tài liệu trong gói', () => {
  const paper = (id: string, agendaItem: string): Paper => ({
    id,
    agendaItem,
    title: id,
    file: file(`${id}.pdf`, 'a'),
  });
  const papers = [paper('x', ''), paper('b1', 'a2'), paper('a', 'a1'), paper('b2', 'a2')];

  it('theo mục chương trình, tài liệu chung ở cuối, trong một mục giữ thứ tự đã xếp', () => {
    expect(inPackOrder(papers, meeting().agenda).map(({ id }) => id)).toEqual(['a', 'b1', 'b2', 'x']);
  });

  it('đổi chỗ chỉ trong cùng một mục', () => {
    expect(movePaper(papers, 'b2', -1).map(({ id }) => id)).toEqual(['x', 'b2', 'a', 'b1']);
    expect(movePaper(papers, 'b1', -1)).toBe(papers);
  });
});
