import { type PlainClient, read, sha256 } from './plain-client';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** Sends a text as a file in one request, or begins to: then only `part` of it is sent. */
export async function upload(device: PlainClient, bytes: string, part = bytes): Promise<void> {
  const response = await device.raw('/v1/files/upload', {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(Buffer.byteLength(bytes)),
      'upload-metadata': `sha256 ${base64(sha256(bytes))},name ${base64(sha256(bytes))}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: part,
  });
  if (response.status !== 201) await read(response);
}

/** Begins an upload of a text without sending any of it; gives its path. */
export async function beginUpload(device: PlainClient, bytes: string): Promise<string> {
  const response = await device.raw('/v1/files/upload', {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(Buffer.byteLength(bytes)),
      'upload-metadata': `sha256 ${base64(sha256(bytes))}`,
    },
  });
  const place = response.headers.get('location');
  if (response.status !== 201 || place === null) return read(response);
  return new URL(place, device.server).pathname;
}
