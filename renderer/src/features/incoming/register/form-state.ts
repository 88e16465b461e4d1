import { documentTypes } from '@shared/domain/document-types';
import type { IncomingForm } from '@shared/domain/incoming';
import type { Incoming, IntakeItem } from '@shared/schema/documents';

/** The form as it is typed; the number of pages is text until it is saved. */
export type FormValues = Omit<IncomingForm, 'pages'> & {
  readonly pages: string;
  readonly arrivalDate: string;
};

/** An empty form for a file (its pages are counted by the machine) or a paper document. */
export function emptyForm(today: string, intake: IntakeItem | null): FormValues {
  return {
    arrivalDate: today,
    number: '',
    symbol: '',
    date: '',
    issuer: '',
    type: '',
    subject: '',
    signerName: '',
    signerPosition: '',
    urgency: 'normal',
    secrecy: 'none',
    pages: String(intake?.file?.pages || ''),
    paperPlace: '',
    dueDate: '',
    note: '',
  };
}

/** The fields of a document that is known already: one that arrived through the exchange, or one to correct. */
export function formOf(document: Incoming, today: string): FormValues {
  return {
    arrivalDate: document.arrivalDate === '' ? today : document.arrivalDate,
    number: document.number,
    symbol: document.symbol,
    date: document.date,
    issuer: document.issuer,
    type: document.type,
    subject: document.subject,
    signerName: document.signerName,
    signerPosition: document.signerPosition,
    urgency: document.urgency,
    secrecy: 'none',
    pages: document.pages === 0 ? '' : String(document.pages),
    paperPlace: document.paperPlace,
    dueDate: document.dueDate,
    note: document.note,
  };
}

/** "Ghi & Thêm tiếp": the next form keeps what a batch of one sender has in common. */
export function continuedForm(before: FormValues, today: string, intake: IntakeItem | null): FormValues {
  const { issuer, type, signerName, signerPosition, date, arrivalDate } = before;
  return { ...emptyForm(today, intake), issuer, type, signerName, signerPosition, date, arrivalDate };
}

/** What the domain takes: trimmed texts and a whole number of pages. */
export function formToSave(values: FormValues): IncomingForm {
  const { arrivalDate: _arrivalDate, pages, ...rest } = values;
  return {
    ...rest,
    number: rest.number.trim(),
    symbol: rest.symbol.trim(),
    issuer: rest.issuer.trim(),
    type: rest.type.trim(),
    subject: rest.subject.trim().replace(/\s+/g, ' '),
    signerName: rest.signerName.trim(),
    signerPosition: rest.signerPosition.trim(),
    paperPlace: rest.paperPlace.trim(),
    note: rest.note.trim(),
    pages: /^\d+$/.test(pages.trim()) ? Number(pages.trim()) : 0,
  };
}

/** The type that a symbol names: `KH-LĐLĐ` is a Kế hoạch, `NQ/TU` a Nghị quyết; '' when it names none. */
export function typeOfSymbol(symbol: string): string {
  const first = symbol.split(/[-/]/, 1)[0] ?? '';
  const found = documentTypes.find((type) => type.abbreviation !== '' && type.abbreviation === first.trim());
  return found?.name ?? '';
}

const drafts = new Map<string, FormValues>();

/**
 * Remembers what is being typed while the application runs. Never on disk: a document may turn out to be secret after
 * half of it was typed, and the browser's stores keep what was removed from them.
 */
export function keepDraft(key: string, values: FormValues): void {
  if (values.secrecy === 'none') drafts.set(key, values);
  else dropDraft(key);
}

export function dropDraft(key: string): void {
  drafts.delete(key);
}

/** What was typed before; null when there is nothing. */
export function readDraft(key: string): FormValues | null {
  return drafts.get(key) ?? null;
}
