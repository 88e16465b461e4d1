import { t } from '../../i18n';
import { IconButton } from '../../ui';
import { ImportButton } from '../signing';
import type { Draft } from './use-draft';

const accepted = '.pdf,.docx,.xlsx,.jpg,.jpeg,.png,.mp4';

/** Annexes in files of their own. */
export function DraftAnnexes({ draft }: { readonly draft: Draft }) {
  const { values, change } = draft;
  const words = t.outgoing.draft;
  const remove = (sha256: string): void =>
    change({ ...values, annexes: values.annexes.filter((annex) => annex.sha256 !== sha256) });
  return (
    <fieldset className="cv-fieldset">
      <legend>{t.outgoing.fields.annexes}</legend>
      <ul className="cv-files">
        {values.annexes.map((annex) => (
          <li key={annex.sha256} className="cv-row">
            <span className="cv-grow cv-file-name">{annex.name}</span>
            {annex.kind === 'pdf' ? null : <span className="cv-soft cv-small">{words.annexUnsigned}</span>}
            <IconButton
              icon="close"
              label={words.removeAnnex(annex.name)}
              onClick={() => remove(annex.sha256)}
            />
          </li>
        ))}
      </ul>
      <div className="cv-row">
        <ImportButton
          label={words.addAnnex}
          accept={accepted}
          multiple
          disabled={draft.task.busy}
          onFiles={draft.annex}
        />
        <span className="cv-grow cv-soft cv-small">
          {values.annexes.length === 0 ? words.noAnnexes : words.annexNote}
        </span>
      </div>
    </fieldset>
  );
}
