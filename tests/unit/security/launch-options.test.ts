import { expect, it } from 'vitest';
import { readLaunchOptions } from '../../../electron/main/app/launch-options';

it('values are read with = and as the next argument; folders start at the working directory', () => {
  const argv = [
    'electron',
    '.',
    '--data',
    'profile',
    '--server-url=http://127.0.0.1:7',
    '--enrol-code=AB-CD',
  ];
  expect(readLaunchOptions(argv, '/home/x')).toEqual({
    dataDirectory: '/home/x/profile',
    serverUrl: 'http://127.0.0.1:7',
    enrolCode: 'AB-CD',
    screenshotFile: undefined,
    exitAfterReady: false,
  });
});

it('--user-data-dir names the profile too, and --data wins over it', () => {
  expect(readLaunchOptions(['--user-data-dir=/a'], '/').dataDirectory).toBe('/a');
  expect(readLaunchOptions(['--user-data-dir=/a', '--data=/b'], '/').dataDirectory).toBe('/b');
});

it('a name without a value, or followed by a switch, counts as not given', () => {
  const options = readLaunchOptions(['--data', '--exit-after-ready', '--enrol-code='], '/');
  expect(options.dataDirectory).toBeUndefined();
  expect(options.enrolCode).toBeUndefined();
  expect(options.exitAfterReady).toBe(true);
});
