import type { FileProblem } from '@shared/files/kinds';

/** What was found in a file; `problem` is absent when nothing is wrong. */
export type Inspection = {
  readonly problem?: FileProblem;
  /** Pages of a PDF or a TIFF. */
  readonly pages?: number;
  /** Pixels of a picture. */
  readonly width?: number;
  readonly height?: number;
};
