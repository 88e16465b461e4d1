import type { PrintJob } from '@shared/ipc/print-jobs';
import {
  assemblePack,
  type PackPaper,
  typesetDocument,
  typesetMinutes,
  typesetRecoveryKit,
  typesetRegister,
  typesetRoutingSlip,
  typesetSignatureCheck,
} from '@shared/print';
import { AppError } from '@shared/result/result';
import type { SigningPlaces } from '@shared/schema/documents';
import {
  type EncryptedFileRef,
  type EncryptedTarget,
  openEncryptedFile,
} from '../../../vault/encrypted-file';
import { createEncryptedFile } from '../../../vault/encrypted-sink';
import type { JobContext } from '../../protocol/job';
import { printFonts } from '../fonts';

export type TypesetInput = {
  readonly job: PrintJob;
  /** The files that a pack is made of; null where the bytes are not on this machine. */
  readonly files: readonly { readonly sha256: string; readonly file: EncryptedFileRef | null }[];
  readonly target: EncryptedTarget;
};
export type Typeset = { readonly places: SigningPlaces | null; readonly problems: readonly string[] };
type Made = Typeset & { readonly pdf: Uint8Array };

/** A video or a huge scan stays a file of its own: the pack carries papers, not films. */
const largestPaper = 200 * 1024 * 1024;

/** Sets one piece of printed matter as a PDF. */
export async function typeset(input: TypesetInput, context: JobContext): Promise<Typeset> {
  const { pdf, places, problems } = await make(input, context);
  const sink = await createEncryptedFile(input.target);
  try {
    await sink.write(pdf);
    await sink.finish();
  } catch (error) {
    await sink.abort();
    throw error;
  }
  return { places, problems };
}

async function make({ job, files }: TypesetInput, context: JobContext): Promise<Made> {
  const fonts = await printFonts();
  switch (job.kind) {
    case 'document': {
      const { pdf, places } = await typesetDocument(job.data, fonts);
      return { pdf, places, problems: [] };
    }
    case 'register': {
      const { data } = job;
      const pdf =
        data.book === 'incoming'
          ? await typesetRegister('incoming', data.cover, data.rows, fonts)
          : await typesetRegister('outgoing', data.cover, data.rows, fonts);
      return { pdf, places: null, problems: [] };
    }
    case 'slip':
      return { pdf: await typesetRoutingSlip(job.data, fonts), places: null, problems: [] };
    case 'signature-check':
      return { pdf: await typesetSignatureCheck(job.data, fonts), places: null, problems: [] };
    case 'recovery-kit':
      return { pdf: await typesetRecoveryKit(job.data, fonts), places: null, problems: [] };
    case 'minutes':
      return { pdf: (await typesetMinutes(job.data, fonts)).pdf, places: null, problems: [] };
    case 'pack': {
      const papers: PackPaper[] = [];
      for (const [index, paper] of job.data.papers.entries()) {
        if (context.signal.aborted) throw new AppError('CANCELLED');
        context.progress(index, job.data.papers.length);
        const known = files.find((file) => file.sha256 === paper.sha256)?.file ?? null;
        papers.push({ ...paper, bytes: paper.kind === 'video' ? null : await readWhole(known) });
      }
      const pack = await assemblePack(job.data.meeting, papers, fonts);
      return {
        pdf: pack.pdf,
        places: null,
        problems: pack.problems.map((problem) => `${problem.code} ${problem.fileName}`),
      };
    }
  }
}

async function readWhole(ref: EncryptedFileRef | null): Promise<Uint8Array | null> {
  if (ref === null) return null;
  const file = await openEncryptedFile(ref);
  try {
    return file.size > largestPaper ? null : new Uint8Array(await file.read(0, file.size));
  } finally {
    await file.close();
  }
}
