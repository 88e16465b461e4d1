import { sign } from 'node:crypto';
import type { Office } from './office';
import { takeBook } from './office';
import type { Change, Operation, PlainClient, Row } from './plain-client';
import { change, newIncoming, nextNumber } from './rows';

type BookRow = Row & { readonly data: Record<string, unknown> };
export type Handover = Readonly<Record<string, unknown>>;

/** A device's signature of a text, by section 3 of the protocol. */
export function signText(client: PlainClient, text: string): string {
  const options = { key: client.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return sign('sha256', Buffer.from(text, 'utf8'), options).toString('base64url');
}

/** A machine that numbers without the server: it keeps its own head of the book and sends its operations later. */
export class Desk {
  readonly client: PlainClient;
  book: BookRow;
  readonly waiting: Operation[] = [];

  constructor(client: PlainClient, book: BookRow) {
    this.client = client;
    this.book = book;
  }

  get clerk(): string {
    return `${this.client.unit}-clerk`;
  }

  /** Numbers an incoming document here; nothing is sent. */
  number(id: string, date = '2026-03-02'): void {
    const { n, changes } = nextNumber(this.book, id, date);
    const document = newIncoming(this.client.unit, id, { bookId: this.book.id, arrivalNumber: n });
    const [head, entry] = changes as [Change, Change];
    const proof = { taken: this.book.data['epoch'], handovers: this.book.data['handovers'] };
    this.queue('incoming.register', { ...head, patch: { ...head.patch, ...proof } }, entry, document);
    this.book = { ...this.book, data: { ...this.book.data, ...head.patch } };
  }

  /** Gives the book away as it stands here; gives the slip. */
  handOver(to: string): Handover {
    const { epoch, next, lastDate, headHash, handovers } = this.book.data;
    const at = '2026-03-02T10:00:00+07:00';
    const from = this.client.device;
    const body = { book: this.book.id, epoch, from, to, next, lastDate, headHash, kind: 'device', at };
    const text = ['cong-van-so-1', body.book, epoch, from, to, next, lastDate, headHash, 'device', at].join(
      '|',
    );
    const slip = { ...body, proof: signText(this.client, text) };
    const chain = { ...(handovers as object), [String(epoch)]: slip };
    this.write('book.hand-over', { owner: to, epoch: Number(epoch) + 1, handovers: chain });
    return slip;
  }

  /** Takes the book over by a slip. */
  takeOver(slip: Handover): void {
    const { epoch, next, lastDate, headHash, to } = slip;
    const chain = { ...(this.book.data['handovers'] as object), [String(epoch)]: slip };
    this.write('book.take-over', {
      owner: to,
      epoch: Number(epoch) + 1,
      next,
      lastDate,
      headHash,
      taken: Number(epoch) + 1,
      handovers: chain,
    });
  }

  /** Sends everything that waits, one after another; gives the reasons of refusals, '' for what was taken. */
  async send(): Promise<readonly string[]> {
    const { results } = await this.client.push(...this.waiting);
    this.waiting.splice(0);
    return results.map(({ reason }) => reason);
  }

  private write(command: string, patch: Record<string, unknown>): void {
    this.queue(command, change('books', this.book, patch));
    this.book = { ...this.book, data: { ...this.book.data, ...patch } };
  }

  private queue(command: string, ...changes: readonly Change[]): void {
    const n = this.client.lastN + this.waiting.length + 1;
    this.waiting.push(this.client.operation(this.clerk, command, changes, n));
  }
}

/** Two machines of a new unit: the first holds the incoming book and has given two numbers that the server knows. */
export async function twoDesks(office: Office): Promise<{ readonly giver: Desk; readonly taker: Desk }> {
  const unit = await office.newUnit();
  const [one, two] = [await office.newDevice(unit), await office.newDevice(unit)];
  const book = await takeBook(one, 'incoming');
  const giver = new Desk(one, book);
  for (const id of ['a', 'b']) giver.number(`${unit}-${id}`);
  await giver.send();
  await two.pull();
  await one.pull();
  giver.book = one.row('books', book.id);
  return { giver, taker: new Desk(two, two.row('books', book.id)) };
}

/** The numbers and states of a book, as a fresh look at the server shows them. */
export async function bookOnServer(client: PlainClient, book: string) {
  await client.pull();
  const numbers = [...client.rows.values()]
    .filter(({ coll, data }) => coll === 'numbers' && data?.['book'] === book)
    .map(({ data }) => ({ n: Number(data?.['n']), status: String(data?.['status']) }))
    .sort((a, b) => a.n - b.n);
  return { book: client.row('books', book).data, numbers };
}
