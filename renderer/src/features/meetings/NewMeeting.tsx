import { Button } from '@mantine/core';
import { createMeeting } from '@shared/domain/meeting';
import { type FormEvent, useState } from 'react';
import { navigate } from '../../app/router';
import { usePeople, useRun, useSession } from '../../data';
import { t } from '../../i18n';
import { checkForm, DateField, ErrorNotice, SidePanel, TextField, useTask, useToday } from '../../ui';
import { momentAt } from './agenda-times';
import { TimeField } from './prepare/TimeField';

/** The few things a meeting needs to begin with; everything else is prepared afterwards. */
export function NewMeeting() {
  const run = useRun();
  const task = useTask();
  const today = useToday();
  const people = usePeople();
  const { person } = useSession();
  const [title, setTitle] = useState('');
  const [day, setDay] = useState(today);
  const [clock, setClock] = useState('08:00');
  const [place, setPlace] = useState('');
  const withRole = (role: 'chair' | 'secretary'): string =>
    [...people.values()].find(
      (known) => known.active && known.unit === person?.unit && known.roles.includes(role),
    )?.id ?? '';
  const create = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!checkForm(event.currentTarget)) return;
    let id = '';
    const done = await task.run(() =>
      run((context) => {
        const plan = createMeeting(context, {
          title: title.trim(),
          place: place.trim(),
          startsAt: momentAt(day, clock),
          chair: withRole('chair'),
          secretary: withRole('secretary'),
          agenda: [],
          papers: [],
          participants: [],
          quorum: 'two-thirds',
        });
        id = plan.changes[0]?.id ?? '';
        return plan;
      }),
    );
    if (!done) return;
    navigate(`/meetings/${encodeURIComponent(id)}/prepare/agenda`, { replace: true });
  };
  const texts = t.meetings.info;
  return (
    <form noValidate className="cv-meeting-form" onSubmit={(event) => void create(event)}>
      <SidePanel
        title={t.meetings.createTitle}
        foot={
          <div className="cv-row cv-row-end">
            <Button onClick={() => navigate('/meetings', { replace: true })}>
              {t.common.actions.cancel}
            </Button>
            <Button type="submit" variant="filled" disabled={task.busy}>
              {t.meetings.create}
            </Button>
          </div>
        }
      >
        <div className="cv-stack">
          <TextField
            label={texts.title}
            value={title}
            onChange={setTitle}
            required
            focusFirst
            maxLength={300}
          />
          <div className="cv-field-pair">
            <DateField label={texts.day} value={day} onChange={setDay} today={today} required />
            <TimeField label={texts.time} value={clock} onChange={setClock} />
          </div>
          <TextField label={texts.place} value={place} onChange={setPlace} maxLength={200} />
          {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
        </div>
      </SidePanel>
    </form>
  );
}
