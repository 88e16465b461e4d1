import type { Stored } from '@shared/domain/plan';
import type { Input } from '@shared/ipc/contract';
import type { Person, Unit } from '@shared/schema/people';
import { numberAndSymbol } from './incoming-view';

type SlipData = Extract<Input<'print:make'>['job'], { kind: 'slip' }>['data'];
type SlipOpinion = SlipData['leader'][number];

type Directory = {
  readonly people: ReadonlyMap<string, Person>;
  readonly units: ReadonlyMap<string, Unit>;
};

/** Data of the Phiếu giải quyết văn bản đến: leaders' opinions in the first block, everybody else's in the third. */
export function slipOf(
  document: Stored<'incoming'>,
  unit: Unit,
  { people, units }: Directory,
  now: string,
): SlipData {
  const day = now.slice(0, 10);
  const opinions = Object.values(document.opinions).sort((a, b) => a.at.localeCompare(b.at));
  const byLeader = (by: string): boolean => people.get(by)?.roles.includes('leader') === true;
  const last = opinions.filter((opinion) => byLeader(opinion.by)).at(-1);
  const nameOf = (id: string): string => people.get(id)?.name ?? '';
  const line = (opinion: (typeof opinions)[number]): SlipOpinion => ({
    author: nameOf(opinion.by),
    position: people.get(opinion.by)?.position ?? '',
    text: opinion.text,
    lead: opinion === last ? nameOf(document.assignment?.lead ?? '') : '',
    support: opinion === last ? (document.assignment?.support ?? []).map(nameOf) : [],
    dueDate: opinion === last ? (document.assignment?.due ?? '') : '',
    givenOn: opinion.at.slice(0, 10),
    enteredBy: '',
  });
  return {
    superior: units.get(unit.superior)?.name ?? '',
    issuer: unit.name,
    place: unit.place,
    date: day,
    year: Number(day.slice(0, 4)),
    document: {
      typeName: document.type,
      symbol: numberAndSymbol(document),
      date: document.date,
      issuer: document.issuer,
      subject: document.subject,
    },
    arrival:
      document.arrivalNumber === 0 ? null : { number: document.arrivalNumber, date: document.arrivalDate },
    leader: opinions.filter((opinion) => byLeader(opinion.by)).map(line),
    unitHead: [],
    handler: opinions.filter((opinion) => !byLeader(opinion.by)).map(line),
    createdAt: now,
  };
}
