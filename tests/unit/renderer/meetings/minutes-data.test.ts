import { draftMinutes, voteSentence } from '@shared/domain/minutes';
import type { Vote } from '@shared/schema/meetings';
import type { Unit } from '@shared/schema/people';
import { describe, expect, it } from 'vitest';
import { minutesData } from '../../../../renderer/src/features/meetings/minutes-data';
import { meeting } from './meeting-rows';

const unit: Unit = {
  id: 'ldld-ho',
  unit: 'ldld-ho',
  name: 'LIÊN ĐOÀN LAO ĐỘNG HUYỆN HỒ SƠN',
  symbol: 'LĐLĐ',
  level: 'district',
  superior: 'ldld-tinh',
  place: 'Hồ Sơn',
  collective: 'BAN THƯỜNG VỤ',
  sealMm: 36,
  validFrom: '',
  validTo: '',
};
const vote = (agendaItem: string): Vote => ({
  agendaItem,
  question: 'Thông qua kế hoạch',
  rule: { threshold: 'two-thirds', denominator: 'summoned' },
  summoned: 3,
  present: 2,
  agree: 2,
  disagree: 0,
  other: 0,
  passed: true,
  at: '2026-11-20T09:10:00+07:00',
});
const held = meeting({
  state: 'closed',
  startedAt: '2026-11-20T08:05:00+07:00',
  endedAt: '2026-11-20T10:00:00+07:00',
  attendance: {
    p1: { status: 'present', at: '', reason: '' },
    p2: { status: 'present', at: '', reason: '' },
    p3: { status: 'absent', at: '', reason: 'ốm' },
  },
  votes: { v1: vote('a2') },
});
const office = { unit, superior: 'LIÊN ĐOÀN LAO ĐỘNG TỈNH', directory: new Map() };

describe('biên bản in', () => {
  it('biểu quyết đứng đúng một lần, dưới mục của nó, không lặp thành câu', () => {
    const { proceedings } = minutesData(held, draftMinutes(held, new Map()), office);
    const step = proceedings.find(({ title }) => title === 'Kế hoạch thăm đoàn viên dịp Tết');
    expect(step?.votes).toHaveLength(1);
    expect(proceedings.flatMap(({ paragraphs }) => paragraphs)).not.toContain(voteSentence(vote('a2')));
  });

  it('biểu quyết đã ghi vẫn được in khi thư ký xóa cả mục khỏi phần lời', () => {
    const { proceedings } = minutesData(held, '1. Khai mạc\nĐồng chí Chủ tịch phát biểu.', office);
    expect(proceedings.flatMap(({ votes }) => votes)).toHaveLength(1);
  });

  it('ngưỡng thông qua nêu số người cần có', () => {
    const { proceedings } = minutesData(held, draftMinutes(held, new Map()), office);
    expect(proceedings.flatMap(({ votes }) => votes)[0]?.threshold).toContain('từ 2 người');
  });

  it('người vắng có lý do, số có mặt và điều kiện tiến hành lấy từ điểm danh', () => {
    const { attendance } = minutesData(held, '', office);
    expect(attendance.absent).toEqual([{ name: 'Phạm Minh Đức', position: '', reason: 'ốm' }]);
    expect(attendance.present).toHaveLength(2);
    expect(attendance.quorum.met).toBe(true);
  });

  it('phần lời thư ký sửa được in nguyên văn', () => {
    const { proceedings } = minutesData(held, '1. Khai mạc\nĐồng chí Chủ tịch phát biểu.', office);
    expect(proceedings[0]).toMatchObject({
      title: 'Khai mạc',
      paragraphs: ['Đồng chí Chủ tịch phát biểu.'],
    });
  });
});
