import path from 'node:path';
import { app, Menu, session } from 'electron';
import { findRefusedSwitches } from '../security/command-line';
import { lockSession } from '../security/session-locks';
import { lockWebContents } from '../security/web-contents-locks';
import type { LaunchOptions } from './launch-options';
import { type Log, openLog } from './log';
import { places } from './places';
import { registerAppScheme, type ServeFile, serveApp } from './serve-app';

/** Status of a start that the command line made unsafe (EX_USAGE of sysexits.h). */
const EXIT_USAGE = 64;

/**
 * Everything that must be decided before Electron is ready: profile folder, sandbox, scheme, locks, single instance.
 * @returns the log of this profile, or null when this process must end at once (it has been told to)
 */
export function prepareProcess(options: LaunchOptions, onSecondStart: () => void): Log | null {
  const refused = app.isPackaged ? findRefusedSwitches((name) => app.commandLine.hasSwitch(name)) : [];
  if (refused.length > 0) {
    process.stderr.write(`refused on the command line: ${refused.map((name) => `--${name}`).join(' ')}\n`);
    app.exit(EXIT_USAGE);
    return null;
  }
  if (options.dataDirectory !== undefined) app.setPath('userData', options.dataDirectory);
  // Chromium has no sandbox for root, so test machines start with --no-sandbox; everybody else gets it everywhere.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerAppScheme();
  lockWebContents();
  // The lock belongs to the profile folder, so it comes after that is known.
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('this profile is open already; its window was brought to the front\n');
    app.exit(0);
    return null;
  }
  app.on('second-instance', onSecondStart);
  const log = openLog(path.join(app.getPath('userData'), 'logs'), () => new Date());
  logDefects(log);
  return log;
}

/** What the first window needs; call when Electron is ready. */
export function prepareSession(serveFile: ServeFile | undefined): void {
  Menu.setApplicationMenu(null);
  lockSession(session.defaultSession);
  serveApp(session.defaultSession, {
    rendererRoot: places.renderer,
    ...(serveFile === undefined ? {} : { serveFile }),
  });
}

function logDefects(log: Log): void {
  process.on('unhandledRejection', (reason) => log.failure('unhandled rejection', reason));
  process.on('uncaughtException', (error) => {
    log.failure('uncaught exception', error);
    app.exit(1);
  });
  app.on('child-process-gone', (_event, { type, reason }) => log.warn('process gone', { type, reason }));
}
