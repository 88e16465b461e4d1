import { vietnamClock } from '@shared/text/vi-format';
import { useState } from 'react';
import { usePeople, useSession } from '../../../data';
import { t } from '../../../i18n';
import { ChoiceField, DateField, PickOne, TextField, useToday } from '../../../ui';
import { clockOf, momentAt } from '../agenda-times';
import type { MeetingDraft } from '../use-meeting-draft';
import { TimeField } from './TimeField';

/** Thông tin: what, when, where, who leads, who writes, and the quorum rule. */
export function InfoTab({ draft }: { readonly draft: MeetingDraft }) {
  const { form, change } = draft;
  const today = useToday();
  const [title, setTitle] = useState<string | null>(null);
  const texts = t.meetings.info;
  const clock = clockOf(form.startsAt);
  const day = clock === '' ? '' : vietnamClock(form.startsAt).day;
  const options = useLeaders(draft);
  const someone = {
    options,
    placeholder: t.common.pick.person,
    nothing: t.common.pick.none,
  };
  return (
    <div className="cv-stack cv-meeting-tab">
      <TextField
        label={texts.title}
        value={title ?? form.title}
        onChange={(next) => {
          setTitle(next);
          if (next.trim() !== '') change({ title: next });
        }}
        maxLength={300}
        required
      />
      <div className="cv-field-pair">
        <DateField
          label={texts.day}
          value={day}
          onChange={(next) => {
            if (next !== '') change({ startsAt: momentAt(next, clock) });
          }}
          today={today}
        />
        <TimeField
          label={texts.time}
          value={clock}
          onChange={(next) => change({ startsAt: momentAt(day === '' ? today : day, next) })}
        />
      </div>
      <TextField
        label={texts.place}
        value={form.place}
        onChange={(place) => change({ place })}
        maxLength={200}
      />
      <div className="cv-field-pair">
        <PickOne
          label={texts.chair}
          value={form.chair}
          onChange={(chair) => change({ chair })}
          {...someone}
        />
        <PickOne
          label={texts.secretary}
          value={form.secretary}
          onChange={(secretary) => change({ secretary })}
          {...someone}
        />
      </div>
      <ChoiceField
        label={texts.quorum}
        value={form.quorum}
        choices={(['two-thirds', 'over-half'] as const).map((value) => ({
          value,
          label: t.meetings.quorumRules[value],
        }))}
        onChange={(quorum) => change({ quorum })}
      />
    </div>
  );
}

/** Who can lead or write: the participants and the people of the own unit. */
function useLeaders({ form }: MeetingDraft) {
  const people = usePeople();
  const { device } = useSession();
  const own = [...people.values()].filter((person) => person.active && person.unit === device.unit);
  const known = new Map(
    [...form.participants, ...own].map((person) => [
      person.id,
      person.position === '' ? person.name : `${person.name} – ${person.position}`,
    ]),
  );
  for (const id of [form.chair, form.secretary]) if (id !== '' && !known.has(id)) known.set(id, id);
  return [...known].map(([value, label]) => ({ value, label }));
}
