import { Button } from '@mantine/core';
import { recordConclusion } from '@shared/domain/meeting';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { AgendaItem } from '@shared/schema/meetings';
import { type FormEvent, useState } from 'react';
import { usePeople, useRun, useSession } from '../../../data';
import { t } from '../../../i18n';
import { checkForm, DateField, ErrorNotice, PickOne, TextAreaField, useTask, useToday } from '../../../ui';
import { mayDo } from '../permissions';
import { WhyNot } from './WhyNot';

type Properties = { readonly meeting: Stored<'meetings'>; readonly item: AgendaItem | null };

/** Kết luận of the chair on the current item: the text and, where it is a task, who and by when. */
export function ConclusionTab({ meeting, item }: Properties) {
  const { person, device } = useSession();
  const people = usePeople();
  const today = useToday();
  const run = useRun();
  const task = useTask();
  const [text, setText] = useState('');
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  const texts = t.meetings.run.conclusion;
  if (!mayDo('meeting.conclude', meeting, person)) return <WhyNot meeting={meeting} />;
  const own = [...people.values()].filter((known) => known.active && known.unit === device.unit);
  const owners = new Map([...meeting.participants, ...own].map(({ id, name }) => [id, name]));
  const record = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!checkForm(event.currentTarget)) return;
    const done = await task.run(() =>
      run(async (context, read) => {
        const row = await read('meetings', meeting.id);
        if (row === null) throw new AppError('NOT_FOUND', meeting.id);
        return recordConclusion(context, row, { agendaItem: item?.id ?? '', text: text.trim(), owner, due });
      }),
    );
    if (!done) return;
    setText('');
    setOwner('');
    setDue('');
  };
  return (
    <form
      noValidate
      className="cv-meeting-tab cv-stack"
      aria-label={texts.form}
      onSubmit={(event) => void record(event)}
    >
      <TextAreaField label={texts.text} value={text} onChange={setText} rows={3} required maxLength={2000} />
      <div className="cv-field-pair">
        <PickOne
          label={texts.owner}
          value={owner}
          onChange={setOwner}
          options={[...owners].map(([value, label]) => ({ value, label }))}
          placeholder={t.common.pick.person}
          nothing={t.common.pick.none}
        />
        <DateField label={texts.due} value={due} onChange={setDue} today={today} />
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      <div className="cv-row">
        <Button type="submit" variant="filled" disabled={task.busy}>
          {texts.record}
        </Button>
      </div>
    </form>
  );
}
