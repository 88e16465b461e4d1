import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { MutationJudge } from './mutation-judge.mjs';
import { describe, MutationRecord } from './mutation-record.mjs';
import { TestRuns } from './mutation-runs.mjs';
import { allPoints, buildWithSwitches } from './mutation-switches.mjs';
import { OUT } from './paths.mjs';
import { runCommand } from './processes.mjs';
import { say } from './progress.mjs';

const HELP = `node build/mutate.mjs [room...] [--list] [--resume] [--only TEXT] [--tests EXPR] [--from N] [--count N]

  Switches off each check of the signing module in turn and looks for a test that fails. A check that no test misses
  is named, and the command fails, unless tests/mutation/equivalent.json says why nothing depends on it.
  Rooms are folders of shared/signing; without a name: check difference certificates cms timestamps; "all" for all.

  --list       names the checks and runs nothing
  --resume     goes on where an earlier run ended; checks of changed files and survivors are tried again
  --only TEXT  only checks whose place or words hold this text
  --tests EXPR only the files of tests whose name this expression matches; what they do not miss stays open
  --from N     begins with the Nth check
  --count N    takes so many
`;
const ROOMS = ['check', 'difference', 'certificates', 'cms', 'timestamps'];
const PLACE = path.join(OUT, 'mutation');
/** Tests wait for other programs now and then. */
const LANES = [1, 2];

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      list: { type: 'boolean' },
      resume: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      tests: { type: 'string', default: '' },
      from: { type: 'string', default: '1' },
      count: { type: 'string', default: '100000' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const points = allPoints();
  const first = Number(values.from) - 1;
  const chosen = inRooms(points, positionals)
    .filter((point) => describe(point).includes(values.only))
    .slice(first, first + Number(values.count));
  if (values.list) {
    for (const [i, point] of chosen.entries()) process.stdout.write(`${first + i + 1} ${describe(point)}\n`);
    return 0;
  }
  const record = new MutationRecord(points, values.resume);
  await tryAll(
    points,
    chosen.filter((point) => !record.has(point)),
    record,
    values.tests,
  );
  const { line, complaints } = record.sumUp(chosen);
  process.stdout.write(`${line}\n`);
  for (const complaint of complaints) process.stdout.write(`  ${complaint}\n`);
  return complaints.length === 0 ? 0 : 1;
});

function inRooms(points, named) {
  if (named.includes('all')) return points;
  const rooms = named.length === 0 ? ROOMS : named;
  return points.filter(({ file }) => rooms.includes(file.split(path.sep)[2]));
}

/** First all tests at once, then by itself what they did not miss. */
async function tryAll(points, chosen, record, named) {
  if (chosen.length === 0) return;
  rmSync(PLACE, { recursive: true, force: true });
  const built = await buildWithSwitches(PLACE, points);
  const tests = built.filter((name) => new RegExp(named).test(name));
  const runs = new TestRuns(PLACE);
  const open = new Set(chosen.map((point) => points.indexOf(point)));
  const settled = new Set([...points.keys()].filter((check) => !open.has(check)));
  const settle = (check, result) => {
    if (!open.delete(check)) return;
    settled.add(check);
    record.add(points[check], result);
    say(`${result.outcome}: ${describe(points[check])}${result.by ? ` | ${result.by}` : ''}`);
  };
  let done = 0;
  const swept = await inLanes(tests, async (name, lane) => {
    const result = await runs.sweep(name, lane, settled, (check, by) =>
      settle(check, { outcome: 'caught', by }),
    );
    say(`${++done}/${tests.length} ${name}: ${open.size} checks left`);
    return result;
  });
  for (const check of open) say(`no quick test misses ${describe(points[check])}`);
  const judge = new MutationJudge(runs, swept);
  await inLanes(open, async (check, lane) => {
    const isListed = record.isListed(points[check]);
    const result = isListed ? { outcome: 'survived', by: 'listed' } : await judge.judge(check, lane);
    // What some of the tests do not miss may be missed by others.
    if (isListed || result.outcome !== 'survived' || tests.length === built.length) settle(check, result);
  });
  rmSync(PLACE, { recursive: true, force: true });
}

/** Works through a list, several at a time. */
async function inLanes(list, work) {
  const results = [];
  const waiting = [...list];
  const run = async (lane) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await work(next, lane));
  };
  await Promise.all(LANES.map(run));
  return results;
}
