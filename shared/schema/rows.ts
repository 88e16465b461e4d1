import type { z } from 'zod';
import { bookSchema, conflictSchema, numberSchema } from './books';
import { incomingSchema, intakeSchema, outgoingSchema } from './documents';
import { meetingSchema } from './meetings';
import { personSchema, unitSchema } from './people';

/** Every replicated collection and the schema of its rows: the one list that client and server share. */
export const rowSchemas = {
  units: unitSchema,
  people: personSchema,
  intake: intakeSchema,
  incoming: incomingSchema,
  outgoing: outgoingSchema,
  meetings: meetingSchema,
  books: bookSchema,
  numbers: numberSchema,
  conflicts: conflictSchema,
} as const;

export type CollectionName = keyof typeof rowSchemas;
export type RowOf<C extends CollectionName> = z.infer<(typeof rowSchemas)[C]>;
export const collectionNames = Object.keys(rowSchemas) as readonly CollectionName[];

/** Raised when stored shapes change incompatibly; a client with an older number is asked to update (426). */
export const schemaVersion = 1;
