/**
 * A planted bug: one text of one file of the product, replaced while the simulation is bundled.
 * @typedef {object} Mutant
 * @property {string} name
 * @property {string} breaks what it does wrong
 * @property {string} file from the root of the checkout
 * @property {string} from stands in the file exactly once
 * @property {string} to
 */

/** @type {readonly Mutant[]} */
export const mutants = [
  {
    name: 'sharedSeq',
    breaks: 'all rows of a transaction stand at one place of the feed, and a page may end between them',
    file: 'server/rows/feed.ts',
    from: 'seq: first + index',
    to: 'seq: first',
  },
  {
    name: 'noDedupe',
    breaks: 'an operation that comes again is not known again',
    file: 'server/sync/push.ts',
    from: 'if (operation.n <= lastN) return',
    to: 'if (operation.n < 0) return',
  },
  {
    name: 'cursorFirst',
    breaks: 'the cursor moves before the rows are stored',
    file: 'shared/sync/client/replica.ts',
    from: "if (rows.length > 0 && !(await this.storeRows(rows, source, position))) return 'held';",
    to: "if (page.next !== at.next) await this.ledger.moveTo(withBucket(position, bucket, { next: page.next }));\n      if (rows.length > 0 && !(await this.storeRows(rows, source, position))) return 'held';",
  },
  {
    name: 'naiveCursor',
    breaks: 'the cursor goes to the end of the feed, also where the page does not reach it',
    file: 'server/sync/pull.ts',
    from: 'const next = rows.at(-1)?.seq ?? head;',
    to: 'const next = head;',
  },
  {
    name: 'removeOnSend',
    breaks: 'what was sent is called done before the server has answered',
    file: 'shared/sync/sender.ts',
    from: 'const answer = begun(this.send({ epoch, ops: [...ops] }));',
    to: "await this.store.recordResults(ops.map(({ op }) => ({ op, status: 'ok' as const, reason: '', rows: [] })), { served, lastN: served, at: 0 });\n    const answer = begun(this.send({ epoch, ops: [...ops] }));",
  },
  {
    name: 'silentLww',
    breaks: 'the last writer wins, whatever it had seen',
    file: 'shared/sync/merge.ts',
    from: 'const foreign = stamp !== undefined',
    to: 'const foreign = false && stamp !== undefined',
  },
  {
    name: 'masterWins',
    breaks: 'the value that comes second is thrown away',
    file: 'shared/sync/merge.ts',
    from: 'if (foreign && !sameJson(present, value)) {',
    to: 'if (foreign && !sameJson(present, value)) continue;\n    if (foreign && !sameJson(present, value)) {',
  },
  {
    name: 'ownConflict',
    breaks: 'an own earlier write is taken for that of somebody else',
    file: 'shared/sync/merge.ts',
    from: ' && stamp.device !== author.device',
    to: '',
  },
  {
    name: 'clockCheckpoint',
    breaks: 'H1: what is to be sent is found by the clock of the machine',
    file: 'shared/sync/client/outbox.ts',
    from: 'return entries.filter(({ n }) => n <= through).map(({ operation }) => operation);',
    to: "const sent = await this.table.inStatus('done', 0, 1000);\n    const since = sent.map(({ operation }) => operation.at).sort().at(-1) ?? '';\n    return entries.filter(({ n, operation }) => n <= through && operation.at >= since).map(({ operation }) => operation);",
  },
  {
    name: 'defaultHandler',
    breaks: 'H2: the value that loses a merge is not kept for anybody',
    file: 'server/sync/apply-operation.ts',
    from: 'await keepLostValues(',
    to: 'if (lost.length < 0) await keepLostValues(',
  },
  {
    name: 'lostAnswer',
    breaks: 'H3: work whose answer was lost is refused when it comes again',
    file: 'server/sync/push.ts',
    from: "if (stored.result.status !== 'rejected') return stored.result;",
    to: "if (stored.result.status !== 'rejected') return { ...stored.result, status: 'rejected', reason: 'WRONG_STATE' };",
  },
  {
    name: 'droppedBatch',
    breaks: 'H4: a push that fails is not tried again',
    file: 'shared/sync/sender.ts',
    from: 'if (!(error instanceof AppError) || notOfTheOperation.has(error.code)) throw error;',
    to: "if (!(error instanceof AppError)) throw error;\n      const results = request.ops.map(({ op }) => ({ op, status: 'ok' as const, reason: '', rows: [] }));\n      return { results, lastN: 0, epoch: request.epoch, now: '2026-01-01T00:00:00Z' };",
  },
  {
    name: 'cursorPastFailure',
    breaks: 'H5: rows that could not be stored are passed over',
    file: 'shared/sync/client/replica.ts',
    from: "if (rows.length > 0 && !(await this.storeRows(rows, source, position))) return 'held';",
    to: "if (rows.length > 0 && !(await this.storeRows(rows, source, position).catch(() => true))) return 'held';",
  },
  {
    name: 'missedEvent',
    breaks:
      'H6: after own work the first row of a page is expected from the stream, and the cursor goes past it',
    file: 'shared/sync/round.ts',
    from: 'const outcome = await this.store.storePage(page, from, answer.lastN);',
    to: 'const rows = this.sender.sent > 0 ? page.rows.slice(1) : page.rows;\n      const outcome = await this.store.storePage({ ...page, rows }, from, answer.lastN);',
  },
  {
    name: 'hiddenWork',
    breaks: 'a pulled row hides work that is still on its way',
    file: 'shared/sync/client/pulled-rows.ts',
    from: 'this.overlay.changes(coll, id, server.through)',
    to: '[]',
  },
  {
    name: 'rebasedTooLittle',
    breaks: 'own work is laid over a row that contains it already and has been changed since',
    file: 'shared/sync/client/pulled-rows.ts',
    from: 'this.overlay.changes(coll, id, server.through)',
    to: 'this.overlay.changes(coll, id, 0)',
  },
  {
    name: 'leakedGrant',
    breaks: 'a right that was taken away is remembered',
    file: 'server/sync/pull.ts',
    from: 'const drop = Object.keys(cursors).filter((bucket) => !readable.includes(bucket));',
    to: 'const drop: string[] = [];',
  },
  {
    name: 'noReopen',
    breaks: 'a restored server does not get again what it has lost',
    file: 'shared/sync/client/replica.ts',
    from: 'await this.ledger.outbox.reopenAfter(lastN);',
    to: '',
  },
  {
    name: 'keptCursors',
    breaks: 'the cursors of another history go on being used',
    file: 'shared/sync/client/position.ts',
    from: 'return Object.keys(position.buckets).reduce((before, bucket) => startOver(before, bucket), began);',
    to: 'return began;',
  },
  {
    name: 'leaseExpires',
    breaks: 'a book whose owner is not heard of goes to the next who asks',
    file: 'server/sync/lease.ts',
    from: "if (free.owner !== '' || free.closed !== undefined) return null;",
    to: 'if (free.owner === author.device || free.closed !== undefined) return null;',
  },
  {
    name: 'unsealedHandover',
    breaks: 'who hands a book over goes on numbering in it',
    file: 'shared/domain/ownership.ts',
    from: 'const patch = { owner: signed.to, epoch: epoch + 1, handovers: withHandover(book, signed) };',
    to: 'const patch = { handovers: withHandover(book, signed) };',
  },
  {
    name: 'forgottenDate',
    breaks: 'a number may be dated before the one that it follows',
    file: 'shared/domain/numbering.ts',
    from: 'return { next: entry.n + 1, lastDate: entry.date, headHash: entry.hash };',
    to: "return { next: entry.n + 1, lastDate: '', headHash: entry.hash };",
  },
  {
    name: 'noJournal',
    breaks: 'work is called safe although only the database has it',
    file: 'shared/sync/client/outbox.ts',
    from: 'await this.journal.append(operation);',
    to: '',
  },
  {
    name: 'keptSecret',
    breaks: 'what was removed as a secret stays in the operations of the server',
    file: 'server/sync/apply-operation.ts',
    from: 'await forgetRecords(tx, writer, operation, author);',
    to: '',
  },
  {
    name: 'twoWindows',
    breaks: 'a window does not look whether another one has given a number to an operation',
    file: 'shared/sync/client/outbox.ts',
    from: 'let highest = known[0]?.n === this.known ? this.known : 0;',
    to: 'let highest = known[0]?.n === this.known ? this.known : 0;\n    if (highest > 0) return Math.max(highest, served);',
  },
  {
    name: 'staleRows',
    breaks: 'people work on rows that lack work which is safe already, because the disk was full just then',
    file: 'shared/sync/client/local-store.ts',
    from: 'await this.mendRows();',
    to: '',
  },
  {
    name: 'ackBeforeWrite',
    breaks: 'work is called safe before the outbox has it',
    file: 'shared/sync/client/outbox.ts',
    from: "await this.table.write([{ id: operation.op, n, status: 'pending', operation, reason: '' }]);",
    to: "void this.table.write([{ id: operation.op, n, status: 'pending', operation, reason: '' }]).catch(() => undefined);",
  },
  {
    name: 'lostBook',
    breaks: 'a restored server does not learn a book again from its numbers',
    file: 'server/sync/lost-books.ts',
    from: "if (row !== null || coll !== 'books') return row;",
    to: 'if (row !== null || coll.length > 0) return row;',
  },
  {
    name: 'droppedNumber',
    breaks: 'a number goes with its document when that is refused',
    file: 'server/sync/keep-number.ts',
    from: 'if (!leavesNumber(operation, refusal)) return null;',
    to: 'if (at.length > 0) return null;',
  },
  {
    name: 'revokedWrites',
    breaks: 'a request that was let in is served although its device was shut out since',
    file: 'server/sync/author.ts',
    from: "if (device?.status !== 'active') throw",
    to: 'if (device === null) throw',
  },
];
