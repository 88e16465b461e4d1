import type { Output } from '@shared/ipc/contract';
import type { Place } from '@shared/schema/documents';
import { useEffect, useState } from 'react';
import { useFilePresent } from '../../../data';
import { t } from '../../../i18n';
import type { ProblemText } from '../../../i18n/vi-signing';
import { invoke } from '../../../platform/desktop';
import { EmptyState, ErrorNotice, Notice } from '../../../ui';
import type { Acting } from '../../outgoing/acting';
import { authorityLines } from '../../outgoing/authority-lines';
import { MarkedPage } from '../../reader';
import type { BatchRow } from './batch-rows';

type Preview = Output<'signing:preview'>;
type Properties = { readonly row: BatchRow; readonly acting: Acting | null };

/** The page on which the signature will stand, with its place, and what the signer should know of the file first. */
export function PlacePreview({ row, acting }: Properties) {
  const { document, act } = row;
  const file = document.body;
  const present = useFilePresent(file?.sha256 ?? '');
  const { preview, error } = usePreview(row, present ? acting : null);
  if (file === null || !present) return <EmptyState title={t.outgoing.fileAbsent} />;
  const place = placeOf(row, preview);
  const words = t.signingActs.batch.preview;
  return (
    <div className="cv-batch-preview">
      {error === null ? null : <ErrorNotice error={error} />}
      {preview === null ? null : <Warnings warnings={preview.warnings} />}
      {preview !== null && place === null ? (
        <Notice tone="info" title={act === 'sign' ? words.signingPage : words.noPlace} />
      ) : null}
      <MarkedPage file={file} page={place?.page ?? 0} mark={place} label={words.mark[act]} />
    </div>
  );
}

function placeOf({ document, act }: BatchRow, preview: Preview | null): Place | null {
  return act === 'seal' ? (document.places?.organSignature ?? null) : (preview?.personSignature ?? null);
}

function usePreview({ document }: BatchRow, acting: Acting | null) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const sha256 = document.body?.sha256 ?? '';
  const ready = acting !== null && sha256 !== '';
  useEffect(() => {
    if (!ready) return undefined;
    let current = true;
    const { unit, person } = acting;
    invoke('signing:preview', {
      sha256,
      signerName: person.name,
      title: [...authorityLines(document.capacity, unit, person)],
      sealMm: unit.sealMm,
    }).then(
      (answer) => current && setPreview(answer),
      (failure: unknown) => current && setError(failure),
    );
    return () => {
      current = false;
    };
    // Asked once for a file: the row is looked at again only with other bytes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [sha256, ready]);
  return { preview, error };
}

function Warnings({ warnings }: Pick<Preview, 'warnings'>) {
  if (warnings.length === 0) return null;
  const words = t.signingActs.batch.preview;
  const texts: Readonly<Record<string, ProblemText>> = t.signing.warnings;
  const codes = [...new Set(warnings.map(({ code }) => code))];
  return (
    <Notice tone="warn" title={words.warningsTitle}>
      <ul className="cv-batch-warnings">
        {codes.map((code) => {
          const pages = warnings.flatMap((known) =>
            known.code === code && known.page !== null ? [known.page + 1] : [],
          );
          const where = pages.length === 0 ? '' : ` (${words.pages([...new Set(pages)].join(', '))})`;
          return (
            <li key={code}>
              {`${texts[code]?.what ?? code}${where}`} <span className="cv-soft">{texts[code]?.todo}</span>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
