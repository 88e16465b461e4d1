import { request } from 'node:http';
import { type PlainClient, read, sha256, versions } from './plain-client';

const tus = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** Begins an upload by tus; gives the path at which it goes on. */
export async function beginFile(
  device: PlainClient,
  bytes: Uint8Array,
  hash = sha256(bytes),
): Promise<string> {
  const response = await device.raw('/v1/files/upload', {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `sha256 ${base64(hash)},name ${base64('tep.pdf')}`,
    },
  });
  const location = response.headers.get('location');
  if (response.status !== 201 || location === null) return read(response);
  return location;
}

/** How many bytes of an upload the server has. */
export async function offsetOf(device: PlainClient, location: string): Promise<number> {
  const response = await device.raw(location, { method: 'HEAD', headers: tus });
  return Number(response.headers.get('upload-offset'));
}

function pieceHeaders(offset: number): Record<string, string> {
  return { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
}

/** Sends one piece of an upload from an offset on; gives the offset after it, or throws what the server said. */
export async function sendPiece(
  device: PlainClient,
  location: string,
  offset: number,
  piece: Uint8Array,
): Promise<number> {
  const body = piece as Uint8Array<ArrayBuffer>;
  const response = await device.raw(location, { method: 'PATCH', headers: pieceHeaders(offset), body });
  if (response.status !== 204) return read(response);
  return Number(response.headers.get('upload-offset'));
}

/** Begins to send a piece and pulls the cable after a part of it. */
export async function sendTornPiece(
  device: PlainClient,
  location: string,
  offset: number,
  piece: Uint8Array,
): Promise<void> {
  const torn = request(new URL(location, device.server), {
    method: 'PATCH',
    headers: {
      ...versions,
      ...pieceHeaders(offset),
      authorization: `Bearer ${device.access}`,
      'content-length': piece.length,
    },
  });
  torn.on('error', () => undefined);
  await new Promise<void>((resolve) => torn.write(piece.subarray(0, piece.length / 2), () => resolve()));
  torn.destroy();
}

/** Reads a file in ranges of this many bytes, as one reads on after cuts. */
export async function readInRanges(device: PlainClient, hash: string, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let at = 0, total = 1; at < total; ) {
    const headers = { range: `bytes=${at}-${at + bytes - 1}`, 'if-range': `"${hash}"` };
    const response = await device.raw(`/v1/files/${hash}`, { headers });
    if (response.status !== 206) return read(response);
    const piece = Buffer.from(await response.arrayBuffer());
    total = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
    at += piece.length;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
