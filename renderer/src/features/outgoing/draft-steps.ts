import { setAside } from '@shared/domain/intake';
import { draftOutgoing, editOutgoing, submitOutgoing } from '@shared/domain/outgoing';
import { changedFields, type Stored } from '@shared/domain/plan';
import { refuseSecret } from '@shared/domain/secrecy';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { dayInHanoi } from '@shared/text/time';
import { t } from '../../i18n';
import { invoke, takeFiles } from '../../platform/desktop';
import { type Acting, freshDocument } from './acting';
import { type DraftValues, formOf, hasText, textKey } from './draft-values';
import { draftFileName, officialDocument } from './official-document';

/** Takes chosen files into the store. The code of what is wrong with the first bad one is thrown (detail: its name). */
export async function takeForDraft(
  { workplace }: Acting,
  chosen: readonly File[],
): Promise<readonly FileRef[]> {
  const { files } = await takeFiles(chosen);
  for (const { file, problem } of files) if (problem !== '') throw new AppError(problem, file.name);
  workplace.files.keepLoose(files.map(({ file }) => file));
  return files.map(({ file }) => file);
}

/** The form with its page set anew where the text has changed since; unchanged where the body is an attached PDF. */
export async function withPage(
  acting: Acting,
  signerOf: SignerOf,
  values: DraftValues,
): Promise<DraftValues> {
  refuseSecret(values.secrecy);
  const key = textKey(values);
  if (!hasText(values) || values.made?.key === key) return values;
  const { workplace, unit, units } = acting;
  const { composition } = formOf(values);
  if (composition === null) return values;
  const data = officialDocument({
    form: values,
    composition,
    unit,
    superior: units.get(unit.superior)?.name ?? '',
    signer: signerOf(values.signer),
    receivers: values.receivers.map((id) => units.get(id)?.name ?? '').filter((name) => name !== ''),
    year: Number(dayInHanoi(workplace.clock()).slice(0, 4)),
  });
  const name = draftFileName(values.type, values.subject);
  const { file, places } = await invoke('print:make', { name, job: { kind: 'document', data } });
  workplace.files.keepLoose([file]);
  return { ...values, made: { file, places, key } };
}

/** Name and position of a signer; empty where none is chosen yet. */
export type SignerOf = (id: string) => { readonly name: string; readonly position: string };

export type SavedDraft = { readonly id: string; readonly values: DraftValues };

/** The draft as it was saved last, '' before the first time; `rev` is the server's revision when the form was opened. */
export type DraftBefore = SavedDraft & { readonly rev: number };

/**
 * Lưu nháp: sets the page where needed and stores the draft. An intake file that became a draft is put aside, where the
 * person may do that. SECRET_DOCUMENT before anything is made or stored.
 */
export async function saveDraft(
  acting: Acting,
  signerOf: SignerOf,
  before: DraftBefore,
  values: DraftValues,
  intake: Stored<'intake'> | null,
): Promise<SavedDraft> {
  const ready = await withPage(acting, signerOf, values);
  const form = formOf(ready);
  const { workplace, person } = acting;
  let savedId = before.id;
  if (before.id === '') {
    await workplace.run((context) => {
      const plan = draftOutgoing(context, form, values.secrecy);
      savedId = plan.changes[0]?.id ?? '';
      return plan;
    });
    if (intake?.state === 'waiting' && person.roles.includes('clerk'))
      await workplace.run(() => setAside(intake, t.outgoing.draft.asideNote));
  } else {
    const changes = changedFields(formOf(before.values), form);
    await workplace.run(async (context, read) => {
      const document = await freshDocument(read, before.id);
      return editOutgoing(context, { ...document, rev: before.rev }, changes);
    });
  }
  await workplace.files.refresh();
  return { id: savedId, values: ready };
}

/** Trình ký a stored draft. */
export async function submitDraft({ workplace }: Acting, id: string): Promise<void> {
  await workplace.run(async (context, read) => submitOutgoing(context, await freshDocument(read, id)));
}
