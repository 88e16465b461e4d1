import { formatMomentInWords } from '../text/vi-format';
import { type TypesetDocument, typesetDocument } from './document';
import type { Block, DocumentHead, PrintUrgency, Receiver, SigningBlock } from './document-types';
import type { PrintFonts } from './faces';
import { printTexts } from './texts';

/** Giấy mời (NĐ 30/2020, Phụ lục III, Mẫu 1.7). `startsAt` is ISO 8601 and prints as Vietnamese time. */
export type Invitation = DocumentHead & {
  readonly urgency: PrintUrgency;
  readonly subject: string;
  /** The issuer as it invites, in running text: `Liên đoàn Lao động huyện Vĩnh Hòa`. */
  readonly inviter: string;
  readonly invited: string;
  readonly meeting: string;
  readonly chair: string;
  readonly startsAt: string;
  readonly venue: string;
  readonly agenda: readonly string[];
  readonly remarks: readonly string[];
  readonly signing: SigningBlock;
  readonly receivers: readonly Receiver[];
  readonly archive: string;
  readonly sealDiameter?: number;
  readonly createdAt?: string;
};

/** Sets an invitation; number, date and signatures as for every administrative document. */
export async function typesetInvitation(invitation: Invitation, fonts: PrintFonts): Promise<TypesetDocument> {
  const texts = printTexts.invitation;
  const field = (label: string, value: string): Block => ({
    kind: 'paragraph',
    text: [{ text: label, bold: true }, { text: ` ${value}` }],
  });
  const line = (text: string): Block => ({ kind: 'paragraph', text });
  const agenda =
    invitation.agenda.length === 0
      ? []
      : [
          field(texts.programme, ''),
          ...invitation.agenda.map((item, index) => line(`${index + 1}. ${item.replace(/[.;]$/u, '')}.`)),
        ];
  const body: readonly Block[] = [
    line(`${invitation.inviter} ${texts.invites} ${invitation.invited}`),
    field(texts.toAttend, invitation.meeting),
    field(texts.chair, invitation.chair),
    field(texts.time, formatMomentInWords(invitation.startsAt)),
    field(texts.place, invitation.venue),
    ...agenda,
    ...invitation.remarks.map(line),
  ];
  return typesetDocument({ ...invitation, typeName: texts.typeName, addressees: [], bases: [], body }, fonts);
}
