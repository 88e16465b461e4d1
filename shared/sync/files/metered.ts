/** The largest file, in bytes, that moves by itself over a network that is paid by what it carries. */
export const meteredLimit = 5_000_000;

/** Whether a file waits for another network, or for a person who says that it shall move all the same. */
export function waitsForNetwork(
  size: number,
  { metered, anyway }: { readonly metered: boolean; readonly anyway: boolean },
): boolean {
  return metered && !anyway && size > meteredLimit;
}

/** What a browser knows of the line; all of it is missing where it does not know. */
export type LineHint = { readonly type?: string; readonly saveData?: boolean };

/** Whether the line itself says that it is paid by what it carries. */
export function saysMetered({ type, saveData }: LineHint): boolean {
  return type === 'cellular' || saveData === true;
}
