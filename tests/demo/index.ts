import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Province } from '../driver/province';
import { Workstation } from '../driver/workstation';
import { readInput } from './input-files';
import { runMainJob } from './main-job';
import { Recorder } from './recorder';

const help = `npm run demo -- --input DIR --out DIR

Does the main job on the files of DIR without hands: a real server and two real workstations, through their screens.
Writes to --out: the signed document, both registers as PDF and CSV, the meeting pack, the minutes, screenshots of each
screen, and report.json. Exit status 0 only if everything held.
`;

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
}

async function demo(input: string, out: string): Promise<boolean> {
  rmSync(path.join(out, 'screenshots'), { recursive: true, force: true });
  mkdirSync(path.join(out, 'screenshots'), { recursive: true });
  const recorder = new Recorder(out);
  const inputs = readInput(input, (name, error) => recorder.unreadable(name, error));
  const province = await recorder.step('Start the provincial server', () => Province.start());
  const workstations: Workstation[] = [];
  const open = async (unit: string, name: string): Promise<Workstation> => {
    const workstation = await recorder.step(`Open workstation ${name}`, () =>
      Workstation.open(province, unit, name),
    );
    workstations.push(workstation);
    return workstation;
  };
  try {
    const district = await open('huyen', 'HUYEN-01');
    const base = await open('coso-a', 'COSO-01');
    recorder.report.runtime = await runtimeOf(district);
    await runMainJob({ province, district, base, inputs, out, recorder });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    for (const workstation of workstations)
      await recorder.picture(workstation, 'failure').catch(reportPicture);
  } finally {
    recorder.write();
    for (const workstation of workstations) await workstation.close();
    await province.end();
  }
  return recorder.held;
}

function reportPicture(error: unknown): void {
  process.stderr.write(`no picture: ${error instanceof Error ? error.message : String(error)}\n`);
}

function runtimeOf(workstation: Workstation): Promise<string> {
  return workstation.app.evaluate(
    () =>
      `Electron ${process.versions['electron']}, Chromium ${process.versions['chrome']}, Node ${process.versions.node}`,
  );
}

const input = option('input');
const out = option('out');
if (input === undefined || out === undefined || !statSync(input, { throwIfNoEntry: false })?.isDirectory()) {
  process.stderr.write(help);
  process.exitCode = 2;
} else {
  const held = await demo(path.resolve(input), path.resolve(out));
  process.stdout.write(
    held
      ? `Everything held. ${path.resolve(out)}\n`
      : `It did not hold: see ${path.join(path.resolve(out), 'report.json')}\n`,
  );
  process.exitCode = held ? 0 : 1;
}
