import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Disk } from '../../simulation/machine/disk';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Bytes of the heap after collecting garbage, without what lies on these disks: that grows with the work, as it does on a
 * real disk. Nothing may be running meanwhile.
 */
export function heapWithoutDisks(disks: readonly Disk[]): number {
  const parked = disks.map((disk) => serialize(disk));
  for (const { rows, outbox, state, journal } of disks)
    for (const map of [rows, outbox, state, journal]) map.clear();
  for (let pass = 0; pass < 3; pass += 1) collect();
  const { heapUsed } = process.memoryUsage();
  for (const [index, disk] of disks.entries()) putBack(disk, deserialize(parked[index] as Buffer) as Disk);
  return heapUsed;
}

function putBack(disk: Disk, { rows, outbox, state, journal }: Disk): void {
  for (const [coll, map] of rows) disk.rows.set(coll, map);
  for (const [id, entry] of outbox) disk.outbox.set(id, entry);
  for (const [id, value] of state) disk.state.set(id, value);
  for (const [n, operation] of journal) disk.journal.set(n, operation);
}
