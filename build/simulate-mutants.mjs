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
    from: 'next: rows.at(-1)?.seq ?? cursor',
    to: 'next: head',
  },
  {
    name: 'removeOnSend',
    breaks: 'what was sent is called done before the server has answered',
    file: 'shared/sync/engine.ts',
    from: 'const response = await this.net.push({ epoch, ops: [...ops] });',
    to: "await this.store.recordResults(ops.map(({ op }) => ({ op, status: 'ok' as const, reason: '', rows: [] })), { served, lastN: served, at: 0 });\n    const response = await this.net.push({ epoch, ops: [...ops] });",
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
    name: 'acceptStale',
    breaks: 'an older version of a row takes the place of a newer one',
    file: 'shared/sync/client/compose-row.ts',
    from: '&& ofThisEpoch && wire.rev < known.rev',
    to: '&& ofThisEpoch && wire.rev < 0',
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
    file: 'shared/sync/engine.ts',
    from: 'if (!(error instanceof AppError) || notOfTheOperation.has(error.code)) throw error;\n        if (ops.length > 1',
    to: "if (!(error instanceof AppError)) throw error;\n        await this.store.recordResults(ops.map(({ op }) => ({ op, status: 'ok' as const, reason: '', rows: [] })), { served: 0, lastN: 0, at: 0 });\n        if (ops.length > 1",
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
    breaks: 'H6: the newest rows are waited for in the stream and not pulled, and the cursor goes past them',
    file: 'shared/sync/engine.ts',
    from: "if ((await this.store.storePage(page, answer.lastN)) === 'held') this.held.add(page.bucket);",
    to: "if ((await this.store.storePage({ ...page, rows: this.sent > 0 ? page.rows.slice(1) : page.rows }, answer.lastN)) === 'held') this.held.add(page.bucket);",
  },
  {
    name: 'pullWithoutSnapshot',
    breaks: 'the pages and the number of the last operation are not read at one moment',
    file: 'server/sync/pull.ts',
    from: "database.transaction('snapshot', async (tx) => {\n    const device",
    to: "database.transaction('read-write', async (tx) => {\n    const device",
  },
  {
    name: 'confirmTooEarly',
    breaks: 'own work is taken off the rows before they have all been read',
    file: 'shared/sync/engine.ts',
    from: 'await this.storeAnswer(answer);',
    to: 'await this.storeAnswer(answer);\n      await this.store.confirmThrough(answer.lastN);',
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
    name: 'ackBeforeWrite',
    breaks: 'work, and a number, is called safe before it is on the disk',
    file: 'shared/sync/client/outbox.ts',
    from: 'await this.journal.append(operation);\n    await this.table.write(',
    to: 'void this.journal.append(operation);\n    void this.table.write(',
  },
  {
    name: 'leaseExpires',
    breaks: 'a book whose owner is not heard of goes to the next who asks',
    file: 'server/sync/lease.ts',
    from: "if (free.owner !== '' || free.closed !== undefined) return null;",
    to: 'if (free.owner === author.device || free.closed !== undefined) return null;',
  },
  {
    name: 'epochNotFenced',
    breaks: 'an earlier owner of a book numbers on',
    file: 'shared/domain/numbering.ts',
    from: "if (book.owner !== device) throw new AppError('BOOK_NOT_HELD', book.id);",
    to: '',
  },
  {
    name: 'twoWindows',
    breaks: 'a window does not look whether another one has given a number',
    file: 'shared/sync/client/outbox.ts',
    from: 'let highest = known[0]?.n === this.known ? this.known : 0;',
    to: 'let highest = known[0]?.n === this.known ? this.known : 0;\n    if (highest > 0) return Math.max(highest, served);',
  },
];
