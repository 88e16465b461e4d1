import { Button } from '@mantine/core';
import { minutesRolesOf, signMinutes } from '@shared/domain/meeting';
import { personOf } from '@shared/domain/minutes';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { type MinutesRole, minutesRoles } from '@shared/schema/signature-state';
import { useFilePresent, usePeople, useSession, useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { confirmFinal, momentText, Section, StatusTag, toast, useCommands, useTask } from '../../../ui';
import { importing } from '../../signing/importing';
import { LevelFacts } from '../../signing/levels/LevelFacts';
import { Failures } from '../../signing/SigningPart';

/** Thư ký and chủ tọa sign the minutes (Mẫu 1.9): each once, in either order, each with a key of her own. */
export function MinutesSigning({ meeting }: { readonly meeting: Stored<'meetings'> }) {
  const { person } = useSession();
  const people = usePeople();
  const present = useFilePresent(meeting.minutes?.sha256 ?? '');
  const { sign, task } = useMinutesSigning(meeting);
  const words = t.signingActs.minutes;
  const signed = meeting.minutesSigned ?? {};
  const mine = minutesRolesOf(meeting, person?.id ?? '').filter((role) => signed[role] === undefined);
  const ready = meeting.state === 'closed' && meeting.minutes !== null && present;
  useCommands([
    {
      id: 'meetings.minutes-sign',
      title: words.action,
      shortcut: 'F8',
      run: async () => {
        const [role] = mine;
        if (role !== undefined) await sign(role);
      },
      when: () => ready && mine.length > 0 && !task.busy,
    },
  ]);
  return (
    <Section title={words.title}>
      <div className="cv-stack">
        <ul className="cv-stack">
          {minutesRoles.map((role) => (
            <li key={role}>
              <p>
                {words.roles[role]}: {personOf(meeting, people, meeting[role]).name}
              </p>
              <StatusTag meaning={signed[role] === undefined ? 'waiting' : 'good'}>
                {signed[role] === undefined ? words.notSigned : words.signedAt(momentText(signed[role].at))}
              </StatusTag>
            </li>
          ))}
        </ul>
        <LevelFacts id={meeting.id} signature={meeting.minutesSignature} />
        {mine.length === 0 || ready ? null : (
          <p className="cv-soft">{meeting.minutes === null ? words.needPdf : words.needEnd}</p>
        )}
        {ready
          ? mine.map((role) => (
              <Button
                key={role}
                variant="filled"
                disabled={task.busy}
                onClick={() => void sign(role)}
                title="F8"
              >
                {words.sign[role]}
              </Button>
            ))
          : null}
        <Failures errors={[task.error]} />
      </div>
    </Section>
  );
}

function useMinutesSigning(meeting: Stored<'meetings'>) {
  const workplace = useWorkplace();
  const people = usePeople();
  const task = useTask();
  const words = t.signingActs.minutes;
  const sign = (role: MinutesRole): Promise<void> =>
    importing(task, async () => {
      const { minutes } = meeting;
      if (minutes === null) throw new AppError('FILE_NOT_FOUND', meeting.id);
      const sure = await confirmFinal({
        title: words.confirmTitle,
        effect: words.confirmEffect(words.roles[role].toLocaleLowerCase('vi')),
        counterAct: words.confirmCounter,
        action: words.action,
      });
      if (!sure) return;
      const { file, level } = await invoke('signing:sign-minutes', {
        sha256: minutes.sha256,
        name: minutes.name,
        role,
        secretaryName: personOf(meeting, people, meeting.secretary).name,
        chairName: personOf(meeting, people, meeting.chair).name,
      });
      workplace.files.keepLoose([file]);
      await workplace.run(async (context, read) => {
        const row = await read('meetings', meeting.id);
        if (row === null) throw new AppError('NOT_FOUND', meeting.id);
        return signMinutes(context, row, role, { from: minutes.sha256, file, level });
      });
      await workplace.files.refresh();
      toast(words.done);
    });
  return { sign, task };
}
