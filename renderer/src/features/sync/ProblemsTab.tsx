import { Button } from '@mantine/core';
import { type ErrorCode, errorCodes } from '@shared/result/codes';
import type { FileRef } from '@shared/schema/values';
import { type ReactNode, useMemo } from 'react';
import { navigate } from '../../app/router';
import {
  type OutboxEntry,
  type QuarantinedRow,
  useOutbox,
  useQuarantine,
  useStream,
  useSyncStatus,
  useWorkplace,
} from '../../data';
import { errorText, t } from '../../i18n';
import { EmptyState, ErrorNotice, Facts, momentText, Notice, Section, sizeText, useTask } from '../../ui';
import { isCollection, screenOf, useNameOf, useSubjects } from './names';
import { contentOf, fieldName, mainChange } from './operation-words';
import { type FileProgress, percentOf, useFileProgress } from './use-file-progress';

/** Everything that did not go through: refused work, rows set aside, files on their way. */
export function ProblemsTab() {
  const rejected = useOutbox('rejected');
  const seen = useOutbox('seen');
  const quarantined = useQuarantine();
  const { files } = useWorkplace();
  const { missing } = useStream(files.state, files.state.value);
  const moving = useFileProgress();
  const { problem } = useSyncStatus();
  const sending = [...moving.values()].filter((file) => file.direction === 'up');
  const offline = problem === 'OFFLINE' || problem === 'SERVER_UNREACHABLE';
  const network = problem !== '' && !offline ? errorText(problem) : null;
  const nothing =
    rejected.length + seen.length + quarantined.length + missing.length + sending.length === 0 &&
    network === null;
  if (nothing) return <EmptyState title={t.sync.problems.none} hint={t.sync.problems.noneHint} />;
  return (
    <div className="cv-sync-page">
      {network === null ? null : (
        <Notice
          tone="warn"
          title={`${t.sync.problems.network}. ${network.what}`}
          safe={network.safe}
          todo={network.todo}
        />
      )}
      {rejected.length === 0 ? null : (
        <Section title={t.sync.problems.rejected}>
          <p className="cv-soft">{t.sync.problems.rejectedHint}</p>
          <Refused entries={rejected} />
        </Section>
      )}
      {quarantined.length === 0 ? null : <Quarantined rows={quarantined} />}
      {missing.length + sending.length === 0 ? null : (
        <Files missing={missing} moving={moving} sending={sending} />
      )}
      {seen.length === 0 ? null : (
        <details>
          <summary>{t.sync.problems.seen(seen.length)}</summary>
          <Refused entries={seen} />
        </details>
      )}
    </div>
  );
}

/** Refused work with its reason and content; what nobody has put away yet can be put away. */
function Refused({ entries }: { readonly entries: readonly OutboxEntry[] }) {
  const { store } = useWorkplace();
  const task = useTask();
  const subjects = useSubjects(useMemo(() => entries.map((entry) => entry.operation), [entries]));
  const nameOf = useNameOf();
  const texts = t.sync.problems;
  return (
    <>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <ul className="cv-sync-items">
        {[...entries].reverse().map(({ id, status, operation, reason }) => {
          const why = errorText(codeOf(reason));
          const main = mainChange(operation);
          const name = subjects.get(id) ?? '';
          const to = main === undefined ? '' : screenOf(main.coll, main.id);
          return (
            <li key={id} aria-label={`${t.sync.commands[operation.command]}: ${name}`}>
              <Notice
                tone={status === 'seen' ? 'info' : 'bad'}
                title={`${t.sync.commands[operation.command]}${name === '' ? '' : `: ${name}`}`}
              >
                <div className="cv-stack cv-grow">
                  <p className="cv-soft">
                    {nameOf(operation.actor) || t.sync.noPerson} · {momentText(operation.at)}
                  </p>
                  <p>
                    {texts.reason}: {why.what} {why.todo}
                  </p>
                  <details>
                    <summary>{texts.content}</summary>
                    <Facts
                      facts={contentOf(operation, t.sync, nameOf).map((field) => [field.label, field.value])}
                    />
                  </details>
                  {to === '' ? null : <OpenLink to={to} />}
                  {status === 'seen' ? null : (
                    <div className="cv-row">
                      <Button disabled={task.busy} onClick={() => void task.run(() => store.putAway(id))}>
                        {texts.putAway}
                      </Button>
                    </div>
                  )}
                </div>
              </Notice>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function OpenLink({ to }: { readonly to: string }): ReactNode {
  return (
    <button type="button" className="cv-link" onClick={() => navigate(to)}>
      {t.common.actions.open}
    </button>
  );
}

/** A reason of the server that this version does not know is told as a refusal. */
function codeOf(reason: string): ErrorCode {
  return errorCodes.find((code) => code === reason) ?? 'SERVER_REFUSED';
}

function Quarantined({ rows }: { readonly rows: readonly QuarantinedRow[] }) {
  const texts = t.sync.problems;
  return (
    <Section title={texts.quarantine}>
      <p className="cv-soft">{texts.quarantineHint}</p>
      <ul className="cv-sync-items">
        {rows.map(({ coll, id, problem }) => (
          <li key={`${coll}/${id}`}>
            {texts.quarantineRow(isCollection(coll) ? t.sync.kinds[coll] : coll, id)}
            {problem === '' ? null : (
              <span className="cv-soft"> · {texts.quarantineField(fieldName(problem, t.sync))}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Files({
  missing,
  moving,
  sending,
}: {
  readonly missing: readonly FileRef[];
  readonly moving: ReadonlyMap<string, FileProgress>;
  readonly sending: readonly FileProgress[];
}) {
  const texts = t.sync.problems;
  return (
    <Section title={texts.files}>
      <p className="cv-soft">{texts.filesHint}</p>
      <ul className="cv-sync-items">
        {missing.map((file) => {
          const progress = moving.get(file.sha256);
          const coming = progress?.direction === 'down' ? progress : null;
          return (
            <li key={file.sha256} className="cv-row">
              <span className="cv-grow cv-ellipsis">{file.name}</span>
              <span className="cv-soft">{sizeText(file.size)}</span>
              <span>{coming === null ? texts.fileWaiting : texts.fileDown(percentOf(coming))}</span>
            </li>
          );
        })}
        {sending.map((file) => (
          <li key={`up-${file.sha256}`} className="cv-row">
            <span className="cv-grow">{texts.sending}</span>
            <span className="cv-soft">{sizeText(file.total)}</span>
            <span>{texts.fileUp(percentOf(file))}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
