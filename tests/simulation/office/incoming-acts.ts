import {
  assignIncoming,
  commentIncoming,
  correctIncoming,
  finishIncoming,
  type IncomingForm,
  registerIncoming,
  returnIncoming,
  startIncoming,
  submitIncoming,
} from '@shared/domain/incoming';
import type { Stored } from '@shared/domain/plan';
import type { Incoming } from '@shared/schema/documents';
import { numberingDay } from './book-acts';
import { type Act, fresh, ownRow, personIn, type Scene } from './scene';

/** The clerk gives the next number of her book to a scan, to what arrived on the network, or to a sheet of paper. */
export function register(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const book = ownRow(scene, 'books', ({ kind }) => kind === 'incoming');
  if (by === undefined || book === undefined) return null;
  const source = scene.draw.below(3);
  const arrived = source === 0 ? ownRow(scene, 'incoming', ({ state }) => state === 'arrived') : undefined;
  const scan = source === 1 ? ownRow(scene, 'intake', ({ state }) => state === 'waiting') : undefined;
  const form = formOf(scene.word());
  const early = scene.draw.below(8) === 0;
  return {
    what: `registers ${arrived?.id ?? scan?.id ?? 'a paper'} in ${book.id}`,
    by,
    plan: async (context, read) => {
      const head = await fresh(read, 'books', book.id);
      return registerIncoming(
        context,
        {
          form,
          arrivalDate: early ? scene.today : numberingDay(head, scene.today),
          book: head,
          intake: scan === undefined ? null : await fresh(read, 'intake', scan.id),
          arrived: arrived === undefined ? null : await fresh(read, 'incoming', arrived.id),
        },
        scene.sha256,
      );
    },
  };
}

function formOf(subject: string): IncomingForm {
  return {
    number: '12',
    symbol: '12/CV-UBND',
    date: '2026-01-05',
    issuer: 'UBND huyện Vĩnh Hòa',
    type: 'Công văn',
    subject,
    signerName: 'Trần Văn A',
    signerPosition: 'Chủ tịch',
    urgency: 'normal',
    pages: 1,
    paperPlace: '',
    dueDate: '',
    note: '',
    secrecy: 'none',
  };
}

type Way = (scene: Scene, document: Stored<'incoming'>) => Act | null;

/** What usually comes next for a document in a state. */
const next: Readonly<Record<Incoming['state'], readonly Way[]>> = {
  arrived: [sendBack, comment],
  registered: [submit, assign, correct],
  submitted: [assign, comment, correct],
  assigned: [start, finish, comment, assign],
  'in-progress': [finish, comment, assign],
  done: [comment, correct],
  returned: [comment],
};

/** Somebody works on a document of this office, as its state on the screen allows. */
export function handle(scene: Scene): Act | null {
  const document = ownRow(scene, 'incoming');
  if (document === undefined) return null;
  const way = scene.draw.pick(next[document.state]);
  return way === undefined ? null : way(scene, document);
}

/** The clerk corrects a document that is in the book. */
export function correctFirst(scene: Scene): Act | null {
  const document = ownRow(scene, 'incoming', ({ state }) => state !== 'arrived');
  return document === undefined ? null : correct(scene, document);
}

function submit(scene: Scene, { id }: Stored<'incoming'>): Act | null {
  const by = personIn(scene, 'clerk');
  const leader = personIn(scene, 'leader');
  if (by === undefined || leader === undefined) return null;
  return {
    what: `submits ${id}`,
    by,
    plan: async (context, read) => submitIncoming(context, await fresh(read, 'incoming', id), leader.id),
  };
}

function assign(scene: Scene, { id }: Stored<'incoming'>): Act | null {
  const by = personIn(scene, 'leader');
  const lead = personIn(scene, 'officer', 'clerk');
  if (by === undefined || lead === undefined) return null;
  const text = scene.word();
  const assignment = { lead: lead.id, support: [text], informed: [], due: '' };
  return {
    what: `assigns ${id}`,
    by,
    plan: async (context, read) =>
      assignIncoming(context, await fresh(read, 'incoming', id), text, assignment),
  };
}

function start(scene: Scene, { id }: Stored<'incoming'>): Act | null {
  const by = personIn(scene, 'officer', 'clerk');
  if (by === undefined) return null;
  return {
    what: `starts ${id}`,
    by,
    plan: async (context, read) => startIncoming(context, await fresh(read, 'incoming', id)),
  };
}

function finish(scene: Scene, { id }: Stored<'incoming'>): Act | null {
  const by = personIn(scene, 'officer', 'clerk');
  if (by === undefined) return null;
  const result = scene.word();
  return {
    what: `finishes ${id}`,
    by,
    plan: async (context, read) => finishIncoming(context, await fresh(read, 'incoming', id), result),
  };
}

function comment(scene: Scene, { id }: Stored<'incoming'>): Act | null {
  const by = personIn(scene, 'clerk', 'leader', 'officer');
  if (by === undefined) return null;
  const text = scene.word();
  return {
    what: `writes an opinion on ${id}`,
    by,
    plan: async (context, read) => commentIncoming(context, await fresh(read, 'incoming', id), text),
  };
}

function correct(scene: Scene, { id }: Stored<'incoming'>): Act | null {
  const by = personIn(scene, 'clerk');
  if (by === undefined) return null;
  const note = scene.word();
  return {
    what: `corrects ${id}: ${note}`,
    by,
    plan: async (context, read) => {
      const document = await fresh(read, 'incoming', id);
      return correctIncoming(context, document, { ...formOf(document.subject), note });
    },
  };
}

function sendBack(scene: Scene, { id }: Stored<'incoming'>): Act | null {
  const by = personIn(scene, 'clerk');
  if (by === undefined) return null;
  const reason = scene.word();
  return {
    what: `sends back ${id}`,
    by,
    plan: async (context, read) => returnIncoming(context, await fresh(read, 'incoming', id), reason),
  };
}
