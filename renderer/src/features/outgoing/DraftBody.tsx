import { Button } from '@mantine/core';
import { t } from '../../i18n';
import { TextAreaField, TextField } from '../../ui';
import { ImportButton } from '../signing';
import { hasText, textKey } from './draft-values';
import type { Draft } from './use-draft';

/** The body: a PDF made elsewhere, or a text that the program sets by the form of the decree. */
export function DraftBody({ draft }: { readonly draft: Draft }) {
  const { values, change } = draft;
  const words = t.outgoing.draft;
  const kinds = ['attached', 'composed'] as const;
  return (
    <fieldset className="cv-fieldset">
      <legend>{t.outgoing.fields.body}</legend>
      <div className="cv-chips" role="group" aria-label={words.bodyKind}>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="cv-chip"
            aria-pressed={values.bodyKind === kind}
            onClick={() => change({ ...values, bodyKind: kind })}
          >
            {words[kind]}
          </button>
        ))}
      </div>
      {values.bodyKind === 'attached' ? <Attached draft={draft} /> : <Composed draft={draft} />}
    </fieldset>
  );
}

function Attached({ draft }: { readonly draft: Draft }) {
  const { attached } = draft.values;
  const words = t.outgoing.draft;
  return (
    <div className="cv-row">
      <ImportButton
        label={attached === null ? words.choosePdf : words.changePdf}
        accept=".pdf"
        disabled={draft.task.busy}
        onFiles={draft.attach}
      />
      <span className="cv-grow cv-small cv-file-name">
        {attached === null ? words.pdfOnly : attached.name}
      </span>
    </div>
  );
}

function Composed({ draft }: { readonly draft: Draft }) {
  const { values, change, task } = draft;
  const words = t.outgoing.fields;
  const hints = t.outgoing.draft;
  const stale = values.made !== null && values.made.key !== textKey(values);
  return (
    <>
      <TextField
        label={words.addressee}
        hint={hints.addresseeHint}
        value={values.addressee}
        onChange={(addressee) => change({ ...values, addressee })}
        maxLength={500}
      />
      <TextAreaField
        label={words.bases}
        hint={hints.basesHint}
        value={values.bases}
        onChange={(bases) => change({ ...values, bases })}
        rows={2}
      />
      <TextAreaField
        label={words.paragraphs}
        hint={hints.paragraphsHint}
        value={values.paragraphs}
        onChange={(paragraphs) => change({ ...values, paragraphs })}
        rows={8}
      />
      <div className="cv-row">
        <Button disabled={task.busy || !hasText(values)} onClick={draft.preview}>
          {hints.preview}
        </Button>
        {stale ? <span className="cv-grow cv-soft cv-small">{hints.stale}</span> : null}
      </div>
    </>
  );
}
