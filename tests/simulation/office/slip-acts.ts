import {
  issuedText,
  readIssuedNumber,
  readNumberRequest,
  requestText,
  signedSlip,
} from '@shared/domain/number-slips';
import { numberBySlip, takeNumber } from '@shared/domain/slip-numbers';
import { proofOf } from '../proofs';
import { numberingDay } from './book-acts';
import { type Act, fresh, ownRow, personIn, type Scene } from './scene';

const genuine = async (slip: { readonly device: string; readonly text: string; readonly proof: string }) =>
  slip.proof === (await proofOf(slip.device, slip.text));

/** Cấp số theo phiếu: a neighbour shows the request for a document that waits there; this machine holds the book. */
export function answerSlip(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const book = ownRow(scene, 'books', ({ kind, owner }) => kind === 'outgoing' && owner === scene.device);
  const asked = scene.draw.pick(scene.waitingElsewhere());
  if (by === undefined || book === undefined || asked === undefined) return null;
  const { device, document } = asked;
  if (scene.rows('numbers').some((entry) => entry.book === book.id && entry.document === document.id))
    return null;
  return {
    what: `numbers ${document.id} of ${device} in ${book.id} by a slip`,
    by,
    plan: async (context, read) => {
      const text = requestText(document, device, context.now);
      const request = readNumberRequest(signedSlip(text, await proofOf(device, text)));
      const head = await fresh(read, 'books', book.id);
      const tools = { genuine, sha256: scene.sha256 };
      return (await numberBySlip(context, head, request, numberingDay(head, scene.today), tools)).plan;
    },
  };
}

/** Số đã cấp: the answer is carried over and written into the document. */
export function takeSlip(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const waiting = ownRow(scene, 'outgoing', ({ state }) => state === 'signed' || state === 'waiting-number');
  const given = scene.issuedElsewhere().find(({ entry }) => entry.document === waiting?.id);
  if (by === undefined || waiting === undefined || given === undefined) return null;
  return {
    what: `writes ${given.entry.id} from a slip into ${waiting.id}`,
    by,
    plan: async (context, read) => {
      const text = issuedText(given.entry, given.device);
      const slip = readIssuedNumber(signedSlip(text, await proofOf(given.device, text)));
      return takeNumber(context, await fresh(read, 'outgoing', waiting.id), slip, genuine);
    },
  };
}
