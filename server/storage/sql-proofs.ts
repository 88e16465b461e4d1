import { createHmac } from 'node:crypto';
import { type DevicePublicKey, deviceSigned } from '../identity/device-key';
import type { Proofs } from '../sync/port';
import type { Session } from './port';

/** Proofs by the keys of devices and by the secret of the server, which comes back with a restored backup. */
export function sqlProofs(session: Session): Proofs {
  return {
    proveAsServer: async (text) => {
      const rows = await session.query<{ secret: string }>('select token_secret as secret from server');
      return createHmac('sha256', rows[0]?.secret ?? '')
        .update(`book ${text}`, 'utf8')
        .digest('base64url');
    },
    deviceProved: async (device, unit, text, signature) => {
      const rows = await session.query<{ key: DevicePublicKey }>(
        'select public_key as key from device where id = $1 and unit = $2',
        [device, unit],
      );
      const key = rows[0]?.key;
      return key !== undefined && deviceSigned(key, text, signature);
    },
  };
}
