import { documentTypes } from '@shared/domain/document-types';
import type { IncomingForm } from '@shared/domain/incoming';
import { secrecyLevels } from '@shared/domain/secrecy';
import type { Incoming, IntakeItem } from '@shared/schema/documents';
import { urgencies } from '@shared/schema/values';

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

const draftPrefix = 'cong-van.draft.register.';

/** Remembers what is being typed, so that a crash or a power cut costs nothing. Secret documents are never kept. */
export function keepDraft(key: string, values: FormValues): void {
  if (values.secrecy === 'none') localStorage.setItem(draftPrefix + key, JSON.stringify(values));
  else dropDraft(key);
}

export function dropDraft(key: string): void {
  localStorage.removeItem(draftPrefix + key);
}

/** What was typed before, laid over `fresh`; null when there is nothing or it cannot be read. */
export function readDraft(key: string, fresh: FormValues): FormValues | null {
  const text = localStorage.getItem(draftPrefix + key);
  return text === null ? null : parseDraft(text, fresh);
}

export function parseDraft(text: string, fresh: FormValues): FormValues | null {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof stored !== 'object' || stored === null) return null;
  const values: Record<string, string> = { ...fresh };
  for (const [name, value] of Object.entries(stored)) {
    if (name in fresh && typeof value === 'string') values[name] = value;
  }
  const draft = values as unknown as FormValues;
  if (!urgencies.includes(draft.urgency) || !secrecyLevels.includes(draft.secrecy)) return null;
  return draft;
}
