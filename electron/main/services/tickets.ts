import { randomUUID } from 'node:crypto';
import { AppError } from '@shared/result/result';

/** How many are remembered; the oldest goes first. */
const most = 50;

/** Things the page may name by a ticket without ever seeing them, such as paths of files that the person chose. */
export class Tickets<T> {
  private readonly held = new Map<string, T>();

  give(thing: T): string {
    const ticket = randomUUID();
    this.held.set(ticket, thing);
    const [oldest] = this.held.keys();
    if (this.held.size > most && oldest !== undefined) this.held.delete(oldest);
    return ticket;
  }

  /** NOT_FOUND for a ticket that was never given, or long ago. */
  find(ticket: string): T {
    const thing = this.held.get(ticket);
    if (thing === undefined) throw new AppError('NOT_FOUND', 'ticket');
    return thing;
  }
}
