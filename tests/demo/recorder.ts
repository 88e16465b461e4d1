import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Workstation } from '../driver/workstation';

export type Step = {
  readonly name: string;
  readonly ms: number;
  readonly ok: boolean;
  readonly problem?: string;
};

/** What one input file came to. */
export type DocumentRecord = {
  readonly file: string;
  readonly sha256: string;
  /** Số đến under which it was registered; 0 for a file that was kept but not registered. */
  readonly arrivalNumber: number;
  readonly problem: string;
};

/** Verdict on one signature of an issued file, by us and by an independent program. */
export type SignatureRecord = {
  readonly file: string;
  readonly checkedBy: string;
  readonly verdict: string;
  readonly valid: boolean;
};

/** The whole report; `lost`, `duplicated` and `digestsEqual` decide whether the job held. */
export type DemoReport = {
  runtime: string;
  steps: Step[];
  documents: DocumentRecord[];
  numbers: { readonly book: string; readonly numbers: readonly number[]; readonly continuous: boolean }[];
  lost: number;
  duplicated: number;
  digestsEqual: boolean;
  bytesUnchanged: boolean;
  signatures: SignatureRecord[];
};

/** Runs the steps of the job, prints what it does, and keeps the time of each. */
export class Recorder {
  readonly report: DemoReport = {
    runtime: '',
    steps: [],
    documents: [],
    numbers: [],
    lost: 0,
    duplicated: 0,
    digestsEqual: false,
    bytesUnchanged: false,
    signatures: [],
  };
  private readonly out: string;
  private pictures = 0;

  constructor(out: string) {
    this.out = out;
  }

  /** Runs one step; a failure is recorded and passed on, since later steps need earlier ones. */
  async step<T>(name: string, run: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt);
    process.stdout.write(`· ${name} … `);
    try {
      const result = await run();
      this.report.steps.push({ name, ms: elapsed(), ok: true });
      process.stdout.write(`${(elapsed() / 1000).toFixed(1)} s\n`);
      return result;
    } catch (error) {
      const problem = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      this.report.steps.push({ name, ms: elapsed(), ok: false, problem });
      process.stdout.write(`FAILED after ${(elapsed() / 1000).toFixed(1)} s\n`);
      throw error;
    }
  }

  /** Notes a file of the input folder that could not even be read. */
  unreadable(file: string, error: unknown): void {
    const problem = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    this.report.documents.push({ file, sha256: '', arrivalNumber: 0, problem });
    process.stdout.write(`! ${file} ${problem}\n`);
  }

  /** Notes that a file could not be signed; the job goes on with the next one. */
  refused(file: string, error: unknown): void {
    const problem = error instanceof Error ? error.message : String(error);
    const at = this.report.documents.findIndex((document) => document.file === file);
    const document = this.report.documents[at];
    if (document !== undefined)
      this.report.documents[at] = { ...document, problem: `cannot be signed: ${problem}` };
    process.stdout.write(`(refused: ${problem}) `);
  }

  /** A picture of the screen in front. */
  async picture(workstation: Workstation, name: string): Promise<void> {
    this.pictures += 1;
    const file = `${String(this.pictures).padStart(2, '0')}-${workstation.name.toLowerCase()}-${name}.png`;
    await workstation.page.screenshot({ path: path.join(this.out, 'screenshots', file) });
  }

  write(): void {
    writeFileSync(path.join(this.out, 'report.json'), `${JSON.stringify(this.report, null, 2)}\n`);
  }

  /** Whether everything held. */
  get held(): boolean {
    const { report } = this;
    return (
      report.steps.every((step) => step.ok) &&
      report.lost === 0 &&
      report.duplicated === 0 &&
      report.digestsEqual &&
      report.bytesUnchanged &&
      report.numbers.every((book) => book.continuous) &&
      report.signatures.length > 0 &&
      report.signatures.every((signature) => signature.valid)
    );
  }
}
