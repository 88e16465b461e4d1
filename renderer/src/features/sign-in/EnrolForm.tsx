import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { checkForm, ErrorNotice, TextField, useTask } from '../../ui';

/** One-time enrolment of this machine for a unit. */
export function EnrolForm() {
  const session = useSession();
  const { device } = session;
  const [server, setServer] = useState(device.suggestedServer);
  const [code, setCode] = useState(device.suggestedCode);
  const [name, setName] = useState(device.deviceName);
  const task = useTask();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (checkForm(event.currentTarget))
      void task.run(() => session.enrol(server.trim(), code.trim(), name.trim()));
  };
  return (
    <form className="cv-stack" noValidate onSubmit={submit}>
      <p className="cv-soft">{t.signIn.enrolIntro}</p>
      <TextField
        label={t.signIn.server}
        value={server}
        onChange={setServer}
        placeholder={t.signIn.serverHint}
        required
        focusFirst={server === ''}
      />
      <TextField
        label={t.signIn.code}
        value={code}
        onChange={setCode}
        required
        maxLength={64}
        focusFirst={server !== '' && code === ''}
      />
      <TextField
        label={t.signIn.deviceName}
        value={name}
        onChange={setName}
        placeholder={t.signIn.deviceNameHint}
        required
        maxLength={100}
        focusFirst={server !== '' && code !== ''}
      />
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <div className="cv-row cv-row-end">
        {task.busy ? (
          <span className="cv-soft cv-grow" role="status">
            {t.signIn.enrolling}
          </span>
        ) : null}
        <Button type="submit" variant="filled" disabled={task.busy}>
          {t.signIn.enrol}
        </Button>
      </div>
    </form>
  );
}
