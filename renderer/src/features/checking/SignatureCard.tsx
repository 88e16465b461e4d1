import { Button } from '@mantine/core';
import type { ReportedChange, ReportedSignature } from '@shared/ipc/signature-report';
import { useState } from 'react';
import { t } from '../../i18n';
import { Facts, StatusTag } from '../../ui';
import { ProblemList } from './ProblemList';
import {
  changesText,
  changeText,
  integrityText,
  levelText,
  meaningOf,
  periodText,
  revocationLines,
  scopeText,
  timeText,
  trustText,
} from './report-words';

type Properties = {
  readonly signature: ReportedSignature;
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** Shows what this signature covers; left out where nothing can be shown. */
  readonly onShowSigned?: () => void;
  /** Points out a change on its page. */
  readonly onShowChange?: (change: ReportedChange) => void;
};

/** One signature: who, when, what of the file, on whose word, and what came after it. */
export function SignatureCard({ signature, index, count, onShowSigned, onShowChange }: Properties) {
  const report = t.signing.report;
  const words = t.checking;
  const name = signature.signerName === '' ? report.unknownSigner : signature.signerName;
  return (
    <article className="cv-signature" aria-label={report.signature(index, count)}>
      <header className="cv-row">
        <span className="cv-soft cv-small">{report.signature(index, count)}</span>
        <StatusTag meaning={meaningOf(signature.verdict)}>{report.verdicts[signature.verdict]}</StatusTag>
      </header>
      <p className="cv-signature-name">
        {signature.type === 'docTimestamp' ? words.timestampOf(name) : name}
      </p>
      <Facts
        facts={[
          [report.organisation, signature.signerOrganisation],
          [words.time, timeText(signature, t)],
          [report.integrityLabel, integrityText(signature, t)],
          [words.scope, scopeText(signature, t)],
          [words.trust, trustText(signature, t)],
          [words.revocation, <Lines key="revocation" lines={revocationLines(signature, t)} />],
          [words.changes, changesText(signature, t)],
          [words.level, levelText(signature, t)],
        ]}
      />
      <Changes signature={signature} index={index} onShowChange={onShowChange} />
      <ProblemList codes={signature.problems} />
      <div className="cv-row">
        {onShowSigned === undefined || signature.coverage === 'none' ? null : (
          <Button onClick={onShowSigned}>{words.showSigned}</Button>
        )}
        <Technical signature={signature} />
      </div>
    </article>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line) => <div key={line}>{line}</div>);
}

/** Harmless additions are summed up above; what is listed here is what a person should look at. */
function Changes({
  signature,
  index,
  onShowChange,
}: Pick<Properties, 'signature' | 'index'> & {
  readonly onShowChange: Properties['onShowChange'] | undefined;
}) {
  const listed = signature.changes.filter(({ level }) => level !== 'lta');
  if (listed.length === 0) return null;
  const words = t.checking;
  return (
    <ul className="cv-changes" aria-label={words.changesList(index)}>
      {listed.map((change) => (
        <li key={`${change.what} ${change.page} ${change.rect.join(' ')}`} className="cv-row">
          <span className="cv-grow">
            {changeText(change, t)} <span className="cv-soft cv-small">{change.what}</span>
          </span>
          {change.page === 0 ? null : onShowChange === undefined ? (
            <span className="cv-soft">{words.onPage(change.page)}</span>
          ) : (
            <button type="button" className="cv-link" onClick={() => onShowChange(change)}>
              {words.showOnPage(change.page)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Technical({ signature }: { readonly signature: ReportedSignature }) {
  const [open, setOpen] = useState(false);
  const report = t.signing.report;
  const words = t.checking;
  return (
    <>
      <button type="button" className="cv-link cv-small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {report.technical}
      </button>
      {open ? (
        <Facts
          facts={[
            [report.field, signature.field],
            [report.issuer, signature.issuer],
            [report.validity, periodText(signature, t)],
            [words.serial, signature.serial],
            [words.subFilter, signature.subFilter],
            [words.certified, signature.docMdp === null ? '' : `P=${signature.docMdp}`],
            [words.pathCode, signature.pathCode],
            [report.code, signature.problems.join(', ')],
          ]}
        />
      ) : null}
    </>
  );
}
