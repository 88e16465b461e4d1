import { describe, expect, it } from 'vitest';
import { pdfFileName } from '../../../../renderer/src/features/meetings/file-name';
import { papersFromDocuments } from '../../../../renderer/src/features/meetings/paper-matching';
import { neighbour, papersOf, readables } from '../../../../renderer/src/features/meetings/read/paper-order';
import { file, meeting } from './meeting-rows';

const row = meeting({
  papers: [
    { id: 't3', agendaItem: 'gone', title: 'Tài liệu chung', file: file('c.pdf', 'c') },
    { id: 't2', agendaItem: 'a2', title: 'Kế hoạch', file: file('b.pdf', 'b') },
    { id: 't1', agendaItem: 'a1', title: 'Báo cáo', file: file('a.pdf', 'a') },
  ],
  pack: { version: 1, at: '', by: 'p1', manifest: 'e'.repeat(64), document: file('goi.pdf', 'd') },
});

describe('thứ tự đọc của đại biểu', () => {
  const list = readables(row, 'Cả gói');

  it('theo chương trình, rồi tài liệu chung, cuối cùng là cả gói', () => {
    expect(list.map(({ title }) => title)).toEqual(['Báo cáo', 'Kế hoạch', 'Tài liệu chung', 'Cả gói']);
  });

  it('tài liệu trước, sau; ở hai đầu thì đứng yên', () => {
    expect(neighbour(list, 't1', 1)?.id).toBe('t2');
    expect(neighbour(list, 't1', -1)).toBeNull();
    expect(neighbour(list, 'không có', 1)).toBeNull();
  });

  it('tài liệu của mục đã bị bỏ khỏi chương trình vẫn hiện ở tài liệu chung', () => {
    expect(papersOf(row, '').map(({ id }) => id)).toEqual(['t3']);
  });
});

describe('tài liệu lấy từ văn bản đã vào sổ', () => {
  it('mang tên văn bản và không gắn nhầm mục theo số của văn bản', () => {
    const [paper] = papersFromDocuments(
      [{ name: '02/KH-CĐCS – Đối thoại định kỳ', file: file('02-KH-CĐCS.pdf', 'a') }],
      () => 'n1',
    );
    expect(paper).toMatchObject({ agendaItem: '', title: '02/KH-CĐCS – Đối thoại định kỳ' });
  });
});

describe('tên tệp PDF', () => {
  it('không có ký tự mà hệ điều hành cấm, không quá dài', () => {
    expect(pdfFileName('Tài liệu họp: lần 1/2 "BTV"')).toBe('Tài liệu họp lần 1 2 BTV.pdf');
    expect(pdfFileName('a'.repeat(400)).length).toBeLessThanOrEqual(144);
  });
});
