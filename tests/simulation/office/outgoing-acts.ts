import {
  askForNumber,
  draftOutgoing,
  editOutgoing,
  fillNumber,
  issueOutgoing,
  numberOutgoing,
  raiseOutgoing,
  returnOutgoing,
  sealOutgoing,
  signOutgoing,
  submitOutgoing,
} from '@shared/domain/outgoing';
import type { Stored } from '@shared/domain/plan';
import type { Outgoing } from '@shared/schema/documents';
import { numberingDay } from './book-acts';
import { type Act, fresh, freshFile, ownRow, personIn, type Scene } from './scene';

/** Somebody begins a document. */
export function draft(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk', 'officer', 'leader');
  const signer = personIn(scene, 'leader');
  const receiver = scene.draw.pick(scene.rows('units').filter(({ id }) => id !== scene.unit));
  if (by === undefined || signer === undefined) return null;
  const subject = scene.word();
  const body = freshFile(scene);
  return {
    what: `drafts ${subject}`,
    by,
    plan: (context) =>
      draftOutgoing(
        context,
        {
          type: 'Công văn',
          symbol: 'CV-LĐLĐ',
          subject,
          urgency: 'normal',
          signer: signer.id,
          capacity: '',
          replyTo: '',
          receivers: receiver === undefined ? [] : [receiver.id],
          otherReceivers: '',
          copies: 0,
          composition: null,
          body,
          annexes: [],
          places: null,
        },
        'none',
      ),
  };
}

type Way = (scene: Scene, document: Stored<'outgoing'>) => Act | null;

const next: Readonly<Record<Outgoing['state'], readonly Way[]>> = {
  draft: [submit, edit],
  submitted: [sign, sign, sendBack],
  signed: [number, number, ask],
  'waiting-number': [number],
  numbered: [seal, fill],
  sealed: [issue, issue, raise],
  issued: [raise],
  cancelled: [],
};

/** Somebody brings a document of this office a step further, as its state on the screen allows. */
export function advance(scene: Scene): Act | null {
  const document = ownRow(scene, 'outgoing');
  if (document === undefined) return null;
  const way = scene.draw.pick(next[document.state]);
  return way === undefined ? null : way(scene, document);
}

/** Somebody changes a draft. */
export function editFirst(scene: Scene): Act | null {
  const document = ownRow(scene, 'outgoing', ({ state }) => state === 'draft');
  return document === undefined ? null : edit(scene, document);
}

function edit(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk', 'officer', 'leader');
  if (by === undefined) return null;
  const subject = scene.word();
  return {
    what: `edits ${id}: ${subject}`,
    by,
    plan: async (context, read) => editOutgoing(context, await fresh(read, 'outgoing', id), { subject }),
  };
}

function submit(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk', 'officer', 'leader');
  if (by === undefined) return null;
  return {
    what: `submits ${id}`,
    by,
    plan: async (context, read) => submitOutgoing(context, await fresh(read, 'outgoing', id)),
  };
}

function sendBack(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'leader', 'clerk');
  if (by === undefined) return null;
  const reason = scene.word();
  return {
    what: `returns ${id}`,
    by,
    plan: async (context, read) => returnOutgoing(context, await fresh(read, 'outgoing', id), reason),
  };
}

function sign(scene: Scene, document: Stored<'outgoing'>): Act | null {
  const by = scene.rows('people').find(({ id, active }) => id === document.signer && active);
  if (by === undefined) return null;
  const signed = freshFile(scene);
  const place = { page: 0, x: 1, y: 1, width: 10, height: 10 };
  const places = { numberField: place, dateField: place, personSignature: place, organSignature: place };
  return {
    what: `signs ${document.id}`,
    by,
    plan: async (context, read) =>
      signOutgoing(context, await fresh(read, 'outgoing', document.id), signed, places, 'B-B'),
  };
}

function ask(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk');
  if (by === undefined) return null;
  return {
    what: `asks for a number for ${id}`,
    by,
    plan: async (context, read) => askForNumber(context, await fresh(read, 'outgoing', id)),
  };
}

function number(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk');
  const book = ownRow(scene, 'books', ({ kind }) => kind === 'outgoing');
  if (by === undefined || book === undefined) return null;
  return {
    what: `numbers ${id} in ${book.id}`,
    by,
    plan: async (context, read) => {
      const head = await fresh(read, 'books', book.id);
      const document = await fresh(read, 'outgoing', id);
      return numberOutgoing(context, document, head, numberingDay(head, scene.today), scene.sha256);
    },
  };
}

function fill(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk');
  if (by === undefined) return null;
  const filled = freshFile(scene);
  return {
    what: `writes the number into ${id}`,
    by,
    plan: async (context, read) => fillNumber(context, await fresh(read, 'outgoing', id), filled),
  };
}

function seal(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk');
  if (by === undefined) return null;
  const sealed = freshFile(scene);
  return {
    what: `seals ${id}`,
    by,
    plan: async (context, read) =>
      sealOutgoing(context, await fresh(read, 'outgoing', id), sealed, [], 'B-B'),
  };
}

function issue(scene: Scene, document: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk');
  if (by === undefined) return null;
  return {
    what: `issues ${document.id}`,
    by,
    plan: async (context, read) =>
      issueOutgoing(context, await fresh(read, 'outgoing', document.id), document.receivers),
  };
}

function raise(scene: Scene, { id }: Stored<'outgoing'>): Act | null {
  const by = personIn(scene, 'clerk', 'leader');
  if (by === undefined) return null;
  const raised = freshFile(scene);
  return {
    what: `raises ${id}`,
    by,
    plan: async (context, read) => {
      const document = await fresh(read, 'outgoing', id);
      return raiseOutgoing(context, document, {
        from: document.body?.sha256 ?? '',
        raised,
        level: 'B-T',
      });
    },
  };
}
