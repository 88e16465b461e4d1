import { AppError } from '@shared/result/result';
import type { z } from 'zod';
import type { ServerContext } from '../http/context';
import type { StorageOptions } from '../server';

/** Options of one command as they were typed, without the dashes. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What a command prints. `faulty` says that it found or left something wrong: exit status 1. */
export type Answer = { readonly text: string; readonly faulty: boolean };

type Options = {
  readonly texts: readonly string[];
  readonly flags?: readonly string[];
  /** Those of `texts` that name a file or folder of whoever types them. */
  readonly paths?: readonly string[];
};

/** Works on open data: in the running server where there is one, else in a process of its own. */
export type DataCommand = Options & {
  readonly on: 'data';
  readonly run: (context: ServerContext, values: Values) => Promise<Answer>;
};

/** Works on data that nobody has open. */
export type ClosedDataCommand = Options & {
  readonly on: 'closed-data';
  readonly run: (storage: StorageOptions, values: Values) => Promise<Answer>;
};

/** Needs no data of a server. */
export type FilesCommand = Options & {
  readonly on: 'files';
  readonly run: (values: Values) => Promise<Answer>;
};

export type Command = DataCommand | ClosedDataCommand | FilesCommand;

/** The text of an option that must be given; INVALID_INPUT otherwise. */
export function need(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new AppError('INVALID_INPUT', `--${name} is needed`);
  return value;
}

export function optional(values: Values, name: string, otherwise: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : otherwise;
}

/** A whole number of at least `least`; INVALID_INPUT otherwise. */
export function wholeNumber(values: Values, name: string, otherwise: number, least: number): number {
  const value = Number(optional(values, name, String(otherwise)));
  if (!Number.isInteger(value) || value < least) throw new AppError('INVALID_INPUT', `--${name}`);
  return value;
}

/** A calendar day `YYYY-MM-DD` that exists, or '' where it was not given or given empty; INVALID_INPUT otherwise. */
export function day(values: Values, name: string): string {
  const value = optional(values, name, '');
  if (value === '') return '';
  const moment = new Date(`${value}T00:00:00Z`);
  const exists = /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(moment.getTime());
  if (!exists || moment.toISOString().slice(0, 10) !== value)
    throw new AppError('INVALID_INPUT', `--${name}`);
  return value;
}

/** Only those of the named options that were given: what an edit changes. */
export function given(values: Values, names: readonly string[]): Readonly<Record<string, string>> {
  const found = names.flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(found);
}

/** A value that fits its schema; INVALID_INPUT with the option that does not. */
export function fitting<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_INPUT', `--${parsed.error.issues[0]?.path.join('.') ?? ''}`);
}

export function done(text: string): Answer {
  return { text, faulty: false };
}

type Cell = string | number | boolean | readonly string[];

/** A list: one line each with tabs between the values, or with `--json` an array of objects. */
export function list(rows: readonly Readonly<Record<string, Cell>>[], values: Values): Answer {
  if (values['json'] === true) return done(JSON.stringify(rows, null, 2));
  return done(rows.map((row) => Object.values(row).map(String).join('\t')).join('\n'));
}
