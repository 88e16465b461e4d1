import { rm } from 'node:fs/promises';
import {
  addDocumentTimestamp,
  addValidationData,
  type ByteSink,
  type ByteSource,
  copySource,
  type RaisedLevel,
  stepsToRaise,
  type TimestampClient,
  type ValidationDataAdded,
  type ValidationDataOptions,
} from '@shared/signing/index';
import { withinTotalTime } from '../network/http-port';
import { openFileSource, transformFile } from './file-bytes';

/** Where the file is, where the raised one goes, and where the pieces between two steps lie meanwhile. */
export type RaisePlaces<Source, Target extends Source> = {
  readonly input: Source;
  readonly output: Target;
  read<T>(from: Source, use: (source: ByteSource) => Promise<T>): Promise<T>;
  /** Writes a new file, which exists afterwards only if the step succeeded. */
  transform<T>(
    from: Source,
    to: Target,
    step: (source: ByteSource, sink: ByteSink) => Promise<T>,
  ): Promise<T>;
  /** A new place for one piece. */
  scratch(): Promise<Target>;
  remove(piece: Target): Promise<void>;
};

export type RaiseOptions = ValidationDataOptions & {
  readonly level: RaisedLevel;
  readonly timestamp: TimestampClient;
};

export type Raised = {
  readonly timestampsAdded: number;
  /** What the last step of validation data added, null without one. */
  readonly validationData: ValidationDataAdded | null;
};

type Step = (source: ByteSource, sink: ByteSink) => Promise<void>;

/**
 * Raises the signatures of a file to a higher level in one go: all steps or none, and no piece stays behind. A file that is
 * at level B-T already is copied as it is. Errors: those of `addDocumentTimestamp`, `addValidationData` and the places.
 */
export async function raiseLevel<Source, Target extends Source>(
  places: RaisePlaces<Source, Target>,
  options: RaiseOptions,
): Promise<Raised> {
  const { crypto, level, timestamp } = options;
  const http = options.http && withinTotalTime(options.http);
  const names = await places.read(places.input, (source) => stepsToRaise(source, crypto, level));
  let validationData: ValidationDataAdded | null = null;
  const steps = names.map<Step>((name) => async (source, sink) => {
    if (name === 'timestamp') await addDocumentTimestamp(source, sink, { crypto, timestamp });
    else validationData = await addValidationData(source, sink, { ...options, http });
  });
  await runSteps(places, steps.length === 0 ? [copySource] : steps);
  return { timestampsAdded: names.filter((name) => name === 'timestamp').length, validationData };
}

async function runSteps<Source, Target extends Source>(
  places: RaisePlaces<Source, Target>,
  steps: readonly Step[],
): Promise<void> {
  const pieces: Target[] = [];
  try {
    let from: Source = places.input;
    for (const [i, step] of steps.entries()) {
      const isLast = i === steps.length - 1;
      const to = isLast ? places.output : await places.scratch();
      if (!isLast) pieces.push(to);
      await places.transform(from, to, step);
      from = to;
    }
  } finally {
    for (const piece of pieces) await places.remove(piece);
  }
}

/** Plain files, with the pieces beside the output. */
export function plainPlaces(input: string, output: string): RaisePlaces<string, string> {
  let count = 0;
  return {
    input,
    output,
    read: async (from, use) => {
      const source = await openFileSource(from);
      try {
        return await use(source);
      } finally {
        await source.close();
      }
    },
    transform: transformFile,
    scratch: async () => `${output}.step-${(count += 1)}`,
    remove: (piece) => rm(piece, { force: true }),
  };
}
