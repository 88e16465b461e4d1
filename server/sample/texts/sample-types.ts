import type { Block, OfficialDocument } from '@shared/print/index';

export type SampleUnitId = 'tinh' | 'huyen' | 'coso-a' | 'coso-b';

/** A document of the fictitious province An Bình, ready to be printed and issued. */
export type SampleDocument = {
  /** Stable key, also fit as a file name. */
  readonly id: string;
  readonly unit: SampleUnitId;
  /** Units of the sample province that it is issued to. */
  readonly receivers: readonly SampleUnitId[];
  /** Tên loại as registered: `Kế hoạch`, `Công văn`. */
  readonly type: string;
  readonly number: number;
  /** What follows the stroke: `KH-LĐLĐ`. */
  readonly symbol: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly subject: string;
  readonly urgency: OfficialDocument['urgency'];
  /** Person ids. */
  readonly signer: string;
  readonly drafter: string;
  readonly document: OfficialDocument;
};

type Letterhead = Pick<OfficialDocument, 'superior' | 'issuer' | 'place'> & { readonly issuerInText: string };

const letterheads: Readonly<Record<SampleUnitId, Letterhead>> = {
  tinh: {
    superior: 'TỔNG LIÊN ĐOÀN LAO ĐỘNG\nVIỆT NAM',
    issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
    issuerInText: 'Liên đoàn Lao động tỉnh An Bình',
    place: 'An Bình',
  },
  huyen: {
    superior: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
    issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
    issuerInText: 'Liên đoàn Lao động huyện Vĩnh Hòa',
    place: 'Vĩnh Hòa',
  },
  'coso-a': {
    superior: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
    issuer: 'CĐCS CÔNG TY TNHH\nMAY PHƯƠNG NAM',
    issuerInText: 'Công đoàn cơ sở Công ty TNHH May Phương Nam',
    place: 'Vĩnh Hòa',
  },
  'coso-b': {
    superior: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
    issuer: 'CĐCS TRƯỜNG THPT\nVĨNH HÒA 1',
    issuerInText: 'Công đoàn cơ sở Trường THPT Vĩnh Hòa 1',
    place: 'Vĩnh Hòa',
  },
};

/** Who signs for each unit, as written under a document. */
export const signings = {
  'tinh-ct': { authority: ['TM. BAN THƯỜNG VỤ', 'CHỦ TỊCH'], name: 'Nguyễn Văn Lập' },
  'huyen-ct': { authority: ['TM. BAN THƯỜNG VỤ', 'CHỦ TỊCH'], name: 'Phạm Quốc Tuấn' },
  'huyen-ct-bch': { authority: ['TM. BAN CHẤP HÀNH', 'CHỦ TỊCH'], name: 'Phạm Quốc Tuấn' },
  'huyen-pct': { authority: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Đỗ Thị Mai' },
  'coso-a-ct': { authority: ['TM. BAN CHẤP HÀNH', 'CHỦ TỊCH'], name: 'Hoàng Thị Nguyệt' },
  'coso-b-ct': { authority: ['TM. BAN CHẤP HÀNH', 'CHỦ TỊCH'], name: 'Ngô Minh Đức' },
} as const;

type SampleInput = Omit<SampleDocument, 'document' | 'urgency'> &
  Partial<Pick<SampleDocument, 'urgency'>> &
  Pick<OfficialDocument, 'bases' | 'body' | 'signing'> &
  Partial<Pick<OfficialDocument, 'addressees' | 'authority' | 'enacting' | 'annexes' | 'bodySize'>> & {
    readonly sendTo: OfficialDocument['receivers'];
    readonly archive?: string;
  };

/** Fills in the heading of the issuing unit and the fields that registration and print share. */
export function makeSample(input: SampleInput): SampleDocument {
  const { id, unit, receivers, type, number, symbol, date, subject, signer, drafter } = input;
  const urgency = input.urgency ?? 'normal';
  const document: OfficialDocument = {
    ...letterheads[unit],
    number,
    symbol,
    date,
    year: Number(date.slice(0, 4)),
    typeName: type === 'Công văn' ? '' : type.toUpperCase(),
    subject,
    urgency,
    addressees: input.addressees ?? [],
    bases: input.bases,
    body: input.body,
    signing: input.signing,
    receivers: input.sendTo,
    archive: input.archive ?? '',
    ...(input.authority === undefined ? {} : { authority: input.authority }),
    ...(input.enacting === undefined ? {} : { enacting: input.enacting }),
    ...(input.annexes === undefined ? {} : { annexes: input.annexes }),
    ...(input.bodySize === undefined ? {} : { bodySize: input.bodySize }),
  };
  return { id, unit, receivers, type, number, symbol, date, subject, urgency, signer, drafter, document };
}

/** Running text. */
export const para = (text: string): Block => ({ kind: 'paragraph', text });
/** Several paragraphs. */
export const paras = (...texts: readonly string[]): readonly Block[] => texts.map(para);
/** A bold heading on its own line. */
export const heading = (text: string): Block => ({ kind: 'heading', text });
/** A Điều with its text. */
export const article = (number: number, text: string): Block => ({
  kind: 'article',
  label: `Điều ${number}.`,
  text,
});
