import type { Sha256 } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { hashOf } from '@shared/node/sha256';
import type { Handover, NumberEntry } from '@shared/schema/books';
import type { Person, Role } from '@shared/schema/people';
import type { CollectionName } from '@shared/schema/rows';
import type { FileRef } from '@shared/schema/values';
import type { Planner, Reader } from '@shared/sync/client/carry-out';
import type { Draw } from '../tape';

/** What somebody does at a workstation: a planner of the product, the person who asks for it, and how to tell it. */
export type Act = {
  readonly what: string;
  readonly by: Person;
  readonly plan: Planner;
};

/** What a person sees at a workstation at the moment at which she acts. */
export type Scene = {
  readonly draw: Draw;
  readonly unit: string;
  readonly device: string;
  /** Day of this machine's clock in Hanoi. */
  readonly today: string;
  readonly sha256: Sha256;
  /** Rows as the screens show them; a command reads them again when it runs. */
  readonly rows: <C extends CollectionName>(coll: C) => readonly Stored<C>[];
  /** The other machines of the office. */
  readonly neighbours: readonly string[];
  /** The handover slips for this machine that lie on the other machines of the office. */
  readonly slips: () => readonly Readonly<Record<string, Handover>>[];
  /** The documents that wait for a number on the other machines of the office. */
  readonly waitingElsewhere: () => readonly WaitingElsewhere[];
  /** The numbers that the other machines of the office have given. */
  readonly issuedElsewhere: () => readonly IssuedElsewhere[];
  /** A text that nobody has written before. */
  readonly word: () => string;
};

/** A document on another machine that waits for a number. */
export type WaitingElsewhere = { readonly device: string; readonly document: Stored<'outgoing'> };
/** A number that another machine has given. */
export type IssuedElsewhere = { readonly device: string; readonly entry: NumberEntry };

/** Somebody of this office in one of these roles who may act here, or undefined. */
export function personIn(scene: Scene, ...roles: readonly Role[]): Person | undefined {
  return scene.draw.pick(
    scene
      .rows('people')
      .filter(({ unit, active, roles: own }) => {
        return unit === scene.unit && active && own.some((role) => roles.includes(role));
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

/** One of the rows of this office, the newest first. */
export function ownRow<C extends CollectionName>(
  scene: Scene,
  coll: C,
  fits: (row: Stored<C>) => boolean = () => true,
): Stored<C> | undefined {
  return scene.draw.pick(
    scene
      .rows(coll)
      .filter((row) => row.unit === scene.unit && fits(row))
      .sort((a, b) => (a.id > b.id ? -1 : 1)),
  );
}

/** A file that nobody has had before. */
export function freshFile(scene: Scene): FileRef {
  const name = scene.word();
  return {
    sha256: hashOf(name),
    size: 1000,
    name: `${name}.pdf`,
    mime: 'application/pdf',
    kind: 'pdf',
    pages: 1,
  };
}

/** The row as it is when the command runs; the act ends quietly where it has left the screen meanwhile. */
export async function fresh<C extends CollectionName>(read: Reader, coll: C, id: string): Promise<Stored<C>> {
  const row = await read(coll, id);
  if (row === null) throw new Gone();
  return row;
}

/** What the person looked at is not there any more. */
export class Gone extends Error {}
