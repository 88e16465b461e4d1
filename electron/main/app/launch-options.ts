import path from 'node:path';

/** What the command line may say about one start of the application. */
export type LaunchOptions = {
  /** Folder of this profile: local database, files, keys, logs. Undefined: the system's usual place. */
  readonly dataDirectory: string | undefined;
  /** Address of the provincial server, offered when this workstation is not enrolled yet. */
  readonly serverUrl: string | undefined;
  /** One-time code that enrols this workstation. */
  readonly enrolCode: string | undefined;
  /** Folder to watch for scans, in place of the one that was chosen before. */
  readonly scanFolder: string | undefined;
  /** Development only: where to put a picture of the first usable window. */
  readonly screenshotFile: string | undefined;
  /** Development only: ends as soon as the window is usable. */
  readonly exitAfterReady: boolean;
};

/**
 * Reads `--name=value` and `--name value`.
 * @param argv as given by the system; foreign switches are left alone
 * @param workingDirectory relative folders start here
 */
export function readLaunchOptions(argv: readonly string[], workingDirectory: string): LaunchOptions {
  const file = (name: string): string | undefined => {
    const value = readOption(argv, name);
    return value === undefined ? undefined : path.resolve(workingDirectory, value);
  };
  return {
    dataDirectory: file('data') ?? file('user-data-dir'),
    serverUrl: readOption(argv, 'server-url'),
    enrolCode: readOption(argv, 'enrol-code'),
    scanFolder: file('scan-folder'),
    screenshotFile: file('screenshot'),
    exitAfterReady: argv.includes('--exit-after-ready'),
  };
}

function readOption(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`;
  const joined = argv.find((argument) => argument.startsWith(prefix));
  if (joined !== undefined) return joined.slice(prefix.length) || undefined;
  const next = argv[argv.indexOf(`--${name}`) + 1];
  return argv.includes(`--${name}`) && next !== undefined && !next.startsWith('-') ? next : undefined;
}
