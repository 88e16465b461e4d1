import { createRequire } from 'node:module';
import { AppError } from '@shared/result/result';
import { type CLayout, layoutOf } from './c-layout';
import { callFailure } from './return-values';
import { type FunctionName, functionList } from './structures';

/** koffi's compiled part: the same functions as its package, whose loader looks for it where a bundle has it not. */
type ForeignFunctions = typeof import('koffi');

type Parameter = 'ulong' | 'byte' | 'pointer';
type Argument = number | bigint | Buffer | null;

const parameters = {
  C_Initialize: ['pointer'],
  C_Finalize: ['pointer'],
  C_GetSlotList: ['byte', 'pointer', 'pointer'],
  C_GetTokenInfo: ['ulong', 'pointer'],
  C_GetMechanismList: ['ulong', 'pointer', 'pointer'],
  C_OpenSession: ['ulong', 'ulong', 'pointer', 'pointer', 'pointer'],
  C_CloseSession: ['ulong'],
  C_Login: ['ulong', 'ulong', 'pointer', 'ulong'],
  C_Logout: ['ulong'],
  C_GetAttributeValue: ['ulong', 'ulong', 'pointer', 'ulong'],
  C_FindObjectsInit: ['ulong', 'pointer', 'ulong'],
  C_FindObjects: ['ulong', 'pointer', 'ulong', 'pointer'],
  C_FindObjectsFinal: ['ulong'],
  C_SignInit: ['ulong', 'pointer', 'ulong'],
  C_Sign: ['ulong', 'pointer', 'ulong', 'pointer', 'pointer'],
} as const satisfies Partial<Record<FunctionName, readonly Parameter[]>>;

export type CalledFunction = keyof typeof parameters;

/** A loaded PKCS#11 library. Calls block; nothing here survives a library that hangs or crashes. */
export type Cryptoki = {
  readonly layout: CLayout;
  /** Held, because koffi unloads a library that nobody refers to, and the functions go with it. */
  readonly loaded: ReturnType<ForeignFunctions['load']>;
  /** Calls one function and gives its CK_RV. */
  call(name: CalledFunction, ...args: readonly Argument[]): number;
  /** The same, for calls that must succeed. Throws the AppError that belongs to the CK_RV. */
  expect(name: CalledFunction, ...args: readonly Argument[]): void;
  /** Where a buffer lies, for pointers inside structures. The buffer must outlive the call. */
  addressOf(buffer: Buffer): bigint;
};

/**
 * Loads a library and finds its functions by C_GetFunctionList, the only name that each one exports.
 * `native` is the file `koffi.node`. Throws TOKEN_DRIVER_FAILED for a file that is no library of this system and bit
 * width, and for a library that is no PKCS#11 module.
 */
export function loadCryptoki(native: string, library: string): Cryptoki {
  const ffi = createRequire(import.meta.url)(native) as ForeignFunctions;
  const layout = layoutOf(process.platform, process.arch);
  const ulong = layout.ulong === 4 ? 'uint32' : 'uint64';
  const types = { ulong, byte: 'uint8', pointer: 'void *' } as const;
  const { loaded, list } = functionListOf(ffi, library, ulong);
  const { offset } = functionList(layout);
  const functions = new Map(
    Object.entries(parameters).map(([name, kinds]) => {
      const pointer: unknown = ffi.decode(list, offset[name as CalledFunction], types.pointer);
      return [
        name,
        {
          pointer,
          prototype: ffi.proto(
            ulong,
            kinds.map((kind) => types[kind]),
          ),
        },
      ];
    }),
  );
  const call: Cryptoki['call'] = (name, ...args) => {
    const called = functions.get(name);
    if (called?.pointer == null) throw new AppError('TOKEN_DRIVER_FAILED', name);
    return Number(ffi.call(called.pointer, called.prototype, ...args));
  };
  return {
    layout,
    loaded,
    call,
    expect: (name, ...args) => {
      const value = call(name, ...args);
      if (value !== 0) throw callFailure(name, value);
    },
    addressOf: (buffer) => ffi.address(buffer),
  };
}

function functionListOf(
  ffi: ForeignFunctions,
  library: string,
  ulong: 'uint32' | 'uint64',
): { readonly loaded: Cryptoki['loaded']; readonly list: bigint } {
  try {
    const loaded = ffi.load(library);
    const pointer = Buffer.alloc(8);
    const value: unknown = loaded.func('C_GetFunctionList', ulong, ['void *'])(pointer);
    const list = pointer.readBigUInt64LE();
    if (Number(value) !== 0 || list === 0n) throw new AppError('TOKEN_DRIVER_FAILED', 'C_GetFunctionList');
    return { loaded, list };
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error)) throw error;
    throw new AppError('TOKEN_DRIVER_FAILED', loadProblem(error.message));
  }
}

/** The system's words may quote the path; the kind of problem says enough. */
function loadProblem(message: string): string {
  return message.includes('C_GetFunctionList') ? 'no PKCS#11 module' : 'no library of this system';
}
