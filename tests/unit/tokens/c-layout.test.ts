import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../../electron/tokens/c-layout';
import {
  attribute,
  functionList,
  mechanism,
  pssParameters,
  tokenInfo,
} from '../../../electron/tokens/structures';

// PKCS#11 v2.40 section 2.1. The sizes are those that a C compiler gives for the standard's header.
const systems = [
  { system: 'Linux x64', layout: layoutOf('linux', 'x64'), ulong: 8, pointer: 8, packed: false },
  { system: 'macOS arm64', layout: layoutOf('darwin', 'arm64'), ulong: 8, pointer: 8, packed: false },
  { system: 'Linux ia32', layout: layoutOf('linux', 'ia32'), ulong: 4, pointer: 4, packed: false },
  { system: 'Windows x64', layout: layoutOf('win32', 'x64'), ulong: 4, pointer: 8, packed: true },
  { system: 'Windows arm64', layout: layoutOf('win32', 'arm64'), ulong: 4, pointer: 8, packed: true },
  { system: 'Windows ia32', layout: layoutOf('win32', 'ia32'), ulong: 4, pointer: 4, packed: true },
] as const;

describe.each(systems)('structures of PKCS#11 on $system', ({ layout, ulong, pointer, packed }) => {
  test('CK_ULONG, pointers and packing', () => {
    expect(layout).toEqual({ ulong, pointer, packed });
  });
});

const linux = layoutOf('linux', 'x64');
const windows = layoutOf('win32', 'x64');
const windows32 = layoutOf('win32', 'ia32');

describe('offsets', () => {
  test('CK_ATTRIBUTE and CK_MECHANISM', () => {
    for (const size of [attribute, mechanism].map((make) => make(linux).size)) expect(size).toBe(24);
    for (const size of [attribute, mechanism].map((make) => make(windows).size)) expect(size).toBe(16);
    for (const size of [attribute, mechanism].map((make) => make(windows32).size)) expect(size).toBe(12);
    expect(attribute(linux).offset).toEqual({ type: 0, pValue: 8, ulValueLen: 16 });
    expect(attribute(windows).offset).toEqual({ type: 0, pValue: 4, ulValueLen: 12 });
    expect(mechanism(windows).offset).toEqual({ mechanism: 0, pParameter: 4, ulParameterLen: 12 });
  });

  test('CK_FUNCTION_LIST: pointers follow the version, at 8 or, packed, at 2', () => {
    expect(functionList(linux).offset.C_Initialize).toBe(8);
    expect(functionList(linux).offset.C_Sign).toBe(8 + 43 * 8);
    expect(functionList(windows).offset.C_Initialize).toBe(2);
    expect(functionList(windows).offset.C_Sign).toBe(2 + 43 * 8);
    expect(functionList(windows32).offset.C_Sign).toBe(2 + 43 * 4);
  });

  test('CK_TOKEN_INFO', () => {
    expect(tokenInfo(linux).size).toBe(208);
    expect(tokenInfo(windows).size).toBe(160);
    expect(tokenInfo(linux).offset).toMatchObject({ serialNumber: 80, flags: 96, hardwareVersion: 184 });
    expect(tokenInfo(windows).offset).toMatchObject({ serialNumber: 80, flags: 96, hardwareVersion: 140 });
  });

  test('CK_RSA_PKCS_PSS_PARAMS', () => {
    expect(pssParameters(linux)).toEqual({ size: 24, offset: { hashAlg: 0, mgf: 8, sLen: 16 } });
    expect(pssParameters(windows)).toEqual({ size: 12, offset: { hashAlg: 0, mgf: 4, sLen: 8 } });
  });
});
