import { Button } from '@mantine/core';
import type { ReportedChange, ReportedSignature, SignatureReport } from '@shared/ipc/signature-report';
import { type ReactNode, useEffect, useRef } from 'react';
import { address, navigate } from '../../app/router';
import { useRow, useSession } from '../../data';
import { t } from '../../i18n';
import { EmptyState, ErrorNotice, momentText, Notice, SidePanel, toast, useTask } from '../../ui';
import { allowedActions } from '../incoming/actions';
import { placePath } from './check-path';
import { useKeepReport } from './keep-report';
import { ProblemList } from './ProblemList';
import { reasonText, toneOf } from './report-words';
import { SignatureCard } from './SignatureCard';
import { type Check, useCheck } from './use-check';
import { useSaveReport } from './use-save-report';
import type { Subject } from './use-subject';

type Properties = {
  /** undefined while it is being read, null when there is none. */
  readonly subject: Subject | null | undefined;
  /** The button that chooses a file outside of the office. */
  readonly choose: ReactNode;
  readonly onLeave: () => void;
  readonly onShowSigned: (subject: Subject, signature: ReportedSignature) => void;
  /** null where the pages are not shown. */
  readonly onShowChange: ((change: ReportedChange) => void) | null;
};

/** The report on one file, and what can be done with it. */
export function CheckPane({ subject, choose, ...rest }: Properties) {
  if (subject === undefined) return null;
  if (subject === null)
    return (
      <SidePanel title={t.checking.title}>
        <EmptyState title={t.checking.title} hint={t.checking.chooseHint}>
          {choose}
        </EmptyState>
      </SidePanel>
    );
  return <Report subject={subject} choose={choose} {...rest} />;
}

type OfSubject = Omit<Properties, 'subject'> & { readonly subject: Subject };

function Report({ subject, choose, onLeave, onShowSigned, onShowChange }: OfSubject) {
  const checking = useCheck(subject.source, subject.name);
  const { report, status, error } = checking;
  const asked = useKeptCheck(subject, checking);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (report !== null) head.current?.focus();
  }, [report]);
  const words = t.signing.report;
  return (
    <SidePanel
      title={t.checking.title}
      head={<Button onClick={onLeave}>{t.checking.back}</Button>}
      foot={<Actions subject={subject} report={report} status={status} onCheck={asked} choose={choose} />}
    >
      <div className="cv-stack">
        <p className="cv-check-name" title={subject.name}>
          {subject.name}
        </p>
        {status === 'checking' && report === null ? <p role="status">{words.checking}</p> : null}
        {error === null ? null : <ErrorNotice error={error} />}
        {report === null ? null : (
          <>
            <div ref={head} tabIndex={-1} className="cv-check-verdict" data-verdict={report.verdict}>
              <Notice tone={toneOf(report.verdict)} title={words.verdicts[report.verdict]}>
                <p>{words.meanings[report.verdict]}</p>
                <p className="cv-soft cv-small">{t.checking.checkedAt(momentText(report.checkedAt))}</p>
              </Notice>
            </div>
            <ProblemList codes={report.problems} />
            <ol className="cv-stack">
              {report.signatures.map((signature, index) => (
                <li key={signature.field}>
                  <SignatureCard
                    signature={signature}
                    index={index + 1}
                    count={report.signatures.length}
                    onShowSigned={() => onShowSigned(subject, signature)}
                    {...(onShowChange === null ? {} : { onShowChange })}
                  />
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </SidePanel>
  );
}

/**
 * Checks once on arrival, and again when asked. Beside an incoming document the first report and every one that was asked
 * for is kept; merely looking again writes nothing.
 */
function useKeptCheck(subject: Subject, { check }: Check): (online: boolean) => Promise<void> {
  const { keep } = useKeepReport();
  const documentId = subject.place?.from === 'incoming' ? subject.place.id : '';
  const document = useRow('incoming', documentId === '' ? '-' : documentId);
  const sha256 = subject.file?.sha256 ?? '';
  const isKept = document?.signatures[sha256]?.report != null;
  const ready = documentId === '' || document !== undefined;
  const run = async (online: boolean, mayKeep: boolean): Promise<void> => {
    const keeping = mayKeep && documentId !== '';
    const checked = await check({ online, keep: keeping });
    if (keeping && checked !== null) await keep(documentId, checked);
  };
  const arrive = useRef(run);
  useEffect(() => {
    arrive.current = run;
  });
  const kept = useRef(isKept);
  useEffect(() => {
    kept.current = isKept;
  });
  const task = useTask();
  const start = useRef(task.run);
  useEffect(() => {
    if (ready) void start.current(() => arrive.current(false, !kept.current));
  }, [ready]);
  return (online) => run(online, true);
}

function Actions({
  subject,
  report,
  status,
  onCheck,
  choose,
}: {
  readonly subject: Subject;
  readonly report: SignatureReport | null;
  readonly status: Check['status'];
  readonly onCheck: (online: boolean) => Promise<void>;
  readonly choose: ReactNode;
}) {
  const words = t.checking.actions;
  const task = useTask();
  const save = useSaveReport();
  const busy = task.busy || status === 'checking';
  return (
    <div className="cv-stack">
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      <div className="cv-row" role="group" aria-label={words.label}>
        {report === null ? null : <GiveBack subject={subject} report={report} />}
        <Button disabled={busy} onClick={() => void task.run(() => onCheck(false))}>
          {words.again}
        </Button>
        <Button disabled={busy} title={words.onlineHint} onClick={() => void task.run(() => onCheck(true))}>
          {words.online}
        </Button>
        {report === null ? null : (
          <>
            <Button disabled={busy} onClick={() => void task.run(() => save.pdf(report))}>
              {words.savePdf}
            </Button>
            <Button disabled={busy} onClick={() => void task.run(() => save.json(subject))}>
              {words.saveJson}
            </Button>
          </>
        )}
        {subject.place === null ? choose : null}
      </div>
      <Kept subject={subject} />
    </div>
  );
}

/** Trả lại nơi gửi: opens the form of the return with the reason filled in, for a file that is not valid. */
function GiveBack({ subject, report }: { readonly subject: Subject; readonly report: SignatureReport }) {
  const { person } = useSession();
  const { place } = subject;
  const document = useRow('incoming', place?.from === 'incoming' ? place.id : '-');
  if (report.verdict !== 'invalid' || place === null || place.from === 'outgoing') return null;
  const canReturn =
    place.from === 'intake'
      ? person?.roles.includes('clerk') === true
      : document != null && allowedActions(person, document).includes('return');
  if (!canReturn) return null;
  const reason = t.checking.returnReason(reasonText(report, t));
  return (
    <Button variant="filled" onClick={() => navigate(address(placePath(place), { do: 'return', reason }))}>
      {t.checking.actions.giveBack}
    </Button>
  );
}

/** The report that lies beside the document; the law lets it be removed (TT 15/2025). */
function Kept({ subject }: { readonly subject: Subject }) {
  const { remove } = useKeepReport();
  const task = useTask();
  const { place, file } = subject;
  const document = useRow('incoming', place?.from === 'incoming' ? place.id : '-');
  if (document == null || file === null || document.signatures[file.sha256]?.report == null) return null;
  const words = t.checking;
  const onRemove = (): void =>
    void task.run(async () => {
      await remove(document.id, file.sha256);
      toast(words.actions.removed);
    });
  return (
    <div className="cv-row cv-small cv-soft">
      <span className="cv-grow">{words.kept}</span>
      <button type="button" className="cv-link" disabled={task.busy} onClick={onRemove}>
        {words.actions.removeKept}
      </button>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </div>
  );
}
