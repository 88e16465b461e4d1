/**
 * One decision of a schedule: what happens next, and the number from which its details are drawn. Written
 * `action.detail`; a tape is a list of them, so that a shortened one stays readable and can be typed again.
 */
export type Step = { readonly action: string; readonly detail: number };

/** Draws small numbers from one big one, so that a step needs nothing but itself to be repeated. */
export class Draw {
  private rest: number;

  constructor(detail: number) {
    this.rest = detail;
  }

  /** A number from 0 to `limit - 1`; 0 once everything is drawn. */
  below(limit: number): number {
    const value = this.rest % limit;
    this.rest = Math.floor(this.rest / limit);
    return value;
  }

  /** One of the items; undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(Math.max(1, items.length))];
  }
}

export function writeTape(steps: readonly Step[]): string {
  return steps.map(({ action, detail }) => `${action}.${detail}`).join(' ');
}

/** Reads what {@link writeTape} wrote; the steps may be set apart by blanks or commas. */
export function readTape(text: string): readonly Step[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [action = '', detail = ''] = part.split('.');
      if (!/^\d+$/.test(detail)) throw new Error(`not a step of a tape: ${part}`);
      return { action, detail: Number(detail) };
    });
}

/** Uniform numbers below 2^32 from a seed (splitmix32): the only source of chance in a simulation. */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** How often an action is taken, against the others. */
export type Weights = Readonly<Record<string, number>>;

/** The action that opens every tape: its detail says how the world is made. */
export const opening = 'world';

/**
 * The tape of one schedule. Each schedule leaves out some actions and favours others, so that rare meetings of a few
 * of them are not drowned by all; most are short, some long.
 */
export function drawTape(seed: number, index: number, weights: Weights): readonly Step[] {
  const chance = chanceFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const favoured = Object.entries(weights).map(
    ([action, weight]) => [action, weight * ([0, 1, 1, 1, 3][chance() % 5] ?? 1)] as const,
  );
  const total = favoured.reduce((sum, [, weight]) => sum + weight, 0);
  const length = chance() % 12 === 0 ? 100 + (chance() % 100) : 15 + (chance() % 50);
  const steps: Step[] = [{ action: opening, detail: chance() }];
  while (steps.length <= length) {
    let place = chance() % Math.max(1, total);
    const found = favoured.find(([, weight]) => {
      place -= weight;
      return place < 0;
    });
    steps.push({ action: found?.[0] ?? opening, detail: chance() });
  }
  return steps;
}
