import { packManifest } from '@shared/domain/meeting';
import type { Sha256 } from '@shared/domain/numbering';
import { newestFirst } from '@shared/domain/plan';
import type { Meeting, Participant } from '@shared/schema/meetings';
import { isoInHanoi } from '@shared/text/time';
import type { PrintedText } from './files';
import { draftId } from './numbered-texts';
import { samplePeople } from './people';

const weekMs = 7 * 24 * 3_600_000;

const agenda: Meeting['agenda'] = [
  {
    id: 'm1',
    title: 'Kết quả hoạt động, nhiệm vụ trọng tâm thời gian tới',
    minutes: 45,
    presenter: 'Đỗ Thị Mai',
  },
  {
    id: 'm2',
    title: 'Tiến độ chuyển đổi số tại các công đoàn cơ sở làm điểm',
    minutes: 40,
    presenter: 'Trịnh Công Thành',
  },
  { id: 'm3', title: 'Thảo luận, thông qua dự thảo Nghị quyết', minutes: 35, presenter: 'Phạm Quốc Tuấn' },
];

const papersOf: readonly (readonly [document: string, item: string, title: string])[] = [
  ['huyen-bc-47', 'm1', 'Báo cáo kết quả hoạt động công đoàn'],
  ['huyen-kh-09', 'm2', 'Kế hoạch thực hiện chuyển đổi số năm 2026'],
  [draftId, 'm3', 'Dự thảo Nghị quyết Hội nghị lần thứ 7'],
];

const invited = ['huyen-ct', 'huyen-pct', 'huyen-vt', 'huyen-cv', 'tinh-ct', 'coso-a-ct', 'coso-b-ct'];

/** The coming meeting of the district, a week from `now` (milliseconds), published with its papers. */
export async function upcomingMeeting(
  printed: readonly PrintedText[],
  now: number,
  sha256: Sha256,
): Promise<Meeting> {
  const startsAt = `${isoInHanoi(now + weekMs).slice(0, 10)}T08:00:00.000+07:00`;
  const papers: Meeting['papers'] = papersOf.map(([document, agendaItem, title]) => {
    const file = printed.find((one) => one.text.id === document)?.file;
    if (file === undefined) throw new Error(`the meeting lacks ${document}`);
    return { id: `t-${document}`, agendaItem, title, file };
  });
  const at = isoInHanoi(now);
  const heading = {
    id: 'huyen-hn-7',
    title: 'Hội nghị lần thứ 7 Ban Chấp hành Liên đoàn Lao động huyện Vĩnh Hòa',
    agenda,
    papers,
  };
  return {
    ...heading,
    unit: 'huyen',
    newestFirst: newestFirst(startsAt),
    state: 'published',
    place: 'Phòng họp tầng 2, trụ sở Liên đoàn Lao động huyện',
    startsAt,
    chair: 'huyen-ct',
    secretary: 'huyen-cv',
    participants: invited.map(participant),
    quorum: 'two-thirds',
    pack: {
      version: 1,
      at,
      by: 'huyen-vt',
      manifest: await sha256(packManifest(heading, 1)),
      document: null,
    },
    attendance: {},
    votes: {},
    conclusions: {},
    startedAt: '',
    endedAt: '',
    minutesText: '',
    minutes: null,
    history: { h1: { by: 'huyen-vt', at, what: 'meeting.publish', detail: '1' } },
  };
}

function participant(id: string): Participant {
  const person = samplePeople.find((known) => known.id === id);
  if (person === undefined) throw new Error(`unknown participant ${id}`);
  const { name, position, unit } = person;
  return { id, name, position, unit, voting: unit !== 'tinh' };
}
