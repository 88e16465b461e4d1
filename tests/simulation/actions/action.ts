import type { Draw } from '../tape';
import type { World } from '../world';

/**
 * Something that can happen next. Says what has happened, or gives null when it was not possible now. It only begins the
 * thing: the schedule lets everything run until it waits for the next decision.
 */
export type Action = (world: World, draw: Draw) => string | null;

/** An action and how often it is taken, against the others. */
export type Weighted = { readonly weight: number; readonly act: Action };
