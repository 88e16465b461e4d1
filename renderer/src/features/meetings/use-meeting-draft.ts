import { type MeetingForm, prepareMeeting } from '@shared/domain/meeting';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useRun } from '../../data';
import { reportFailure } from '../../ui';

const quietMs = 600;

export type MeetingDraft = {
  readonly form: MeetingForm;
  readonly change: (patch: Partial<MeetingForm>) => void;
  /** Writes what is not yet written; resolves when it is safe on this machine. */
  readonly flush: () => Promise<void>;
  readonly saved: boolean;
};

/**
 * A meeting while it is prepared: what is typed shows at once and is written, as one operation, after a short pause, when
 * the person leaves and before anything else is done with the meeting.
 */
export function useMeetingDraft(meeting: Stored<'meetings'>): MeetingDraft {
  const run = useRun();
  const [typed, setTyped] = useState<Partial<MeetingForm>>({});
  const unsaved = useRef<Partial<MeetingForm>>({});
  const [saved, setSaved] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const writing = useRef<Promise<void>>(Promise.resolve());

  const write = async (patch: Partial<MeetingForm>): Promise<void> => {
    try {
      await run(async (context, read) => {
        const row = await read('meetings', meeting.id);
        if (row === null) throw new AppError('NOT_FOUND', meeting.id);
        return prepareMeeting(context, row, patch);
      });
    } catch (error) {
      unsaved.current = { ...patch, ...unsaved.current };
      throw error;
    }
    if (Object.keys(unsaved.current).length === 0) setSaved(true);
  };
  const flush = async (): Promise<void> => {
    if (timer.current !== null) clearTimeout(timer.current);
    await writing.current;
    const patch = unsaved.current;
    if (Object.keys(patch).length === 0) return;
    unsaved.current = {};
    const attempt = write(patch);
    writing.current = attempt.catch(() => undefined);
    await attempt;
  };
  const latestFlush = useRef(flush);
  useEffect(() => {
    latestFlush.current = flush;
  });
  useEffect(() => () => void latestFlush.current().catch(reportFailure), []);

  const change = (patch: Partial<MeetingForm>): void => {
    setTyped((known) => ({ ...known, ...patch }));
    unsaved.current = { ...unsaved.current, ...patch };
    setSaved(false);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => void latestFlush.current().catch(reportFailure), quietMs);
  };

  useEffect(() => setTyped((known) => notYetIn(meeting, known, unsaved.current)), [meeting]);
  const form = useMemo(() => ({ ...formOf(meeting), ...typed }), [meeting, typed]);
  return { form, change, flush, saved };
}

function formOf(meeting: MeetingForm): MeetingForm {
  const { title, place, startsAt, chair, secretary, agenda, papers, participants, quorum } = meeting;
  return { title, place, startsAt, chair, secretary, agenda, papers, participants, quorum };
}

/** What was typed stays in view until the row says the same; afterwards the row leads, so that others' work shows. */
function notYetIn(
  meeting: MeetingForm,
  typed: Partial<MeetingForm>,
  unsaved: Partial<MeetingForm>,
): Partial<MeetingForm> {
  const keys = Object.keys(typed) as (keyof MeetingForm)[];
  const kept = keys.filter(
    (key) => key in unsaved || JSON.stringify(typed[key]) !== JSON.stringify(meeting[key]),
  );
  return kept.length === keys.length ? typed : Object.fromEntries(kept.map((key) => [key, typed[key]]));
}
