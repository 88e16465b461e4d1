import process from 'node:process';

/** One line of the result. */
export function write(line) {
  process.stdout.write(`${line}\n`);
}

/** The violation of a schedule in one line. */
export function firstLine({ index, problems }) {
  return `schedule ${index}: ${problems[0]}`;
}

/** Prints what was broken, the shortest tape that breaks it, and how to see it again; a process of the crew shortens it. */
export async function tell(worker, violation) {
  const { story, problems, tape } = await worker.ask({ kind: 'shorten', tape: violation.tape });
  write(
    [
      firstLine(violation),
      ...story.map((line) => `    ${line}`),
      ...problems.map((problem) => `  ! ${problem}`),
      `  npm run --silent simulate -- --replay '${tape}'`,
    ].join('\n'),
  );
}

/** Runs one tape and tells it step by step. Gives the exit status: 1 when it breaks a rule. */
export async function replay(crew, tape) {
  const { story, problems } = await crew.ask({ kind: 'replay', tape });
  for (const line of story) write(`    ${line}`);
  for (const problem of problems) write(`  ! ${problem}`);
  write(`violations: ${problems.length === 0 ? 0 : 1}`);
  await crew.stop();
  return problems.length === 0 ? 0 : 1;
}
