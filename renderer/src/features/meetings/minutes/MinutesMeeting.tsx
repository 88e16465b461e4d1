import { Button } from '@mantine/core';
import { draftMinutes } from '@shared/domain/minutes';
import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { usePeople, useSession } from '../../../data';
import { t } from '../../../i18n';
import { EmptyState, ErrorNotice, Notice, Panes, TextAreaField, useCommands } from '../../../ui';
import { FileView } from '../../reader';
import { focusOnce } from '../focus-once';
import { MeetingHead } from '../MeetingHead';
import { mayDo } from '../permissions';
import { MinutesFacts } from './MinutesFacts';
import { useMinutes } from './use-minutes';

/** Biên bản: drafted from what was recorded, edited by the secretary, set as a PDF. */
export function MinutesMeeting({ meeting }: { readonly meeting: Stored<'meetings'> }) {
  const { person } = useSession();
  const people = usePeople();
  // With the first signature the minutes are fixed.
  const isSigned = Object.keys(meeting.minutesSigned ?? {}).length > 0;
  const allowed = mayDo('meeting.minutes', meeting, person) && !isSigned;
  const [typed, setTyped] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [seeing, setSeeing] = useState(false);
  const texts = t.meetings.minutes;
  const draft = draftMinutes(meeting, people);
  const text = typed ?? (meeting.minutesText === '' ? draft : meeting.minutesText);
  const minutes = useMinutes(meeting, text);
  const save = async (): Promise<void> => {
    if (await minutes.save()) setTyped(null);
  };
  const exportPdf = async (): Promise<void> => {
    if (!(await minutes.exportPdf())) return;
    setTyped(null);
    setSeeing(true);
  };
  const redraft = (): void => {
    setTyped(draft);
    setAsking(false);
  };
  useCommands([
    { id: 'meetings.minutes-save', title: texts.save, shortcut: 'Ctrl+S', run: save, when: () => allowed },
    {
      id: 'meetings.minutes-export',
      title: texts.export,
      shortcut: 'Ctrl+P',
      run: exportPdf,
      when: () => allowed,
    },
    { id: 'meetings.minutes-draft', title: texts.draft, run: () => setAsking(true), when: () => allowed },
  ]);
  const file = meeting.minutes;
  const reading = file !== null && (seeing || !allowed);
  return (
    <Panes
      screen="meetings-minutes"
      reader={
        <div className="cv-meeting">
          <MeetingHead meeting={meeting} mode="minutes">
            <MinutesTools
              allowed={allowed}
              busy={minutes.busy}
              changed={typed !== null && typed !== meeting.minutesText}
              seeing={reading}
              hasFile={file !== null}
              onSave={() => void save()}
              onExport={() => void exportPdf()}
              onDraft={() => setAsking(true)}
              onSee={() => setSeeing(!seeing)}
              onCopy={() => void minutes.saveCopy()}
            />
          </MeetingHead>
          {minutes.error === null ? null : <ErrorNotice error={minutes.error} onDismiss={minutes.clear} />}
          {asking ? (
            <Notice tone="warn" title={texts.draftAsk}>
              <Button ref={focusOnce} onClick={redraft}>
                {texts.draft}
              </Button>
              <Button onClick={() => setAsking(false)}>{t.common.actions.cancel}</Button>
            </Notice>
          ) : null}
          {reading && file !== null ? (
            <div className="cv-meeting-paper">
              <FileView key={file.sha256} file={file} />
            </div>
          ) : allowed ? (
            <div className="cv-minutes-text">
              <TextAreaField
                label={texts.text}
                value={text}
                onChange={setTyped}
                rows={18}
                maxRows={60}
                maxLength={50_000}
              />
              <p className="cv-soft cv-small">{texts.hint}</p>
            </div>
          ) : (
            <EmptyState title={meeting.startedAt === '' ? texts.early : texts.none} />
          )}
        </div>
      }
      properties={<MinutesFacts meeting={meeting} />}
    />
  );
}

type ToolProperties = {
  readonly allowed: boolean;
  readonly busy: boolean;
  readonly changed: boolean;
  readonly seeing: boolean;
  readonly hasFile: boolean;
  readonly onSave: () => void;
  readonly onExport: () => void;
  readonly onDraft: () => void;
  readonly onSee: () => void;
  readonly onCopy: () => void;
};

function MinutesTools({ allowed, busy, changed, seeing, hasFile, ...on }: ToolProperties) {
  const texts = t.meetings.minutes;
  return (
    <div className="cv-row">
      {allowed && !seeing ? (
        <>
          <Button disabled={busy} onClick={on.onSave} title="Ctrl+S">
            {texts.save}
          </Button>
          <Button disabled={busy} onClick={on.onDraft}>
            {texts.draft}
          </Button>
          <span className="cv-soft" role="status">
            {changed ? texts.unsaved : ''}
          </span>
        </>
      ) : null}
      <span className="cv-grow" />
      {hasFile && allowed ? <Button onClick={on.onSee}>{seeing ? texts.back : texts.open}</Button> : null}
      {hasFile && seeing ? <Button onClick={on.onCopy}>{texts.saveCopy}</Button> : null}
      {allowed && !seeing ? (
        <Button variant="filled" disabled={busy} onClick={on.onExport}>
          {busy ? texts.exporting : texts.export}
        </Button>
      ) : null}
    </div>
  );
}
