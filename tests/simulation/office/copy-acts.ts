import { type Copied, keepIncomingCopy, keepOutgoingCopy, numberCopy } from '@shared/domain/electronic-copy';
import { numberingDay } from './book-acts';
import { type Act, fresh, freshFile, ownRow, personIn, type Scene } from './scene';

/** Sao y: the clerk keeps a copy of a document that has come in or was issued. */
export function makeCopy(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const incoming = ownRow(scene, 'incoming', ({ files }) => files.length > 0);
  const outgoing = ownRow(scene, 'outgoing', ({ state }) => state === 'issued');
  const ofIncoming = scene.draw.below(2) === 0;
  const document = ofIncoming ? incoming : outgoing;
  if (by === undefined || document === undefined) return null;
  const file = freshFile(scene);
  return {
    what: `copies ${document.id}`,
    by,
    plan: async (context, read) => {
      if (ofIncoming) {
        const row = await fresh(read, 'incoming', document.id);
        const of = row.files[0]?.sha256 ?? '';
        return keepIncomingCopy(context, row, { form: 'sao-y', file, of });
      }
      const row = await fresh(read, 'outgoing', document.id);
      return keepOutgoingCopy(context, row, { form: 'sao-y', file, of: row.body?.sha256 ?? '' });
    },
  };
}

/** Cấp số bản sao. */
export function numberOneCopy(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const book = ownRow(scene, 'books', ({ kind }) => kind === 'outgoing');
  const coll = scene.draw.pick(['incoming', 'outgoing'] as const) ?? 'incoming';
  const document = ownRow(scene, coll, ({ electronicCopies }) => waitingCopy(electronicCopies) !== undefined);
  const id = waitingCopy(document?.electronicCopies);
  if (by === undefined || book === undefined || document === undefined || id === undefined) return null;
  return {
    what: `numbers the copy ${id} of ${document.id} in ${book.id}`,
    by,
    plan: async (context, read) => {
      const head = await fresh(read, 'books', book.id);
      const copied: Copied =
        coll === 'incoming'
          ? { coll, row: await fresh(read, coll, document.id) }
          : { coll, row: await fresh(read, coll, document.id) };
      const given = { date: numberingDay(head, scene.today), symbol: 'LĐLĐ' };
      return numberCopy(context, copied, id, head, given, scene.sha256);
    },
  };
}

/** A copy that has no number yet. */
function waitingCopy(copies: Readonly<Record<string, { readonly number?: number | undefined }>> = {}) {
  return Object.keys(copies)
    .sort()
    .find((id) => copies[id]?.number === undefined);
}
