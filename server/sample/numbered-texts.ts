import { formatNumber } from '@shared/domain/numbering';
import type { SigningPlaces } from '@shared/print/index';
import {
  type OfficialDocument,
  type PrintFonts,
  typesetDocument,
  typesetInvitation,
} from '@shared/print/index';
import type { Outgoing } from '@shared/schema/documents';
import { type SampleUnitId, sampleDocuments, sampleInvitation } from './texts/index';

/** A sample document with the number that the unit's one book gives it, ready to be set. */
export type NumberedText = Pick<
  Outgoing,
  'type' | 'symbol' | 'subject' | 'urgency' | 'signer' | 'drafter'
> & {
  readonly id: string;
  readonly unit: SampleUnitId;
  readonly receivers: readonly SampleUnitId[];
  /** 0 for the draft. */
  readonly number: number;
  /** `YYYY-MM-DD`, '' for the draft. */
  readonly date: string;
  readonly typeset: (
    fonts: PrintFonts,
  ) => Promise<{ readonly pdf: Uint8Array; readonly places: SigningPlaces }>;
};

type Text = Omit<NumberedText, 'number' | 'typeset'> & {
  readonly written: number;
  readonly content:
    | { readonly kind: 'document'; readonly value: OfficialDocument }
    | { readonly kind: 'invitation'; readonly value: (typeof sampleInvitation)['invitation'] };
};

/** The one that is still being drafted: the resolution for the coming meeting. */
export const draftId = 'huyen-nq-03';

const texts: readonly Text[] = [
  ...sampleDocuments.map(({ document, number, ...rest }) => ({
    ...rest,
    written: number,
    content: { kind: 'document' as const, value: document },
  })),
  {
    ...sampleInvitation,
    drafter: 'huyen-vt',
    symbol: sampleInvitation.invitation.symbol,
    date: sampleInvitation.invitation.date ?? '',
    subject: sampleInvitation.invitation.subject,
    urgency: sampleInvitation.invitation.urgency,
    written: sampleInvitation.invitation.number ?? 0,
    content: { kind: 'invitation' as const, value: sampleInvitation.invitation },
  },
].toSorted((a, b) => a.date.localeCompare(b.date) || a.id.localeCompare(b.id));

/**
 * The sample documents, oldest first, numbered as one book per unit and year numbers them: 01, 02, … in the order of
 * issue (Điều 15.1). Where one document quotes the number of another, the quotation follows.
 */
export function numberedTexts(): readonly NumberedText[] {
  const given = new Map<string, number>();
  const counters = new Map<string, number>();
  for (const text of texts) {
    const n = text.id === draftId ? 0 : (counters.get(text.unit) ?? 0) + 1;
    if (n > 0) counters.set(text.unit, n);
    given.set(text.id, n);
  }
  const quotations = texts
    .filter((text) => text.id !== draftId)
    .map(
      (text) =>
        [
          `${formatNumber(text.written)}/${text.symbol}`,
          `${formatNumber(given.get(text.id) ?? 0)}/${text.symbol}`,
        ] as const,
    );
  return texts.map((text) => numbered(text, given.get(text.id) ?? 0, quotations));
}

type Quotation = readonly [from: string, to: string];

function numbered(text: Text, number: number, quotations: readonly Quotation[]): NumberedText {
  const { written: _written, content, ...rest } = text;
  const open = number === 0;
  const heading = {
    number: open ? null : number,
    date: open ? null : text.date,
    createdAt: `${text.date}T08:00:00+07:00`,
  };
  return {
    ...rest,
    number,
    date: open ? '' : text.date,
    typeset: (fonts) =>
      content.kind === 'document'
        ? typesetDocument({ ...requote(content.value, quotations), ...heading }, fonts)
        : typesetInvitation({ ...requote(content.value, quotations), ...heading }, fonts),
  };
}

/** Replaces quoted numbers in every text of a value; all at once, so that no replacement is replaced again. */
function requote<T>(value: T, quotations: readonly Quotation[]): T {
  if (typeof value === 'string') {
    const parts = quotations.reduce<readonly (string | { readonly to: string })[]>(
      (done, [from, to]) =>
        done.flatMap((part) =>
          typeof part === 'string'
            ? part.split(from).flatMap((rest, index) => (index === 0 ? [rest] : [{ to }, rest]))
            : [part],
        ),
      [value],
    );
    return parts.map((part) => (typeof part === 'string' ? part : part.to)).join('') as T;
  }
  if (Array.isArray(value)) return value.map((part: unknown) => requote(part, quotations)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, requote(part, quotations)]),
  ) as T;
}
