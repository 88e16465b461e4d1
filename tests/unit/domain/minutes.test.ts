import { draftMinutes, personOf, readSteps, voteResult, voteSentence } from '@shared/domain/minutes';
import type { Vote } from '@shared/schema/meetings';
import { describe, expect, it } from 'vitest';
import { file, meeting } from '../renderer/meetings/meeting-rows';

const vote: Vote = {
  agendaItem: 'a2',
  question: 'Nhất trí thông qua kế hoạch',
  rule: { threshold: 'over-half', denominator: 'summoned' },
  summoned: 15,
  present: 13,
  agree: 12,
  disagree: 1,
  other: 0,
  passed: true,
  at: '2026-11-20T09:10:00+07:00',
};

const held = meeting({
  state: 'closed',
  startedAt: '2026-11-20T08:05:00+07:00',
  endedAt: '2026-11-20T10:15:00+07:00',
  papers: [{ id: 't1', agendaItem: 'a1', title: 'Báo cáo tháng 11', file: file('1 Báo cáo.pdf', 'a') }],
  attendance: {
    p1: { status: 'present', at: '', reason: '' },
    p2: { status: 'present', at: '', reason: '' },
    p3: { status: 'absent', at: '', reason: 'đi công tác' },
  },
  votes: { v1: vote },
  conclusions: {
    k1: {
      agendaItem: 'a2',
      text: 'Hoàn thành danh sách đoàn viên khó khăn.',
      owner: 'p2',
      due: '2026-12-05',
      at: '2026-11-20T09:20:00+07:00',
    },
  },
});

describe('kết quả biểu quyết bằng lời', () => {
  it('nêu tỷ lệ trên đúng mẫu số của điều kiện và nêu điều kiện', () => {
    expect(voteResult(vote)).toBe('Tán thành 12/15 (80 %) – ĐẠT (cần quá 1/2 số triệu tập)');
  });

  it('lấy mẫu số là số có mặt khi điều kiện tính trên số có mặt, và nói KHÔNG ĐẠT', () => {
    const failed: Vote = {
      ...vote,
      rule: { threshold: 'two-thirds', denominator: 'present' },
      agree: 8,
      disagree: 5,
      passed: false,
    };
    expect(voteResult(failed)).toBe('Tán thành 8/13 (61,5 %) – KHÔNG ĐẠT (cần ít nhất 2/3 số có mặt)');
  });

  it('câu trong biên bản có đủ ba số, ý kiến khác không lẫn với không tán thành', () => {
    expect(voteSentence({ ...vote, other: 2 })).toContain('Không tán thành: 1; Ý kiến khác: 2');
  });
});

describe('dự thảo biên bản từ diễn biến', () => {
  const draft = draftMinutes(held, new Map());

  it('mở đầu bằng giờ khai mạc, người khai mạc, số có mặt và người vắng với lý do', () => {
    expect(draft).toContain(
      '08 giờ 05 phút, ngày 20 tháng 11 năm 2026, đồng chí Trần Thị Hoa khai mạc cuộc họp.',
    );
    expect(draft).toContain('Có mặt 2/3 người được triệu tập; đủ điều kiện tiến hành');
    expect(draft).toContain('Vắng mặt: Phạm Minh Đức, lý do: đi công tác.');
  });

  it('mỗi mục chương trình là một bước, theo thứ tự, có người trình bày và tài liệu', () => {
    expect(readSteps(draft).map((step) => step.title)).toEqual([
      'Khai mạc',
      'Báo cáo công tác tháng 11',
      'Kế hoạch thăm đoàn viên dịp Tết',
    ]);
    expect(readSteps(draft)[1]?.paragraphs).toEqual([
      'Đồng chí Lê Văn Bình trình bày.',
      'Tài liệu: Báo cáo tháng 11.',
    ]);
  });

  it('biểu quyết và kết luận đứng dưới mục của nó, kết luận có người thực hiện và thời hạn', () => {
    const step = readSteps(draft)[2];
    expect(step?.paragraphs[0]).toBe(voteSentence(vote));
    expect(step?.paragraphs[1]).toBe(
      'Kết luận: Hoàn thành danh sách đoàn viên khó khăn; thực hiện: Lê Văn Bình; thời hạn: 05/12/2026.',
    );
  });

  it('người chưa điểm danh được ghi là vắng không có lý do', () => {
    const { p3: _unknown, ...called } = held.attendance;
    expect(draftMinutes({ ...held, attendance: called }, new Map())).toContain(
      'Vắng mặt: Phạm Minh Đức, lý do: không có lý do.',
    );
  });

  it('biểu quyết của mục không còn trong chương trình không bị mất', () => {
    const orphan = draftMinutes({ ...held, votes: { v1: { ...vote, agendaItem: 'gone' } } }, new Map());
    expect(readSteps(orphan).at(-1)?.title).toBe('Nội dung khác');
    expect(readSteps(orphan).at(-1)?.paragraphs).toContain(voteSentence(vote));
  });
});

describe('đọc lại biên bản đã sửa', () => {
  it('danh sách đánh số trong một bước không thành đề mục', () => {
    const steps = readSteps('1. Khai mạc\nCó ba việc:\n2. việc thứ hai\n\n2. Báo cáo\nNội dung.');
    expect(steps).toEqual([
      { title: 'Khai mạc', paragraphs: ['Có ba việc:', '2. việc thứ hai'] },
      { title: 'Báo cáo', paragraphs: ['Nội dung.'] },
    ]);
  });

  it('lời viết trước đề mục đầu tiên không bị mất', () => {
    expect(readSteps('Thư ký đọc lý do.')).toEqual([
      { title: 'Khai mạc', paragraphs: ['Thư ký đọc lý do.'] },
    ]);
  });
});

describe('tên người trong biên bản', () => {
  it('tìm trong thành phần, rồi danh bạ, cuối cùng giữ nguyên chữ đã gõ', () => {
    const directory = new Map([['p9', { name: 'Vũ Thu Hà', position: 'Văn thư' }]]);
    expect(personOf(held, directory, 'p1')).toEqual({ name: 'Trần Thị Hoa', position: 'Chủ tịch' });
    expect(personOf(held, directory, 'p9').name).toBe('Vũ Thu Hà');
    expect(personOf(held, directory, 'Ông Nam').name).toBe('Ông Nam');
  });
});
