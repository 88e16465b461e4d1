import { recordSignatureCheck } from '@shared/domain/incoming';
import type { Stored } from '@shared/domain/plan';
import type { SignatureReport as Report } from '@shared/ipc/signature-report';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { isoInHanoi, shortDate } from '@shared/text/time';
import { useRun, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { IconButton, type Meaning, reportFailure, Section, StatusTag, sizeText, toast } from '../../ui';
import { SignatureReport } from '../signing';

type Properties = { readonly document: Stored<'incoming'> };

const meanings: Readonly<Record<Report['verdict'], Meaning>> = {
  valid: 'good',
  indeterminate: 'warn',
  invalid: 'bad',
  unsigned: 'plain',
};

/** The files of a document, each with what the last check of its signatures said. */
export function FilesSection({ document }: Properties) {
  if (document.files.length === 0) return null;
  return (
    <Section title={t.incoming.sections.files}>
      <ul className="cv-stack">
        {document.files.map((file) => (
          <li key={file.sha256}>
            <FileLine file={file} />
            {file.kind === 'pdf' ? <Signatures document={document} file={file} /> : null}
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
function Signatures({ document, file }: Properties & { readonly file: FileRef }) {
  const run = useRun();
  const { clock } = useWorkplace();
  const known = document.signatures[file.sha256];
  const keep = async (report: Report): Promise<void> => {
    await run(async (_context, read) => {
      const row = await read('incoming', document.id);
      if (row === null) throw new AppError('NOT_FOUND', document.id);
      return recordSignatureCheck(row, {
        sha256: file.sha256,
        verdict: report.verdict,
        checkedAt: isoInHanoi(clock()),
        signers: report.signatures.map((signature) => ({
          name: signature.signerName,
          organisation: signature.signerOrganisation,
          verdict: signature.verdict,
        })),
        problems: report.problems,
      });
    });
  };
  return (
    <div className="cv-stack" role="group" aria-label={t.incoming.sections.signatures}>
      <div className="cv-row">
        <span className="cv-soft">{t.incoming.sections.signatures}:</span>
        {known === undefined ? (
          <span className="cv-soft">{t.incoming.signatures.notChecked}</span>
        ) : (
          <>
            <StatusTag meaning={meanings[known.verdict]}>
              {t.incoming.signatures.verdicts[known.verdict]}
            </StatusTag>
            <span className="cv-soft cv-small">
              {t.incoming.signatures.checked(shortDate(known.checkedAt.slice(0, 10)))}
            </span>
          </>
        )}
      </div>
      <SignatureReport sha256={file.sha256} onReport={(report) => void keep(report).catch(reportFailure)} />
    </div>
  );
}
