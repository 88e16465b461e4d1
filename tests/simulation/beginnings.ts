import { changeLease } from '../../server/sync/lease';
import { wholeRound } from './heal';
import { copyDisk } from './machine/disk';
import type { Workstation } from './machine/workstation';
import { register } from './office/incoming-acts';
import { addScan } from './office/intake-acts';
import { prepare } from './office/meeting-acts';
import { advance, draft } from './office/outgoing-acts';
import type { Act, Scene } from './office/scene';
import { settle } from './pauses';
import { type Seat, seedServer } from './server/seed';
import { Draw } from './tape';
import { type Beginning, World } from './world';

const seats: Readonly<Record<'mai' | 'lan' | 'coso' | 'tinh', Seat>> = {
  mai: { device: 'd1', unit: 'huyen' },
  lan: { device: 'd2', unit: 'huyen' },
  coso: { device: 'd3', unit: 'coso' },
  tinh: { device: 'd4', unit: 'tinh' },
};
const provinces: readonly (readonly Seat[])[] = [
  [seats.mai, seats.lan],
  [seats.mai, seats.lan, seats.coso],
  [seats.mai, seats.coso],
  [seats.mai, seats.lan, seats.coso, seats.tinh],
];

/** Something was broken before the first fault. */
export class BrokenBeginning extends Error {}

const made = new Map<string, Promise<Beginning>>();

/** One of the ways in which a province can begin: how many offices, who has synced, who holds the books. */
export function beginningFor(draw: Draw): Promise<Beginning> {
  const place = draw.below(provinces.length);
  const synced = draw.below(5) > 0;
  const books = synced && draw.below(3) > 0;
  const busy = books && draw.below(2) === 0;
  const key = `${place} ${synced} ${books} ${busy}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = makeBeginning(provinces[place] ?? [], { synced, books, busy });
  made.set(key, fresh);
  return fresh;
}

type Plan = (scene: Scene) => Act | null;

/** What happened before the first day of a schedule. */
type Past = {
  /** Whether every machine has synced. */
  readonly synced: boolean;
  /** Whether the first machine of each office holds its books. */
  readonly books: boolean;
  /** Whether documents have been issued, and others wait for a number. */
  readonly busy: boolean;
};

async function makeBeginning(chosen: readonly Seat[], { synced, books, busy }: Past): Promise<Beginning> {
  const start: Beginning = { seats: chosen, state: await seedServer(chosen), disks: new Map(), words: 0 };
  if (!synced) return start;
  const world = new World(start);
  for (const workstation of world.workstations) {
    workstation.switchOn();
    await settle();
    await wholeRound(world, workstation);
    if (!isFirstOfUnit(chosen, workstation)) continue;
    if (books) await takeBooks(world, workstation);
    await wholeRound(world, workstation);
    await workBefore(world, workstation, [addScan, draft, prepare, register]);
    if (busy) await finishOne(world, workstation);
    await wholeRound(world, workstation);
  }
  for (const workstation of world.workstations) await wholeRound(world, workstation);
  if (world.problems.length > 0) throw new BrokenBeginning(world.problems.join('\n'));
  const disks = new Map(world.workstations.map(({ device, disk }) => [device, copyDisk(disk)]));
  return { seats: chosen, state: world.server.state, disks, words: world.usedWords };
}

function isFirstOfUnit(chosen: readonly Seat[], { device, unit }: Seat): boolean {
  return chosen.find((seat) => seat.unit === unit)?.device === device;
}

/** The clerk's machine takes this year's two books. */
async function takeBooks(world: World, workstation: Workstation): Promise<void> {
  for (const kind of ['incoming', 'outgoing'] as const) {
    const { device, unit } = workstation;
    const request = { kind, year: 2026, series: 'chung', action: 'acquire', next: 0, headHash: '' } as const;
    await changeLease(world.server.database, { device, unit }, request, () => undefined);
  }
}

/** An office is not empty on the first day: everybody has something to disagree about. */
async function workBefore(
  world: World,
  workstation: Workstation,
  plans: readonly Plan[],
  detail = 0,
): Promise<void> {
  for (const plan of plans) {
    const act = plan(workstation.scene(new Draw(detail)));
    if (act !== null) workstation.carryOut(act);
    await settle();
    world.tick();
  }
}

/** The first document is issued; two others are signed and wait for their numbers. */
async function finishOne(world: World, workstation: Workstation): Promise<void> {
  await workBefore(
    world,
    workstation,
    Array.from({ length: 5 }, () => advance),
  );
  await workBefore(world, workstation, [draft, draft]);
  for (const detail of [0, 1, 2]) await workBefore(world, workstation, [advance, advance], detail);
}
