import { latin1 } from '../bytes';
import { contentOf, DerError, type DerNode } from './der';

/**
 * Milliseconds since 1970 of a GeneralizedTime in UTC, with or without a fraction of seconds (RFC 3161 section 2.4.2).
 * Throws {@link DerError}.
 */
export function readGeneralizedTime(node: DerNode): number {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(latin1(contentOf(node)));
  if (node.tag !== 0x18 || !match) throw new DerError('time expected');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(Number(match[7] ?? 0) * 1000);
}
