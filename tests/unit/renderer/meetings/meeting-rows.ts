import type { Meeting, Participant } from '@shared/schema/meetings';
import type { FileRef } from '@shared/schema/values';

export function participant(id: string, name: string, over: Partial<Participant> = {}): Participant {
  return { id, name, position: '', unit: 'ldld-ho', voting: true, ...over };
}

export function file(name: string, digit: string): FileRef {
  return { sha256: digit.repeat(64), size: 1200, name, mime: 'application/pdf', kind: 'pdf', pages: 3 };
}

export function meeting(over: Partial<Meeting> = {}): Meeting {
  return {
    id: 'm1',
    unit: 'ldld-ho',
    newestFirst: 1,
    state: 'published',
    title: 'Hội nghị Ban Thường vụ',
    place: 'Phòng họp tầng 2',
    startsAt: '2026-11-20T08:00:00+07:00',
    chair: 'p1',
    secretary: 'p2',
    agenda: [
      { id: 'a1', title: 'Báo cáo công tác tháng 11', minutes: 30, presenter: 'p2' },
      { id: 'a2', title: 'Kế hoạch thăm đoàn viên dịp Tết', minutes: 45, presenter: '' },
    ],
    papers: [],
    participants: [
      participant('p1', 'Trần Thị Hoa', { position: 'Chủ tịch' }),
      participant('p2', 'Lê Văn Bình', { position: 'Phó Chủ tịch' }),
      participant('p3', 'Phạm Minh Đức'),
    ],
    quorum: 'two-thirds',
    pack: null,
    attendance: {},
    votes: {},
    conclusions: {},
    startedAt: '',
    endedAt: '',
    minutesText: '',
    minutes: null,
    history: {},
    ...over,
  };
}
