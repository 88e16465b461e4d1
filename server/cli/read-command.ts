import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '@shared/result/result';
import type { Command, Values } from './command';
import { commands } from './commands/index';

/** A command of the administrator as it was typed. */
export type TypedCommand = { readonly name: string; readonly command: Command; readonly values: Values };

/** Reads the words after `admin`. INVALID_INPUT for what is no command, or an option that it does not have. */
export function readCommand(args: readonly string[]): TypedCommand {
  const end = args.findIndex((word) => word.startsWith('-'));
  const words = end === -1 ? args : args.slice(0, end);
  const name = words.join(' ');
  const command = commands[name];
  if (command === undefined) throw new AppError('INVALID_INPUT', `unknown command: ${name}`);
  return { name, command, values: readValues(command, args.slice(words.length)) };
}

function readValues(command: Command, args: readonly string[]): Values {
  const options = Object.fromEntries([
    ...command.texts.map((name) => [name, { type: 'string' }] as const),
    ...(command.flags ?? []).map((name) => [name, { type: 'boolean' }] as const),
  ]);
  try {
    return parseArgs({ args: [...args], options }).values as Values;
  } catch (error) {
    throw new AppError('INVALID_INPUT', error instanceof Error ? error.message : 'arguments');
  }
}

/**
 * The same command for a process that works in another folder: as words, with its files and folders named from the
 * root of the disk.
 */
export function withAbsolutePaths({ name, command, values }: TypedCommand): readonly string[] {
  const options = Object.entries(values).flatMap(([option, value]) => {
    if (typeof value !== 'string') return value === true ? [`--${option}`] : [];
    const isPath = command.paths?.includes(option) === true && value !== '';
    return [`--${option}=${isPath ? path.resolve(value) : value}`];
  });
  return [...name.split(' '), ...options];
}
