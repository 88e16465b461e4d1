import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { SetUpError } from './processes.mjs';

export const WORKSTATIONS = ['huyen', 'coso-a', 'coso-b', 'tinh'];

export const HELP = `npm start [-- options]     opens Công Văn with a provincial server beside it

  --workstation NAME   which office this window belongs to: ${WORKSTATIONS.join(' | ')} (default huyen)
  --server URL         use the provincial server at URL and start none
  --data DIR           keep everything of this run in DIR (default ~/.local/share/cong-van-sample)
  --empty              a province without sample offices, people and documents
  --screenshot FILE    take a picture of the window once it can be used
  --exit-after-ready   end as soon as the window can be used
  --help               this text

Two offices side by side: run it again in a second terminal with another --workstation.
`;

/**
 * @typedef {object} StartOptions
 * @property {string} workstation
 * @property {string | undefined} server
 * @property {string} data absolute folder
 * @property {boolean} empty
 * @property {string | undefined} screenshot absolute file
 * @property {boolean} exitAfterReady
 * @property {boolean} help
 */

/** @returns {StartOptions} */
export function readStartOptions(argv) {
  const { values } = parse(argv);
  if (!WORKSTATIONS.includes(values.workstation)) {
    throw new SetUpError(`--workstation ${values.workstation}: there are ${WORKSTATIONS.join(', ')}`);
  }
  if (values.server !== undefined && !/^https?:\/\/[^/]/.test(values.server)) {
    throw new SetUpError(`--server ${values.server}: an address such as http://127.0.0.1:7410 is needed`);
  }
  return {
    workstation: values.workstation,
    server: values.server,
    data: path.resolve(values.data ?? defaultData()),
    empty: values.empty,
    screenshot: values.screenshot === undefined ? undefined : path.resolve(values.screenshot),
    exitAfterReady: values['exit-after-ready'],
    help: values.help,
  };
}

function parse(argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        workstation: { type: 'string', default: 'huyen' },
        server: { type: 'string' },
        data: { type: 'string' },
        empty: { type: 'boolean', default: false },
        screenshot: { type: 'string' },
        'exit-after-ready': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new SetUpError(`${error.message}\n\n${HELP}`);
  }
}

function defaultData() {
  const base = process.env['XDG_DATA_HOME'] || path.join(homedir(), '.local', 'share');
  return path.join(base, 'cong-van-sample');
}
