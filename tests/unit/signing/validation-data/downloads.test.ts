import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../shared/result/result';
import type { HttpRequest } from '../../../../shared/signing/ports';
import { Downloads } from '../../../../shared/signing/validation-data/downloads';

const limit = 1000;
const answered = { status: 200, type: '', body: Uint8Array.of(1) };

/** A network that answers all addresses but those that hold "down", and notes what it was asked. */
function network() {
  const asked: string[] = [];
  const downloads = new Downloads({
    exchange: async ({ url }: HttpRequest) => {
      asked.push(url);
      if (url.includes('down')) throw new AppError('SERVICE_UNREACHABLE');
      if (url.includes('gone')) return { ...answered, status: 404 };
      return answered;
    },
  });
  const get = (url: string) => downloads.get({ url, limit });
  const post = (url: string) => downloads.get({ url, limit, body: { type: '', bytes: new Uint8Array(1) } });
  return { asked, get, post };
}

describe('one search for validation data costs no more than it must', () => {
  test('only an answer with status 200 is one', async () => {
    const { get } = network();
    expect([await get('a'), await get('gone')]).toEqual([answered.body, null]);
  });

  test('nothing is fetched twice, but two questions may be put to one responder', async () => {
    const { get, post, asked } = network();
    expect([await get('a'), await get('a')]).toEqual([answered.body, null]);
    expect([await post('b'), await post('b')]).toEqual([answered.body, answered.body]);
    expect(asked).toEqual(['a', 'b', 'b']);
  });

  test('an address that failed is left alone', async () => {
    const { post, asked } = network();
    expect([await post('down'), await post('down')]).toEqual([null, null]);
    expect(asked).toEqual(['down']);
  });

  test('after three addresses that failed nothing is asked any more', async () => {
    const { get, asked } = network();
    for (const url of ['down 1', 'down 2', 'down 3', 'a']) expect(await get(url)).toBeNull();
    expect(asked).toHaveLength(3);
  });

  test('at most 40 exchanges, against certificates that name services without end', async () => {
    const { get, asked } = network();
    const answers = [];
    for (let i = 0; i < 41; i++) answers.push(await get(String(i)));
    expect(answers.map((answer) => answer !== null)).toEqual([...Array(40).fill(true), false]);
    expect(asked).toHaveLength(40);
  });

  test('what is no failure of the network is not taken for one', async () => {
    for (const error of [new AppError('DISK_FULL'), new RangeError('defect')]) {
      const downloads = new Downloads({ exchange: () => Promise.reject(error) });
      await expect(downloads.get({ url: 'a', limit })).rejects.toBe(error);
    }
  });
});
