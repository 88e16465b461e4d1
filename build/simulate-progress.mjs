import process from 'node:process';

const MINUTE = 60_000;

/**
 * Says on stderr how far a run of so many schedules is: on a terminal in one line that is written again, otherwise, where
 * `lines` are asked for, in a line a minute.
 */
export function showProgress(total, lines) {
  const onTerminal = process.stderr.isTTY === true;
  let schedules = 0;
  let violations = 0;
  let saidAt = Date.now();
  const text = () => `${schedules} of ${total} schedules, violations: ${violations}`;
  return {
    /** Counts one portion that has ended. */
    add(result) {
      schedules += result.schedules;
      violations += result.violations.length;
      if (onTerminal) process.stderr.write(`\r${text()}`);
      else if (lines && Date.now() - saidAt >= MINUTE) {
        saidAt = Date.now();
        process.stderr.write(`${text()}\n`);
      }
    },

    /** The line on the terminal makes room for the result. */
    end() {
      if (onTerminal) process.stderr.write('\r\u001b[K');
    },
  };
}
