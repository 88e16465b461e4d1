import type { BreakGlassRequest, LeaseRequest } from '@shared/sync/protocol';
import type { Workstation } from '../machine/workstation';
import { cancelNumber, giveBook, keepBooks, settleLostNumber, takeBookBySlip } from '../office/book-acts';
import { numberOneCopy } from '../office/copy-acts';
import { ownRow } from '../office/scene';
import { answerSlip, takeSlip } from '../office/slip-acts';
import type { Draw } from '../tape';
import type { World } from '../world';
import type { Action, Weighted } from './action';
import { inOffice } from './office-actions';
import { paperBook } from './paper-book';

function atDesk(act: (workstation: Workstation, draw: Draw, world: World) => string | null): Action {
  return (world, draw) => {
    const workstation = draw.pick(world.workstations);
    if (workstation === undefined) return null;
    return workstation.isOn ? act(workstation, draw, world) : workstation.switchOn();
  };
}

/** A clerk's machine asks the server for a book of this year. */
const take = atDesk((workstation, draw, world) => {
  const kind = draw.pick(['incoming', 'outgoing'] as const) ?? 'incoming';
  const request: LeaseRequest = {
    kind,
    year: 2026,
    series: 'chung',
    action: 'acquire',
    next: 0,
    headHash: '',
  };
  const before = world.network.count(workstation.device);
  const asked = workstation.ask('lease', request, `the ${kind} book`);
  // Over a quick line it is on the server before anything else that is under way.
  if (draw.below(2) === 0 && world.network.count(workstation.device) > before)
    world.network.deliver((count) => count - 1, { device: workstation.device });
  return asked;
});

/**
 * Two people take a book from a machine that is lost, with the last number of the paper book. From then on nobody works at
 * that machine; what it holds may still come in later.
 */
const breakGlass = atDesk((workstation, draw, world) => {
  const scene = workstation.scene(draw);
  const book = ownRow(scene, 'books', ({ owner }) => scene.neighbours.includes(owner));
  const lost = world.workstations.find(({ device }) => device === book?.owner);
  if (book === undefined || lost === undefined) return null;
  const { lastNumber, lastDate } = paperBook(world, book, draw.below(3) === 0);
  lost.lose();
  const request: BreakGlassRequest = {
    book: book.id,
    epoch: book.epoch,
    lastNumber,
    lastDate,
    people: [`${workstation.unit}-mai`, `${workstation.unit}-lan`],
  };
  return workstation.ask('break-glass', request, `${book.id} of the lost ${lost.device} after ${lastNumber}`);
});

/** Who may number, and what the books say. */
export const bookActions: Readonly<Record<string, Weighted>> = {
  'take-book': { weight: 3, act: take },
  'give-book': { weight: 3, act: inOffice(giveBook) },
  'take-by-slip': { weight: 4, act: inOffice(takeBookBySlip) },
  'break-glass': { weight: 1, act: breakGlass },
  cancel: { weight: 1, act: inOffice(cancelNumber) },
  'settle-lost': { weight: 2, act: inOffice(settleLostNumber) },
  'answer-slip': { weight: 6, act: inOffice(answerSlip) },
  'take-slip': { weight: 8, act: inOffice(takeSlip) },
  'number-copy': { weight: 2, act: inOffice(numberOneCopy) },
  'keep-books': { weight: 1, act: inOffice(keepBooks) },
};
