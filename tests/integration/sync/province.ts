import type { Office } from '../server/office';
import { Machine } from './machine';
import { staff } from './office-work';

/** Makes units with their people; `lan` may be a leader and chair, see {@link staff}. */
export async function addUnits(admin: Office['admin'], units: readonly string[]): Promise<void> {
  for (const unit of units) {
    const words = [`--id=${unit}`, `--name=Đơn vị ${unit}`, '--symbol=LĐLĐ', '--level=district'];
    await admin('units', 'add', ...words);
    for (const [name, roles] of staff) {
      const person = [`--id=${unit}-${name}`, `--unit=${unit}`, `--name=${name}`, '--position=Cán bộ'];
      await admin('people', 'add', ...person, `--roles=${roles.join(',')}`);
    }
  }
}

/**
 * Enrols a machine at each of these units through its own address of the server, and lets it read everything. The first one
 * of a unit takes its books.
 */
export async function addMachines(
  admin: Office['admin'],
  units: readonly string[],
  address: (index: number) => string,
): Promise<readonly Machine[]> {
  const machines: Machine[] = [];
  for (const [index, unit] of units.entries()) {
    const code = await admin('enrol-code', 'create', '--unit', unit);
    const machine = await Machine.enrol(address(index), code, `m${index}`);
    await machine.round();
    if (units.indexOf(unit) === index) {
      await machine.takeBook('incoming');
      await machine.takeBook('outgoing');
    }
    machines.push(machine);
  }
  return machines;
}
