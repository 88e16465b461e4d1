import { askForNumber, issueOutgoing, returnOutgoing, submitOutgoing } from '@shared/domain/outgoing';
import type { Stored } from '@shared/domain/plan';
import { t } from '../../i18n';
import { confirmFinal } from '../../ui';
import { type Act, type Acting, type ActOutcome, type Acts, freshDocument } from './acting';
import { authorityLines } from './authority-lines';
import { fill, number, numberLastYear } from './numbering-acts';
import { splitList } from './official-document';
import { sealBody, signBody } from './signing-acts';

/** Trình ký. */
const submit: Act = async ({ workplace }, { id }, begin) => {
  begin();
  await workplace.run(async (context, read) => submitOutgoing(context, await freshDocument(read, id)));
  return { done: t.outgoing.done.submit };
};

/** Ký: asked once, then the main process asks for the password of the person's certificate. */
const sign: Act = async (acting, document, begin) => {
  const { person, unit } = acting;
  const title = [...authorityLines(document.capacity, unit, person)];
  const words = t.outgoing.confirm;
  const sure = await confirmFinal({
    title: words.signTitle,
    effect: `${words.signEffect(document.subject)} ${words.signAs(title.join(' / '))}`,
    counterAct: words.signCounter,
    action: words.signSave,
  });
  if (!sure) return 'declined';
  begin();
  await signBody(acting, document);
  return { done: t.outgoing.done.sign };
};

const wait: Act = async ({ workplace }, { id }, begin) => {
  begin();
  await workplace.run(async (context, read) => askForNumber(context, await freshDocument(read, id)));
  return { done: t.outgoing.done['ask-number'] };
};

/** Ký số cơ quan: the document and every annex that is a PDF. */
const seal: Act = async (acting, document, begin) => {
  const { unit } = acting;
  const words = t.outgoing.confirm;
  const sure = await confirmFinal({
    title: words.sealTitle,
    effect: words.sealEffect(unit.name),
    counterAct: words.sealCounter,
    action: words.sealSave,
  });
  if (!sure) return 'declined';
  begin();
  await sealBody(acting, document);
  return { done: t.outgoing.done.seal };
};

/** Phát hành to the receivers that the question names. */
const issue: Act = async ({ workplace, units }, document, begin) => {
  const words = t.outgoing.confirm;
  const names = document.receivers.map((id) => units.get(id)?.name ?? t.common.pick.gone);
  const others = splitList(document.otherReceivers);
  const effect = [
    names.length === 0 ? '' : `${words.issueEffect(names.length)} ${names.join('; ')}.`,
    others.length === 0 ? '' : `${words.issueOthers(others.join('; '))}.`,
  ];
  const sure = await confirmFinal({
    title: words.issueTitle,
    effect: effect.filter((line) => line !== '').join(' ') || words.issueNobody,
    counterAct: words.issueCounter,
    action: words.issueSave,
  });
  if (!sure) return 'declined';
  begin();
  await workplace.run(async (context, read) =>
    issueOutgoing(context, await freshDocument(read, document.id), document.receivers),
  );
  return { done: t.outgoing.done.issue };
};

/** Every act that needs no form of its own. Acquiring the book belongs to the book, not to the document. */
export const acts: Omit<Acts, 'acquire-book'> = {
  submit,
  sign,
  number,
  'number-last-year': numberLastYear,
  'fill-number': fill,
  'ask-number': wait,
  seal,
  issue,
};

/** Trả lại người soạn, with the reason. */
export async function giveBack(
  { workplace }: Acting,
  document: Stored<'outgoing'>,
  reason: string,
): Promise<ActOutcome> {
  await workplace.run(async (context, read) =>
    returnOutgoing(context, await freshDocument(read, document.id), reason),
  );
  return { done: t.outgoing.done.return };
}
