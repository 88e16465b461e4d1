import { Button } from '@mantine/core';
import type { NewCopy } from '@shared/domain/electronic-copy';
import { type CopyForm, copyForms, type ElectronicCopy } from '@shared/schema/signature-state';
import type { FileRef } from '@shared/schema/values';
import { useState } from 'react';
import { useFilePresent, useSession, useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import {
  ChoiceField,
  confirmFinal,
  IconButton,
  momentText,
  reportFailure,
  Section,
  TextField,
  toast,
  usePersonName,
  useTask,
} from '../../../ui';
import { importing } from '../importing';
import { Failures } from '../SigningPart';
import { CopyNumber, type CopyOf } from './CopyNumber';
import { readPageRanges } from './page-ranges';

type Properties = {
  readonly of: CopyOf;
  /** The files that a copy may be made of; only PDF carry a signature. */
  readonly files: readonly FileRef[];
  readonly copies: Readonly<Record<string, ElectronicCopy>>;
  /** The clerk of a unit that keeps the document. */
  readonly mayCopy: boolean;
  /** Keeps a copy that was made with its document. */
  readonly keep: (copy: NewCopy) => Promise<void>;
};

/** Bản sao điện tử (Điều 25, 26): the copies that were made, and making one. */
export function Copies({ of, files, copies, mayCopy, keep }: Properties) {
  const [open, setOpen] = useState(false);
  const words = t.signingActs.copies;
  const made = Object.entries(copies).sort(([, a], [, b]) => a.at.localeCompare(b.at));
  const sources = files.filter(({ kind }) => kind === 'pdf');
  if (made.length === 0 && (!mayCopy || sources.length === 0)) return null;
  return (
    <Section title={words.title}>
      <div className="cv-stack">
        {made.length === 0 ? <p className="cv-soft">{words.none}</p> : null}
        <ul className="cv-files">
          {made.map(([id, copy]) => (
            <Copy key={id} of={of} id={id} copy={copy} />
          ))}
        </ul>
        {open ? (
          <CopyForm sources={sources} keep={keep} onDone={() => setOpen(false)} />
        ) : mayCopy && sources.length > 0 ? (
          <div className="cv-row">
            <Button onClick={() => setOpen(true)}>{words.make}</Button>
          </div>
        ) : null}
      </div>
    </Section>
  );
}

function Copy({ of, id, copy }: { readonly of: CopyOf; readonly id: string; readonly copy: ElectronicCopy }) {
  const nameOf = usePersonName();
  const present = useFilePresent(copy.file.sha256);
  const words = t.signingActs.copies;
  const save = (): void => {
    invoke('files:save-copy', { sha256: copy.file.sha256, name: copy.file.name }).catch(reportFailure);
  };
  return (
    <li className="cv-file">
      <div className="cv-grow">
        <p className="cv-file-name">{copy.file.name}</p>
        <p className="cv-soft cv-small">
          {words.line(words.forms[copy.form], momentText(copy.at), nameOf(copy.by))}
        </p>
      </div>
      <CopyNumber of={of} id={id} copy={copy} />
      <IconButton
        icon="download"
        label={`${t.reader.saveCopy}: ${copy.file.name}`}
        disabled={!present}
        onClick={save}
      />
    </li>
  );
}

type FormProperties = Pick<Properties, 'keep'> & {
  readonly sources: readonly FileRef[];
  readonly onDone: () => void;
};

function CopyForm({ sources, keep, onDone }: FormProperties) {
  const { unit } = useSession();
  const { files } = useWorkplace();
  const task = useTask();
  const [form, setForm] = useState<CopyForm>('sao-y');
  const [sha256, setSha256] = useState(sources[0]?.sha256 ?? '');
  const [range, setRange] = useState('1');
  const words = t.signingActs.copies;
  const source = sources.find((file) => file.sha256 === sha256);
  const count = source?.pages ?? 0;
  const pages = form === 'trich-sao' ? readPageRanges(range, count) : [];

  const sign = () =>
    importing(task, async () => {
      if (source === undefined || unit === null || pages === null) return;
      const sure = await confirmFinal({
        title: words.confirmTitle,
        effect: words.confirmEffect(words.forms[form], unit.name),
        counterAct: words.confirmCounter,
        action: words.sign,
      });
      if (!sure) return;
      const { file } = await invoke('signing:sign-copy', {
        sha256: source.sha256,
        name: words.fileName(words.forms[form], source.name).slice(-255),
        form,
        organisation: unit.name,
        pages: [...pages],
      });
      files.keepLoose([file]);
      await keep({ form, file, of: source.sha256 });
      await files.refresh();
      toast(words.made(words.forms[form]));
      onDone();
    });

  return (
    <form
      className="cv-stack"
      aria-label={words.make}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void sign();
      }}
    >
      <ChoiceField
        label={words.form}
        value={form}
        choices={copyForms.map((value) => ({ value, label: words.forms[value] }))}
        onChange={setForm}
      />
      {sources.length > 1 ? (
        <ChoiceField
          label={words.of}
          value={sha256}
          choices={sources.map((file) => ({ value: file.sha256, label: file.name }))}
          onChange={setSha256}
        />
      ) : null}
      {form === 'trich-sao' ? (
        <TextField
          label={words.pages}
          value={range}
          hint={pages === null ? words.pagesWrong(count) : words.pagesHint}
          onChange={setRange}
        />
      ) : null}
      <div className="cv-row">
        <Button type="submit" variant="filled" disabled={task.busy || pages === null}>
          {words.sign}
        </Button>
        <Button onClick={onDone} disabled={task.busy}>
          {t.common.actions.cancel}
        </Button>
      </div>
      <Failures errors={[task.error]} />
    </form>
  );
}
