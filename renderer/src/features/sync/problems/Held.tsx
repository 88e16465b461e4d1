import { Button } from '@mantine/core';
import type { HeldBucket } from '@shared/sync/client/removal-guard';
import { isoInHanoi } from '@shared/text/time';
import { useState } from 'react';
import { useSession, useWorkplace } from '../../../data';
import { errorText, t } from '../../../i18n';
import { CopyText, confirmFinal, countText, ErrorNotice, momentText, Notice, useTask } from '../../../ui';
import { useBucketName } from '../names';

/** A part that the server wants to empty: nothing goes before a person has agreed. */
export function Held({ held }: { readonly held: HeldBucket }) {
  const { store, replication } = useWorkplace();
  const task = useTask();
  const part = useBucketName()(held.bucket);
  const [telling, setTelling] = useState(false);
  const texts = t.sync.problems.held;
  const { what, safe, todo } = errorText('REMOVAL_HELD');
  const count = texts.count(countText(held.removing), countText(held.of), part);
  const agree = async (): Promise<void> => {
    const { removing } = held;
    const question = { ...texts.question, title: texts.question.title(countText(removing)) };
    if (!(await confirmFinal(question))) return;
    await task.run(async () => {
      await store.agreeToRemoval(held.bucket);
      await replication.now();
    });
  };
  return (
    <Notice tone="bad" title={`${what} ${count}`} safe={safe} todo={todo}>
      <div className="cv-stack cv-grow">
        <div className="cv-row">
          <Button disabled={task.busy} variant="filled" onClick={() => setTelling(true)}>
            {texts.keep}
          </Button>
          <Button disabled={task.busy} onClick={() => void agree()}>
            {texts.agree}
          </Button>
        </div>
        {telling ? <Report held={held} count={count} /> : null}
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      </div>
    </Notice>
  );
}

/** What the administrator has to know, to be copied into a message. */
function Report({ held, count }: { readonly held: HeldBucket; readonly count: string }) {
  const { clock } = useWorkplace();
  const { device, unit } = useSession();
  const texts = t.sync.problems.held;
  const text = texts.report(
    unit?.name ?? device.unitName,
    `${device.deviceName} (${device.deviceId})`,
    momentText(isoInHanoi(clock())),
    count,
    held.bucket,
  );
  return (
    <div className="cv-stack">
      <p>{texts.kept}</p>
      <CopyText label={texts.reportLabel} text={text} copy={texts.copy} copied={texts.copied} />
    </div>
  );
}
