import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SetUpError } from './processes.mjs';

const SETUID = 0o4000;

/**
 * The switches that Chromium's sandbox needs here: none, or `--no-sandbox` for root, whom Chromium refuses otherwise.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @throws SetUpError with the one command to run where the system keeps ordinary users from making a sandbox
 */
export function sandboxSwitches(runtime) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = path.join(runtime.directory, 'chrome-sandbox');
  if (mayMakeNamespaces() || isSetuidRoot(helper)) return [];
  throw new SetUpError(
    [
      'This system does not let programs make the sandbox that protects the windows. Run this once, then start again:',
      '',
      `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
      '',
    ].join('\n'),
  );
}

function mayMakeNamespaces() {
  const value = (name) => {
    const file = `/proc/sys/${name}`;
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  };
  return (
    value('kernel/unprivileged_userns_clone') !== '0' &&
    value('kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    value('user/max_user_namespaces') !== '0'
  );
}

function isSetuidRoot(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && found.uid === 0 && (found.mode & SETUID) !== 0;
}
