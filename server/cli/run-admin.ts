import { AppError } from '@shared/result/result';
import type { ServerContext } from '../http/context';
import type { Answer } from './command';
import { readCommand } from './read-command';

/**
 * Runs one administrator's command (the words after `admin`) on open data and gives what to print. Errors:
 * INVALID_INPUT for what is no command or lacks an option, WRONG_STATE for one that needs the data closed, and those
 * of the commands.
 */
export async function runAdmin(context: ServerContext, args: readonly string[]): Promise<Answer> {
  const { name, command, values } = readCommand(args);
  if (command.on === 'data') return command.run(context, values);
  if (command.on === 'files') return command.run(values);
  throw new AppError('WRONG_STATE', `stop the server first: ${name} needs its data closed`);
}
