import { parseArgs } from 'node:util';
import { AppError } from '@shared/result/result';

/** What the command line asks for. */
export type CommandLine =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'serve';
      readonly port: number;
      readonly host: string;
      readonly data: string;
      readonly sample: boolean;
      readonly logLevel: string;
      readonly databaseUrl: string | undefined;
      readonly files: string | undefined;
      readonly connections: number | undefined;
      readonly metricsPort: number | undefined;
    }
  | {
      readonly kind: 'admin';
      readonly data: string;
      readonly databaseUrl: string | undefined;
      readonly files: string | undefined;
      readonly args: readonly string[];
    };

/** Reads the command line; INVALID_INPUT says what is wrong with it. `databaseUrl` may come from the environment. */
export function readCommandLine(argv: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) return { kind: 'help' };
  return argv[0] === 'admin' ? readAdmin(argv.slice(1), environment) : readServe(argv, environment);
}

function readServe(argv: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  const text = { type: 'string' } as const;
  const values = parsed(() =>
    parseArgs({
      args: [...argv],
      options: {
        port: text,
        host: text,
        data: text,
        'database-url': text,
        files: text,
        connections: text,
        'metrics-port': text,
        'log-level': text,
        sample: { type: 'boolean' },
      },
    }),
  ).values;
  const port = wholeNumber('--port', values.port, 0, 65_535);
  if (port === undefined) throw new AppError('INVALID_INPUT', '--port N is needed');
  return {
    kind: 'serve',
    port,
    host: values.host ?? '127.0.0.1',
    data: folder(values.data),
    sample: values.sample ?? false,
    logLevel: values['log-level'] ?? 'info',
    databaseUrl: databaseUrl(values['database-url'], environment),
    files: values.files,
    connections: wholeNumber('--connections', values.connections, 1, 200),
    metricsPort: wholeNumber('--metrics-port', values['metrics-port'], 0, 65_535),
  };
}

function wholeNumber(
  name: string,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d{1,6}$/.test(value) || number < least || number > most)
    throw new AppError('INVALID_INPUT', `${name}: ${least} to ${most}`);
  return number;
}

/** `--data`, `--database-url` and `--files` are this program's; everything else belongs to the command. */
function readAdmin(argv: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  const args: string[] = [];
  const own: Record<string, string> = {};
  for (let index = 0; index < argv.length; index++) {
    const [name = '', inline] = (argv[index] ?? '').split(/=(.*)/s);
    if (!['--data', '--database-url', '--files'].includes(name)) args.push(argv[index] ?? '');
    else if (inline !== undefined) own[name] = inline;
    else own[name] = argv[++index] ?? '';
  }
  return {
    kind: 'admin',
    data: folder(own['--data']),
    databaseUrl: databaseUrl(own['--database-url'], environment),
    files: own['--files'],
    args,
  };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new AppError('INVALID_INPUT', error instanceof Error ? error.message : 'arguments');
  }
}

function folder(value: string | undefined): string {
  if (value === undefined || value === '') throw new AppError('INVALID_INPUT', '--data DIR is needed');
  return value;
}

function databaseUrl(option: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  const url = option ?? environment['DATABASE_URL'];
  return url === undefined || url === '' ? undefined : url;
}
