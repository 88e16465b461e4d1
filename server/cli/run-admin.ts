import { parseArgs } from 'node:util';
import { AppError } from '@shared/result/result';
import { type Role, roles, unitSchema } from '@shared/schema/people';
import { audit } from '../admin/audit';
import { checkIssuedSignatures, isFaulty } from '../admin/check-signatures';
import { listDevices, revokeDevice } from '../admin/devices';
import { listPeople, listUnits, savePerson, saveUnit } from '../admin/directory';
import type { ServerContext } from '../http/context';
import { addEnrolCode, defaultCodeMinutes, newEnrolCode } from '../identity/enrol-codes';
import { makeVerifier, setPin } from '../identity/pins';
import { beginEpoch } from '../storage/migrate';
import { readTrust } from './read-trust';

type Values = Readonly<Record<string, string | boolean | undefined>>;
type Command = (context: ServerContext, values: Values) => Promise<string>;

/**
 * Runs one administrator's command (the words after `admin`) and gives what to print. Errors: INVALID_INPUT for what
 * is not a command or lacks an option, and those of the commands.
 */
export async function runAdmin(context: ServerContext, args: readonly string[]): Promise<string> {
  const { positionals, values } = readArguments(args);
  const name = positionals.join(' ');
  const command = commands[name];
  if (command === undefined) throw new AppError('INVALID_INPUT', `unknown command: ${name}`);
  return command(context, values);
}

function readArguments(args: readonly string[]): {
  readonly positionals: readonly string[];
  readonly values: Values;
} {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        id: text,
        unit: text,
        name: text,
        symbol: text,
        level: text,
        superior: text,
        place: text,
        collective: text,
        'seal-mm': text,
        position: text,
        roles: text,
        pin: text,
        minutes: text,
        trust: text,
        crl: text,
        inactive: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new AppError('INVALID_INPUT', error instanceof Error ? error.message : 'arguments');
  }
}

function need(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new AppError('INVALID_INPUT', `--${name} is needed`);
  return value;
}

function optional(values: Values, name: string, otherwise: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : otherwise;
}

function lines(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.join('\t')).join('\n');
}

const commands: Readonly<Record<string, Command>> = {
  'units list': async ({ database }) =>
    lines((await listUnits(database)).map((unit) => [unit.id, unit.level, unit.symbol, unit.name])),

  'units add': async (context, values) => {
    const unit = unitSchema.safeParse({
      id: need(values, 'id'),
      unit: need(values, 'id'),
      name: need(values, 'name'),
      symbol: need(values, 'symbol'),
      level: need(values, 'level'),
      superior: optional(values, 'superior', ''),
      place: optional(values, 'place', ''),
      collective: optional(values, 'collective', ''),
      sealMm: Number(optional(values, 'seal-mm', '36')),
      validFrom: '',
      validTo: '',
    });
    if (!unit.success) throw new AppError('INVALID_INPUT', `--${unit.error.issues[0]?.path.join('.') ?? ''}`);
    context.pokes.changed(await saveUnit(context.database, unit.data));
    return unit.data.id;
  },

  'people list': async ({ database }, values) =>
    lines(
      (await listPeople(database, optional(values, 'unit', ''))).map((person) => [
        person.id,
        person.unit,
        person.roles.join(','),
        person.active ? 'active' : 'inactive',
        person.name,
      ]),
    ),

  'people add': addPerson,

  'people set-pin': async (context, values) => {
    const people = await listPeople(context.database, need(values, 'unit'));
    const person = people.find((known) => known.id === need(values, 'id'));
    if (person === undefined) throw new AppError('NOT_FOUND', `person ${need(values, 'id')}`);
    await givePin(context, person.unit, person.id, need(values, 'pin'));
    return person.id;
  },

  'enrol-code create': async (context, values) => {
    const unit = need(values, 'unit');
    const minutes = Number(optional(values, 'minutes', String(defaultCodeMinutes)));
    if (!Number.isInteger(minutes) || minutes < 1) throw new AppError('INVALID_INPUT', '--minutes');
    if (!(await listUnits(context.database)).some((known) => known.id === unit)) {
      throw new AppError('NOT_FOUND', `unit ${unit}`);
    }
    const code = newEnrolCode(context.randomBytes);
    await addEnrolCode(context.database, code, unit, context.now(), context.now() + minutes * 60_000);
    return code;
  },

  'devices list': async ({ database }) =>
    lines(
      (await listDevices(database)).map((device) => [
        device.id,
        device.unit,
        device.status,
        device.last_n,
        device.last_seen,
        device.name,
      ]),
    ),

  'devices revoke': async (context, values) => {
    await revokeDevice(context.database, need(values, 'id'));
    context.access.forget();
    return need(values, 'id');
  },

  audit: async ({ database, store }) => {
    const { faults, ...counts } = await audit(database, store);
    if (faults.length > 0) throw new AppError('INTERNAL', `audit\n${faults.join('\n')}`);
    return `${JSON.stringify(counts)}\nno fault`;
  },

  'check-signatures': async ({ database, store, now }, values) => {
    const trust = await readTrust(optional(values, 'trust', ''), optional(values, 'crl', ''));
    const checked = await checkIssuedSignatures(database, store, trust, now(), optional(values, 'unit', ''));
    const found = lines(
      checked.map(({ unit, id, sha256, report }) => [unit, id, sha256, report?.verdict ?? 'not-here']),
    );
    if (checked.some(isFaulty)) throw new AppError('INTERNAL', `signatures\n${found}`);
    return `${found}\n${checked.length} documents, no fault`;
  },

  'new-epoch': async (context) => {
    const epoch = Buffer.from(context.randomBytes(16)).toString('hex');
    await beginEpoch(context.database, epoch);
    return epoch;
  },
};

async function addPerson(context: ServerContext, values: Values): Promise<string> {
  const wanted = need(values, 'roles').split(',');
  const unknown = wanted.find((role) => !roles.includes(role as Role));
  if (unknown !== undefined) throw new AppError('INVALID_INPUT', `--roles ${unknown}`);
  const person = {
    id: need(values, 'id'),
    unit: need(values, 'unit'),
    name: need(values, 'name'),
    position: need(values, 'position'),
    roles: wanted as Role[],
    active: values['inactive'] !== true,
  };
  context.pokes.changed(await savePerson(context.database, person));
  const pin = optional(values, 'pin', '');
  if (pin !== '') await givePin(context, person.unit, person.id, pin);
  return person.id;
}

async function givePin(context: ServerContext, unit: string, person: string, pin: string): Promise<void> {
  await setPin(context.database, unit, await makeVerifier(person, pin, context.randomBytes(16)));
}
