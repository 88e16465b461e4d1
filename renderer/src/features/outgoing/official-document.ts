import type { PrintJob } from '@shared/ipc/print-jobs';
import type { Composition, Outgoing } from '@shared/schema/documents';
import type { Person, Unit } from '@shared/schema/people';
import { printedOutgoing as printed } from '../../i18n/printed-outgoing';
import { authorityLines } from './authority-lines';

/** An official document as it crosses to the document worker. */
export type DocumentData = Extract<PrintJob, { kind: 'document' }>['data'];
type Block = DocumentData['body'][number];

/** Everything that a document composed in the program is made of. */
export type DocumentParts = {
  readonly form: Pick<Outgoing, 'type' | 'symbol' | 'subject' | 'urgency' | 'capacity' | 'otherReceivers'>;
  readonly composition: Composition;
  readonly unit: Unit;
  /** Name of the direct superior, '' where there is none. */
  readonly superior: string;
  readonly signer: Pick<Person, 'name' | 'position'>;
  /** Names of the receiving units, in the order of the form. */
  readonly receivers: readonly string[];
  readonly year: number;
};

const capitals = (text: string): string => text.trim().toLocaleUpperCase('vi');

/** The data from which the document worker sets a draft; number and date stay open until they are given. */
export function officialDocument(parts: DocumentParts): DocumentData {
  const { form, composition, unit, signer } = parts;
  const enacting = printed.enacting[form.type];
  const addressees = [...splitList(composition.addressee)];
  const authority = capitals(`${unit.collective} ${unit.name}`);
  return {
    superior: capitals(parts.superior),
    issuer: capitals(unit.name),
    number: null,
    symbol: form.symbol,
    year: parts.year,
    place: unit.place,
    date: null,
    // The words with gaps: signing finds the blanks by their text and puts the fields for the date there.
    openDate: 'gaps',
    typeName: form.type === printed.letter ? '' : capitals(form.type),
    subject: form.subject.trim(),
    urgency: form.urgency,
    addressees,
    ...(enacting === undefined ? {} : { authority, enacting }),
    bases: [...composition.bases],
    body: composition.paragraphs.map(blockOf),
    signing: { authority: [...authorityLines(form.capacity, unit, signer)], name: signer.name },
    receivers: receiverLines(parts.receivers, form.otherReceivers, addressees),
    archive: printed.archive,
    sealDiameter: unit.sealMm,
  };
}

/** The items of a free text, one a line or parted by semicolons. */
export function splitList(text: string): readonly string[] {
  return text
    .split(/[\n;]+/u)
    .map((item) => item.replace(/^[\s\-–]+/u, '').replace(/[\s.;]+$/u, ''))
    .filter((item) => item !== '');
}

/** The paragraphs of a plain text: one a line, empty lines dropped. */
export function splitLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Nơi nhận: units, then others; who is addressed directly stands under "Như trên" already (Phụ lục I.II.9). */
function receiverLines(units: readonly string[], others: string, addressees: readonly string[]) {
  const addressed = new Set(addressees.map((name) => name.toLocaleLowerCase('vi')));
  return [...new Set([...units, ...splitList(others)])]
    .filter((name) => !addressed.has(name.toLocaleLowerCase('vi')))
    .map((line) => {
      const tagged = /^(.*\S)\s*\(([^()]{1,40})\)$/u.exec(line);
      return tagged?.[1] === undefined || tagged[2] === undefined
        ? { name: line }
        : { name: tagged[1], tag: tagged[2] };
    });
}

/** What a typed line is: `Điều 1.` an article, `I. MỤC ĐÍCH` a heading, else running text. */
function blockOf(line: string): Block {
  const article = printed.article.exec(line);
  if (article?.[1] !== undefined) {
    const text = article[2] ?? '';
    return text === ''
      ? { kind: 'article', label: article[1] }
      : { kind: 'article', label: article[1], text };
  }
  const heading = printed.heading.test(line) && line === line.toLocaleUpperCase('vi');
  return heading ? { kind: 'heading', text: line } : { kind: 'paragraph', text: line };
}

/** Name of the file that a composed draft is kept under. */
export function draftFileName(type: string, subject: string): string {
  const clean = `${type} ${subject}`
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return `${Array.from(clean).slice(0, 80).join('').trim()}.pdf`;
}
