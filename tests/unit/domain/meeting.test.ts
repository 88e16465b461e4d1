import { bucketsOf } from '@shared/domain/exchange';
import {
  openMeeting,
  packManifest,
  publishMeeting,
  quorumOf,
  recordVote,
  votePasses,
} from '@shared/domain/meeting';
import type { Stored } from '@shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { context, pdf } from './sample-rows';

function meeting(
  summoned: number,
  present: number,
  overrides: Partial<Stored<'meetings'>> = {},
): Stored<'meetings'> {
  const participants = Array.from({ length: summoned }, (_, i) => ({
    id: `m${i}`,
    name: `Ủy viên ${i}`,
    position: '',
    unit: i === 0 ? 'coso-a' : 'huyen',
    voting: true,
  }));
  const attendance = Object.fromEntries(
    participants.slice(0, present).map((p) => [p.id, { status: 'present' as const, at: '', reason: '' }]),
  );
  return {
    id: 'h1',
    unit: 'huyen',
    newestFirst: 1,
    rev: 1,
    state: 'published',
    title: 'Hội nghị BCH',
    place: '',
    startsAt: '',
    chair: 'p1',
    secretary: 'p2',
    agenda: [{ id: 'a1', title: 'Thông qua kế hoạch', minutes: 30, presenter: '' }],
    papers: [],
    participants,
    quorum: 'two-thirds',
    pack: null,
    attendance,
    votes: {},
    conclusions: {},
    startedAt: '',
    endedAt: '',
    minutesText: '',
    minutes: null,
    history: {},
    ...overrides,
  };
}

describe('Điều lệ, Điều 10: ít nhất 2/3 số được triệu tập có mặt', () => {
  it.each([
    [30, 20, true],
    [30, 19, false],
    [3, 2, true],
    [15, 10, true],
    [15, 9, false],
    [0, 0, false],
  ])('%i triệu tập, %i có mặt', (summoned, present, met) => {
    expect(quorumOf(meeting(summoned, present)).met).toBe(met);
  });
  it('does not open below the quorum', () => {
    expect(() => openMeeting(context('chair'), meeting(30, 19))).toThrow('QUORUM_NOT_MET');
    expect(openMeeting(context('chair'), meeting(30, 20)).command).toBe('meeting.open');
  });
});

describe('biểu quyết giơ tay', () => {
  const electorate = { summoned: 15, present: 12 };
  it('counts over half and two thirds of the stated denominator', () => {
    expect(votePasses({ threshold: 'over-half', denominator: 'summoned' }, 8, electorate)).toBe(true);
    expect(votePasses({ threshold: 'over-half', denominator: 'summoned' }, 7, electorate)).toBe(false);
    expect(votePasses({ threshold: 'over-half', denominator: 'present' }, 6, electorate)).toBe(false);
    expect(votePasses({ threshold: 'over-half', denominator: 'present' }, 7, electorate)).toBe(true);
    expect(votePasses({ threshold: 'two-thirds', denominator: 'summoned' }, 10, electorate)).toBe(true);
    expect(votePasses({ threshold: 'two-thirds', denominator: 'summoned' }, 9, electorate)).toBe(false);
    expect(
      votePasses({ threshold: 'two-thirds', denominator: 'present' }, 0, { summoned: 0, present: 0 }),
    ).toBe(false);
  });
  it('refuses more hands than voting members present', () => {
    const hands = {
      agendaItem: 'a1',
      question: 'Thông qua?',
      rule: { threshold: 'over-half', denominator: 'present' } as const,
    };
    expect(() =>
      recordVote(context('secretary'), meeting(15, 12), { ...hands, agree: 11, disagree: 1, other: 1 }),
    ).toThrow('INVALID_INPUT');
    expect(
      recordVote(context('secretary'), meeting(15, 12), { ...hands, agree: 11, disagree: 1, other: 0 })
        .command,
    ).toBe('meeting.vote');
  });
});

describe('gói tài liệu', () => {
  it('changes its manifest with any byte, title, order or item', () => {
    const base = meeting(3, 0, { papers: [{ id: 't1', agendaItem: 'a1', title: 'Dự thảo', file: pdf }] });
    const manifest = packManifest(base, 1);
    const variants = [
      packManifest(base, 2),
      packManifest({ ...base, title: 'Khác' }, 1),
      packManifest({ ...base, papers: [{ ...base.papers[0]!, title: 'Khác' }] }, 1),
      packManifest(
        { ...base, papers: [{ ...base.papers[0]!, file: { ...pdf, sha256: 'b'.repeat(64) } }] },
        1,
      ),
      packManifest({ ...base, agenda: [] }, 1),
    ];
    expect(new Set([manifest, ...variants]).size).toBe(6);
  });
  it('is seen by the units of its participants from the moment it is published, not before', () => {
    expect(bucketsOf('meetings', meeting(3, 0, { state: 'preparing' }))).toEqual(['unit:huyen']);
    expect([...bucketsOf('meetings', meeting(3, 0))].sort()).toEqual(['unit:coso-a', 'unit:huyen']);
  });
  it('counts its versions', () => {
    const first = publishMeeting(context('secretary'), meeting(3, 0), {
      manifest: 'c'.repeat(64),
      document: null,
    });
    expect(first.changes[0]?.patch['pack']).toMatchObject({ version: 1 });
  });
});
