import type { Place } from './geometry';
import type { Inline } from './lines';
import type { Table } from './table';

/** One part of the body of an administrative document. */
export type Block =
  /** Running text; numbered khoản, điểm a) and "- " lines are paragraphs that begin so. */
  | { readonly kind: 'paragraph'; readonly text: Inline }
  /** I. TITLE IN CAPITALS, bold, or 1. Title, bold, on its own line. */
  | { readonly kind: 'heading'; readonly text: string }
  /** Chương/Phần/Mục: label and title centred on two lines. */
  | { readonly kind: 'chapter'; readonly label: string; readonly title: string }
  /** Điều: label bold, then its title (bold) or its text. */
  | { readonly kind: 'article'; readonly label: string; readonly title?: string; readonly text?: Inline }
  /** A centred bold line, such as QUYẾT ĐỊNH: */
  | { readonly kind: 'centred'; readonly text: string }
  | { readonly kind: 'table'; readonly table: Table };

/** Address lines of Kính gửi: one stands on the same line, more are listed (Phụ lục I, II.9.d). */
export type Receiver = {
  readonly name: string;
  /** Purpose mark as unions write it: (b/c), (t/h), (p/h). */
  readonly tag?: string;
};

/** Who signs: capitals lines such as TM. BAN THƯỜNG VỤ / CHỦ TỊCH, then the name without titles. */
export type SigningBlock = { readonly authority: readonly string[]; readonly name: string };

/** The heading every administrative document begins with. */
export type DocumentHead = {
  /** Direct superior, '' where there is none. A line feed chooses where the name breaks. */
  readonly superior: string;
  readonly issuer: string;
  /** The issuer as written in running text, for the note on annexes: `Liên đoàn Lao động tỉnh An Bình`. */
  readonly issuerInText?: string;
  /** null leaves room for the number that is given after signing. */
  readonly number: number | null;
  /** What follows the stroke: `KH-LĐLĐ`. */
  readonly symbol: string;
  readonly place: string;
  /** `YYYY-MM-DD`; null leaves room. */
  readonly date: string | null;
  /** Year printed where the date is left blank for handwriting. */
  readonly year: number;
  /**
   * How an open date looks: `whole` leaves the room of "ngày … tháng … năm …" empty (it is filled in as one
   * text when the number is given); `gaps` prints the words with gaps, for filling in by hand.
   */
  readonly openDate?: 'whole' | 'gaps';
};

export type PrintUrgency = 'normal' | 'urgent' | 'very-urgent' | 'flash';

export type Annex = {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly landscape?: boolean;
};

/** An administrative document by NĐ 30/2020, Phụ lục I and Phụ lục III (Mẫu 1.1 to 1.7). */
export type OfficialDocument = DocumentHead & {
  /** Tên loại in capitals (`KẾ HOẠCH`); '' for a công văn. */
  readonly typeName: string;
  /** Trích yếu; of a công văn without the "V/v". */
  readonly subject: string;
  readonly urgency: PrintUrgency;
  /** Chỉ dẫn phạm vi lưu hành, such as LƯU HÀNH NỘI BỘ. */
  readonly circulation?: string;
  /** Kính gửi; empty for documents that address nobody directly. */
  readonly addressees: readonly string[];
  /** Thẩm quyền ban hành of NQ and QĐ: BAN CHẤP HÀNH … */
  readonly authority?: string;
  readonly bases: readonly string[];
  /** QUYẾT NGHỊ: or QUYẾT ĐỊNH:, after the bases. */
  readonly enacting?: string;
  readonly body: readonly Block[];
  readonly signing: SigningBlock;
  readonly receivers: readonly Receiver[];
  /** What follows "Lưu: VT" ('' for nothing): drafting unit and copies. */
  readonly archive: string;
  readonly annexes?: readonly Annex[];
  /** Body size 13 or 14 points. */
  readonly bodySize?: 13 | 14;
  /** Diameter of the issuer's seal in mm, 36 unless its registration says otherwise. */
  readonly sealDiameter?: number;
  readonly createdAt?: string;
};

/** Where signing and numbering put their marks. */
export type SigningPlaces = {
  /** Room for the number between "Số:" and the stroke. */
  readonly numberField: Place;
  /** Room for "ngày … tháng … năm …". */
  readonly dateField: Place;
  /** Centred between the signer's title and name (Phụ lục I, II.7.d). */
  readonly personSignature: Place;
  /** The seal in true size over the left third of the personal signature (Phụ lục I, II.8.a). */
  readonly organSignature: Place;
};

/** Size and baseline for text filled into a {@link SigningPlaces} field, in points. */
export const fieldText = { size: 13, baselineAboveBottom: 3.2 } as const;
