import { type CommandName, type CommandRule, commandTable } from '@shared/domain/command-table';
import type { Stored } from '@shared/domain/plan';
import type { SigningSettings } from '@shared/ipc/signing-values';
import type { Person } from '@shared/schema/people';
import { reaches, type SignatureLevel, type SignatureState } from '@shared/schema/signature-state';
import type { FileRef } from '@shared/schema/values';

/** A signed file that stands below the wanted level. */
export type RaiseItem = {
  readonly coll: 'outgoing' | 'meetings';
  readonly id: string;
  readonly title: string;
  readonly file: FileRef;
  readonly level: SignatureLevel;
};

/** What became of the last try; kept only as long as the program runs. */
export type RaiseTry = {
  readonly tries: number;
  /** Milliseconds since 1970. */
  readonly nextAt: number;
  /** What it threw, or null when something could not be had. */
  readonly error: unknown;
  readonly missing: readonly string[];
};

const pausesInMinutes = [1, 5, 15, 60, 240] as const;

/** How long to wait after so many tries in a row that did not reach the level: growing, at most four hours. */
export function pauseAfter(tries: number): number {
  const minutes = pausesInMinutes[Math.min(tries, pausesInMinutes.length) - 1] ?? pausesInMinutes[0];
  return minutes * 60_000;
}

/** The level to reach: without a timestamp authority there is nothing beyond B-B. */
export function wantedLevel(settings: SigningSettings | null): SignatureLevel {
  return settings === null || settings.tsa === '' ? 'B-B' : settings.level;
}

/** The files that this person may raise and that lack the wanted level. */
export function filesToRaise(
  documents: readonly Stored<'outgoing'>[],
  meetings: readonly Stored<'meetings'>[],
  wanted: SignatureLevel,
  person: Person | null,
): readonly RaiseItem[] {
  const lacks = (state: SignatureState | undefined): state is SignatureState =>
    state !== undefined && !reaches(state.level, wanted);
  const items: RaiseItem[] = [];
  if (mayRun('outgoing.raise', person)) {
    for (const { id, unit, body, signature, subject } of documents)
      if (body !== null && lacks(signature) && unit === person?.unit)
        items.push({ coll: 'outgoing', id, title: subject, file: body, level: signature.level });
  }
  if (mayRun('meeting.raise-minutes', person)) {
    for (const { id, unit, minutes, minutesSignature, minutesSigned, title } of meetings) {
      // The second signature comes over a file that both know: it is raised when both have signed.
      const isSigned = minutesSigned?.secretary !== undefined && minutesSigned.chair !== undefined;
      if (minutes !== null && isSigned && lacks(minutesSignature) && unit === person?.unit)
        items.push({ coll: 'meetings', id, title, file: minutes, level: minutesSignature.level });
    }
  }
  return items;
}

function mayRun(command: CommandName, person: Person | null): boolean {
  const { roles }: CommandRule = commandTable[command];
  return person?.active === true && person.roles.some((role) => roles.includes(role));
}
