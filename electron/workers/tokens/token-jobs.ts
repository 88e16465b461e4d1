import { randomUUID } from 'node:crypto';
import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import {
  type Certificate,
  DerError,
  readCertificate,
  type SignatureScheme,
  type SigningHash,
} from '@shared/signing';
import { type LoginSession, logIn } from '../../tokens/login-session';
import type { PinState, Pkcs11Module, TokenInSlot } from '../../tokens/pkcs11-module';
import type { JobMap } from '../protocol/job';

/** What one token shows without a PIN. */
export type TokenContents = {
  /** Number of the slot, for the log of whoever looks after the machine. */
  readonly slot: string;
  readonly serial: string;
  readonly label: string;
  readonly manufacturer: string;
  readonly pinState: PinState;
  /** Certificates of persons and organisations that name a key. */
  readonly certificates: readonly { readonly keyId: string; readonly certificate: Uint8Array }[];
  /** All other certificates on the token, for the chain. */
  readonly others: readonly Uint8Array[];
};

export type UnlockInput = {
  readonly tokenSerial: string;
  /** CKA_ID of the certificate, hexadecimal. */
  readonly keyId: string;
  /** UTF-8; zeroed by the job. */
  readonly pin: Uint8Array;
};
export type UnlockOutput = {
  readonly session: string;
  readonly schemes: readonly SignatureScheme[];
  readonly certificate: Uint8Array;
  readonly others: readonly Uint8Array[];
};

export type TokenSignInput = {
  readonly session: string;
  readonly digest: Uint8Array;
  readonly hash: SigningHash;
  readonly scheme: SignatureScheme;
};

/**
 * The jobs of a token helper: one process for one driver. `open` loads the driver and is called with the first job,
 * so that a driver that cannot be loaded fails a job and not the process. Errors: TOKEN_*.
 */
export function tokenJobs(open: () => Pkcs11Module) {
  let opened: Pkcs11Module | undefined;
  const module = (): Pkcs11Module => {
    opened ??= open();
    return opened;
  };
  const sessions = new Map<string, LoginSession>();
  const close = (id: string): void => {
    sessions.get(id)?.close();
    sessions.delete(id);
  };

  return {
    list: async (): Promise<readonly TokenContents[]> =>
      module()
        .tokens()
        .map((token) => contentsOf(module(), token)),

    unlock: async ({ tokenSerial, keyId, pin }: UnlockInput): Promise<UnlockOutput> => {
      try {
        const token = module()
          .tokens()
          .find(({ serial }) => serial === tokenSerial);
        if (token === undefined) throw new AppError('TOKEN_NOT_PRESENT');
        if (token.pinState === 'locked') throw new AppError('TOKEN_PIN_LOCKED');
        const { certificates, others } = contentsOf(module(), token);
        const certificate = certificates.find((held) => held.keyId === keyId)?.certificate;
        if (certificate === undefined) throw new AppError('TOKEN_NO_KEY', 'certificate');
        const login = logIn(module(), token, Buffer.from(keyId, 'hex'), pin);
        const session = randomUUID();
        sessions.set(session, login);
        return { session, schemes: login.schemes, certificate, others };
      } finally {
        pin.fill(0);
      }
    },

    sign: async ({ session, digest, hash, scheme }: TokenSignInput): Promise<Uint8Array> => {
      const open = sessions.get(session);
      if (open === undefined) throw new AppError('TOKEN_REMOVED', 'session');
      return open.sign(digest, hash, scheme);
    },

    lock: async ({ session }: { readonly session: string }): Promise<void> => close(session),

    /** Ends all sessions and the driver; the process is of no further use. */
    finish: async (): Promise<void> => {
      for (const id of sessions.keys()) close(id);
      opened?.finalize();
    },
  } satisfies JobMap;
}

export type TokenJobs = ReturnType<typeof tokenJobs>;

function contentsOf(module: Pkcs11Module, token: TokenInSlot): TokenContents {
  const { slot, ...shown } = token;
  const held = module.certificates(slot).flatMap(({ id, der }) => {
    const certificate = readable(der);
    return certificate === null ? [] : [{ keyId: id.toString('hex'), certificate }];
  });
  const isSigner = ({ keyId, certificate }: (typeof held)[number]): boolean =>
    keyId !== '' && !certificate.isCa;
  return {
    ...shown,
    slot: slot.toString(),
    certificates: held
      .filter(isSigner)
      .map(({ keyId, certificate }) => ({ keyId, certificate: certificate.der })),
    others: held.filter((entry) => !isSigner(entry)).map(({ certificate }) => certificate.der),
  };
}

/** Tokens also hold what is no X.509 certificate, or one of a kind that could never sign here. */
function readable(der: Uint8Array): Certificate | null {
  try {
    return readCertificate(new Uint8Array(der), nodeCrypto);
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
