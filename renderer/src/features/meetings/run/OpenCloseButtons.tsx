import { Button } from '@mantine/core';
import { closeMeeting, openMeeting, quorumOf } from '@shared/domain/meeting';
import type { Context, Plan, Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useState } from 'react';
import { useRun, useSession } from '../../../data';
import { t } from '../../../i18n';
import { ErrorNotice, useCommands, useTask } from '../../../ui';
import { focusOnce } from '../focus-once';
import { mayDo } from '../permissions';

/** Khai mạc and Bế mạc, each where it is lawful. Bế mạc asks once more, in place. */
export function OpenCloseButtons({ meeting }: { readonly meeting: Stored<'meetings'> }) {
  const { person } = useSession();
  const run = useRun();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const texts = t.meetings.run;
  const act = async (make: (context: Context, row: Stored<'meetings'>) => Plan): Promise<void> => {
    await task.run(() =>
      run(async (context, read) => {
        const row = await read('meetings', meeting.id);
        if (row === null) throw new AppError('NOT_FOUND', meeting.id);
        return make(context, row);
      }),
    );
    setAsking(false);
  };
  const mayOpen = mayDo('meeting.open', meeting, person);
  const mayClose = mayDo('meeting.close', meeting, person);
  const enough = quorumOf(meeting).met;
  const open = () => act(openMeeting);
  useCommands([
    { id: 'meetings.open', title: texts.open, run: open, when: () => mayOpen && enough },
    { id: 'meetings.close', title: texts.close, run: () => setAsking(true), when: () => mayClose },
  ]);
  return (
    <>
      {mayOpen ? (
        <>
          {enough ? null : <span className="cv-soft">{texts.needQuorum}</span>}
          <Button variant="filled" disabled={!enough || task.busy} onClick={() => void open()}>
            {texts.open}
          </Button>
        </>
      ) : null}
      {mayClose && !asking ? <Button onClick={() => setAsking(true)}>{texts.close}</Button> : null}
      {mayClose && asking ? (
        <span className="cv-row" role="group" aria-label={texts.closeAsk}>
          <span>{texts.closeAsk}</span>
          <Button
            ref={focusOnce}
            variant="filled"
            disabled={task.busy}
            onClick={() => void act(closeMeeting)}
          >
            {texts.close}
          </Button>
          <Button onClick={() => setAsking(false)}>{t.common.actions.cancel}</Button>
        </span>
      ) : null}
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </>
  );
}
