import { Button } from '@mantine/core';
import { personOf } from '@shared/domain/minutes';
import type { Stored } from '@shared/domain/plan';
import { type ErrorCode, errorCodes } from '@shared/result/codes';
import type { RefObject } from 'react';
import { navigate } from '../../../app/router';
import { usePeople, useSession, useUnits } from '../../../data';
import { errorText, t } from '../../../i18n';
import { ErrorNotice, Facts, momentText, Notice, Section, SidePanel, useCommands } from '../../../ui';
import { meetingPath } from '../MeetingHead';
import { MeetingTag, whenText } from '../MeetingRow';
import { PackTag } from '../PackTag';
import { mayDo } from '../permissions';
import { wholePack } from '../read/paper-order';
import { usePackState } from '../use-pack-state';
import { usePublish } from '../use-publish';

type Properties = {
  readonly meeting: Stored<'meetings'>;
  readonly flushRef: RefObject<() => Promise<void>>;
};

/** Properties of a meeting: where it stands, who leads it, and the pack with its publication. */
export function PackPanel({ meeting, flushRef }: Properties) {
  const people = usePeople();
  const units = useUnits();
  const name = (id: string): string => (id === '' ? '' : personOf(meeting, people, id).name);
  const voting = meeting.participants.filter((person) => person.voting).length;
  return (
    <SidePanel title={t.common.frame.properties}>
      <Section title={t.meetings.tabs.info} aside={<MeetingTag state={meeting.state} />}>
        <Facts
          facts={[
            [t.meetings.columns.when, whenText(meeting)],
            [t.meetings.columns.place, meeting.place],
            [t.meetings.info.chair, name(meeting.chair)],
            [t.meetings.info.secretary, name(meeting.secretary)],
            [t.meetings.tabs.people, t.meetings.people.count(meeting.participants.length, voting)],
            [t.meetings.people.columns.unit, units.get(meeting.unit)?.name ?? ''],
          ]}
        />
      </Section>
      <PackSection meeting={meeting} flushRef={flushRef} />
    </SidePanel>
  );
}

function PackSection({ meeting, flushRef }: Properties) {
  const { person } = useSession();
  const people = usePeople();
  const publishing = usePublish(meeting.id, () => flushRef.current());
  const texts = t.meetings.pack;
  const { pack } = meeting;
  const allowed = mayDo('meeting.publish', meeting, person);
  const state = usePackState(meeting);
  const label = pack === null ? texts.publish : texts.republish;
  useCommands([
    {
      id: 'meetings.publish',
      title: label,
      shortcut: 'Ctrl+Enter',
      run: publishing.publish,
      when: () => allowed,
    },
  ]);
  return (
    <Section title={texts.title} aside={<PackTag meeting={meeting} />}>
      <div className="cv-stack">
        {pack === null ? null : (
          <Facts
            facts={[
              [texts.version(pack.version), momentText(pack.at)],
              [texts.by, people.get(pack.by)?.name ?? ''],
              [texts.manifest, <code key="manifest">{pack.manifest.slice(0, 16)}</code>],
            ]}
          />
        )}
        {state?.kind === 'changed' ? <p className="cv-soft">{texts.changedHint}</p> : null}
        {publishing.busy ? <p role="status">{texts.building}</p> : null}
        {publishing.obstacle === '' ? null : <Notice tone="warn" title={publishing.obstacle} />}
        {publishing.error === null ? null : (
          <ErrorNotice error={publishing.error} onDismiss={publishing.clear} />
        )}
        {publishing.problems.length === 0 ? null : <PackProblems problems={publishing.problems} />}
        {allowed ? (
          <Button
            variant="filled"
            disabled={publishing.busy}
            title="Ctrl+Enter"
            onClick={() => void publishing.publish()}
          >
            {label}
          </Button>
        ) : null}
        {pack === null || pack.document === null ? null : (
          <Button onClick={() => navigate(meetingPath(meeting.id, 'read', wholePack))}>{texts.open}</Button>
        )}
      </div>
    </Section>
  );
}

/** `CODE file name` of the document worker, told in words. */
function PackProblems({ problems }: { readonly problems: readonly string[] }) {
  const texts = t.meetings.pack;
  const told = problems.map((problem) => {
    const [code = '', ...name] = problem.split(' ');
    const known: ErrorCode | undefined = errorCodes.find((candidate) => candidate === code);
    return texts.problem(name.join(' '), known === undefined ? code : errorText(known).what);
  });
  return (
    <Notice
      tone="warn"
      title={texts.problems(told.join(' '))}
      safe={texts.problemsSafe}
      todo={texts.problemsTodo}
    />
  );
}
