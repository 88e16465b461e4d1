import type { UnitsSeenResponse } from '@shared/sync/protocol';
import { type Silence, silenceOf, silentDays } from '@shared/sync/silence';
import type { Meaning } from '../../../ui';

/** `none`: the unit has no machine that could be in touch. */
export type BoardState = Silence | 'none';

export type BoardRow = {
  readonly unit: string;
  readonly name: string;
  readonly devices: number;
  /** ISO moment, or '' for never. */
  readonly lastSeen: string;
  readonly days: number | null;
  readonly state: BoardState;
};

/** The units of the province, those that were out of touch for longest first; those without a machine at the end. */
export function boardOf({ units, now }: UnitsSeenResponse): readonly BoardRow[] {
  const at = Date.parse(now);
  const rows = units.map(({ unit, name, devices, lastSeen }): BoardRow => {
    const days = silentDays(lastSeen === '' ? null : Date.parse(lastSeen), at);
    return { unit, name, devices, lastSeen, days, state: devices === 0 ? 'none' : silenceOf(days) };
  });
  const place = ({ state, lastSeen }: BoardRow): number =>
    state === 'none' ? Number.POSITIVE_INFINITY : lastSeen === '' ? 0 : Date.parse(lastSeen);
  return rows.sort((one, other) => {
    const [a, b] = [place(one), place(other)];
    return a === b ? one.name.localeCompare(other.name, 'vi') : a - b;
  });
}

/** The colour that goes with the word. */
export const meanings: Readonly<Record<BoardState, Meaning>> = {
  lively: 'good',
  hint: 'warn',
  banner: 'warn',
  long: 'bad',
  never: 'bad',
  none: 'plain',
};
