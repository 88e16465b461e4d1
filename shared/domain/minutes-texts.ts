import type { VoteRule } from '../schema/meetings';

/** Wording of the drafted minutes (NĐ 30/2020, Phụ lục III, Mẫu 1.9): printed matter, always Vietnamese. */
export const minutesTexts = {
  opening: 'Khai mạc',
  opened: (when: string, chair: string) => `${when}, đồng chí ${chair} khai mạc cuộc họp.`,
  notOpened: 'Cuộc họp chưa khai mạc.',
  quorum: (present: number, summoned: number, rule: string, met: boolean) =>
    `Có mặt ${present}/${summoned} người được triệu tập; ${met ? 'đủ' : 'không đủ'} điều kiện tiến hành (cần ${rule}).`,
  quorumRules: {
    'two-thirds': 'ít nhất 2/3 số người được triệu tập',
    'over-half': 'quá 1/2 số người được triệu tập',
  },
  absent: (name: string, reason: string) => `Vắng mặt: ${name}${reason === '' ? '' : `, lý do: ${reason}`}.`,
  noReason: 'không có lý do',
  presented: (name: string) => `Đồng chí ${name} trình bày.`,
  papers: (titles: string) => `Tài liệu: ${titles}.`,
  voted: (question: string, result: string) => `Biểu quyết: ${question} ${result}.`,
  concluded: (text: string, owner: string, due: string) =>
    `Kết luận: ${text}${owner === '' ? '' : `; thực hiện: ${owner}`}${due === '' ? '' : `; thời hạn: ${due}`}.`,
  other: 'Nội dung khác',
  agree: 'Tán thành',
  disagree: 'Không tán thành',
  otherOpinion: 'Ý kiến khác',
  passed: 'ĐẠT',
  failed: 'KHÔNG ĐẠT',
  threshold: { 'over-half': 'quá 1/2', 'two-thirds': 'ít nhất 2/3' } satisfies Record<
    VoteRule['threshold'],
    string
  >,
  denominator: { summoned: 'số triệu tập', present: 'số có mặt' } satisfies Record<
    VoteRule['denominator'],
    string
  >,
  printed: {
    quorum: (rule: string) => `có mặt ${rule}`,
    hands: 'giơ tay',
    base: { summoned: 'tổng số thành viên được triệu tập', present: 'tổng số thành viên có mặt' },
    threshold: (share: string, base: string, needed: number) =>
      `${share} ${base} (từ ${needed} người tán thành)`,
    receiver: 'Các thành viên dự họp',
  },
} as const;
