import { Button } from '@mantine/core';
import type { SignatureReport as Report } from '@shared/ipc/signature-report';
import type { FileRef } from '@shared/schema/values';
import { useEffect, useRef } from 'react';
import { navigate } from '../../app/router';
import { useFilePresent } from '../../data';
import { t } from '../../i18n';
import { ErrorNotice, Notice, StatusTag } from '../../ui';
import { type CheckPlace, checkPath } from './check-path';
import { ProblemList } from './ProblemList';
import { meaningOf, toneOf } from './report-words';
import './checking.css';
import { type Checked, useCheck } from './use-check';

type Properties = {
  readonly file: FileRef;
  /** The document that the file belongs to. */
  readonly place: CheckPlace;
  /** Checks as soon as the file is here; otherwise the person asks for it. */
  readonly auto?: boolean;
  /** Keeps report and evidence; given once for every finished check. */
  readonly onChecked?: (checked: Checked) => void;
};

/** Kiểm tra chữ ký beside a document: the verdict and who signed; the whole report is one step away. */
export function SignatureReport({ file, place, auto = false, onChecked }: Properties) {
  const present = useFilePresent(file.sha256);
  const { status, report, error, check } = useCheck({ sha256: file.sha256 }, file.name);
  const run = async (): Promise<void> => {
    const checked = await check({ keep: onChecked !== undefined });
    if (checked !== null) onChecked?.(checked);
  };
  const start = useRef(run);
  useEffect(() => {
    start.current = run;
  });
  useEffect(() => {
    if (auto && present) void start.current();
  }, [auto, present, file.sha256]);
  const words = t.signing.report;
  if (!present) return <p className="cv-soft">{words.notHere}</p>;
  return (
    <div className="cv-stack">
      {report === null ? null : <Summary report={report} />}
      {status === 'failed' ? <ErrorNotice error={error} /> : null}
      {status === 'checking' ? <p role="status">{words.checking}</p> : null}
      <div className="cv-row">
        {status === 'checking' ? null : (
          <Button onClick={() => void run()}>{status === 'idle' ? words.check : words.again}</Button>
        )}
        <Button onClick={() => navigate(checkPath(file, place))}>{t.checking.open}</Button>
      </div>
    </div>
  );
}

function Summary({ report }: { readonly report: Report }) {
  const { verdicts, meanings, unknownSigner } = t.signing.report;
  return (
    <>
      <Notice tone={toneOf(report.verdict)} title={verdicts[report.verdict]}>
        <p>{meanings[report.verdict]}</p>
      </Notice>
      <ProblemList codes={report.problems} />
      <ul className="cv-stack">
        {report.signatures.map((signature) => (
          <li key={signature.field} className="cv-row">
            <span className="cv-grow">
              {signature.signerName === '' ? unknownSigner : signature.signerName}
            </span>
            <StatusTag meaning={meaningOf(signature.verdict)}>{verdicts[signature.verdict]}</StatusTag>
          </li>
        ))}
      </ul>
    </>
  );
}
