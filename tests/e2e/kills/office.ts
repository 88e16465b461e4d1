import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Registration } from '../../driver/incoming-acts';
import { draftAndSubmit, openOutgoing, sign } from '../../driver/outgoing-acts';
import { Province } from '../../driver/province';
import { seedDocuments } from '../../driver/seed-documents';
import { importKey } from '../../driver/signing-acts';
import { Workstation } from '../../driver/workstation';
import { BreakingLine } from '../../integration/sync/breaking-line';
import { chanceFrom } from '../../simulation/tape';
import { openDecision, paperFolder, writePaper } from '../papers';

export const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';

/** What a note of a document may be: what was last shown as saved, or what was being saved when the plug was pulled. */
export type Note = { readonly saved: string; readonly underWay: string };

/** What the screens have called done. */
export type Told = {
  /** Numbers by the trích yếu they were shown for. */
  readonly incoming: Map<string, number>;
  readonly outgoing: Map<string, number>;
  readonly notes: Map<string, Note>;
  /** Paths of files that were taken in. */
  readonly files: string[];
};

/**
 * An office whose machines lose their power: one on which people write, and one that came last, over a line slow enough
 * that a plug can be pulled in the middle of what goes over it.
 */
export class Office {
  readonly province: Province;
  readonly writer: Workstation;
  readonly folder: string;
  readonly decisions: readonly string[];
  readonly told: Told = { incoming: new Map(), outgoing: new Map(), notes: new Map(), files: [] };
  /** A number from 0 to below 1. */
  readonly random: () => number;
  private readonly line: BreakingLine;
  private newest: Workstation | null = null;
  private machines = 0;
  private documents = 0;

  private constructor(
    province: Province,
    line: BreakingLine,
    writer: Workstation,
    folder: string,
    decisions: readonly string[],
    random: () => number,
  ) {
    this.province = province;
    this.line = line;
    this.writer = writer;
    this.folder = folder;
    this.decisions = decisions;
    this.random = random;
  }

  /** Opens an office that has so many documents, and so many decisions that are signed and wait for their numbers. */
  static async open(seed: number, documents: number, decisions: number): Promise<Office> {
    const province = await Province.start();
    try {
      return await Office.settleIn(province, seed, documents, decisions);
    } catch (error) {
      await province.end();
      throw error;
    }
  }

  private static async settleIn(
    province: Province,
    seed: number,
    documents: number,
    decisions: number,
  ): Promise<Office> {
    await province.stopServer();
    await seedDocuments(province, 'huyen', documents);
    await province.startServer();
    // The line draws as often as data comes: it has a chance of its own, so that the seed gives the moments again.
    const [lineChance, chance] = [chanceFrom(seed + 1), chanceFrom(seed)];
    const line = await BreakingLine.open(() => province.url, lineChance);
    const writer = await Workstation.open(province, 'huyen', 'MAY-VIET', [`--server-url=${line.url}`]);
    const folder = paperFolder();
    // Of one length: none is the beginning of another.
    const subjects = Array.from({ length: decisions }, (_, index) => `Quyết định thử ${101 + index}.`);
    await signDecisions(province, writer, folder, subjects);
    await writer.settle();
    return new Office(province, line, writer, folder, subjects, () => chance() / 2 ** 32);
  }

  /** The machine that was brought in last. */
  get other(): Workstation {
    if (this.newest === null) throw new Error('no second machine was brought in');
    return this.newest;
  }

  /** Brings in a new machine of the office for the one before; its people are asked to sign in. */
  async bringIn(): Promise<Workstation> {
    await this.sendAway();
    this.machines += 1;
    const args = [`--server-url=${this.line.url}`];
    this.newest = await Workstation.open(this.province, 'huyen', `MAY-MOI-${this.machines}`, args);
    return this.newest;
  }

  nextDocument(): Registration {
    this.documents += 1;
    return {
      number: String(1000 + this.documents),
      symbol: 'CV-LĐLĐ',
      date: '2/11',
      issuer: 'Liên đoàn Lao động tỉnh An Bình',
      type: 'Công văn',
      subject: `Công việc thử số ${this.documents}.`,
    };
  }

  /** A scan of so many bytes that nobody has seen before; gives its path. */
  nextScan(bytes: number): string {
    const name = `ban quet ${this.told.files.length + 1}.pdf`;
    const pdf = readFileSync(path.join(this.folder, decisionFile));
    const file = writePaper(this.folder, name, Buffer.concat([pdf, randomBytes(bytes)]));
    this.told.files.push(file);
    return file;
  }

  async close(): Promise<void> {
    await this.sendAway();
    await this.writer.close();
    await this.line.close();
    await this.province.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async sendAway(): Promise<void> {
    if (this.newest === null) return;
    await this.newest.close();
    rmSync(this.newest.profile, { recursive: true, force: true });
    this.newest = null;
  }
}

const decisionFile = 'quyet dinh.pdf';

async function signDecisions(
  province: Province,
  writer: Workstation,
  folder: string,
  subjects: readonly string[],
): Promise<void> {
  const body = await openDecision(folder, decisionFile);
  await writer.signIn(leader);
  await importKey(writer, province, 'huyen-ct', 'person');
  await writer.changeTo(clerk);
  const receivers = ['May Phương Nam'];
  for (const subject of subjects)
    await draftAndSubmit(writer, { type: 'Quyết định', subject, signer: leader, receivers, body });
  await writer.changeTo(leader);
  for (const subject of subjects) {
    await openOutgoing(writer, subject);
    await sign(writer);
  }
  await writer.changeTo(clerk);
}
