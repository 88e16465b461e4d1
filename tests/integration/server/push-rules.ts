import { describe, expect, it } from 'vitest';
import { change, newIncoming, newIntake, newOutgoing, type Office, register, takeBook } from './office';
import { type PlainClient, refusalOf } from './plain-client';

/** Taking in operations: exactly once, in order, merged, by permission. */
export function pushRules(office: () => Office): void {
  const twoDevices = async () => {
    const unit = await office().newUnit();
    const [one, two] = [await office().newDevice(unit), await office().newDevice(unit)];
    return { unit, clerk: `${unit}-clerk`, one, two };
  };
  const draft = async (device: PlainClient, id: string) => {
    const result = await device.act(`${device.unit}-officer`, 'outgoing.draft', newOutgoing(device.unit, id));
    expect(result).toMatchObject({ status: 'ok', reason: '', rows: [] });
    await device.pull();
    return device.row('outgoing', id);
  };

  describe('push and pull', () => {
    it('what one device sends the other receives, and both have the digest of the server', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      await one.act(clerk, 'intake.add', newIntake(unit, 'in-1'));
      await two.pull();
      expect(two.row('intake', 'in-1')).toMatchObject({ rev: 1, data: { state: 'waiting', unit } });
      await one.pull();
      const digest = await two.post<{ digest: string; head: number; count: number }>('/v1/sync/digest', {
        bucket: `unit:${unit}`,
      });
      expect(two.ownDigest()).toBe(digest.digest);
      expect(one.ownDigest()).toBe(digest.digest);
      expect(two.cursors[`unit:${unit}`]).toBe(digest.head);
    });

    it('an operation sent twice is applied once and gives its first result', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const op = one.operation(clerk, 'intake.add', [newIntake(unit, 'in-2')]);
      const first = await one.push(op);
      const second = await one.push(op);
      expect(second).toMatchObject({ results: first.results, lastN: 1 });
      await two.pull();
      expect(two.row('intake', 'in-2').rev).toBe(1);
    });

    it('twenty pushes of the same operations at a time still apply each once', async () => {
      const { clerk, one, unit } = await twoDevices();
      const ops = [1, 2, 3].map((n) => one.operation(clerk, 'intake.add', [newIntake(unit, `same-${n}`)], n));
      const answers = await Promise.allSettled(Array.from({ length: 20 }, () => one.push(...ops)));
      const taken = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
      expect(taken.length).toBeGreaterThan(0);
      for (const answer of taken)
        expect(answer.results.map((result) => result.status)).toEqual(['ok', 'ok', 'ok']);
      for (const answer of answers) {
        if (answer.status === 'rejected')
          expect(answer.reason).toMatchObject({ status: 429, code: 'SERVER_BUSY' });
      }
      await one.pull();
      expect([1, 2, 3].map((n) => one.row('intake', `same-${n}`).rev)).toEqual([1, 1, 1]);
    });

    it('other content under a used number is refused and changes nothing', async () => {
      const { clerk, one, unit } = await twoDevices();
      await one.act(clerk, 'intake.add', newIntake(unit, 'in-3'));
      const forged = one.operation(clerk, 'intake.add', [newIntake(unit, 'in-4')], 1);
      expect((await one.push(forged)).results[0]).toMatchObject({
        status: 'rejected',
        reason: 'INVALID_INPUT',
      });
      await one.pull();
      expect(one.rows.has('intake/in-4')).toBe(false);
    });

    it('a gap is refused: what came before it is taken, lastN says where to go on', async () => {
      const { clerk, one, unit } = await twoDevices();
      const op = (n: number) => one.operation(clerk, 'intake.add', [newIntake(unit, `gap-${n}`)], n);
      const answer = await one.push(op(1), op(2), op(4), op(5));
      expect(answer.results.map((result) => result.op)).toEqual([`${one.device}:1`, `${one.device}:2`]);
      expect(answer.lastN).toBe(2);
      expect(await one.push(op(4))).toMatchObject({ results: [], lastN: 2 });
      expect((await one.push(op(3), op(4))).lastN).toBe(4);
    });

    it('an operation under the name of another device is refused', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const foreign = two.operation(clerk, 'intake.add', [newIntake(unit, 'in-5')]);
      expect(await refusalOf(one.push(foreign))).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    });

    it('a refused operation leaves nothing of itself, uses its number and shows the rows as they are', async () => {
      const { one, unit } = await twoDevices();
      const document = await draft(one, 'both-or-none');
      const result = await one.act(
        `${unit}-officer`,
        'outgoing.submit',
        change('outgoing', document, { state: 'submitted' }),
        change('outgoing', { id: 'not-there', rev: 1 }, { state: 'submitted' }),
      );
      expect(result).toMatchObject({ status: 'rejected', reason: 'NOT_FOUND' });
      expect(result.rows).toMatchObject([
        { id: 'both-or-none', rev: 1, gone: false, data: { state: 'draft' } },
        { id: 'not-there', rev: 0, gone: true, data: null },
      ]);
      expect(one.lastN).toBe(2);
      await one.pull();
      expect(one.row('outgoing', 'both-or-none').data['state']).toBe('draft');
    });

    it('an operation that fails at its second change leaves nothing of its first', async () => {
      const { one, unit } = await twoDevices();
      const [first, second] = [await draft(one, `half-1-${unit}`), await draft(one, `half-2-${unit}`)];
      const result = await one.act(
        `${unit}-officer`,
        'outgoing.edit',
        change('outgoing', first, { subject: 'Đã ghi' }),
        change('outgoing', second, { urgency: 'made-up' }),
      );
      expect(result).toMatchObject({
        status: 'rejected',
        reason: 'INVALID_INPUT',
        rows: [{ rev: 1 }, { rev: 1 }],
      });
      await one.pull();
      expect(one.row('outgoing', first.id)).toEqual(first);
      expect(await office().admin('audit')).toContain('no fault');
    });

    it('a field changed by two devices keeps both values; other fields of the operation are applied', async () => {
      const { one, two, unit } = await twoDevices();
      const seen = await draft(one, 'merge-1');
      const officer = `${unit}-officer`;
      await one.act(officer, 'outgoing.edit', change('outgoing', seen, { subject: 'Một' }));
      const patch = { subject: 'Hai', copies: 7 };
      const result = await two.act(officer, 'outgoing.edit', change('outgoing', seen, patch));
      expect(result.status).toBe('conflict');
      await one.pull();
      expect(one.row('outgoing', 'merge-1').data).toMatchObject({ subject: 'Một', copies: 7 });
      const conflict = one.row('conflicts', `${two.device}:1:0`);
      expect(conflict.data).toMatchObject({ field: 'subject', kept: 'Một', lost: 'Hai', decision: '' });

      const decide = (value: string) =>
        one.act(
          `${unit}-leader`,
          'conflict.decide',
          change('conflicts', conflict, { decision: 'lost', decidedBy: `${unit}-leader` }),
          change('outgoing', one.row('outgoing', 'merge-1'), { subject: value }),
        );
      expect(await decide('Ba')).toMatchObject({ status: 'rejected', reason: 'NOT_ALLOWED' });
      expect(await decide('Hai')).toMatchObject({ status: 'ok' });
      await one.pull();
      expect(one.row('outgoing', 'merge-1').data['subject']).toBe('Hai');
    });

    it('entries of a map and equal values never conflict', async () => {
      const { one, two, unit } = await twoDevices();
      const seen = await draft(one, 'merge-2');
      const entry = (id: string) => ({ [`history.${id}`]: { by: id, at: '', what: 'x', detail: '' } });
      const officer = `${unit}-officer`;
      await one.act(officer, 'outgoing.edit', change('outgoing', seen, { ...entry('h1'), subject: 'Một' }));
      const result = await two.act(
        officer,
        'outgoing.edit',
        change('outgoing', seen, { ...entry('h2'), subject: 'Một' }),
      );
      expect(result.status).toBe('ok');
      await two.pull();
      expect(Object.keys(two.row('outgoing', 'merge-2').data['history'] as object)).toEqual(['h1', 'h2']);
    });

    it('an own earlier write is no conflict, also when the device had not pulled it', async () => {
      const { one, unit } = await twoDevices();
      const seen = await draft(one, 'merge-3');
      const edit = (subject: string) =>
        one.act(`${unit}-officer`, 'outgoing.edit', change('outgoing', seen, { subject }));
      expect(await edit('Một')).toMatchObject({ status: 'ok' });
      expect(await edit('Hai')).toMatchObject({ status: 'ok' });
      await one.pull();
      expect(one.row('outgoing', 'merge-3').data['subject']).toBe('Hai');
    });

    it('the server asks again who may do what: role, unit, state, field', async () => {
      const { clerk, one, unit } = await twoDevices();
      const other = await office().newUnit();
      await takeBook(one, 'incoming');
      await register(one, 'perm-1');
      await one.pull();
      const row = one.row('incoming', 'perm-1');
      const submit = change('incoming', row, { state: 'submitted', submittedTo: `${unit}-leader` });
      const assign = change('incoming', row, { state: 'assigned' });
      const cases = [
        [`${unit}-officer`, 'incoming.submit', submit, 'NOT_ALLOWED'],
        [clerk, 'incoming.assign', assign, 'NOT_ALLOWED'],
        [`${other}-clerk`, 'incoming.submit', submit, 'FORBIDDEN'],
        ['nobody', 'incoming.submit', submit, 'FORBIDDEN'],
        [clerk, 'incoming.submit', change('incoming', row, { arrivalNumber: 9 }), 'NOT_ALLOWED'],
        [clerk, 'incoming.submit', change('incoming', row, { unit: other }), 'FORBIDDEN'],
        [clerk, 'incoming.return', change('incoming', row, { state: 'returned' }), 'WRONG_STATE'],
        [clerk, 'intake.add', newIntake(other, 'perm-2'), 'FORBIDDEN'],
        [
          clerk,
          'intake.add',
          { ...newIntake(unit, 'perm-3'), patch: { id: 'perm-3', unit } },
          'INVALID_INPUT',
        ],
        [clerk, 'outgoing.draft', newOutgoing(unit, 'perm-4', { state: 'issued' }), 'WRONG_STATE'],
        [clerk, 'incoming.submit', change('incoming', row, { submittedTo: 'a\u0000b' }), 'INVALID_INPUT'],
        [clerk, 'incoming.submit', change('incoming', row, { submittedTo: 'a\ud800b' }), 'INVALID_INPUT'],
        [clerk, 'incoming.submit', change('incoming', row, { state: 'made-up' }), 'INVALID_INPUT'],
      ] as const;
      for (const [actor, command, wanted, reason] of cases) {
        expect([command, actor, (await one.act(actor, command, wanted)).reason]).toEqual([
          command,
          actor,
          reason,
        ]);
      }
      await one.pull();
      expect(one.row('incoming', 'perm-1').data).toEqual(row.data);
      expect(await one.act(clerk, 'incoming.submit', submit)).toMatchObject({ status: 'ok' });
    });

    it('an inactive person can do nothing any more', async () => {
      const { clerk, one, unit } = await twoDevices();
      await office().admin(
        'people',
        'add',
        `--id=${clerk}`,
        `--unit=${unit}`,
        '--name=X',
        '--position=Y',
        '--roles=clerk',
        '--inactive',
      );
      expect(await one.act(clerk, 'intake.add', newIntake(unit, 'off-1'))).toMatchObject({
        reason: 'FORBIDDEN',
      });
    });

    it('broken, foreign and oversized bodies get a refusal and no stack', async () => {
      const { one } = await twoDevices();
      const send = (path: string, body: string, type = 'application/json') =>
        one.raw(path, { method: 'POST', body, headers: { 'content-type': type } });
      const brackets = 200_000;
      const change = `{"coll":"intake","id":"x","base":0,"create":true,"patch":{"x":${'['.repeat(brackets)}${']'.repeat(brackets)}}}`;
      const deep = `{"epoch":"","ops":[{"op":"x:1","n":1,"command":"intake.add","actor":"x","at":"","changes":[${change}]}]}`;
      const cases = [
        [await send('/v1/sync/push', '{"epoch":'), 400],
        [await send('/v1/sync/push', 'null'), 400],
        [await send('/v1/sync/push', '{"epoch":1,"ops":{}}'), 400],
        [await send('/v1/sync/push', 'x', 'text/html'), 415],
        [await send('/v1/sync/push', `{"epoch":"${'x'.repeat(1_100_000)}"}`), 413],
        [await send('/v1/sync/pull', '{"epoch":"","cursors":{"unit:x":-1},"limit":1}'), 400],
        [await send('/v1/sync/push', deep), 400],
        [await send('/v1/sync/pull', '{"epoch":"","cursors":{},"limit":100000}'), 400],
      ] as const;
      for (const [response, status] of cases) {
        const text = await response.text();
        expect([response.status, JSON.parse(text)]).toMatchObject([status, { code: 'INVALID_INPUT' }]);
        expect(text).not.toMatch(/at .*\.(ts|js)/);
      }
      expect(await refusalOf(one.post('/v1/nothing', {}))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    });

    it('pull pages by the limit, answers in gzip where asked and forgets foreign buckets', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const ops = Array.from({ length: 25 }, (_, index) =>
        one.operation(clerk, 'intake.add', [newIntake(unit, `page-${index}`)], index + 1),
      );
      await one.push(...ops);
      two.cursors = { province: 0 };
      two.rows.clear();
      await two.pull(7);
      expect([...two.rows.keys()].filter((key) => key.startsWith('intake/page-')).length).toBe(25);
      const response = await two.raw('/v1/sync/pull', {
        method: 'POST',
        body: JSON.stringify({ epoch: two.epoch, cursors: { 'unit:foreign': 0 }, limit: 1000 }),
        headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      });
      expect(response.headers.get('content-encoding')).toBe('gzip');
      const answer = (await response.json()) as { drop: string[]; buckets: { bucket: string }[] };
      expect(answer.drop).toEqual(['unit:foreign']);
      expect(answer.buckets.map((bucket) => bucket.bucket)).toEqual(['province', `unit:${unit}`]);
    });

    it('a stranger to the present epoch is told the new one; a new device may ask with none', async () => {
      const { clerk, one, unit } = await twoDevices();
      await one.act(clerk, 'intake.add', newIntake(unit, 'epoch-1'));
      const old = one.epoch;
      const epoch = await office().admin('new-epoch');
      expect(await refusalOf(one.pull())).toMatchObject({
        status: 409,
        code: 'EPOCH_CHANGED',
        detail: epoch,
      });
      const op = one.operation(clerk, 'intake.add', [newIntake(unit, 'epoch-2')]);
      expect(await refusalOf(one.push(op))).toMatchObject({ status: 409, detail: epoch });
      one.epoch = '';
      expect(await refusalOf(one.push(op))).toMatchObject({ status: 409, detail: epoch });
      expect(await refusalOf(one.pull())).toMatchObject({ status: 409 });
      one.cursors = {};
      await one.pull();
      expect([one.epoch, one.epoch === old]).toEqual([epoch, false]);
      expect((await one.push(op)).results[0]).toMatchObject({ status: 'ok' });
    });

    it('a change is poked to those it concerns, naming buckets and no rows', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const stranger = await office().newDevice(await office().newUnit());
      // The new unit changed the directory of all; that poke must be over before the streams open.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const listen = async (client: PlainClient) => {
        const abort = new AbortController();
        const response = await client.raw('/v1/sync/stream', { signal: abort.signal });
        const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
        let text = '';
        const done = (async () => {
          for (;;) {
            const chunk = await reader?.read();
            if (chunk === undefined || chunk.done) return;
            text += chunk.value;
          }
        })().catch(() => undefined);
        return { text: () => text, stop: async () => (abort.abort(), await done) };
      };
      const [mine, theirs] = [await listen(two), await listen(stranger)];
      const poke = (...buckets: readonly string[]) =>
        `event: poke\ndata: ${JSON.stringify({ b: buckets })}\n\n`;
      const greeting = poke('province', `unit:${unit}`);
      const foreign = poke('province', `unit:${stranger.unit}`);
      await expect.poll(() => [mine.text(), theirs.text()]).toEqual([greeting, foreign]);
      await one.act(clerk, 'intake.add', newIntake(unit, 'poke-1'));
      await expect.poll(mine.text).toBe(greeting + poke(`unit:${unit}`));
      expect(theirs.text()).toBe(foreign);
      await Promise.all([mine.stop(), theirs.stop()]);
    });

    it('an incoming row cannot be made to look as if it had been sent', async () => {
      const { clerk, one, unit } = await twoDevices();
      const book = await takeBook(one, 'incoming');
      const more = { bookId: book.id, arrivalNumber: 1, exchangeFrom: 'tinh', exchangeOutgoing: 'x' };
      const forged = newIncoming(unit, `x:to:${unit}`, more);
      expect(await one.act(clerk, 'incoming.register', forged)).toMatchObject({ reason: 'WRONG_STATE' });
    });
  });
}
