import type { AgendaItem, Paper } from '@shared/schema/meetings';
import type { FileRef } from '@shared/schema/values';
import { plainText } from '../../ui/match-text';

const leader = /^(?:muc|noi dung|so|item)?\s*0*(\d{1,3})(?=[\s._\-–)/:]|$)/u;
const leaderAndRest = /^(?:muc|noi dung|so|item)?\s*\d+(?:[._-]\d+)*[\s._\-–)/:]*/u;
/** `02-KH-...`, `12_BC_LDLD`: number and symbol of a document, not the number of an agenda item. */
const documentSymbol = /^\d{1,4}[a-z]?[-/_]\p{Lu}{2}\p{L}{0,2}[-_/]\p{Lu}/u;
const date = /^\d{1,4}[-./_ ]\d{1,2}[-./_ ]\d{2,4}(?!\d)/u;

/**
 * Number of the agenda item that a file name begins with: `03 Bao cao.pdf`, `3. Du thao.docx`, `3_2 phu luc.pdf` and
 * `Muc 3 - To trinh.pdf` all say 3, with or without marks. Gives 0 where there is none; a year or a date in front
 * (`2026 ke hoach.pdf`, `21-11-2026.pdf`) and the symbol of a document are no item number.
 */
export function leadingNumber(name: string): number {
  const plain = withoutMarks(name.trim());
  if (date.test(plain) || documentSymbol.test(name.normalize('NFC').trim())) return 0;
  const match = leader.exec(plain);
  return match?.[1] === undefined ? 0 : Number(match[1]);
}

/** A title for a paper from its file name: without the number in front and the extension. */
export function titleFromName(name: string): string {
  const stem = name.normalize('NFC').replace(/\.[A-Za-z0-9]{2,5}$/u, '');
  const lead = leadingNumber(stem) === 0 ? 0 : (leaderAndRest.exec(withoutMarks(stem))?.[0].length ?? 0);
  const title = stem.slice(lead).replaceAll('_', ' ').trim();
  return (title === '' ? stem : title).slice(0, 300);
}

/** The text without Vietnamese marks, in lower case, letter for letter: positions stay the same. */
function withoutMarks(text: string): string {
  return Array.from(text.normalize('NFC'), (letter) => plainText(letter) || letter).join('');
}

/**
 * Papers for new files: each goes to the agenda item whose number its name begins with, else to `fallback` (an item id,
 * or '' for papers of the meeting as a whole). Ordered by name as people count: 2 before 10.
 */
export function papersFromFiles(
  files: readonly FileRef[],
  agenda: readonly AgendaItem[],
  fallback: string,
  newId: () => string,
): readonly Paper[] {
  const inOrder = [...files].sort((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true }));
  return inOrder.map((file) => ({
    id: newId(),
    agendaItem: agenda[leadingNumber(file.name) - 1]?.id ?? fallback,
    title: titleFromName(file.name),
    file,
  }));
}

/** Papers for files of registered documents, called as the document is; they belong to no item until one is chosen. */
export function papersFromDocuments(
  documents: readonly { readonly name: string; readonly file: FileRef }[],
  newId: () => string,
): readonly Paper[] {
  return documents.map(({ name, file }) => ({
    id: newId(),
    agendaItem: '',
    title: name.slice(0, 300),
    file,
  }));
}

/** All papers in the order of the pack: by agenda item, within it as arranged, those of no item last. */
export function inPackOrder(papers: readonly Paper[], agenda: readonly AgendaItem[]): readonly Paper[] {
  const place = new Map(agenda.map((item, index) => [item.id, index]));
  const at = (paper: Paper): number => place.get(paper.agendaItem) ?? agenda.length;
  return [...papers].sort((a, b) => at(a) - at(b));
}

/** Moves a paper up or down among those of the same agenda item; the others keep their places. */
export function movePaper(papers: readonly Paper[], id: string, step: -1 | 1): readonly Paper[] {
  const from = papers.findIndex((paper) => paper.id === id);
  const moved = papers[from];
  if (moved === undefined) return papers;
  const siblings = papers.filter((paper) => paper.agendaItem === moved.agendaItem);
  const other = siblings[siblings.indexOf(moved) + step];
  if (other === undefined) return papers;
  return papers.map((paper) => (paper.id === moved.id ? other : paper.id === other.id ? moved : paper));
}
