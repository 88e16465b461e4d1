import { formatNumber } from '@shared/domain/numbering';
import {
  askForNumber,
  fillNumber,
  issueOutgoing,
  numberOutgoing,
  returnOutgoing,
  submitOutgoing,
} from '@shared/domain/outgoing';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { dayInHanoi, shortDate } from '@shared/text/time';
import { currentBookId, sha256Text } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { confirmFinal } from '../../ui';
import { type Act, type Acting, type ActOutcome, type Acts, bodyOf, freshDocument } from './acting';
import { authorityLines } from './authority-lines';
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

/** Cấp số: shows the number first, gives it in one strict write, then puts it into the file. */
const number: Act = async (acting, document, begin) => {
  const { workplace, unit } = acting;
  const bookId = currentBookId(unit.id, 'outgoing', workplace.clock());
  const shown = await workplace.store.read('books', bookId);
  if (shown === null) throw new AppError('BOOK_NOT_HELD', bookId);
  const day = dayInHanoi(workplace.clock());
  const written = `${formatNumber(shown.next)}/${document.symbol}`;
  const words = t.outgoing.confirm;
  const sure = await confirmFinal({
    title: words.numberTitle,
    effect: `${words.number(written)}. ${words.date(shortDate(day))}. ${words.numberEffect}`,
    counterAct: words.numberCounter,
    action: words.numberSave,
  });
  if (!sure) return 'declined';
  begin();
  await workplace.run(async (context, read) => {
    const book = await read('books', bookId);
    if (book === null) throw new AppError('BOOK_NOT_HELD', bookId);
    if (book.next !== shown.next) throw new AppError('NUMBER_TAKEN', formatNumber(shown.next));
    return numberOutgoing(context, await freshDocument(read, document.id), book, day, sha256Text);
  });
  await writeNumberIntoFile(acting, document.id);
  return { done: t.outgoing.done.number(written) };
};

const fill: Act = async (acting, { id }, begin) => {
  begin();
  await writeNumberIntoFile(acting, id);
  return { done: t.outgoing.done['fill-number'] };
};

async function writeNumberIntoFile({ workplace }: Acting, id: string): Promise<void> {
  const document = await freshDocument((coll, row) => workplace.store.read(coll, row), id);
  const body = bodyOf(document);
  const { file } = await invoke('signing:fill-number', {
    sha256: body.sha256,
    name: body.name,
    number: formatNumber(document.number),
    date: document.date,
  });
  await workplace.run(async (context, read) => fillNumber(context, await freshDocument(read, id), file));
  await workplace.files.refresh();
}

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
