import type { Incoming } from '@shared/schema/documents';

type Handling = Pick<Incoming, 'state'> & {
  /** When the unit registered it; for one that only arrived, when it arrived. */
  readonly at: string;
  readonly patch: Partial<Incoming>;
};

type Written = Pick<Incoming, 'state'> & Partial<Incoming>;

const opinion = (id: string, by: string, at: string, text: string): Partial<Incoming> => ({
  opinions: { [id]: { by, at, text } },
  history: { h2: { by, at, what: 'incoming.assign', detail: '' } },
});

/** What the receiving units have done so far, by document and unit; anything else has just arrived. */
const done: Readonly<Record<string, Written>> = {
  'tinh-kh-12:huyen': {
    state: 'done',
    submittedTo: 'huyen-ct',
    assignment: { lead: 'huyen-cv', support: ['huyen-vt'], informed: ['huyen-pct'], due: '2026-02-15' },
    dueDate: '2026-02-15',
    result: 'Đã ban hành Kế hoạch của huyện, gửi các công đoàn cơ sở làm điểm.',
    ...opinion(
      'o1',
      'huyen-ct',
      '2026-01-20T10:05:00.000+07:00',
      'Đ/c Thành tham mưu kế hoạch của huyện, trình trước ngày 10/02. Chọn hai cơ sở làm điểm.',
    ),
  },
  'tinh-hd-05:huyen': {
    state: 'in-progress',
    submittedTo: 'huyen-pct',
    assignment: { lead: 'huyen-vt', support: ['huyen-cv'], informed: [], due: '2026-12-15' },
    dueDate: '2026-12-15',
    ...opinion(
      'o1',
      'huyen-pct',
      '2026-02-04T15:40:00.000+07:00',
      'Văn thư nghiên cứu, áp dụng mẫu mới ngay từ quý II; báo khó khăn để huyện kiến nghị.',
    ),
  },
  'coso-a-ttr-04:huyen': {
    state: 'done',
    submittedTo: 'huyen-ct',
    assignment: { lead: 'huyen-cv', support: [], informed: ['huyen-vt'], due: '2026-03-20' },
    dueDate: '2026-03-20',
    result: 'Đã ban hành Quyết định công nhận bổ sung Ủy viên Ban Chấp hành.',
    ...opinion('o1', 'huyen-ct', '2026-03-10T08:50:00.000+07:00', 'Đồng ý. Đ/c Thành soạn quyết định.'),
  },
  'coso-b-bc-06:huyen': { state: 'submitted', submittedTo: 'huyen-pct' },
  'huyen-kh-09:coso-a': { state: 'registered' },
  'huyen-qd-21:coso-a': { state: 'registered' },
  'huyen-kh-09:coso-b': {
    state: 'assigned',
    submittedTo: 'coso-b-ct',
    assignment: { lead: 'coso-b-tk', support: [], informed: [], due: '2026-12-20' },
    dueDate: '2026-12-20',
    ...opinion(
      'o1',
      'coso-b-ct',
      '2026-02-12T16:10:00.000+07:00',
      'Đ/c Liễu lập danh sách đoàn viên theo tổ, báo cáo tại kỳ họp Ban Chấp hành gần nhất.',
    ),
  },
};

/** How far a unit has handled a document that reached it; `arrived` is the moment or day it came. */
export function handling(document: string, unit: string, arrived: string): Handling {
  const written = done[`${document}:${unit}`];
  const day = arrived.slice(0, 10);
  if (written === undefined) return { state: 'arrived', at: arrived, patch: {} };
  const { state, ...patch } = written;
  return { state, at: `${day}T13:45:00.000+07:00`, patch };
}
