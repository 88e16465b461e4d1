import {
  closeMeeting,
  createMeeting,
  openMeeting,
  packManifest,
  prepareMeeting,
  publishMeeting,
  recordAttendance,
  recordConclusion,
  recordVote,
  saveMinutes,
  signMinutes,
} from '@shared/domain/meeting';
import type { Stored } from '@shared/domain/plan';
import type { Meeting } from '@shared/schema/meetings';
import { type Act, fresh, freshFile, ownRow, personIn, type Scene } from './scene';

/** Somebody prepares a meeting with people of this and perhaps of another office. */
export function prepare(scene: Scene): Act | null {
  const by = personIn(scene, 'chair', 'secretary', 'clerk', 'leader');
  const chair = personIn(scene, 'chair');
  const guest = scene.draw.pick(scene.rows('units').filter(({ id }) => id !== scene.unit));
  if (by === undefined || chair === undefined) return null;
  const title = scene.word();
  const participant = (id: string, unit: string) => ({ id, name: id, position: '', unit, voting: true });
  return {
    what: `prepares the meeting ${title}`,
    by,
    plan: (context) =>
      createMeeting(context, {
        title,
        place: '',
        startsAt: context.now,
        chair: chair.id,
        secretary: by.id,
        agenda: [{ id: 'a1', title: 'Báo cáo', minutes: 30, presenter: '' }],
        papers: [{ id: 'p1', agendaItem: 'a1', title: 'Báo cáo', file: freshFile(scene) }],
        participants: [
          participant('m1', scene.unit),
          ...(guest === undefined ? [] : [participant('m2', guest.id)]),
        ],
        quorum: 'two-thirds',
      }),
  };
}

type Way = (scene: Scene, meeting: Stored<'meetings'>) => Act | null;

const next: Readonly<Record<Meeting['state'], readonly Way[]>> = {
  preparing: [publish, publish, change],
  published: [attend, attend, open, change, publish],
  open: [vote, conclude, attend, minute, close],
  closed: [minute, signs, signs],
};

/** Somebody of the staff brings a meeting a step further. */
export function hold(scene: Scene): Act | null {
  const meeting = ownRow(scene, 'meetings');
  if (meeting === undefined) return null;
  const way = scene.draw.pick(next[meeting.state]);
  return way === undefined ? null : way(scene, meeting);
}

/** An act of the chair or the secretary on a meeting as it is when the act is carried out. */
function byStaff(
  scene: Scene,
  { id }: Stored<'meetings'>,
  what: string,
  plan: (context: Parameters<Act['plan']>[0], meeting: Stored<'meetings'>) => ReturnType<Act['plan']>,
): Act | null {
  const by = personIn(scene, 'chair', 'secretary');
  if (by === undefined) return null;
  return {
    what: `${what} ${id}`,
    by,
    plan: async (context, read) => plan(context, await fresh(read, 'meetings', id)),
  };
}

function change(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  const place = scene.word();
  // A unit that is no longer invited must not see the meeting any more.
  if (scene.draw.below(3) === 0 && meeting.participants.length > 1)
    return byStaff(scene, meeting, 'takes the guests off', (context, row) =>
      prepareMeeting(context, row, { participants: row.participants.slice(0, 1) }),
    );
  return byStaff(scene, meeting, `moves to ${place}:`, (context, row) =>
    prepareMeeting(context, row, { place }),
  );
}

function publish(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  return byStaff(scene, meeting, 'publishes', async (context, row) => {
    const manifest = await scene.sha256(packManifest(row, (row.pack?.version ?? 0) + 1));
    return publishMeeting(context, row, { manifest, document: null });
  });
}

function attend(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  const participant = scene.draw.pick(meeting.participants);
  if (participant === undefined) return null;
  const status = scene.draw.below(5) === 0 ? 'absent' : 'present';
  return byStaff(scene, meeting, `marks ${participant.id} ${status} at`, (context, row) =>
    recordAttendance(context, row, participant.id, status),
  );
}

function open(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  return byStaff(scene, meeting, 'opens', openMeeting);
}

function vote(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  const question = scene.word();
  const rule = { threshold: 'over-half', denominator: 'present' } as const;
  return byStaff(scene, meeting, 'takes a vote at', (context, row) =>
    recordVote(context, row, { agendaItem: 'a1', question, rule, agree: 1, disagree: 0, other: 0 }),
  );
}

function conclude(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  const text = scene.word();
  return byStaff(scene, meeting, 'concludes at', (context, row) =>
    recordConclusion(context, row, { agendaItem: 'a1', text, owner: '', due: '' }),
  );
}

function close(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  return byStaff(scene, meeting, 'closes', closeMeeting);
}

function minute(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  const text = scene.word();
  const file = freshFile(scene);
  return byStaff(scene, meeting, 'writes the minutes of', (context, row) =>
    saveMinutes(context, row, { text, file }),
  );
}

function signs(scene: Scene, meeting: Stored<'meetings'>): Act | null {
  const role = scene.draw.pick(['secretary', 'chair'] as const) ?? 'chair';
  const by = scene.rows('people').find(({ id, active }) => id === meeting[role] && active);
  if (by === undefined) return null;
  const file = freshFile(scene);
  return {
    what: `signs the minutes of ${meeting.id} as ${role}`,
    by,
    plan: async (context, read) => {
      const row = await fresh(read, 'meetings', meeting.id);
      return signMinutes(context, row, role, { from: row.minutes?.sha256 ?? '', file, level: 'B-B' });
    },
  };
}
