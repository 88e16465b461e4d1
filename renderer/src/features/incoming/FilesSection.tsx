import { Button } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import type { ReportVerdict } from '@shared/ipc/signature-report';
import type { FileRef } from '@shared/schema/values';
import { shortDate } from '@shared/text/time';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import {
  IconButton,
  type Meaning,
  Notice,
  reportFailure,
  Section,
  StatusTag,
  sizeText,
  toast,
} from '../../ui';
import { type KeepReport, SignatureReport, useFileVerdict, useKeepReport, VerdictTag } from '../checking';

type Properties = {
  readonly document: Stored<'incoming'>;
  /** Opens the form of the return with this reason; null where the document cannot be sent back. */
  readonly onReturn: ((reason: string) => void) | null;
};

const meanings: Readonly<Record<ReportVerdict, Meaning>> = {
  valid: 'good',
  indeterminate: 'warn',
  invalid: 'bad',
  unsigned: 'plain',
};

/** The files of a document, each with what the last check of its signatures said. */
export function FilesSection({ document, onReturn }: Properties) {
  if (document.files.length === 0) return null;
  return (
    <Section title={t.incoming.sections.files}>
      <ul className="cv-stack">
        {document.files.map((file) => (
          <li key={file.sha256}>
            <FileLine file={file} />
            {file.kind === 'pdf' ? <Signatures document={document} file={file} onReturn={onReturn} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FileLine({ file }: { readonly file: FileRef }) {
  const save = async (): Promise<void> => {
    const { saved } = await invoke('files:save-copy', { sha256: file.sha256, name: file.name });
    if (saved) toast(t.reader.saved);
  };
  return (
    <div className="cv-file-line">
      <span className="cv-ellipsis cv-grow" title={file.name}>
        {file.name}
      </span>
      <span className="cv-soft cv-small">{sizeText(file.size)}</span>
      <IconButton
        icon="download"
        label={t.reader.saveCopy}
        onClick={() => void save().catch(reportFailure)}
      />
    </div>
  );
}

/** Kiểm tra chữ ký; the verdict is kept beside the document. */
function Signatures({ document, file, onReturn }: Properties & { readonly file: FileRef }) {
  const { keep } = useKeepReport();
  const known = document.signatures[file.sha256];
  const words = t.incoming.signatures;
  const onChecked = (checked: Parameters<KeepReport['keep']>[1]): void => {
    keep(document.id, checked).catch(reportFailure);
  };
  return (
    <div className="cv-stack" role="group" aria-label={t.incoming.sections.signatures}>
      <div className="cv-row">
        <span className="cv-soft">{t.incoming.sections.signatures}:</span>
        {known === undefined ? (
          <>
            <VerdictTag file={file} />
            <span className="cv-soft cv-small">{words.notChecked}</span>
          </>
        ) : (
          <>
            <StatusTag meaning={meanings[known.verdict]}>{words.verdicts[known.verdict]}</StatusTag>
            <span className="cv-soft cv-small">{words.checked(shortDate(known.checkedAt.slice(0, 10)))}</span>
          </>
        )}
      </div>
      {onReturn === null ? null : <BadFile file={file} onReturn={onReturn} />}
      <SignatureReport file={file} place={{ from: 'incoming', id: document.id }} onChecked={onChecked} />
    </div>
  );
}

/** A file whose signature is not valid is sent back in two clicks: this one and the one that saves the form. */
function BadFile({
  file,
  onReturn,
}: {
  readonly file: FileRef;
  readonly onReturn: (reason: string) => void;
}) {
  const verdict = useFileVerdict(file.sha256)?.verdict;
  if (verdict !== 'invalid') return null;
  return (
    <Notice tone="bad" title={t.signing.report.meanings.invalid}>
      <Button onClick={() => onReturn(t.incoming.signatures.returnReason)}>
        {t.incoming.actions.return}
      </Button>
    </Notice>
  );
}
