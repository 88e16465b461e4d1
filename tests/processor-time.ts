/**
 * Milliseconds of work that this process has done so far. What a file costs is measured by this and not by the clock:
 * other programs on the machine do not change it.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Does some work and gives its result, with the milliseconds of work that it cost. */
export async function costOf<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly ms: number }> {
  const start = processorTime();
  const result = await work();
  return { result, ms: processorTime() - start };
}
