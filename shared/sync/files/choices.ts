/** What the people of this machine have chosen for its files. */
export type FileChoices = {
  /** Mạng tính phí: they say that this network is paid by what it carries. */
  readonly metered: boolean;
  /** Rows (`collection/id`) whose files are kept on this machine. */
  readonly kept: readonly string[];
};

export const noChoices: FileChoices = { metered: false, kept: [] };

/** Name of the choices among the small values of this device. */
export const choicesKey = 'file-choices';

/** How a row is named among those that are kept. */
export const rowKey = (coll: string, id: string): string => `${coll}/${id}`;

/** The choices with one row kept on this machine, or not any more. */
export function withKept(choices: FileChoices, row: string, keep: boolean): FileChoices {
  const others = choices.kept.filter((known) => known !== row);
  return { ...choices, kept: keep ? [...others, row] : others };
}
