import type { TableColumn } from './table';

export type RegisterKind = 'incoming' | 'outgoing';

/** What the cover of a register book says (NĐ 30/2020, Phụ lục IV, I.1 and VI.1). Days are `YYYY-MM-DD`. */
export type RegisterCover = {
  readonly superior: string;
  readonly issuer: string;
  readonly year: number;
  readonly from: string;
  readonly to: string;
  /** 0 or null where the book is empty. */
  readonly fromNumber: number | null;
  readonly toNumber: number | null;
  readonly volume: number;
  /** Name of the series, where the unit has more than the common one. */
  readonly series?: string;
  /** Day on which the year was closed; absent while the book is open. */
  readonly closedOn?: string;
  readonly createdAt?: string;
};

/** One entry of sổ đăng ký văn bản đến. Days are `YYYY-MM-DD` or ''. The signature column is left to the pen. */
export type IncomingRegisterRow = {
  readonly arrivedOn: string;
  readonly arrivalNumber: number;
  readonly author: string;
  readonly symbol: string;
  readonly documentDate: string;
  readonly subject: string;
  readonly receiver: string;
  readonly forwardedOn: string;
  readonly note: string;
};

/** One entry of sổ đăng ký văn bản đi. Days are `YYYY-MM-DD` or ''. */
export type OutgoingRegisterRow = {
  readonly symbol: string;
  readonly documentDate: string;
  readonly subject: string;
  readonly signer: string;
  readonly receivers: string;
  readonly copyKeeper: string;
  readonly copies: number;
  readonly forwardedOn: string;
  readonly note: string;
};

export type RegisterRows = {
  readonly incoming: readonly IncomingRegisterRow[];
  readonly outgoing: readonly OutgoingRegisterRow[];
};

/** The ten columns of each book, titles word for word from Phụ lục IV; shares are millimetres on A4 landscape. */
export const registerColumns: Readonly<Record<RegisterKind, readonly TableColumn[]>> = {
  incoming: [
    { title: 'Ngày đến', share: 21, alignment: 'centre' },
    { title: 'Số đến', share: 13, alignment: 'centre' },
    { title: 'Tác giả', share: 36, alignment: 'left' },
    { title: 'Số, ký hiệu văn bản', share: 29, alignment: 'left' },
    { title: 'Ngày tháng văn bản', share: 21, alignment: 'centre' },
    { title: 'Tên loại và trích yếu nội dung văn bản', share: 61, alignment: 'left' },
    { title: 'Đơn vị hoặc người nhận', share: 27, alignment: 'left' },
    { title: 'Ngày chuyển', share: 21, alignment: 'centre' },
    { title: 'Ký nhận', share: 13, alignment: 'left' },
    { title: 'Ghi chú', share: 17, alignment: 'left' },
  ],
  outgoing: [
    { title: 'Số, ký hiệu văn bản', share: 29, alignment: 'left' },
    { title: 'Ngày tháng văn bản', share: 21, alignment: 'centre' },
    { title: 'Tên loại và trích yếu nội dung văn bản', share: 59, alignment: 'left' },
    { title: 'Người ký', share: 26, alignment: 'left' },
    { title: 'Nơi nhận văn bản', share: 35, alignment: 'left' },
    { title: 'Đơn vị, người nhận bản lưu', share: 22, alignment: 'left' },
    { title: 'Số lượng bản', share: 14, alignment: 'centre' },
    { title: 'Ngày chuyển', share: 21, alignment: 'centre' },
    { title: 'Ký nhận', share: 13, alignment: 'left' },
    { title: 'Ghi chú', share: 17, alignment: 'left' },
  ],
};
