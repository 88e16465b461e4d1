import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { capture, run, SetUpError } from './processes.mjs';
import { say, step } from './progress.mjs';

// Each entry is one need; newer Debian and Ubuntu releases have the second name.
const FOR_ELECTRON = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2', 'libasound2t64'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libcups2', 'libcups2t64'],
  ['libsecret-1-0'],
  ['libnotify4'],
  ['libxss1'],
];
// Makes the trial certificates of the sample province.
const FOR_SAMPLE = [['openssl']];
const FOR_NO_DISPLAY = [['xvfb']];
// Judges signed PDFs in the demo.
const FOR_DEMO = [['poppler-utils'], ['qpdf'], ['libnss3-tools']];
const FOR_TESTS = [
  ...FOR_DEMO,
  ['mupdf-tools'],
  // BouncyCastle through PDFBox, called by a program that Java compiles as it starts.
  ['default-jdk-headless'],
  ['libpdfbox2-java'],
  ['libbcpkix-java'],
  // A token in files, and the compiler for drivers that hang and crash.
  ['softhsm2'],
  ['opensc'],
  ['gcc'],
  ['libc6-dev'],
  ['postgresql'],
  ['nginx-light'],
  ['util-linux'],
];

/**
 * Installs by apt-get what the system lacks, or prints the one command that does it.
 * @param {{ display: boolean, judges?: 'demo' | 'tests' }} needs `display` is false when a virtual screen is needed;
 *   `judges` adds the independent programs that check PDFs, and for the tests also tokens and the server
 * @throws SetUpError when something is missing and may not be installed from here
 */
export async function ensureSystemPackages({ display, judges }) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  const needs = [
    ...FOR_ELECTRON,
    ...FOR_SAMPLE,
    ...(display ? [] : FOR_NO_DISPLAY),
    ...(judges === 'demo' ? FOR_DEMO : judges === 'tests' ? FOR_TESTS : []),
  ];
  const installed = await installedPackages();
  const missing = needs.filter((names) => !names.some((name) => installed.has(name)));
  if (missing.length === 0) return;
  const prefix = await adminPrefix();
  if (prefix === undefined) throw new SetUpError(commandFor(missing));
  await install(prefix, missing);
}

async function installedPackages() {
  const output = await run('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n']);
  const lines = output.split('\n').filter((line) => line.startsWith('installed '));
  return new Set(lines.map((line) => line.slice('installed '.length)));
}

/** How to act as root without asking anybody: nothing for root, sudo when it needs no password, else undefined. */
async function adminPrefix() {
  if (process.getuid?.() === 0) return [];
  const { code } = await capture('sudo', ['-n', 'true']);
  return code === 0 ? ['sudo', '-n'] : undefined;
}

async function install(prefix, missing) {
  // Another apt-get may be at work; the lock is waited for.
  const apt = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=300',
    '-q',
    '-y',
  ];
  const call = (args, onLine) => run(apt[0], [...apt.slice(1), ...args], { onLine });
  await step('system packages', async (report) => {
    report('reading the lists');
    await call(['update']);
    const names = await namesHere(missing);
    const progress = watchApt(report);
    await call(['install', '--no-install-recommends', ...names], progress);
    say(`Installed with apt-get: ${names.join(' ')}`);
  });
}

/** apt-get tells how many packages there are and names each as it is unpacked and set up. */
function watchApt(report) {
  let whole = 0;
  let done = 0;
  return (line) => {
    const count = /^\d+ upgraded, (\d+) newly installed/.exec(line)?.[1];
    if (count !== undefined) whole = Number(count);
    if (/^(Unpacking|Setting up) /.test(line)) done += 1;
    report(
      whole === 0
        ? 'choosing'
        : `${Math.min(100, Math.round((done / (2 * whole)) * 100))} % of ${whole} packages`,
    );
  };
}

/** Of the names a package had over the releases, the one that this release can install. */
async function namesHere(missing) {
  const names = [];
  for (const candidates of missing) {
    const { output } = await capture('apt-cache', ['policy', ...candidates]);
    const here = candidates.filter((name) => {
      const entry = output.split(`${name}:\n`)[1];
      return entry !== undefined && !/^\s*Installed:.*\n\s*Candidate: \(none\)/.test(entry);
    });
    names.push(here.at(-1) ?? candidates[0]);
  }
  return names;
}

function commandFor(missing) {
  const newer =
    /^ID=ubuntu$/m.test(osRelease()) && Number(/^VERSION_ID="?(\d+)/m.exec(osRelease())?.[1] ?? 0) >= 24;
  const names = missing.map((candidates) => (newer ? candidates.at(-1) : candidates[0]));
  return [
    'Some system packages are missing. Run this once, then start again:',
    '',
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
    '',
  ].join('\n');
}

const osRelease = () => (existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '');
