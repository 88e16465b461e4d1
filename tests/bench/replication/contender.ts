import { messagePrefix } from '../app/report';
import { runElectron } from '../electron-run';
import type { Contender, Measured } from '../page/replication';

export type Outcome = Measured & { readonly megabytes: number };

const limitMs = 400_000;

/** Runs one contender in an Electron of its own. */
export async function runContender(parts: {
  readonly contender: Contender;
  readonly documents: number;
  readonly url: string;
  /** One-time enrolment code of our server, or '' at a peer's. */
  readonly code: string;
  readonly profile: string;
}): Promise<Outcome> {
  let outcome: Outcome | undefined;
  await runElectron({
    args: [
      new URL('./app/replication.js', import.meta.url).pathname,
      `--contender=${parts.contender}`,
      `--documents=${parts.documents}`,
      `--url=${parts.url}`,
      ...(parts.code === '' ? [] : [`--code=${parts.code}`]),
      `--data=${parts.profile}`,
    ],
    limitMs,
    onLine: (line) => {
      if (line.startsWith(messagePrefix)) outcome = JSON.parse(line.slice(messagePrefix.length)) as Outcome;
    },
  });
  if (outcome === undefined) throw new Error(`${parts.contender} ended without a figure`);
  process.stderr.write(
    `  ${parts.contender}: ${Math.round(outcome.ms)} ms, ${Math.round(outcome.megabytes)} MB\n`,
  );
  return outcome;
}
