import { listSegments, type Place, type PlacedLine, readSegment, type Segment } from './segments';

/** What stands in the journal, without the operations themselves. */
export class LineIndex {
  /** The last line of a number counts: an operation that could not be acknowledged leaves its number to the next. */
  private readonly places = new Map<number, Place>();
  private unreadable = 0;
  private sent = 0;

  /** Reads every segment of the folder. */
  static async of(dir: string): Promise<LineIndex> {
    const index = new LineIndex();
    for (const name of await listSegments(dir)) index.add(await readSegment(dir, name));
    return index;
  }

  add({ lines }: Segment): void {
    for (const line of lines) this.addLine(line);
  }

  addLine({ line, place }: Pick<PlacedLine, 'line' | 'place'>): void {
    if (line === null) this.unreadable += 1;
    else if (line.kind === 'sent') this.sent = line.n;
    else if (line.kind === 'void') for (const n of this.numbers(line.n)) this.places.delete(n);
    else this.places.set(line.n, place);
  }

  /** Numbers from `from` on, rising. */
  numbers(from: number): readonly number[] {
    return [...this.places.keys()].filter((n) => n >= from).sort((a, b) => a - b);
  }

  placeOf(n: number): Place | undefined {
    return this.places.get(n);
  }

  summary(): JournalSummary {
    const numbers = this.numbers(0);
    return {
      operations: numbers.length,
      first: numbers[0] ?? 0,
      last: numbers.at(-1) ?? 0,
      sentThrough: this.sent,
      unsent: numbers.filter((n) => n > this.sent).length,
      unreadable: this.unreadable,
    };
  }
}

export type JournalSummary = {
  readonly operations: number;
  /** Lowest and highest number; 0 in an empty journal. */
  readonly first: number;
  readonly last: number;
  /** The last number that the server said it holds; 0 when it never said so. */
  readonly sentThrough: number;
  readonly unsent: number;
  /** Whole lines that cannot be read at all; which operations they held is seen by the numbers that are missing. */
  readonly unreadable: number;
};
