import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue and opacity, 0 to 255. */
export type Pixel = readonly [number, number, number, number];

export const clear: Pixel = [255, 255, 255, 0];

/** A PNG of eight bits a channel with opacity, painted pixel by pixel; written without any code of the program. */
export function paintPng(
  width: number,
  height: number,
  pixelAt: (x: number, y: number) => Pixel,
): Uint8Array {
  const rows = Buffer.alloc((1 + 4 * width) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(pixelAt(x, y), y * (1 + 4 * width) + 1 + 4 * x);
  return pngOf(width, height, 6, [['IDAT', deflateSync(rows)]]);
}

/** A PNG of eight bits a channel from its colour type and the chunks between header and end. */
export function pngOf(
  width: number,
  height: number,
  colorType: number,
  chunks: readonly (readonly [string, Uint8Array])[],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colorType, 0, 0, 0], 8);
  const parts = [['IHDR', header] as const, ...chunks, ['IEND', Buffer.alloc(0)] as const];
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return new Uint8Array(Buffer.concat([start, ...parts.map(([name, data]) => chunk(name, data))]));
}

function chunk(name: string, data: Uint8Array): Buffer {
  const checked = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(checked.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(checked, 4);
  framed.writeUInt32BE(crc32(checked), checked.length + 4);
  return framed;
}

const blueInk = [20, 40, 200] as const;
const redInk = [215, 20, 20] as const;

/** A handwritten signature as it is scanned and cut out: a blue wave of 480 × 160 in a wide clear margin. */
export function signaturePicture(): Uint8Array {
  return paintPng(640, 400, (x, y) => {
    const [across, down] = [x - 80, y - 120];
    if (across < 0 || across >= 480) return clear;
    const wave = 80 + 74 * Math.sin(across / 24);
    return Math.abs(down - wave) <= 5 ? [...blueInk, 255] : clear;
  });
}

/** A round seal of 360 pixels with a star's worth of red in its middle, in a clear margin of unequal sides. */
export function sealPicture(): Uint8Array {
  const radius = 180;
  return paintPng(500, 460, (x, y) => {
    const distance = Math.hypot(x + 0.5 - 220, y + 0.5 - 250);
    const inked = (distance <= radius && distance > radius - 14) || distance < 40;
    return inked ? [...redInk, 255] : clear;
  });
}
