import { Button } from '@mantine/core';
import type { SignatureReport as Report } from '@shared/ipc/signature-report';
import { shortDate } from '@shared/text/time';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n';
import { ErrorNotice, Facts, Notice, StatusTag } from '../../ui';
import {
  type CheckedSignature,
  changesText,
  claimedTimeText,
  coverageText,
  integrityText,
  meaningOf,
  problemText,
} from './report-words';
import './signing.css';
import { useSignatureCheck } from './use-signature-check';

type Properties = {
  readonly sha256: string;
  /** Checks as soon as the file is here; otherwise the person asks for it. */
  readonly auto?: boolean;
  /** Given once for every finished check, e.g. to keep the verdict beside the document. */
  readonly onReport?: (report: Report) => void;
};

/** Kiểm tra chữ ký: one verdict for the file, then each signature with what was found and what to do. */
export function SignatureReport({ sha256, auto = false, onReport }: Properties) {
  const { status, report, error, check } = useSignatureCheck(sha256, auto);
  const listener = useRef(onReport);
  useEffect(() => {
    listener.current = onReport;
  });
  useEffect(() => {
    if (report !== null) listener.current?.(report);
  }, [report]);
  const words = t.signing.report;
  if (status === 'absent') return <p className="cv-soft">{words.notHere}</p>;
  if (status === 'checking') return <p role="status">{words.checking}</p>;
  return (
    <div className="cv-stack">
      {report === null ? null : <Verdict report={report} />}
      {status === 'failed' ? <ErrorNotice error={error} /> : null}
      <div className="cv-row">
        <Button onClick={check}>{status === 'idle' ? words.check : words.again}</Button>
      </div>
    </div>
  );
}

const tones = { valid: 'good', indeterminate: 'warn', invalid: 'bad', unsigned: 'info' } as const;

function Verdict({ report }: { readonly report: Report }) {
  const { verdicts, meanings } = t.signing.report;
  return (
    <>
      <Notice tone={tones[report.verdict]} title={verdicts[report.verdict]}>
        <p>{meanings[report.verdict]}</p>
      </Notice>
      <Problems codes={report.problems} />
      <ol className="cv-stack">
        {report.signatures.map((signature, index) => (
          <li key={signature.field}>
            <OneSignature signature={signature} index={index + 1} count={report.signatures.length} />
          </li>
        ))}
      </ol>
    </>
  );
}

function OneSignature({
  signature,
  index,
  count,
}: {
  readonly signature: CheckedSignature;
  readonly index: number;
  readonly count: number;
}) {
  const words = t.signing.report;
  return (
    <article className="cv-signature" aria-label={words.signature(index, count)}>
      <header className="cv-row">
        <span className="cv-soft cv-small">{words.signature(index, count)}</span>
        <StatusTag meaning={meaningOf(signature.verdict)}>{words.verdicts[signature.verdict]}</StatusTag>
      </header>
      <p className="cv-signature-name">
        {signature.signerName === '' ? words.unknownSigner : signature.signerName}
      </p>
      <Facts
        facts={[
          [words.organisation, signature.signerOrganisation],
          [words.claimedTime, claimedTimeText(signature)],
          [words.integrityLabel, integrityText(signature)],
          [words.coverage, coverageText(signature)],
          [words.changesAfter, changesText(signature)],
        ]}
      />
      <Problems codes={signature.problems} />
      <Technical signature={signature} />
    </article>
  );
}

function Problems({ codes }: { readonly codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <ul className="cv-problems">
      {codes.map((code) => {
        const { what, todo } = problemText(code);
        return (
          <li key={code}>
            <p>{what}</p>
            <p className="cv-small">
              <span className="cv-soft">{t.signing.report.todo}</span> {todo}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function Technical({ signature }: { readonly signature: CheckedSignature }) {
  const [open, setOpen] = useState(false);
  const words = t.signing.report;
  return (
    <>
      <button type="button" className="cv-link cv-small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.technical}
      </button>
      {open ? (
        <Facts
          facts={[
            [words.field, signature.field],
            [words.issuer, signature.issuer],
            [words.validity, words.period(dayText(signature.notBefore), dayText(signature.notAfter))],
            [words.code, signature.problems.join(', ')],
          ]}
        />
      ) : null}
    </>
  );
}

function dayText(moment: string): string {
  return shortDate(moment.slice(0, 10)) || moment;
}
